"""What a program does to the files of a folder, read from what strace writes down.

Only calls that change files, name them or sync them are known here; a call of another kind that
writes into the folder (a writable shared map, io_uring) raises ValueError, so that nothing is
missed in silence. SQLite's `-shm` file is left out: it is made anew by whoever opens the library
first. So is `models`, which is linked in from elsewhere.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,lseek,ftruncate,fallocate,sendfile,"
    "copy_file_range,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "fsync,fdatasync,mmap,symlink,symlinkat,truncate,dup,dup2,dup3,fcntl"
)
STRACE = f"strace -f -y -xx -s 200000000 -e trace={CALLS} -o"

_HEX = re.compile(r"(?:\\x[0-9a-f]{2})+")
_LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+)(.*)$")
_FD = re.compile(r"^(\d+|AT_FDCWD)<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes into a file; None cuts or extends it to `offset`."""

    inode: int
    offset: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Name:
    """A change of names. inode: of what is named; parents: folders that hold the names."""

    kind: str
    path: str
    other: str
    inode: int
    parents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sync:
    """A file's data, or a folder's names, are on the disk from here on."""

    inode: int


@dataclass(frozen=True, slots=True)
class Said:
    """The program wrote this to its standard output."""

    text: str


Step = Write | Name | Sync | Said


@dataclass(slots=True)
class _Opened:
    """An opened file, shared by the descriptors that are copies of one another."""

    inode: int
    appending: bool
    at: int = 0


@dataclass
class Files:
    """The folder as it was, and what was done to it.

    names: path inside the folder to inode, folders included; before: contents at the beginning.
    """

    root: Path
    names: dict[str, int] = field(default_factory=dict)
    before: dict[int, bytes | None] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    @classmethod
    def of(cls, root: Path) -> Files:
        """A folder with nothing done to it yet."""
        files = cls(root)
        for path in [root, *sorted(root.rglob("*"))]:
            data = None if path.is_dir() else path.read_bytes()
            files.before[len(files.before)] = data
            files.names[files.inside(str(path)) or ""] = len(files.before) - 1
        return files

    def inside(self, path: str) -> str | None:
        """A path's name inside the folder; None when it is elsewhere, or is left out."""
        if path == str(self.root):
            return ""
        inside = path.removeprefix(f"{self.root}/")
        left_out = inside == path or inside.endswith("-shm") or inside.split("/")[0] == "models"
        return None if left_out else inside


def read(trace: Path, files: Files) -> None:
    """Note the steps of a program on a folder; files: the folder before the program ran."""
    reader = _Reader(files)
    for call in _calls(trace):
        reader.step(*call)


def _calls(trace: Path) -> Iterator[tuple[bool, str, str, str]]:
    """Whether it is the program's first thread, name, arguments and result of each call that
    succeeded.
    """
    first = ""
    begun: dict[str, str] = {}
    with trace.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            pid, _, rest = line.rstrip("\n").partition(" ")
            first = first or pid
            if rest.endswith("<unfinished ...>"):
                begun[pid] = rest.removesuffix("<unfinished ...>").rstrip()
                continue
            if "resumed>" in rest[:60]:
                rest = begun.pop(pid, "") + rest.partition("resumed>")[2]
            found = _LINE.match(f"{pid} {rest.strip()}")
            if found and not found[4].startswith("-"):
                yield pid == first, found[2], found[3], found[4]


def _text(hexed: str) -> str:
    return _HEX.sub(lambda m: _bytes(m[0]).decode("utf-8", "replace"), hexed)


