"""Footnotes: what they say, what they only cite, and their numbers."""

from pathlib import Path

import pytest
from fpdf import FPDF

from index import build
from index.library import Library
from ingest.records import BlockKind
from search.find import find
from search.ranking.footnotes import behind_number, only_cites


@pytest.mark.parametrize(
    "note",
    [
        "12 Bell and Ruiz 2018, section IV and note 79.",
        "3. Ana Ruiz, “What Ferries Are and Have Been”, Harbour Papers 7 (2015): 3–9.",
        "4 Interview with Jo Frost (Arland), 8 May 2017, cited in Bell 2018, section II.",
        "See Harbour Board, ‘How It Is Done’, accessed 1 May 2018, https://ports.example/it-is.",
        "(3) Council Directive 2003/9/EC of 27 January 2003 laying down minimum standards for the "
        "reception of asylum seekers (OJ L 31, 6.2.2003, p. 18).",
        "8 Ibid.\n9 Bell (who was there), p. 4.",
        "U.S. Board of Piers, hearing, May 2017.",
        "2 Frost [this is hers], Boats.",
        "3 Bell 2018, p. 4; interview with Jo Frost, 8 May 2017, cited there.",
        "",
    ],
)
def test_a_note_that_only_cites(note: str) -> None:
    assert only_cites(note)


@pytest.mark.parametrize(
    "note",
    [
        "11 Bell, “Ferries”, May 2016. The amount per guest is a simple division.",
        "8 Ibid.\n9 Fares were paid twice.",
        "30 Guests visited an employer of rowers, two local piers and some boats that leak.",
        "6 Such as the guides of the mayor. Bell 2018.",
        "5 The crews rowed out early, slept on board, paid no fares at all and went home before the"
        " first storms of autumn.",
        "18 Il est possible de ramer. Bell, p. 3.",
        "1 Die Fähre wird bezahlt.",
    ],
)
def test_a_note_that_says_something(note: str) -> None:
    assert not only_cites(note)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("11 Bell, Ferries.", "Bell, Ferries."),
        ("(3) Bell.", "Bell."),
        ("7. Bell.", "Bell."),
        ("* none was asked", "none was asked"),
        ("Bell 12 rowed", "Bell 12 rowed"),
        ("12 000 guests came", "12 000 guests came"),
        ("2018 was cold", "2018 was cold"),
        ("2.5 hours", "2.5 hours"),
    ],
)
def test_a_note_without_its_number(text: str, quoted: str) -> None:
    assert text[behind_number(text, 0) :] == quoted
    after = f"Before.\n{text}"
    assert after[behind_number(after, 8) :] == quoted
    within = f"1 Bell. {text}"
    assert behind_number(within, 8) == 8  # no line begins there


def with_note(path: Path, note: str) -> None:
    """A PDF of a page with a note below a rule."""
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.set_font("Times", size=11)
    pdf.multi_cell(0, 6, "The harbour board counted what rowers had on board in May. " * 6)
    pdf.line(10, 250, 70, 250)
    pdf.set_y(253)
    pdf.set_font("Times", size=8)
    pdf.multi_cell(0, 4, note)
    pdf.output(str(path))


def test_the_note_that_says_something_comes_first_and_is_quoted_without_its_number(
    empty_library: Library, tmp_path: Path
) -> None:
    with_note(tmp_path / "a.pdf", "7 Ana Ruiz, Fares of the Island Ferry, Boat Papers, May 2016.")
    with_note(tmp_path / "b.pdf", "8 The fares of the island ferry are paid in May and in autumn.")
    list(build.add(empty_library, [tmp_path / "a.pdf", tmp_path / "b.pdf"]))
    said, cited = find(empty_library, "fares of the island ferry", k=2).results
    assert [one.candidate.kind for one in (said, cited)] == [BlockKind.FOOTNOTE] * 2
    assert (said.candidate.citing, cited.candidate.citing) == (False, True)
    assert said.quote.words(said.stored.passage).startswith("The fares of the island ferry are")
    assert cited.quote.words(cited.stored.passage).startswith("Ana Ruiz, Fares")


def test_asked_what_somebody_said_a_bare_source_comes_behind_what_tells_it(
    empty_library: Library, tmp_path: Path
) -> None:
    with_note(
        tmp_path / "a.pdf",
        "7 Interview with Jo Frost, 8 May 2017, cited in Bell 2018.\n8 Rowers were paid twice.",
    )
    (tmp_path / "b.md").write_text(
        "# Rest\n\nThe harbour has two piers and a lamp, which Jo Frost, who was heard on a wet day"
        " in spring, called dim.\n"
    )
    list(build.add(empty_library, [tmp_path / "a.pdf", tmp_path / "b.md"]))
    told = find(empty_library, "What did Jo Frost say?", k=3).results
    held = find(empty_library, "Interview with Jo Frost", k=3).results
    assert "called dim" in told[0].stored.passage.text
    assert held[0].candidate.kind is BlockKind.FOOTNOTE
    (source,) = (one for one in told if "Interview" in one.stored.passage.text)
    assert source.candidate.kind is BlockKind.REFERENCE
