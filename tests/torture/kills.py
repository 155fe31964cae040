"""Kill removing, rebuilding, training, serving, and one of two writers, at random moments.

    python tests/torture/kills.py --rounds 50 --seed 1

Each round takes one of these, kills it with SIGKILL, and then asks of the library what
`crash.py` asks: it opens and answers, no document is lost or half there, the doctor finds no
error, and nothing after its repair. Exit status 1 when a round broke one of these.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from crash import copied, empty, names, settled, shelf, start

from index import build
from index.curating import erase
from index.files.home import Home
from index.health.doctor import examine, repair
from index.health.findings import Severity
from index.library import Library
from search.find import find

Round = Callable[[Home, Path, random.Random], Iterator[str]]


def stopped(home: Home, moment: float, *args: str) -> None:
    """Run a command and kill it after so many seconds."""
    running = start(home.path, *args)
    time.sleep(moment)
    running.send_signal(signal.SIGKILL)
    running.communicate()


def whole(home: Home, wanted: set[str]) -> Iterator[str]:
    """What does not hold of a library that has to hold exactly these documents."""
    yield from (f"before repair: {f}" for f in examine(home) if f.severity is Severity.ERROR)
    library = Library.open(home)
    if sorted(names(library)) != sorted(wanted):
        yield f"it holds {sorted(names(library))}"
    if bool(find(library, "how many mentors?").results) != bool(wanted):
        yield "it answers otherwise"
    repair(home)
    yield from (f"after repair: {finding}" for finding in examine(home))


def removing(home: Home, _folder: Path, dice: random.Random) -> Iterator[str]:
    """All documents are in, or all but the one; the same command then ends with all but it."""
    with Library.open(home).catalog() as catalog:
        documents = catalog.documents()
    chosen = dice.choice(documents)
    every = {document.file_name for document in documents}
    stopped(home, dice.uniform(0, 3), "remove", chosen.document_id)
    there = set(names(Library.open(home)))
    if there not in (every, every - {chosen.file_name}):
        yield f"it holds {sorted(there)}"
    yield from whole(home, there)
    start(home.path, "remove", chosen.document_id).communicate()
    yield from whole(home, every - {chosen.file_name})


def rebuilding(home: Home, _folder: Path, dice: random.Random) -> Iterator[str]:
    """Nothing is lost."""
    every = set(names(Library.open(home)))
    stopped(home, dice.uniform(0, 3), "rebuild")
    yield from whole(home, every)


def training(home: Home, _folder: Path, dice: random.Random) -> Iterator[str]:
    """Nothing is lost, and the tags are those of the tagger that is there."""
    every = set(names(Library.open(home)))
    stopped(home, dice.uniform(0, 40), "train", "--apply")
    yield from whole(home, every)
    if Library.open(home).heads() is None:
        yield "there is no tagger any longer"


def serving(home: Home, _folder: Path, dice: random.Random) -> Iterator[str]:
    """Nothing is lost when the server dies while it answers."""
    every = set(names(Library.open(home)))
    port = dice.randint(20_000, 60_000)
    running = start(home.path, "serve", "--port", str(port))
    until = time.monotonic() + dice.uniform(0, 8)
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/?q=mentors", timeout=1).read()
        except OSError:
            time.sleep(0.1)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    yield from whole(home, every)


def two_writers(home: Home, folder: Path, dice: random.Random) -> Iterator[str]:
    """One of two writers dies; the other finishes, and the same command finishes the rest."""
    files = sorted(folder.iterdir())
    every = {path.name for path in files}
    for path in files[len(files) // 2 :]:
        library = Library.open(home)
        with library.catalog() as catalog:
            found = next(d for d in catalog.documents() if d.file_name == path.name)
        erase.remove(library, found.document_id, "ada")
    rest = [str(path) for path in files[len(files) // 2 :]]
    first = start(home.path, "add", *rest[::2])
    second = start(home.path, "add", *rest[1::2])
    time.sleep(dice.uniform(0, 6))
    first.send_signal(signal.SIGKILL)
    first.communicate()
    _, said = second.communicate()
    if second.returncode:
        yield f"the other writer ended with {second.returncode}: {said[-500:]}"
    there = set(names(Library.open(home)))
    if not {Path(name).name for name in rest[1::2]} <= there:
        yield f"the other writer's documents are not all in: {sorted(there)}"
    yield from whole(home, there)
    list(build.add(Library.open(home), [folder]))
    yield from whole(home, every)


ROUNDS: dict[str, Round] = {
    "removing": removing,
    "rebuilding": rebuilding,
    "training": training,
    "serving": serving,
    "two writers": two_writers,
}


def main() -> int:
    """Play the rounds; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=12)
    parser.add_argument("--only", choices=ROUNDS, nargs="*", default=list(ROUNDS))
    parser.add_argument("--models", type=Path, help="an encoder converted before, to save time")
    given = parser.parse_args()
    dice = random.Random(given.seed)  # noqa: S311 - moments, not secrets
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shelf(root / "shelf", given.documents)
        template = empty(root / "template", given.models)
        list(build.add(template, [root / "shelf"]))
        for number in range(given.rounds):
            kind = given.only[number % len(given.only)]
            home = copied(template.home, root / f"round{number}")
            for line in settled(ROUNDS[kind](home, root / "shelf", dice)):
                failures.append(f"round {number}, {kind}: {line}")
            shutil.rmtree(home.path)
    sys.stdout.write(f"{given.rounds} kills: {', '.join(given.only)}\n")
    sys.stdout.writelines(f"FAILED {failure}\n" for failure in failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