def _bytes(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", ""))


class _Reader:
    """Keeps which descriptor stands where. Descriptors are those of one process: its children
    read only what lies elsewhere.
    """

    def __init__(self, files: Files) -> None:
        self.files = files
        self.names = dict(files.names)
        self.count = len(files.before)
        self.open: dict[str, _Opened] = {}
        self.size = {inode: len(data or b"") for inode, data in files.before.items()}

    def step(self, first: bool, name: str, args: str, result: str) -> None:
        """Take in one call."""
        if name == "write" and args.startswith("1<"):
            data = _HEX.search(args, args.index(">, "))
            if first and data:
                self.files.steps.append(Said(_bytes(data[0]).decode("utf-8", "replace")))
            return
        getattr(self, f"do_{name}", self._unknown)(args, result)

    def _unknown(self, args: str, result: str) -> None:
        if any(self._inside(path) for path in re.findall(r"<([^>]*)>", args)):
            raise ValueError(f"a call that is not known here: {args[:200]}")

    def _inside(self, hexed: str) -> str | None:
        return self.files.inside(_text(hexed).strip('"').removesuffix(" (deleted)"))

    def _place(self, folder: str, name: str) -> str | None:
        """Where a name lies that is given relative to a descriptor."""
        path = _text(name).strip('"')
        if not path.startswith("/"):
            found = _FD.match(folder)
            path = str(Path(_text(found[2] if found else ""), path))
        return self.files.inside(path)

    def _parent(self, inside: str) -> int:
        return self.names[inside.rpartition("/")[0]]

    def _name(self, kind: str, path: str, other: str = "", inode: int = -1) -> None:
        parents = {self._parent(path)} | ({self._parent(other)} if other else set())
        self.files.steps.append(Name(kind, path, other, inode, tuple(parents)))

    # Opening

    def do_open(self, args: str, result: str) -> None:
        self.do_openat(f"AT_FDCWD<>, {args}", result)

    def do_openat(self, args: str, result: str) -> None:
        folder, name, flags = args.split(", ")[:3]
        inside = self._place(folder, name)
        if inside is None:
            return
        if inside not in self.names:
            self.names[inside] = self.count
            self.size[self.count] = 0
            self.count += 1
            self._name("create", inside, inode=self.names[inside])
        inode = self.names[inside]
        if "O_TRUNC" in flags and self.size[inode]:
            self._write(inode, 0, None)
        self.open[result] = _Opened(inode, "O_APPEND" in flags)

    def do_dup(self, args: str, result: str) -> None:
        target = self._target(args)
        if target:
            self.open[result] = target

    do_dup2 = do_dup3 = do_dup

    def do_fcntl(self, args: str, result: str) -> None:
        if "F_DUPFD" in args:
            self.do_dup(args, result)

    # Data

    def _write(self, inode: int, offset: int, data: bytes | None) -> None:
        self.files.steps.append(Write(inode, offset, data))
        self.size[inode] = offset if data is None else max(self.size[inode], offset + len(data))

    def _target(self, args: str) -> _Opened | None:
        found = _FD.match(args)
        if found is None or not self._inside(found[2]):
            return None
        return self.open[found[1]]

    def _append(self, args: str, data: bytes) -> None:
        target = self._target(args)
        if target:
            offset = self.size[target.inode] if target.appending else target.at
            self._write(target.inode, offset, data)
            target.at = offset + len(data)

    def do_write(self, args: str, result: str) -> None:
        data = _HEX.search(args, args.index(">, ") if ">, " in args else 0)
        if data:
            self._append(args, _bytes(data[0])[: int(result)])

    def do_writev(self, args: str, result: str) -> None:
        data = b"".join(_bytes(one) for one in re.findall(r'iov_base="([^"]*)"', args))
        self._append(args, data[: int(result)])

    def do_pwrite64(self, args: str, result: str) -> None:
        target = self._target(args)
        data = _HEX.search(args, args.index(">, "))
        if target and data:
            self._write(target.inode, int(args.rpartition(", ")[2]), _bytes(data[0])[: int(result)])

    def do_lseek(self, args: str, result: str) -> None:
        target = self._target(args)
        if target:
            target.at = int(result)

    def do_ftruncate(self, args: str, result: str) -> None:
        target = self._target(args)
        if target:
            self._write(target.inode, int(args.rpartition(", ")[2], 0), None)

    def do_sendfile(self, args: str, result: str) -> None:
        target, source = args.split(", ")[:2]
        start = re.search(r", \[(\d+)\]", args)
        if self._target(target) and int(result):
            found = _FD.match(source)
            # Copied from elsewhere: the library copies into itself by links.
            data = Path(_text(found[2] if found else "")).read_bytes()
            begin = int(start[1]) if start else 0
            self._append(target, data[begin : begin + int(result)])

    def do_mmap(self, args: str, result: str) -> None:
        if "MAP_SHARED" in args and "PROT_WRITE" in args:
            self._unknown(args, result)

    # Names

    def do_rename(self, args: str, result: str) -> None:
        old, new = (self._place("", name) for name in args.split(", "))
        self._move(old, new)

    def do_renameat(self, args: str, result: str) -> None:
        one, old, other, new = args.split(", ")[:4]
        self._move(self._place(one, old), self._place(other, new))

    do_renameat2 = do_renameat

    def _move(self, old: str | None, new: str | None) -> None:
        if old is None or new is None:
            return
        self._name("rename", old, new)
        moved = {path for path in self.names if path == old or path.startswith(f"{old}/")}
        for path in sorted(moved):
            self.names[new + path.removeprefix(old)] = self.names.pop(path)

    def do_link(self, args: str, result: str) -> None:
        old, new = (self._place("", name) for name in args.split(", "))
        if old is not None and new is not None:
            self._name("link", old, new)
            self.names[new] = self.names[old]

    def do_linkat(self, args: str, result: str) -> None:
        one, old, other, new = args.split(", ")[:4]
        source, target = self._place(one, old), self._place(other, new)
        if source is not None and target is not None:
            self._name("link", source, target)
            self.names[target] = self.names[source]

    def do_unlink(self, args: str, result: str) -> None:
        self._gone(self._place("", args))

    do_rmdir = do_unlink

    def do_unlinkat(self, args: str, result: str) -> None:
        folder, name = args.split(", ")[:2]
        self._gone(self._place(folder, name))

    def _gone(self, inside: str | None) -> None:
        if inside is not None:
            self._name("remove", inside)
            del self.names[inside]

    def do_mkdir(self, args: str, result: str) -> None:
        self.do_mkdirat(f"AT_FDCWD<>, {args}", result)

    def do_mkdirat(self, args: str, result: str) -> None:
        folder, name = args.split(", ")[:2]
        inside = self._place(folder, name)
        if inside is not None:
            self.names[inside] = self.count
            self.size[self.count] = 0
            self.count += 1
            self._name("mkdir", inside, inode=self.names[inside])

    # Syncing

    def do_fsync(self, args: str, result: str) -> None:
        found = _FD.match(args)
        inside = self._inside(found[2]) if found else None
        if found and inside is not None:
            # A file may have been renamed since it was opened; a folder is opened to be synced.
            self.files.steps.append(Sync(self.open[found[1]].inode))

    do_fdatasync = do_fsync


def command(trace: Path, *args: str) -> list[str]:
    """The command line that runs `args` and writes down its calls."""
    return [*shlex.split(STRACE), str(trace), *args]
