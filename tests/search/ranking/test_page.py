"""On which page a quote over a page break answers."""

from dataclasses import replace
from pathlib import Path

import pytest

from index import build
from index.derived.words import StemmedWords
from index.library import Library
from index.rows import database
from ingest.records import BlockKind, Passage
from search.find import find
from search.question.reading import Reading, read
from search.ranking.page import placed
from search.records import Quote, Result

FIRST, SECOND = "Guests were met at the station.", "Coaches must be booked by the mayor herself."
TEXTS = (f"{FIRST}\n{SECOND}", "Rain fell.", "Snow fell.")


def words_of(folder: Path) -> StemmedWords:
    return StemmedWords.build([(at, "", "", text) for at, text in enumerate(TEXTS)], folder)


def asked(words: StemmedWords, question: str) -> Reading:
    return read(words, question, lambda texts: [1] * len(texts))


def quoted(library: Library, text: str, break_at: int, *span: int) -> Result:
    """A result on pages 4 and 5 that quotes a span of its text."""
    passage = Passage(0, text, (), BlockKind.PARAGRAPH, 4, 5, ((break_at, 5),))
    some = find(library, "ministers who feared a backlash").results[0]
    quote = Quote.of(passage, *(span or (0, len(text))))
    return replace(some, stored=replace(some.stored, passage=passage), quote=quote)


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("who met guests at the station", 4),
        ("who books coaches", 5),
        ("who books buses", 5),  # which are near coaches
        ("what does the mayor tell guests", 5),  # one word each: the page of the middle
        ("are guests met at the station by the mayor herself", 5),  # three words and two
        ("how long is a flight", 5),
        ("", 5),
    ],
)
def test_the_page_that_holds_clearly_more_of_the_question(
    library: Library, tmp_path: Path, question: str, page: int
) -> None:
    words = words_of(tmp_path)
    result = quoted(library, TEXTS[0], len(FIRST) + 1)
    assert result.quote.page == 5  # SECOND is the longer one
    (shown,) = placed(words, asked(words, question), [result])
    assert shown.quote == replace(result.quote, page=page)
    assert replace(shown, quote=result.quote) == result


def test_of_a_sentence_that_goes_on_the_middle_tells_the_page(
    library: Library, tmp_path: Path
) -> None:
    words = words_of(tmp_path)
    text = "Guests were met at the station by a choir and led away through the old town."
    result = quoted(library, text, text.index("by a choir"))
    assert placed(words, asked(words, "who met guests at the station"), [result]) == (result,)
    assert result.quote.page == 5


def test_a_quote_on_one_page_keeps_it(library: Library, tmp_path: Path) -> None:
    words = words_of(tmp_path)
    reading = asked(words, "who books coaches")
    first = quoted(library, TEXTS[0], len(FIRST) + 1, 0, len(FIRST))
    over = quoted(library, TEXTS[0], len(FIRST) + 1)
    pages = [one.quote.page for one in placed(words, reading, [first, replace(over, rank=2)])]
    assert pages == [4, 5]
    assert placed(words, reading, []) == ()


def test_an_answer_names_that_page(empty_library: Library, tmp_path: Path) -> None:
    (tmp_path / "guests.md").write_text(f"{FIRST} {SECOND}\n")
    list(build.add(empty_library, [tmp_path / "guests.md"]))
    with empty_library.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute(
            "UPDATE passages SET page_last = 2, page_breaks = ?", (f"[[{len(FIRST) + 1}, 2]]",)
        )
    (result,) = find(empty_library, "guests met at the station by the mayor").results
    assert result.quote == Quote(0, len(FIRST) + 1 + len(SECOND), 1)
    assert Quote.of(result.stored.passage, 0, result.quote.end).page == 2
