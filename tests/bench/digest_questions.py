"""Questions with quotes from texts that may not be copied, as a set with digests only.

    python tests/bench/digest_questions.py TEXTS OUT FOLDER...

TEXTS holds the texts; OUT is the set, corpus/questions/officers.jsonl. Each FOLDER holds
`questions.jsonl` with {"question", "kind", "wording", "answers": [{"file", "quote"}]} a line and,
if there are any, `unanswerable.jsonl` with {"question", "kind"}. They are numbered anew: o… those
with an answer, z… those without. Nothing is written when a line cannot be used; each is named.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from known import folded, runs_of
from text_forms import MARK

LEAST_WORDS = 6
"""Words that a digested stretch must have, so that it is found in one place."""

_SEED = "2026"
ASKED, UNANSWERABLE = "questions.jsonl", "unanswerable.jsonl"


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of a file of questions.

    place: names both. answered: whether the file is of questions with an answer.
    """

    place: str
    line: str
    answered: bool


class RefusedError(ValueError):
    """A line that cannot be used; the message says where and why."""


def stretch(quote: str) -> list[str]:
    """The folded words that are digested: the longest part of a quote between the cells of a table
    and the words with a footnote mark. Where each is too short, that between marks, or the whole.
    """
    row = " ".join(quote.split("\t"))
    for parts in ([p for c in quote.split("\t") for p in _unmarked(c)], _unmarked(row)):
        longest = max(parts, key=len)
        if len(longest) >= LEAST_WORDS:
            return longest
    return folded(row)


def _unmarked(text: str) -> list[list[str]]:
    words = ["\n" if MARK.search(word) else word for word in text.split()]
    return [folded(part) for part in " ".join(words).split("\n")]


def digested(asked: Asked, texts: Mapping[str, str]) -> dict[str, Any]:
    """An entry of the set, without id and split. texts: by file name, as `texts_of` gives them.

    Raises RefusedError.
    """
    try:
        entry = json.loads(asked.line)
        answers = [_answer(asked.place, answer, texts) for answer in entry.get("answers", [])]
        kept = {"question": str(entry["question"]), "kind": str(entry["kind"])}
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError(f"{asked.place}: {error!r} (see the head of this script)") from error
    if bool(answers) != asked.answered:
        where = UNANSWERABLE if asked.answered else ASKED
        raise RefusedError(f"{asked.place}: {len(answers)} answers (put it into {where})")
    if answers:
        kept["wording"] = str(entry.get("wording", "other"))
    return {**kept, "answers": answers}


def _answer(place: str, answer: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, Any]:
    name, quote = answer["file"], answer["quote"]
    if name not in texts:
        raise RefusedError(f"{place}: there is no text {name} (name the file of the quote)")
    if f" {' '.join(folded(quote))} " not in texts[name]:
        raise RefusedError(f"{place}: not in {name}: '{quote[:60]}…' (quote it word by word)")
    words = stretch(quote)
    if len(words) < LEAST_WORDS:
        raise RefusedError(f"{place}: fewer than {LEAST_WORDS} words: '{quote[:60]}' (quote more)")
    text = " ".join(words)
    return {
        "file": name,
        "words": len(words),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "runs": sorted(runs_of(text)),
    }


def numbered(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries with id and split: half of each kind is "held", drawn by a seed."""
    held = set(sorted(range(len(entries)), key=lambda number: _drawn(entries[number]))[1::2])
    found, counts = [], {"o": 0, "z": 0}
    for number, entry in enumerate(entries):
        letter = "o" if entry["answers"] else "z"
        counts[letter] += 1
        split = "held" if number in held else "tune"
        answers = entry["answers"]
        rest = {key: value for key, value in entry.items() if key != "answers"}
        name = f"{letter}{counts[letter]:03d}"
        found.append({"id": name, **rest, "split": split, "answers": answers})
    return found


def _drawn(entry: Mapping[str, Any]) -> tuple[bool, str, str]:
    """By kind, and in a kind by a digest, which is as good as a draw and minds no order."""
    digest = hashlib.sha256(f"{_SEED} {entry['question']}".encode()).hexdigest()
    return not entry["answers"], str(entry["kind"]), digest


def read(folders: Iterable[Path]) -> list[Asked]:
    """The lines of every folder, those with an answer first. Raises OSError for a folder without
    questions.
    """
    answered: list[Asked] = []
    without: list[Asked] = []
    for folder in folders:
        answered += _lines(folder / ASKED, True)
        if (folder / UNANSWERABLE).is_file():
            without += _lines(folder / UNANSWERABLE, False)
    return answered + without


def _lines(path: Path, answered: bool) -> Iterator[Asked]:
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield Asked(f"{path}, line {number}", line, answered)


def digest_all(asked: Sequence[Asked], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The whole set. Raises RefusedError with a line for each that cannot be used."""
    found, problems = [], []
    places: dict[str, str] = {}
    for one in asked:
        try:
            entry = digested(one, texts)
        except RefusedError as error:
            problems.append(str(error))
            continue
        question = " ".join(folded(entry["question"]))
        if question in places:
            problems.append(f"{one.place}: asked before, in {places[question]} (remove one)")
        places[question] = one.place
        found.append(entry)
    if problems:
        raise RefusedError("\n".join(problems))
    return numbered(found)


def texts_of(folder: Path) -> dict[str, str]:
    """The folded words of each text, a blank before and after each word."""
    return {
        path.name: f" {' '.join(folded(path.read_text(encoding='utf-8')))} "
        for path in sorted(folder.glob("*.txt"))
    }


def main(texts: Path, out: Path, folders: Sequence[Path]) -> None:
    """Write the set, or say what is wrong with it and exit with 1."""
    try:
        entries = digest_all(read(folders), texts_of(texts))
    except (RefusedError, OSError) as error:
        sys.exit(str(error))
    lines = (json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
    out.write_text("".join(lines), encoding="utf-8")
    print(f"{len(entries)} questions into {out}")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
