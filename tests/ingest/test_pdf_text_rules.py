"""Rules on text alone: characters, hyphens, health, ligatures, language, titles, junk."""

import pytest

from ingest.engines.ligatures import letters, suspicious
from ingest.isolated.health import verdict
from ingest.metadata.titles import is_title, readable_name, title_of, year_of
from ingest.prose import language
from ingest.prose.clean import Vocabulary, join, tidy_line, tidy_printed
from ingest.prose.lines import Line
from ingest.records import Block, BlockKind, Health
from ingest.structure.junk import is_contents_entry, marked, without_leaders


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("e\ufb03cient\u00a0o\ufb00er", "efficient offer"),
        ("nul\x00l and \ud800 lone", "null and lone"),
        ("re\u00adsettle\u00adment", "resettlement"),
        ("two  \t spaces\n", "two spaces"),
        ("resettlement¹² rose", "resettlement rose"),
        ("an area of 40 km² each", "an area of 40 km2 each"),
        ("zero\u200bwidth \ufeffmark", "zerowidth mark"),
        ("co\u2010operate, co\u2011operate", "co-operate, co-operate"),
        ("Zuständigkeit für Ärzte", "Zuständigkeit für Ärzte"),
    ],
)
def test_characters(raw: str, clean: str) -> None:
    assert tidy_printed(raw) == clean


NO_WORDS = Vocabulary([])


def test_a_line_keeps_the_mark_of_a_divided_word() -> None:
    assert tidy_line("commu\ufffe") == "commu-"
    assert tidy_line("commu\x02 ") == "commu-"
    assert tidy_line("commu\u00ad") == "commu\u00ad"
    assert tidy_line("community") == "community"
    # The space tells a dash from the mark of a divided word.
    assert tidy_line("the  staff \ufffe ") == "the staff -"
    assert tidy_line(" -") == "-"
    assert join(tidy_line("the staff -"), "for example", NO_WORDS) == "the staff - for example"


VOCABULARY = Vocabulary(
    [
        "long-term plans and long-term funds need resettlement",
        "the settlement of Sub-Saharan refugees was re-",
        "considered; evidence was rights and rights evidence matters",
        "evidence on rights",
    ]
)


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("a resettle-", "ment plan", "a resettlement plan"),
        ("a long-", "term plan", "a long-term plan"),
        ("in Sub-", "Saharan Africa", "in Sub-Saharan Africa"),
        ("Integrations-", "und Sprachkurse", "Integrations- und Sprachkurse"),
        ("an evidence-", "based view", "an evidence-based view"),
        ("unfore\u00ad", "seen costs", "unforeseen costs"),
        ("the town -", "or what was left", "the town - or what was left"),
        ("the town -", "what was left", "the town - what was left"),
        ("-", "what was left", "- what was left"),
        ("pages 12-", "14 of it", "pages 12-14 of it"),
        ("see http://www.", "example.org/a", "see http://www.example.org/a"),
        ("see https://", "example.org/a", "see https://example.org/a"),
        ("one", "two", "one two"),
        ("", "two", "two"),
    ],
)
def test_joining_lines(left: str, right: str, joined: str) -> None:
    assert join(left, right, VOCABULARY) == joined


def test_halves_of_a_divided_word_are_not_words() -> None:
    assert VOCABULARY["considered"] == 0
    assert VOCABULARY["long-term"] == 2


PROSE = "The visits were planned together and every partner brought two officials along. "


@pytest.mark.parametrize(
    ("text", "image_share", "health"),
    [
        (PROSE * 3, 0.0, Health.TEXT),
        (PROSE * 3, 1.0, Health.TEXT),
        ("", 0.9, Health.SCANNED),
        ("12", 0.9, Health.SCANNED),
        ("", 0.0, Health.EMPTY),
        ("Part II", 0.0, Health.TEXT),
        ("(cid:12) (cid:44) (cid:9) (cid:31)", 0.0, Health.GARBLED),
        ("\ue012\ue044\ue0a1\ue033" * 30, 0.0, Health.GARBLED),
        ("Wkh ylvlwv zhuh sodqqhg wrjhwkhu dqg hyhub sduwqhu eurxjkw wzr rshudwruv " * 4, 0.0,
         Health.GARBLED),
        ("Проект поддержал переселение семей и работу муниципалитетов в стране. " * 4, 0.0,
         Health.TEXT),
        ("2014 1,204 88 % 2015 1,310 91 % 2016 1,422 93 % " * 4, 0.0, Health.TEXT),
    ],
)  # fmt: skip
def test_health(text: str, image_share: float, health: Health) -> None:
    assert verdict(text, image_share) is health


@pytest.mark.parametrize(
    ("glyph", "ratio", "before", "after", "meant"),
    [
        ("f", 1.0, "o", "", "f"),
        ("f", 1.35, "", "nding", "fi"),
        ("f", 1.35, "con", "ict", "fl"),
        ("f", 1.35, "modi", "ed", "fi"),
        ("f", 1.35, "", "le", "fi"),
        ("f", 1.35, "", "es", "fi"),
        ("f", 1.85, "e", "ective", "ff"),
        ("f", 1.85, "sta", "", "ff"),
        ("f", 2.1, "o", "cials", "ffi"),
        ("T", 1.9, "", "e", "Th"),
        ("T", 1.0, "", "o", "T"),
    ],
)
def test_ligatures_by_width(glyph: str, ratio: float, before: str, after: str, meant: str) -> None:
    assert letters(glyph, ratio, before, after) == meant


