"""Cut the power at random moments: writes that no sync had put on the disk are lost.

    python tests/torture/power.py --cuts 60 --seed 1

Needs strace. A command runs once, and each write, change of names and sync that it makes in the
library's folder is written down. A cut then makes the folder as a disk may hold it at a moment:

- of a file, what was written before its last fsync; of what came later none, all, or each write by
  the toss of a coin, one of them perhaps cut at a sector of 512 bytes;
- of names (made, renamed, removed), those of folders that were synced since; of the others those
  up to a random one, in their order.

That is stricter than ext4, XFS or APFS, which sync names along with the file. After each cut the
library opens, nothing is half there, what the command had said was done is done, the doctor finds
no error, and nothing after its repair; then the same command finishes the work.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from calls import Files, Name, Said, Sync, Write, command, read
from crash import ROOT, empty, names, shelf

from index import build
from index.curating import erase
from index.encoding.encoder import Encoder
from index.files.home import Home
from index.health.doctor import examine, repair
from index.health.findings import Severity
from index.library import Library
from search.find import find

_SECTOR = 512


def cut(files: Files, moment: int, dice: random.Random, place: Path) -> str:
    """Write the folder into `place` as it may be when the power goes before step `moment`.

    Returns what the command had said by then.
    """
    steps = files.steps[:moment]
    synced: dict[int, int] = {
        step.inode: n for n, step in enumerate(steps) if isinstance(step, Sync)
    }
    contents = {inode: bytearray(data or b"") for inode, data in files.before.items()}
    share = dice.choice([0.0, 0.5, 1.0])
    for number, step in enumerate(steps):
        if isinstance(step, Write):
            durable = number < synced.get(step.inode, -1)
            if durable or dice.random() < share:
                torn = not durable and dice.random() < 0.1
                _apply(contents.setdefault(step.inode, bytearray()), step, dice if torn else None)
    _lay_out(files, _names(files, steps, synced, dice), contents, place)
    return "".join(step.text for step in steps if isinstance(step, Said))


def _apply(content: bytearray, step: Write, torn: random.Random | None) -> None:
    end = step.offset + len(step.data or b"")
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if step.data is None:
        del content[step.offset :]
    else:
        data = step.data
        if torn:
            data = data[: _SECTOR * torn.randint(0, len(data) // _SECTOR)]
        content[step.offset : step.offset + len(data)] = data


def _names(
    files: Files, steps: list[object], synced: dict[int, int], dice: random.Random
) -> dict[str, int]:
    """Path to inode of everything that has a name on the disk."""
    loose = [
        number
        for number, step in enumerate(steps)
        if isinstance(step, Name) and any(synced.get(one, -1) < number for one in step.parents)
    ]
    kept = set(loose[: dice.randint(0, len(loose))])
    found = dict(files.names)
    for number, step in enumerate(steps):
        if not isinstance(step, Name) or (number in set(loose) and number not in kept):
            continue
        if step.kind in ("create", "mkdir"):
            found[step.path] = step.inode
        elif step.kind == "remove":
            found.pop(step.path, None)
        elif step.path in found and step.kind == "link":
            found[step.other] = found[step.path]
        elif step.path in found:
            for path in [p for p in found if p == step.path or p.startswith(f"{step.path}/")]:
                found[step.other + path.removeprefix(step.path)] = found.pop(path)
    return found


def _lay_out(
    files: Files, named: dict[str, int], contents: dict[int, bytearray], place: Path
) -> None:
    folders = {inode for inode, data in files.before.items() if data is None}
    folders |= {s.inode for s in files.steps if isinstance(s, Name) and s.kind == "mkdir"}
    place.mkdir()
    for path, inode in sorted(named.items()):
        target = place / path
        if not target.parent.is_dir():  # its folder's own name is not on the disk
            continue
        if inode in folders:
            target.mkdir(exist_ok=True)
        else:
            target.write_bytes(contents.get(inode, b""))


def recorded(home: Home, *args: str) -> Files:
    """Run a command on a home and read what it did; the encoder lies elsewhere."""
    files = Files.of(home.path)
    trace = home.path.parent / "trace.txt"
    home.models.symlink_to(home.path.parent / "models")
    subprocess.run(
        command(trace, sys.executable, "-m", "waymark", "--home", str(home.path), *args),
        check=True,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"},
    )
    read(trace, files)
    trace.unlink()
    return files


def promises(home: Home, wanted: Wanted, said: str, encoder: Encoder) -> Iterator[str]:
    """What does not hold after a cut."""
    yield from (f"an error: {f}" for f in examine(home) if f.severity is Severity.ERROR)
    library = opened(home, encoder)
    there = names(library)
    if len(set(there)) != len(there):
        yield f"twice in: {sorted(there)}"
    yield from wanted.broken(library, said)
    if bool(find(library, "how many mentors?").results) != bool(there):
        yield "it answers otherwise"
    repair(home)
    yield from (f"after repair: {finding}" for finding in examine(home))
    wanted.finish(library)
    yield from wanted.broken(library, None)
    yield from (f"finished: {finding}" for finding in examine(home))


def opened(home: Home, encoder: Encoder) -> Library:
    """The library, with an encoder that is open."""
    library = Library.open(home)
    library._encoder = encoder  # opening it takes a second, and is no part of this
    return library


class Wanted:
    """What a command was asked for: nothing, of a library that is to stay as it is."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.folder = folder
        with library.catalog() as catalog:
            self.before = {d.document_id: d.file_name for d in catalog.documents()}

    def broken(self, library: Library, said: str | None) -> Iterator[str]:
        """What does not hold; said: what the command had said, None when all is to be done."""
        if set(names(library)) != set(self.before.values()):
            yield f"it holds {sorted(names(library))}"

    def finish(self, library: Library) -> None:
        """Do what is left."""
        library.views()


