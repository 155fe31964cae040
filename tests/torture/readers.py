"""Two hundred readers ask a server while documents are added and a backup is taken.

    python tests/torture/readers.py --seconds 120 --readers 200 --documents 50
    python tests/torture/readers.py --pause 0 [--distinct]

Each reader asks a question through the API, reads for a while, and asks the next one: one of fifty,
or with --distinct one that nobody has asked before. Looked for:

- errors: any status but 200, any connection that fails;
- how long an answer took, from the first byte sent to the last received: p50 and p99;
- answers of one whole generation: the same question at the same generation has one answer, and it
  is, score by score, that of a library which holds the documents of that generation and no others,
  its views built anew in one piece. That library is made afterwards from a copy by removing what
  came later, newest first;
- the backup that was taken meanwhile: restored, it answers every question as that library does.

The server, and with it what adds and backs up, may be held to some cores; the readers' own work
then runs on the others.
Exit status 1 when something broke; figures are printed either way.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from crash import shelf, start

from index import build
from index.curating import erase
from index.files.home import Home
from index.library import Library
from search.find import find

_SUBJECTS = ("ferries", "harvests", "schools", "mentors", "rents", "ministers")
QUESTIONS = tuple(
    text
    for number in range(9)
    for text in (
        f"how many {_SUBJECTS[number % 6]} in district {number % 4}?",
        f"what does report {number * 7} count?",
        f"{_SUBJECTS[number % 6]} and {_SUBJECTS[(number + 1) % 6]} in report {number}",
        f'"counts {number} {_SUBJECTS[number % 6]}"',
        f"which report is about {_SUBJECTS[(number + 2) % 6]}, and which counts {number + 3}?",
        f"{_SUBJECTS[(number + 4) % 6]} {number}",
    )
)[:50]

_COMPARED = 50
"""Questions a generation whose answers are compared, where each was asked once."""

_SILENT_SECONDS = 20
"""The server closes a connection that is silent for 30 s; a browser then opens another one."""

Ranking = tuple[tuple[str, float], ...]
"""Passage ids and scores, best first."""


@dataclass
class Seen:
    """What readers got, written by all of their threads."""

    took: list[float] = field(default_factory=list)
    processor: float = 0.0
    errors: Counter[str] = field(default_factory=Counter)
    answers: dict[int, dict[str, set[Ranking]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    guard: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, question: str, body: bytes, seconds: float) -> None:
        """Note an answer with status 200."""
        found = json.loads(body)
        ranking = tuple((one["passage_id"], one["score"]) for one in found["results"])
        with self.guard:
            self.took.append(seconds)
            self.answers[found["generation"]][question].add(ranking)

    def error(self, said: str) -> None:
        """Note what went wrong."""
        with self.guard:
            self.errors[said] += 1


def distinct(dice: random.Random) -> str:
    """A question that nobody has asked before."""
    first, second = dice.sample(_SUBJECTS, 2)
    district, number = dice.randrange(8), dice.randrange(10**9)
    return f"how many {first} in district {district}, and does report {number} count {second}?"


def read(
    port: int, seen: Seen, until: float, given: argparse.Namespace, dice: random.Random
) -> None:
    """One reader, on one connection, who reads for `given.pause` seconds on the average."""
    pause = given.pause
    time.sleep(dice.uniform(0, pause))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        question = distinct(dice) if given.distinct else dice.choice(QUESTIONS)
        began = time.monotonic()
        try:
            connection.request("GET", f"/api/v1/search?q={quote(question)}")
            response = connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            seen.error(f"{type(error).__name__}: {error}")
            connection.close()
            continue
        if response.status == 200:
            seen.answer(question, body, time.monotonic() - began)
        else:
            seen.error(str(response.status))
        rest = dice.expovariate(1 / pause) if pause else 0
        if rest > _SILENT_SECONDS:
            connection.close()  # and opened anew by the next question
        time.sleep(rest)
    connection.close()


def on_cores(home: Home, count: int, *args: str) -> subprocess.Popen[str]:
    """`waymark` on a home, held to so many cores; 0: to none."""
    running = start(home.path, *args)
    if count:
        os.sched_setaffinity(running.pid, range(count))
    return running


def processor_seconds(process: int) -> float:
    """Seconds of processor time that a process has had, its children's left out."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def write(home: Home, calls: list[list[Path]], seen: Seen, cores: int) -> None:
    """`waymark add` with each list of files, one call after the other."""
    for files in calls:
        running = on_cores(home, cores, "add", *map(str, files))
        _, said = running.communicate()
        if running.returncode:
            seen.error(f"add: {said[-200:]}")


def ranking(library: Library, question: str) -> Ranking:
    """What a library answers, in process."""
    results = find(library, question).results
    return tuple((result.stored.passage_id, result.score) for result in results)


def past(copy: Library, asked: dict[int, set[str]]) -> Iterator[tuple[int, dict[str, Ranking]]]:
    """For each generation, newest first, what a library of its documents answers to the questions
    asked of it.

    Removes from the copy what was added later, so that its views are built anew of what is left.
    """
    with copy.catalog() as catalog:
        reached = dict(
            catalog.connection.execute("SELECT generation, last_number FROM generations")
        )
    for generation in sorted(asked, reverse=True):
        with copy.catalog() as catalog:
            later = catalog.connection.execute(
                "SELECT DISTINCT document_id FROM passages WHERE number > ?", (reached[generation],)
            ).fetchall()
        for (document,) in later:
            erase.remove(copy, document, "ada")
        yield generation, {question: ranking(copy, question) for question in asked[generation]}


