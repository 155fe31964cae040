"""Fill a small file system under `waymark add` and `waymark rebuild`; make room; go on.

    sudo python tests/torture/small_disk.py

Mounts a tmpfs of each size for the library's folder, which needs the right to mount: as root, or
under `unshare --user --map-root-user --mount`. Full, a command ends in clear lines that begin with
"waymark: ", nothing that was in is lost, the doctor finds no error, and a question is answered, or
refused in one line. With room again the same command finishes and the doctor finds nothing. The
converted encoder lies elsewhere, by a link, so that the sizes are those of rows and views.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crash import empty, names, settled, shelf, start

from index.files.home import Home
from index.health.doctor import examine, repair
from index.health.findings import Severity
from index.library import Library

SIZES_KB = (640, 768, 1024, 1536, 2048, 2560, 3072, 4096)
"""From no room for the first document to room for all of them, with two generations of views."""


@contextmanager
def mounted(place: Path, kilobytes: int) -> Iterator[Path]:
    """A tmpfs of this size."""
    place.mkdir()
    option = f"size={kilobytes}k,mode=700"
    subprocess.run(["mount", "-t", "tmpfs", "-o", option, "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def said(home: Path, *args: str) -> tuple[int, str, str]:
    """Exit status, output and errors of a command."""
    running = start(home, *args)
    output, errors = running.communicate()
    return running.returncode, output, errors


def clear(command: str, status: int, errors: str) -> Iterator[str]:
    """What is unclear about how a command ended."""
    lines = errors.splitlines()
    if status not in (0, 1, 2) or (status and not lines):
        yield f"{command} ended with {status} and said: {errors[-500:]}"
    yield from (f"{command} said: {line}" for line in lines if not line.startswith("waymark: "))


def faults(home: Home, asked: set[str], had: set[str]) -> Iterator[str]:
    """What is wrong with a library on a full disk."""
    found = [f for f in examine(home) if f.severity is Severity.ERROR]
    yield from (f"an error on the full disk: {finding}" for finding in found)
    there = names(Library.open(home))
    if len(set(there)) != len(there) or not had <= set(there) <= asked:
        yield f"it holds {sorted(there)}, it had {sorted(had)}"
    status, output, errors = said(home.path, "search", "how many mentors?")
    yield from clear("search", status, errors)
    if there and status == 0 and not output:
        yield "search finds nothing"


def filled(template: Home, place: Path, kilobytes: int, folder: Path) -> Iterator[str]:
    """Play one size."""
    asked = {path.name for path in folder.iterdir()}
    with mounted(place, kilobytes):
        shutil.copyfile(template.database, place / template.database.name)
        home = Home(place)
        home.files.mkdir()
        home.models.symlink_to(template.models)
        status, _, errors = said(place, "add", str(folder))
        yield from clear("add", status, errors)
        had = set(names(Library.open(home)))
        sys.stdout.write(f"{kilobytes} kB: add ended with {status}, {len(had)} documents are in\n")
        if (status == 0) != (had == asked):
            yield f"add ended with {status}, and {len(had)} of {len(asked)} documents are in"
        yield from faults(home, asked, had)
        status, _, errors = said(place, "rebuild")
        yield from clear("rebuild", status, errors)
        yield from faults(home, asked, had)
        subprocess.run(["mount", "-o", "remount,size=200m,mode=700", str(place)], check=True)
        status, _, errors = said(place, "add", str(folder))
        if status or errors or set(names(Library.open(home))) != asked:
            yield f"with room, add ended with {status} and said: {errors[-500:]}"
        repair(home)
        yield from (f"at the end: {finding}" for finding in examine(home))


def main() -> int:
    """Play every size; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES_KB, help="kilobytes")
    parser.add_argument("--documents", type=int, default=12)
    parser.add_argument("--models", type=Path, help="an encoder converted before, to save time")
    given = parser.parse_args()
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shelf(root / "shelf", given.documents)
        template = empty(root / "template", given.models)
        for number, size in enumerate(given.sizes):
            found = filled(template.home, root / f"disk{number}", size, root / "shelf")
            failures += [f"{size} kB: {line}" for line in settled(found)]
    sys.stdout.writelines(f"FAILED {failure}\n" for failure in failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