class Adding(Wanted):
    """The documents of a folder."""

    def broken(self, library: Library, said: str | None) -> Iterator[str]:
        """Those said to be in are in, and none but those asked for."""
        asked = {path.name for path in self.folder.iterdir()}
        with library.catalog() as catalog:
            there = {d.document_id: d.file_name for d in catalog.documents()}
        if not set(there.values()) <= asked or (said is None and set(there.values()) != asked):
            yield f"it holds {sorted(there.values())}"
        told = {line[:16] for line in (said or "").splitlines() if len(line) > 17}
        yield from (f"{one} was said to be in and is not" for one in told - set(there))

    def finish(self, library: Library) -> None:
        """Add the rest."""
        list(build.add(library, [self.folder]))


class Removing(Wanted):
    """One document less."""

    def __init__(self, library: Library, folder: Path) -> None:
        super().__init__(library, folder)
        self.document = sorted(self.before)[0]

    def broken(self, library: Library, said: str | None) -> Iterator[str]:
        """It is there, or not; said to be removed, it is not."""
        with library.catalog() as catalog:
            there = {d.document_id for d in catalog.documents()}
        if there | {self.document} != set(self.before):
            yield f"it holds {sorted(there)}"
        if self.document in there and (said is None or said.startswith("Removed")):
            yield "what was said to be removed is there"

    def finish(self, library: Library) -> None:
        """Remove it."""
        try:
            erase.remove(library, self.document, "ada")
        except KeyError:  # it is gone
            library.views()


def played(
    root: Path, template: Home, kind: type[Wanted], args: list[str], given: argparse.Namespace
) -> list[str]:
    """Record a command on a copy of the template, and cut it at random moments."""
    dice = random.Random(f"{given.seed} {args[0]}")  # noqa: S311 - moments, not secrets
    shutil.copytree(template.path, root / "home", ignore=shutil.ignore_patterns("models"))
    home = Home(root / "home")
    wanted = kind(Library.open(home), root / "shelf")
    if isinstance(wanted, Removing):
        args = [*args, wanted.document]
    files = recorded(home, *args)
    shutil.rmtree(home.path)
    encoder = Library.open(template).encoder
    failures = []
    for number in range(given.cuts):
        moment = dice.randint(0, len(files.steps))
        place = Home(root / f"cut{number}")
        try:
            said = cut(files, moment, dice, place.path)
            found = list(promises(place, wanted, said, encoder))
        except Exception as error:  # whatever it is, the other cuts go on
            found = [f"{type(error).__name__}: {error}"]
        failures += [f"{args[0]}, cut {number} before step {moment}: {line}" for line in found]
        shutil.rmtree(place.path)
    syncs = sum(isinstance(step, Sync) for step in files.steps)
    sys.stdout.write(f"{args[0]}: {given.cuts} cuts in {len(files.steps)} steps, {syncs} syncs\n")
    return failures


def main() -> int:
    """Play the commands; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cuts", type=int, default=60, help="of each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=5)
    parser.add_argument("--models", type=Path, help="an encoder converted before, to save time")
    given = parser.parse_args()
    if shutil.which("strace") is None:
        sys.stdout.write("not tried: strace is not installed\n")
        return 2
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        shelf(root / "shelf", given.documents)
        template = empty(root / "empty", given.models)
        (root / "models").symlink_to(template.home.models)
        shutil.copytree(template.home.path, root / "full")
        full = Library.open(Home(root / "full"))
        list(build.add(full, [root / "shelf"]))
        failures = [
            *played(root, template.home, Adding, ["add", str(root / "shelf")], given),
            *played(root, full.home, Removing, ["remove"], given),
            *played(root, full.home, Wanted, ["rebuild"], given),
            *played(root, full.home, Wanted, ["train", "--apply"], given),
        ]
    sys.stdout.writelines(f"FAILED {failure}\n" for failure in failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