def compared(seen: Seen, copy: Library, restored: Library, backed_up: int) -> Iterator[str]:
    """Answers that are not those of one whole generation; the backup's among them."""
    asked = {generation: set(list(given)[:_COMPARED]) for generation, given in seen.answers.items()}
    asked[backed_up] = asked.get(backed_up, set()) | set(QUESTIONS)
    for generation, right in past(copy, asked):
        given = seen.answers.get(generation, {})
        for question in asked[generation] & set(given):
            rankings = given[question]
            if rankings != {right[question]}:
                yield f"generation {generation}, {question}: {len(rankings)} answers, or another"
        if generation == backed_up:
            for question in QUESTIONS:
                if ranking(restored, question) != right[question]:
                    yield f"the restored backup answers {question} otherwise"


def ready(port: int, seconds: float = 120) -> None:
    """Wait until the server answers questions."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/api/v1/search?q=ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise TimeoutError(f"no answer on port {port} within {seconds} seconds")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def play(home: Home, new: list[Path], given: argparse.Namespace, seen: Seen) -> int:
    """Serve, ask, add and back up; returns the backup's generation."""
    port = free_port()
    server = on_cores(home, given.cores, "serve", "--port", str(port))
    said: list[str] = []
    listener = threading.Thread(target=lambda: said.append(server.communicate()[1]))
    listener.start()
    try:
        ready(port)
        spent = processor_seconds(server.pid)
        until = time.monotonic() + given.seconds
        dice = random.Random(given.seed)  # noqa: S311 - moments, not secrets
        readers = [
            threading.Thread(
                target=read,
                args=(port, seen, until, given, random.Random(dice.random())),  # noqa: S311
            )
            for _ in range(given.readers)
        ]
        size = max(1, len(new) // given.calls)
        calls = [new[at : at + size] for at in range(0, len(new), size)]
        writer = threading.Thread(target=write, args=(home, calls, seen, given.cores))
        for thread in (*readers, writer):
            thread.start()
        time.sleep(given.seconds / 2)
        taking = on_cores(home, given.cores, "backup", str(home.path.parent / "backup.tar"))
        taken, failed = taking.communicate()
        if taking.returncode:
            seen.error(f"backup: {failed[-200:]}")
        for thread in (*readers, writer):
            thread.join()
        seen.processor = processor_seconds(server.pid) - spent
        return int(taken.partition("generation ")[2].partition(",")[0])
    finally:
        server.terminate()
        listener.join()
        if server.returncode:
            seen.error(f"the server ended with {server.returncode}: {said[0][-500:]}")


def main() -> int:
    """Play it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--pause", type=float, default=10, help="seconds a reader reads an answer")
    parser.add_argument("--documents", type=int, default=50, help="added meanwhile")
    parser.add_argument("--calls", type=int, default=10, help="of waymark add, for all of them")
    parser.add_argument("--distinct", action="store_true", help="no question is asked twice")
    parser.add_argument("--cores", type=int, default=2, help="for server and adding; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--models", type=Path, help="an encoder converted before, to save time")
    given = parser.parse_args()
    seen = Seen()
    every = os.sched_getaffinity(0)
    if 0 < given.cores < len(every):
        os.sched_setaffinity(0, every - set(range(given.cores)))
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shelf(root / "shelf", 12 + given.documents)
        files = sorted((root / "shelf").iterdir())
        if given.models:
            shutil.copytree(given.models, Home(root / "home").models)
        library = Library.create(Home(root / "home"))
        list(build.add(library, files[:12]))
        before = os.getloadavg()[0]
        backed_up = play(library.home, files[12:], given, seen)
        after = os.getloadavg()[0]
        with Library.open(library.home).catalog() as catalog:
            held = catalog.counts().documents
        if held != len(files):
            seen.error(f"{held} documents of {len(files)} are in")
        start(root / "restored", "restore", str(root / "backup.tar")).communicate()
        shutil.copytree(library.home.models, root / "restored" / "models")
        shutil.copytree(library.home.path, root / "copy")
        copy, restored = Library.open(Home(root / "copy")), Library.open(Home(root / "restored"))
        wrong = list(compared(seen, copy, restored, backed_up))
    return report(seen, wrong, backed_up, (before, after))


def report(seen: Seen, wrong: list[str], backed_up: int, load: tuple[float, float]) -> int:
    """Print the figures; return the exit status."""
    took = sorted(seen.took) or [float("nan")]
    p50, p99 = (took[int(len(took) * share)] for share in (0.5, 0.99))
    sys.stdout.write(
        f"{len(seen.took)} answers of {len(seen.answers)} generations, "
        f"{sum(seen.errors.values())} errors, p50 {p50:.3f} s, p99 {p99:.3f} s, "
        f"longest {took[-1]:.3f} s; the server had {seen.processor:.0f} s of processor time; "
        f"load {load[0]:.1f} before and {load[1]:.1f} after on "
        f"{os.cpu_count()} cores; backup of generation {backed_up}, "
        f"{len(QUESTIONS)} questions asked of it restored\n"
    )
    failures = [f"{count} times {said}" for said, count in seen.errors.items()] + wrong
    sys.stdout.writelines(f"FAILED {failure}\n" for failure in failures[:50])
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