def test_only_pages_with_impossible_words_are_measured() -> None:
    assert suspicious("Te ofce found that efective support was rare.")
    assert not suspicious(
        PROSE + "They differ in effect, and the offices prefer to refer families."
    )


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The visits were planned together with the partners and they have been useful."),
        (
            "fr",
            "Les visites ont été préparées avec les partenaires et elles sont utiles pour tous.",
        ),
        ("de", "Die Besuche wurden mit den Partnern vorbereitet und sind für alle von Nutzen."),
        ("es", "Las visitas se prepararon con los socios y han sido útiles para todos en el país."),
        (
            "it",
            "Le visite sono state preparate con i partner e sono utili per tutti nella regione.",
        ),
        ("nl", "De bezoeken zijn met de partners voorbereid en waren nuttig voor het hele land."),
        ("pt", "As visitas foram preparadas com os parceiros e são úteis para todos no país."),
        ("sv", "Besöken har förberetts med partnerna och det är till nytta för alla i landet."),
        ("", "Kunjungan itu direncanakan bersama para mitra sejak awal tahun lalu."),
        ("", "12 345 678"),
    ],
)
def test_language(code: str, text: str) -> None:
    assert language.guess(text) == code


def test_small_words_of_a_question_are_counted_by_language() -> None:
    votes = language.votes("Wie viele kamen mit der Mutter?")
    assert votes["de"] == 3  # wie, mit, der
    assert votes["en"] == 0
    assert not language.votes("")


@pytest.mark.parametrize(
    "stated",
    [
        "Microsoft Word - draft.docx",
        "untitled",
        "report_v7_final",
        "Slide 1",
        "",
        "a1b2.pdf",
        "---",
        "#NAME?",
        "Microsoft Word — Draft",
        "Présentation PowerPoint",
        "Folie 1",
        "Dokument2",
        "[Document title]",
        "scan0001",
        "C:\\Users\\ana\\report",
    ],
)
def test_titles_that_tools_make_up(stated: str) -> None:
    assert not is_title(stated)


def test_titles_that_people_give() -> None:
    assert is_title("Peer support in resettlement: lessons from four countries")
    assert is_title("Handbook")
    assert is_title("Scandinavian lessons")
    assert is_title("#MeToo and after")
    assert is_title("Documentation")
    assert title_of("", [], "peer_support-2016.v2") == "Peer support 2016 v2"
    assert readable_name("final_report") == "Final report"


def heading(text: str, size: float, base: float) -> Line:
    return Line(text, 72.0, 400.0, base, size)


def test_a_generic_title_takes_the_line_below_along() -> None:
    page = [
        heading("EVALUATION BRIEF", 28, 80),
        heading("June 2016", 11, 100),
        heading("Peers who host peers:", 14, 120),
        heading("a review", 14, 136),
        *(heading("Body text of the brief in ordinary size.", 10, 180 + 12 * i) for i in range(20)),
    ]
    assert title_of("untitled", page, "x") == "EVALUATION BRIEF: Peers who host peers: a review"


@pytest.mark.parametrize(
    ("pages", "title", "stem", "created", "year"),
    [
        (["Published 28 June 2017. Covers 2010 to 2019."], "", "x", "D:20190101", 2017),
        (["Brussels, March 2014"], "", "x", "D:20190101", 2014),
        (["No date here"], "Lessons of 2013", "x", "D:20190101", 2013),
        (["No date here"], "", "report_2012", "D:20190101", 2012),
        (["Directive 2008/115/EC, page 1998-2001"], "", "x", "D:20110304120000Z", 2011),
        (["A plan until June 2031"], "", "x", "D:20150101", 2015),
        (["nothing"], "", "x", "", None),
    ],
)
def test_year(pages: list[str], title: str, stem: str, created: str, year: int | None) -> None:
    assert year_of(pages, title, stem, {"CreationDate": created}) == year


def test_contents_entries() -> None:
    assert is_contents_entry("2.1 Housing ........... 17")
    assert is_contents_entry("Foreword . . . . . iv")
    assert not is_contents_entry("He waited ... and then 17 families came")
    assert not is_contents_entry("The budget rose to 17")
    assert without_leaders("2.1 Housing ........... 17") == "2.1 Housing 17"


def paragraph(text: str, page: int = 3) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page)


def kinds(blocks: list[Block], last_page: int = 40) -> list[BlockKind]:
    return [block.kind for block in marked(blocks, last_page)]


def test_references_need_their_heading_and_look_like_references() -> None:
    title = Block(BlockKind.HEADING, "References", 30, 1)
    entries = [paragraph(f"Frost, A. ({year}). Learning.", 30) for year in (2014, 2016)]
    after = [Block(BlockKind.HEADING, "Annex", 31, 1), paragraph("Held in 2014.", 31)]
    assert kinds([title, *entries, *after]) == [
        BlockKind.HEADING,
        BlockKind.REFERENCE,
        BlockKind.REFERENCE,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]
    prose = [paragraph("Each ministry named the officers it would send."), paragraph("None came.")]
    assert kinds([title, *prose]) == [BlockKind.HEADING] + [BlockKind.PARAGRAPH] * 2


def test_imprints_are_marked_near_the_ends_only() -> None:
    imprint = "© Harbour Institute 2017. All rights reserved. ISBN 978-0-00-000000-2"
    assert kinds([paragraph(imprint, 2)]) == [BlockKind.BOILERPLATE]
    assert kinds([paragraph(imprint, 40)]) == [BlockKind.BOILERPLATE]
    assert kinds([paragraph("Copyright law was the first topic of the visit.", 20)]) == [
        BlockKind.PARAGRAPH
    ]


def test_a_page_left_blank_says_nothing() -> None:
    said = Block(BlockKind.HEADING, "This page intentionally left blank", 20, 1)
    assert marked([said], 40) == [Block(BlockKind.BOILERPLATE, said.text, 20)]
