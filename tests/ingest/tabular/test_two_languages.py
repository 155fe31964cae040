"""Documents in two languages: side by side on the page, one after the other, and which it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from typeset import new_pdf, put

from ingest.passages import cut
from ingest.prose import language
from ingest.records import Block, BlockKind, Document, Health, Metadata, Page

Reader = Callable[[FPDF], tuple[Page, ...]]

ENGLISH = [
    [
        "1. The visits of the officials were",
        "planned by both of the towns, and",
        "they have been useful to the hosts.",
    ],
    [
        "2. Guests of the second year came",
        "in spring, when the snow had gone,",
        "and stayed with the same families.",
    ],
    [
        "3. The agency has asked the towns",
        "for a list of what was learned and",
        "of the costs that they could bear.",
    ],
]
FRENCH = [
    [
        "1. Les visites des agents ont été",
        "préparées par les deux villes, et",
        "elles sont utiles pour les hôtes.",
    ],
    [
        "2. Les visiteurs de cette année sont",
        "venus au printemps, après la neige,",
        "et dans les mêmes familles du lieu.",
    ],
    [
        "3. Le service a demandé aux villes",
        "une liste de ce qui est appris et",
        "des frais qui sont à leur charge.",
    ],
]
ITEMS = [" ".join(lines) for lines in ENGLISH], [" ".join(lines) for lines in FRENCH]


def blocks_of(pages: tuple[Page, ...]) -> list[Block]:
    return [block for page in pages for block in page.blocks]


def rows(pdf: FPDF, top: float, left: list[list[str]], right: list[list[str]]) -> float:
    """Cells side by side, written along the row; gives the height of the next row."""
    for cells in zip(left, right, strict=True):
        top = 14 + max(put(pdf, x, top, cell) for x, cell in zip((70, 310), cells, strict=True))
    return top


@pytest.mark.parametrize("walls", [False, True])
def test_two_languages_side_by_side_are_columns_read_one_after_the_other(
    read: Reader, walls: bool
) -> None:
    pdf = new_pdf()
    rows(pdf, 100, ENGLISH, FRENCH)
    for n in range(4 * walls):
        pdf.line(60, 86 + 53.6 * n, 520, 86 + 53.6 * n)
    for x in (60, 300, 520) * walls:
        pdf.line(x, 86, x, 86 + 3 * 53.6)
    found = blocks_of(read(pdf))
    assert [(block.kind, block.text) for block in found] == [
        (BlockKind.LIST, text) for side in ITEMS for text in side
    ]


def test_columns_of_one_language_and_terms_in_two_stay_a_table(read: Reader) -> None:
    pdf = new_pdf()
    top = rows(pdf, 100, ENGLISH, ENGLISH[1:] + ENGLISH[:1])
    terms = [["the office of the mayor"], ["one of the towns"], ["a list of the costs"]]
    termes = [["le bureau du maire"], ["une des villes"], ["une liste des frais"]]
    rows(pdf, top + 60, terms, termes)
    found = blocks_of(read(pdf))
    assert [block.kind for block in found] == [BlockKind.TABLE] * 6
    assert found[3].text == "the office of the mayor; le bureau du maire"


@pytest.mark.parametrize(
    "rests", [(ENGLISH[1][2], FRENCH[1][2]), (ENGLISH[1][2], "villages proches.")]
)
def test_each_side_goes_on_over_the_page_end_in_its_own_column(
    read: Reader, rests: tuple[str, str]
) -> None:
    pdf = new_pdf(2)
    rows(pdf, 700, [ENGLISH[0], ENGLISH[1][:2]], [FRENCH[0], FRENCH[1][:2]])
    pdf.page = 2
    rows(pdf, 60, [[rests[0]], ENGLISH[2]], [[rests[1]], FRENCH[2]])
    found = blocks_of(read(pdf))
    # As the pages come: the first of each, then the second.
    cut = [
        " ".join([*side[1][:2], rest]) for side, rest in zip((ENGLISH, FRENCH), rests, strict=True)
    ]
    assert [block.text for block in found] == [
        *(ITEMS[0][0], cut[0], ITEMS[1][0], cut[1]),
        *(ITEMS[0][2], ITEMS[1][2]),
    ]
    assert [page for block in found for _, page in block.page_breaks] == [2, 2]


def passages_of(*texts: str) -> list[str]:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, 1) for text in texts)
    page = Page(1, Health.TEXT, blocks)
    document = Document(Path("minutes.txt"), "", "", Metadata(), (page,))
    return [one.text for one in cut(document, lambda some: [len(s.split()) for s in some], 200)]


def test_no_passage_of_a_document_in_two_languages_is_in_both() -> None:
    date = "Bern, 4 May 2021"
    assert passages_of(date, *ITEMS[0], "12.", *ITEMS[1]) == [
        "\n".join([date, *ITEMS[0], "12."]),
        "\n".join(ITEMS[1]),
    ]


def test_a_word_of_another_language_parts_no_passage() -> None:
    quoted = "« Les visites des agents ont été utiles pour les hôtes de la ville. »"
    texts = [*ITEMS[0], quoted, *ITEMS[0]]
    assert passages_of(*texts) == ["\n".join(texts)]


def test_the_language_of_a_document_is_that_of_most_of_it() -> None:
    summary, report = "\n".join(ITEMS[1] * 60), "\n".join(ITEMS[0] * 160)
    assert len(summary) > 18_000
    assert language.guess(f"{summary}\n{report}") == "en"
    # Line by line: the two have "para", "que" and "de" in common, and neither leads by its words.
    spanish = "Las visitas para los socios que se han preparado son útiles para todos"
    portuguese = "As visitas para os parceiros que se preparam são úteis para todos de cá"
    assert language.guess("\n".join([spanish, portuguese, spanish] * 9)) == "es"
    assert language.guess("\n".join([spanish, portuguese] * 9)) == ""


def test_a_language_that_is_none_of_the_eight_is_not_taken_for_its_neighbour() -> None:
    catalan = [
        "El poble ha rebut més persones refugiades que en els anys anteriors.",
        "No és només una qüestió d'habitatge, sinó també de feina i d'escola.",
        "Molts dels que arriben necessiten ajuda per aprendre la llengua.",
        "Per això l'ajuntament ha decidit contractar dos nous orientadors.",
        "Han de visitar les famílies cada setmana i parlar amb elles.",
    ]
    assert language.guess("\n".join(catalan)) == ""
    # One line of six says so much by chance.
    assert language.guess("\n".join([*catalan, f"{catalan[4]} {catalan[0]}"])) == ""


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (ITEMS[0][0], ITEMS[1][0], True),
        (ITEMS[0][0], ITEMS[0][1], False),
        (ITEMS[0][0], "Rome, Paris 2021", False),
        ("La date", ITEMS[0][0], False),
        ("registers of which the towns have", "a list, and no two agree.", False),
    ],
)
def test_texts_differ_where_both_say_their_language(one: str, other: str, apart: bool) -> None:
    assert language.differ(one, other) == language.differ(other, one) == apart
