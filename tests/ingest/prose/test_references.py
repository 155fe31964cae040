"""Entries of a list of references told apart, on lines made by hand that fill their column."""

import pytest

from ingest.prose.layout import chain_of
from ingest.prose.lines import Line
from ingest.prose.paragraphs import Norms, pieces_of

NORMS = Norms(10.0, 1.2)


def entries(*lines: tuple[str, float]) -> list[str]:
    """The first line of each piece of a column; lines with where each begins."""
    placed = [Line(text, x0, 300, 100 + 12 * n, 10.0) for n, (text, x0) in enumerate(lines)]
    return [piece.lines[0].text for piece in pieces_of(chain_of(placed), 1, NORMS)]


FIRST = "Frost, A. Learning from neighbours, a survey of"
SECOND = "Beck, T. Housing after arrival"


@pytest.mark.parametrize(
    "rest",
    [
        [("nine towns. Policy Press.", 68)],
        [("nine towns. Retrieved from www.example.org", 68)],
        [("nine towns. https://example.org/a/long/", 68), ("path/to/the/report", 68)],
    ],
)
def test_the_next_entry_stands_out_where_the_last_is_set_in(rest: list[tuple[str, float]]) -> None:
    assert entries((FIRST, 50), *rest, (SECOND, 50)) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "lines",
    [
        # No end; no capital; the first line set in; two steps; hardly set in; set in as well; an
        # address in prose.
        [(FIRST, 50), ("nine towns, and the", 68), (SECOND, 50)],
        [(FIRST, 50), ("nine towns. Policy Press.", 68), ("and others went there", 50)],
        [(FIRST, 68), ("nine towns. Policy Press.", 50), (SECOND, 50)],
        [(FIRST, 50), ("nine towns", 68), ("in two years. Policy Press.", 80), (SECOND, 50)],
        [(FIRST, 50), ("nine towns. Policy Press.", 57), (SECOND, 50)],
        [(FIRST, 50), ("nine towns. Policy Press.", 68), (SECOND, 68)],
        [(FIRST, 50), ("nine towns, which www.example.org", 50), ("Reports gave", 50)],
    ],
)
def test_other_lines_that_fill_their_column_go_on(lines: list[tuple[str, float]]) -> None:
    assert entries(*lines) == [FIRST]


def test_entries_of_one_line_begin_with_who_wrote_when() -> None:
    lines = [
        "Frost, A. (2014). Learning from neighbours. Policy Press.",
        "Ministry of Housing (2009a), What towns need. Report 7.",
        "Beck, T. and Ek, V. (2013, February). Housing. Town Press.",
        "Farr, L. (n.d.): Visits. Paper 3.",
    ]
    assert entries(*((line, 50) for line in lines)) == lines
    cut = "Frost, A. (2014). Learning from neighbours in"
    assert entries((cut, 50), (lines[1], 50)) == [cut]
    prose = ["Nobody had asked for it before Frost (2014) did.", "Beck (2013) was the first."]
    assert entries(*((line, 50) for line in prose)) == prose[:1]
    assert entries((prose[0], 50), (lines[0], 50)) == prose[:1]


def test_an_editor_in_brackets_may_stand_before_the_year() -> None:
    lines = ["Frost, A. (ed.) (2014). Learning.", "Beck, T. (red.) (2013). Housing."]
    assert entries(*((line, 50) for line in lines)) == lines
