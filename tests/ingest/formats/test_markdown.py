"""Markdown as people and programs write it."""

from pathlib import Path

import pytest

from ingest.formats import markdown
from ingest.isolated.sandbox import Limits
from ingest.read import read
from ingest.records import BlockKind, Failure

H, P, L, T, F = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST,
    BlockKind.TABLE,
    BlockKind.FOOTNOTE,
)


def found(source: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in markdown.read(source)[1]]


def test_headings_have_their_levels() -> None:
    blocks = markdown.read("# A\n## B\n###### C\n\nD\n===\n\nE\n---\nText.")[1]
    assert [(block.text, block.level) for block in blocks] == [
        ("A", 1),
        ("B", 2),
        ("C", 6),
        ("D", 1),
        ("E", 2),
        ("Text.", 0),
    ]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("They <b>came</b> twice<br>and left.", [(P, "They came twice and left.")]),
        ("A `List<String>`, or List<String>.", [(P, "A List<String>, or List<String>.")]),
        ("Of 3 < 4 and 5 > 2.", [(P, "Of 3 < 4 and 5 > 2.")]),
        ("See <https://example.org>.", [(P, "See https://example.org.")]),
        ("<!-- a draft -->\n\nText<!-- too -->.", [(P, "Text.")]),
        ("For a <b and c> d, ask <Zyx>.", [(P, "For a <b and c> d, ask <Zyx>.")]),
        (
            "They <a title='to the big map' href=x>came</a> <font color=red>twice</font>.",
            [(P, "They came twice.")],
        ),
        ("|A|\n|-|\n|<ul><li>b</li><li>c</li></ul>|", [(T, "A: b c")]),
        (
            "<div align=center>\n<h2>Visits</h2>\n<p>Twice.</p>\n</div>",
            [(H, "Visits"), (P, "Twice.")],
        ),
        (
            "<details>\n<summary>More</summary>\n\nThey *left*.\n\n</details>",
            [(P, "More"), (P, "They left.")],
        ),
        (
            "<table><tr><th>Year</th></tr><tr><td>2011</td></tr></table>\n\nText.",
            [(T, "Year: 2011"), (P, "Text.")],
        ),
    ],
)
def test_html_among_the_text(source: str, blocks: list[tuple[BlockKind, str]]) -> None:
    assert found(source) == blocks


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("It cost 250<sup>3</sup> euros.", "It cost 250 euros."),
        ("It cost *250*<sup>3</sup> and 40<SUP>[4]</SUP>.", "It cost 250 and 40."),
        ("On 40 km<sup>2</sup>, the 4<sup>th</sup>.", "On 40 km2, the 4th."),
        ("<sup>3</sup> See page 4, or <sup>1</sup>/2.", "3 See page 4, or 1/2."),
    ],
)
def test_raised_numbers_of_notes(source: str, text: str) -> None:
    assert found(source) == [(P, text)]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Visits\nauthor: A. Roe\ndate: 2019-05-06\nlang: en-GB\n---\n",
        "---\ntitle: Visits\nauthor: [A. Roe]\ndate: May\nyear: 2019\nlanguage: en\n---\n",
        '+++\ntitle = "Visits"\nauthor = "A. Roe"\ndate = 2019-05-06T10:00:00Z\nlang = "en"\n+++\n',
    ],
)
def test_front_matter_of_sites_and_pandoc(front: str) -> None:
    metadata, blocks = markdown.read(front + "\nText.")
    assert (metadata.title, metadata.authors) == ("Visits", ("A. Roe",))
    assert (metadata.year, metadata.language) == (2019, "en")
    assert [block.text for block in blocks] == ["Text."]


def test_front_matter_in_toml_that_is_wrong_is_left_out() -> None:
    metadata, blocks = markdown.read("+++\ntitle = Visits\n+++\n\n# A title\n")
    assert (metadata.title, [block.text for block in blocks]) == ("A title", ["A title"])


@pytest.mark.parametrize(
    "words", ["\nThey came: twice.\n", "They came twice: in May.", "*They* came.", "- They came."]
)
def test_words_between_two_lines_are_no_front_matter(words: str) -> None:
    blocks = markdown.read(f"---\n{words}\n\n---\n\nThey left.")[1]
    assert len(blocks) == 2
    assert "came" in blocks[0].text


def test_a_note_that_no_mark_leads_to_is_read() -> None:
    source = "Text.[^a]\n\n[^a]: One note.\n[^b]: Another note.\n"
    assert found(source) == [(P, "Text."), (P, "[b] Another note."), (F, "One note.")] or found(
        source
    ) == [(P, "Text."), (F, "One note. [b] Another note.")]


def test_items_within_items_are_all_read() -> None:
    source = "".join(f"{'  ' * depth}- item {depth}\n" for depth in range(60))
    assert [text for _, text in found(source + "\nAfter.")] == [
        *(f"- item {depth}" for depth in range(60)),
        "After.",
    ]


def test_quotes_within_quotes_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"Before.\n\n{'>' * 5_000} deep\n\nAfter.")
    (failure,) = read(path, "0" * 64, Limits())
    assert isinstance(failure, Failure)
    assert "nested too deep" in str(failure)
