"""Kill the curators' desk at random moments, while files are handed in, read and published.

    python tests/torture/desk.py --rounds 50 --seed 1

After each kill every file that was taken in has to be in the library, on the shelf, in the queue or
named as failed; no document may be there twice or half, nor be both published and shelved. Then the
desk is started again and has to finish: each good file in the library once, each bad one named as
failed, nothing left over, and the doctor content. Exit status 1 when a round broke one of these.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import crash

from index.curating import drafted, incoming, jobs
from index.curating.desk import Worker
from index.files.home import Home
from index.health.doctor import examine, repair
from index.health.findings import Severity
from index.library import Library
from index.rows import database, shelf

_BAD = ("broken.pdf", "blank.txt")


def files(folder: Path, count: int) -> set[str]:
    """Reports that can be read, and two files that cannot; returns the names of the former."""
    good = crash.shelf(folder, count)
    (folder / _BAD[0]).write_bytes(b"%PDF-1.4 and nothing more")
    (folder / _BAD[1]).write_text(" \n \n")
    return good


def play(home: Path, folder: Path) -> None:
    """Hand in all files of a folder while a worker works, publish every draft, until all is done;
    a line on stdout for each file taken in.
    """
    library = Library.open(Home(home))
    worker = Worker(library)
    worker.start()
    for path in sorted(folder.iterdir()):
        with suppress(incoming.RefusedError):
            incoming.receive(library, path.name, [path.read_bytes()], "ann")
        sys.stdout.write(f"{path.name}\n")
        sys.stdout.flush()
    while _unfinished(library):
        time.sleep(0.05)
    worker.stop()


def _unfinished(library: Library) -> bool:
    """Whether there is more to do; publishes what can be published."""
    with library.catalog() as catalog:
        drafts = shelf.listing(catalog.connection, shelf.ShelfState.DRAFT)
        active = jobs.active(catalog.connection)
    queued = {job.subject for job in active}
    for draft in drafts:
        if draft.document_id not in queued:
            with suppress(KeyError, database.LibraryError):  # published meanwhile
                drafted.publish(library, draft.document_id, "ann")
    return bool(drafts or active)


def start(home: Path, folder: Path) -> subprocess.Popen[str]:
    """`play` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, __file__, "--play", str(home), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=crash.ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(crash.ROOT)},
    )


def places(library: Library) -> dict[str, list[str]]:
    """Where each file is, by name: "in", a state of the shelf, "queued" or "failed"."""
    found: dict[str, list[str]] = {}
    with library.catalog() as catalog:
        for document in catalog.documents():
            found.setdefault(document.file_name, []).append("in")
        for item in shelf.listing(catalog.connection):
            found.setdefault(item.file_name, []).append(item.state)
        for job in jobs.recent(catalog.connection, 1000):
            if job.task == jobs.Task.READ and job.state in ("queued", "working"):
                found.setdefault(job.name, []).append("queued")
            if job.task == jobs.Task.READ and job.state == "failed":
                found.setdefault(job.name, []).append("failed")
    return found


def after_the_kill(library: Library, taken: set[str]) -> Iterator[str]:
    """What does not hold of a library whose desk was killed."""
    found = places(library)
    yield from (f"{name} was taken in and is nowhere" for name in sorted(taken - set(found)))
    yield from (f"{name} is {where}" for name, where in found.items() if len(where) != 1)
    for finding in examine(library.home):
        if finding.severity is Severity.ERROR:
            yield f"an error: {finding}"
    if library.home.incoming.is_dir():
        for path in library.home.incoming.iterdir():
            if len(path.name) == 64 and _digest(path) != path.name:
                yield f"incoming/{path.name} is half there"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def finished(home: Home, folder: Path, good: set[str]) -> Iterator[str]:
    """What does not hold once the desk was started again and ended on its own."""
    with database.connect(home.database) as connection:  # as if its lease had run out
        connection.execute("UPDATE jobs SET lease_until = 0 WHERE state = 'working'")
    connection.close()
    running = start(home.path, folder)
    _, stderr = running.communicate(timeout=300)
    if running.returncode:
        yield f"started again, it ended with {running.returncode}: {stderr[-1000:]}"
    library = Library.open(home)
    wanted = {name: ["in"] for name in good} | {name: ["failed"] for name in _BAD}
    found = places(library)
    if found != wanted:
        odd = {
            name: found.get(name) for name in wanted | found if found.get(name) != wanted.get(name)
        }
        yield f"finished, these are where they should not be: {odd}"
    with library.catalog() as catalog:
        originals = {document.file_sha256 for document in catalog.documents()}
        texts = Counter(
            text for (text,) in catalog.connection.execute("SELECT passage_id FROM passages")
        )
    if max(texts.values(), default=0) > 1:
        yield "a passage is there twice"
    repair(home)
    yield from (f"finished: {finding}" for finding in examine(home))
    if {path.name for path in home.files.iterdir()} != originals:
        yield "files/ does not hold what the documents need"
    if len(list(home.incoming.iterdir())) != len(_BAD):
        yield f"incoming/ holds {[path.name for path in home.incoming.iterdir()]}"


def kill(home: Home, folder: Path, moment: float) -> set[str]:
    """Play, killed after so many seconds; returns the files that were said to be taken in."""
    running = start(home.path, folder)
    time.sleep(moment)
    running.send_signal(signal.SIGKILL)
    stdout, _ = running.communicate()
    return set(stdout.split())


def main() -> int:
    """Play the rounds; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=8)
    parser.add_argument("--models", type=Path, help="an encoder converted before, to save time")
    parser.add_argument("--play", type=Path, nargs=2, metavar=("HOME", "FOLDER"))
    given = parser.parse_args()
    if given.play:
        play(*given.play)
        return 0
    dice = random.Random(given.seed)  # noqa: S311 - moments, not secrets
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        good = files(root / "files", given.documents)
        template = crash.empty(root / "template", given.models)
        failures = list(_rounds(root, template.home, good, given.rounds, dice))
    for failure in failures:
        sys.stdout.write(f"FAILED {failure}\n")
    return 1 if failures else 0


def _rounds(
    root: Path, template: Home, good: set[str], rounds: int, dice: random.Random
) -> Iterator[str]:
    home = crash.copied(template, root / "timed")
    began = time.monotonic()
    start(home.path, root / "files").communicate()
    whole = time.monotonic() - began
    stood: Counter[str] = Counter()
    for number in range(rounds):
        moment = dice.random() * whole
        home = crash.copied(template, root / f"kill{number}")
        taken = kill(home, root / "files", moment)
        library = Library.open(home)
        stood.update(where for found in places(library).values() for where in found)
        stood["not taken in yet"] += len(good) + len(_BAD) - len(places(library))
        checks = [after_the_kill(library, taken), finished(home, root / "files", good)]
        for broken in [line for check in checks for line in crash.settled(check)]:
            yield f"kill {number} after {moment:.3f} s: {broken}"
        shutil.rmtree(home.path)
    told = ", ".join(f"{count} {where}" for where, count in sorted(stood.items()))
    sys.stdout.write(f"{rounds} kills within {whole:.1f} s; files at the kill: {told}\n")


if __name__ == "__main__":
    sys.exit(main())
