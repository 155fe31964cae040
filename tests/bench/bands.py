"""How often a result of a given score is a right answer: what the words for scores rest on.

    python tests/bench/bands.py --homes FOLDER

FOLDER holds the libraries that `quality.py --homes` builds: `starter`, `reports`, and the officers'
texts in one column and in two, where these texts are there. Asked are the tuning halves of the
question sets, those written to have no answer included; --held asks the halves set aside. A result
is right when it is one of the known answers (`known.judge`): a passage that says the same elsewhere
counts as wrong, so the shares are a lower bound. Words are those that a page shows: none is a match
where nothing seems to answer, or a country that is asked about is in no passage, and a text that
comes again takes away no lead. --by-score leaves these rules out. Prints Markdown.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import known
import set_pages
from known import KnownQuestion

from index.files.home import Home
from index.library import Library
from search.find import find
from search.ranking.distinct import distinct
from search.ranking.strength import WORDS, strengths, strengths_of
from search.records import Answer, Result

SETS = {"starter": known.STARTER, "reports": known.REPORTS}
LAYOUTS = ("one-column", "two-column")
"""In which the officers' texts are set."""
SHOWN = 10
"""Results a page shows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as it was shown. score: 0 to 1. right: whether it is a known answer."""

    rank: int
    score: float
    word: str
    right: bool


def question_sets(homes: Path) -> Iterator[tuple[str, Sequence[KnownQuestion]]]:
    """The name of each library of `homes`, with all questions asked of it."""
    for name, path in SETS.items():
        yield name, known.load(path)
    for layout in LAYOUTS:
        pdfs = sorted((homes / "set-texts" / layout).glob("*.pdf"))
        if pdfs:
            yield f"officers-{layout}", set_pages.load(known.OFFICERS, pdfs)


def shown(library: Library, asked: Sequence[KnownQuestion], named: Named) -> Iterator[Shown]:
    """The results of each question. named: see `as_shown`."""
    with library.catalog() as catalog:
        answers = known.judge(asked, catalog)
    for question in asked:
        for result, word in named(find(library, question.text, SHOWN)):
            right = result.stored.passage_id in answers[question.id]
            yield Shown(result.rank, result.score, word, right)


Named = Callable[[Answer], Iterable[tuple[Result, str]]]


def as_shown(answer: Answer) -> Iterator[tuple[Result, str]]:
    """Each result with the word that a page has for it."""
    for (first, *copies), word in zip(distinct(answer.results), strengths_of(answer), strict=True):
        yield from ((result, word) for result in (first, *copies))


def by_score(answer: Answer) -> Iterable[tuple[Result, str]]:
    """Each result with the word that its score, place and lead alone give it."""
    words = strengths([result.score for result in answer.results])
    return zip(answer.results, words, strict=True)


def share(results: Sequence[Shown]) -> str:
    """Right of all, as text."""
    right = sum(result.right for result in results)
    return f"{right} of {len(results)} ({right / len(results):.2f})" if results else "none"


def row(name: str, results: Sequence[Shown]) -> str:
    """A row of the table: all of these results, and those of them that came first."""
    first = [result for result in results if result.rank == 1]
    return f"| {name} | {share(results)} | {share(first)} |"


def rows(results: Sequence[Shown]) -> Iterator[str]:
    """By bands of the score, highest first, then by the words as they stand."""
    for least in range(70, -1, -5):
        band = [r for r in results if least <= r.score * 100 < (least + 5 if least < 70 else 101)]
        yield row(f"{least / 100:.2f}", band)
    for word in WORDS:
        yield row(word, [result for result in results if result.word == word])


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--homes", type=Path, required=True)
    parser.add_argument("--held", action="store_true", help="ask the halves set aside")
    parser.add_argument("--by-score", action="store_true", help="score, place and lead alone")
    given = parser.parse_args()
    named = by_score if given.by_score else as_shown
    split = "held" if given.held else "tune"
    for name, questions in question_sets(given.homes):
        library = Library.open(Home(given.homes / name))
        asked = [question for question in questions if question.split == split]
        results = list(shown(library, asked, named))
        print(f"\n### {name}\n\n| score | all shown | first places |\n|---|---|---|")
        print("\n".join(rows(results)))


if __name__ == "__main__":
    main()
