"""Damage the files of the views, one at a time; no answer may come from a damaged one.

    python tests/torture/views.py --rounds 540 --seed 1

A round takes a file of the views and flips a byte, cuts it, empties it, fills a stretch with
zeros, or removes it. Then the library is opened anew and asked five questions: the answers have
to be those of before, score by score. Exit status 1 when one was not.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from crash import empty, shelf

from index import build
from index.library import Library
from search.find import find

QUESTIONS = (
    "how many mentors?",
    "ferries in district 2",
    "what did ministers count?",
    "rents",
    "which report is about schools?",
)

Seen = list[tuple[str, float]]


def answers(library: Library) -> list[Seen]:
    """Passage ids and scores of the first ten of each question."""
    return [
        [(result.stored.passage_id, result.score) for result in find(library, text).results]
        for text in QUESTIONS
    ]


def damage(path: Path, dice: random.Random) -> str:
    """Damage a file in one of five ways; returns which."""
    data = bytearray(path.read_bytes())
    way = dice.choice(["flipped", "cut", "emptied", "zeroed", "removed"])
    at = dice.randrange(len(data)) if data else 0
    if way == "removed":
        path.unlink()
        return way
    if way == "flipped" and data:
        data[at] ^= 1 << dice.randrange(8)
    elif way == "zeroed":
        data[at : at + 64] = bytes(len(data[at : at + 64]))
    else:
        del data[at if way == "cut" else 0 :]
    # Not in place: a library shares the files of a generation with the next by hard links.
    part = path.with_name(path.name + ".damaged")
    part.write_bytes(data)
    part.replace(path)
    return way


def main() -> int:
    """Play the rounds; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=540)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--models", type=Path, help="an encoder converted before, to save time")
    given = parser.parse_args()
    dice = random.Random(given.seed)  # noqa: S311 - places, not secrets
    ways: Counter[str] = Counter()
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        shelf(root / "shelf", 12)
        library = empty(root / "home", given.models)
        list(build.add(library, [root / "shelf"]))
        before = answers(library)
        encoder = library.encoder
        for number in range(given.rounds):
            files = sorted(p for p in library.home.views.rglob("*") if p.is_file())
            path = dice.choice(files)
            where = path.relative_to(library.home.views)
            way = damage(path, dice)
            ways[way] += 1
            again = Library.open(library.home)
            again._encoder = encoder  # opening it takes a second, and is no part of this
            if answers(again) != before:
                failures.append(f"round {number}: {where} {way}, and it answered otherwise")
    said = ", ".join(f"{count} {way}" for way, count in sorted(ways.items()))
    sys.stdout.write(f"{given.rounds} damaged files ({said})\n")
    sys.stdout.writelines(f"FAILED {failure}\n" for failure in failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
