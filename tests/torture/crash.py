"""Kill `waymark add` at random moments, and fill the disk under it; look at what is left.

    python tests/torture/crash.py --rounds 200 --seed 1

After each kill the library has to open and answer, its documents have to be whole and among those
asked for, and the doctor has to find no error, and nothing at all once it repaired. Then the same
command has to finish the work. Exit status 1 when a round broke one of these; each is named with
the moment of its kill, so that it can be had again.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from fpdf import FPDF

from index import build
from index.files.home import Home
from index.health.doctor import examine, repair
from index.health.findings import Severity
from index.library import Library
from search.find import find

LIMITS = (1_000, 40_000, 65_000)
"""Bytes a file: they fall into SQLite's journal at opening, into the first rows or the views, and
between two documents."""
ROOT = Path(__file__).parent.parent.parent
_SUBJECTS = ("ferries", "harvests", "schools", "mentors", "rents", "ministers")


def shelf(folder: Path, count: int) -> set[str]:
    """PDFs of one to four pages, each about something; returns their names."""
    folder.mkdir()
    for number in range(count):
        pdf = FPDF(format="A4")
        for page in range(1 + number % 4):
            pdf.add_page()
            pdf.set_font("Times", size=11)
            subject = _SUBJECTS[(number + page) % len(_SUBJECTS)]
            line = f"Report {number} counts {number + page} {subject} in district {page}. "
            pdf.multi_cell(0, 6, line * 12)
        pdf.output(str(folder / f"report{number:02}.pdf"))
    return {path.name for path in folder.iterdir()}


def start(home: Path, *args: str, limit: int | None = None) -> subprocess.Popen[str]:
    """`waymark` on a home; `limit`: bytes that no file of it may exceed."""
    running = subprocess.Popen(
        [sys.executable, "-m", "waymark", "--home", str(home), *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    if limit is not None:  # set from here: it is in force long before the child has imported SQLite
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (limit, limit))
    return running


def names(library: Library) -> list[str]:
    """File names of the documents that are in."""
    with library.catalog() as catalog:
        return [document.file_name for document in catalog.documents()]


def broken_promises(home: Home, folder: Path, asked: set[str]) -> Iterator[str]:
    """What of the above does not hold of a library whose writer was killed."""
    errors = [f for f in examine(home) if f.severity is Severity.ERROR]
    yield from (f"an error before repair: {finding}" for finding in errors)
    library = Library.open(home)
    there = names(library)
    if len(set(there)) != len(there) or not set(there) <= asked:
        yield f"documents are {sorted(there)}"
    if bool(find(library, "how many mentors?").results) != bool(there):
        yield f"{len(there)} documents, and the question was answered otherwise"
    repair(home)
    yield from (f"after repair: {finding}" for finding in examine(home))
    list(build.add(library, [folder]))
    if sorted(names(library)) != sorted(asked):
        yield f"finished, it holds {sorted(names(library))}"
    if not find(library, "how many mentors?").results:
        yield "finished, it does not answer"
    yield from (f"finished: {finding}" for finding in examine(home))


def kill(home: Home, folder: Path, moment: float) -> int:
    """Add the folder, killed after so many seconds; returns how many documents are in."""
    running = start(home.path, "add", str(folder))
    time.sleep(moment)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    return len(names(Library.open(home)))


def full_disk(home: Home, limit: int, *args: str) -> Iterator[str]:
    """Run a command where no file may exceed `limit` bytes: it fails in one clear line, and no
    document that was in is lost.
    """
    before = set(names(Library.open(home)))
    running = start(home.path, *args, limit=limit)
    _, stderr = running.communicate()
    lines = stderr.splitlines()
    if running.returncode != 2 or len(lines) != 1 or not lines[0].startswith("waymark: "):
        yield f"{args[0]} ended with {running.returncode} and said: {stderr[-2000:]}"
    if not before <= set(names(Library.open(home))):
        yield "a document is lost"


def main() -> int:
    """Play the rounds; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limits", type=int, nargs="*", default=LIMITS, help="bytes a file")
    parser.add_argument("--documents", type=int, default=12)
    parser.add_argument("--models", type=Path, help="an encoder converted before, to save time")
    given = parser.parse_args()
    dice = random.Random(given.seed)  # noqa: S311 - moments, not secrets
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        asked = shelf(root / "shelf", given.documents)
        template = empty(root / "template", given.models)
        whole = _timed(root, template.home)
        moments = [dice.random() * whole for _ in range(given.rounds)]
        failures = [
            *_kills(root, template.home, asked, moments),
            *_disks(root, template.home, asked, given.limits),
        ]
    for failure in failures:
        sys.stdout.write(f"FAILED {failure}\n")
    return 1 if failures else 0


def _timed(root: Path, template: Home) -> float:
    """Seconds that the whole command takes here."""
    home = copied(template, root / "timed")
    began = time.monotonic()
    start(home.path, "add", str(root / "shelf")).communicate()
    return time.monotonic() - began


def _kills(root: Path, template: Home, asked: set[str], moments: list[float]) -> Iterator[str]:
    left = []
    for number, moment in enumerate(moments):
        home = copied(template, root / f"kill{number}")
        left.append(kill(home, root / "shelf", moment))
        for broken in settled(broken_promises(home, root / "shelf", asked)):
            yield f"kill {number} after {moment:.3f} s: {broken}"
        shutil.rmtree(home.path)
    cut_short = sum(0 < count < len(asked) for count in left)
    sys.stdout.write(f"{len(left)} kills, {cut_short} of them with some documents in\n")


def _disks(root: Path, template: Home, asked: set[str], limits: list[int]) -> Iterator[str]:
    for limit in limits:
        home = copied(template, root / f"disk{limit}")
        broken = settled(full_disk(home, limit, "add", str(root / "shelf")))
        broken += settled(broken_promises(home, root / "shelf", asked))
        # Views are smaller than the rows' journal.
        broken += settled(full_disk(home, limit // 2, "rebuild"))
        broken += settled(broken_promises(home, root / "shelf", asked))
        yield from (f"full disk at {limit} bytes: {line}" for line in broken)
        sys.stdout.write(f"disk full at {limit} bytes, while adding and while rebuilding\n")


def settled(findings: Iterator[str]) -> list[str]:
    """What a check finds; that it cannot even be made is a finding too."""
    try:
        return list(findings)
    except Exception as error:  # whatever it is, the other rounds go on
        return [f"{type(error).__name__}: {error}"]


def empty(place: Path, models: Path | None) -> Library:
    """A new library with a converted encoder; models: where one lies already."""
    if models:
        shutil.copytree(models, Home(place).models)
    library = Library.create(Home(place))
    library.encoder.encode(["converted once, for all rounds"])
    return library


def copied(template: Home, place: Path) -> Home:
    """A library of its own for a round, but for the encoder's files, which no round changes."""
    shutil.copytree(template.path, place, ignore=shutil.ignore_patterns("models"))
    shutil.copytree(template.models, place / "models", copy_function=os.link)
    return Home(place)


if __name__ == "__main__":
    sys.exit(main())
