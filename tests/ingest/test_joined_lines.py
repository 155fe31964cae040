"""Words and addresses divided over a line end, lines broken on purpose, cells of many lines."""

from collections.abc import Callable, Sequence

import pytest
from fpdf import FPDF
from typeset import BODY, new_pdf, put

from ingest.prose.breaks import are_names, had_room
from ingest.prose.clean import Vocabulary, join, tidy_printed
from ingest.prose.layout import Chain
from ingest.prose.lines import Line
from ingest.prose.paragraphs import Norms, pieces_of
from ingest.prose.row_words import TableRow, in_parts
from ingest.records import Page
from ingest.tabular.cell_text import cell_texts
from ingest.tabular.tables import Cell

KNOWN = Vocabulary(
    ["It was the art of the day, in working hours.", "They take an order to hours of work."]
)


def line(text: str, base: float, x1: float, x0: float = 50.0, *, bold: bool = False) -> Line:
    return Line(text, x0, x1, base, 10.0, bold)


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("a state-of-", "the-art method", "a state-of-the-art method"),
        ("state-of-the-", "art method", "state-of-the-art method"),
        ("adopt state-", "of-the-art tools", "adopt state-of-the-art tools"),
        ("its day-", "to-day work", "its day-to-day work"),
        ("visits out-", "of-hours", "visits out-of-hours"),
        # These are words divided, or compounds whose second half comes later.
        ("their co-or-", "dination", "their co-ordination"),
        ("inward-", "and outward-looking", "inward- and outward-looking"),
        ("the organ-", "isation", "the organisation"),
        ("to any-", "one who", "to anyone who"),
        ("the decision-", "makers", "the decision-makers"),
    ],
)
def test_compounds_of_several_words_keep_their_hyphens(left: str, right: str, whole: str) -> None:
    known = Vocabulary(
        ["It was the art of coordination, said co-ordination and the organisation by decision."]
    )
    assert join(left, right, known) == whole


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("all EU-", "funded work", "all EU-funded work"),
        ("an E-", "government plan", "an E-government plan"),
        ("by peer-to-", "peer support", "by peer-to-peer support"),
        ("went step-by-", "step", "went step-by-step"),
        ("principle of non-", "refoulement", "principle of non-refoulement"),
        ("of self-", "sufficiency", "of self-sufficiency"),
        ("on data-", "sharing", "on data-sharing"),
        ("the most-", "sought posts", "the most-sought posts"),
        ("an eight-", "month-long visit", "an eight-month-long visit"),
        ("a twenty-four-", "hour stay", "a twenty-four-hour stay"),
        ("by co-", "production", "by co-production"),
        # These are words divided.
        ("a non-", "profit body", "a nonprofit body"),
        ("some-", "one weekday", "someone weekday"),
        ("eight-", "een months", "eighteen months"),
        ("one co-", "lumn", "one column"),
        ("is most-", "ly new", "is mostly new"),
        ("on theme-to-", "wards it", "on theme-towards it"),
        ("its sub-of-", "fices", "its sub-offices"),
        ("what pre-", "cedes it", "what precedes it"),
        ("Eu-", "rope", "Europe"),
        ("day-", "dreams", "daydreams"),
    ],
)
def test_first_halves_that_are_no_syllables_keep_their_hyphen(
    left: str, right: str, whole: str
) -> None:
    known = Vocabulary(
        ["A nonprofit in production worked on data towards what its offices sent in a day."]
    )
    assert join(left, right, known) == whole


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("see https://ec.example.eu/home", "-affairs/sites/a.pdf;", "home-affairs/sites/a.pdf;"),
        ("www.example.org/file", "s/documents/a.pdf.", "www.example.org/files/documents/a.pdf."),
        ("at https://ec.e", "xample.eu/what-we-do/a", "https://ec.example.eu/what-we-do/a"),
        ("www.example.org/refug", "ee-policy-in-ten-steps.", "refugee-policy-in-ten-steps."),
    ],
)
def test_addresses_cut_anywhere_are_whole(left: str, right: str, whole: str) -> None:
    assert whole in join(left, right, KNOWN)


@pytest.mark.parametrize("right", ["and the rest", "well-known cases", "https://b.example/c"])
def test_words_after_an_address_stay_apart(right: str) -> None:
    assert join("see www.example.org/file", right, KNOWN) == f"see www.example.org/file {right}"


def test_a_word_has_room_where_the_line_above_is_short() -> None:
    below = line("Borland", 112, 90)
    # It is 40 points wide, and 10 are to spare.
    assert had_room(line("Arland", 100, 149), below, 200)
    assert not had_room(line("Arland", 100, 150), below, 200)
    # Of "Borland tow" the first word is 7 of 11 letters: 28 points and 10.
    assert had_room(line("Arland", 100, 161), line("Borland tow", 112, 94), 200)


@pytest.mark.parametrize(
    ("texts", "ends", "names"),
    [
        (["The Mayor of Arland", "The Speaker", "The Bishop"], [140, 100, 100], True),
        (["The Mayor of Arland", "The Speaker"], [140, 100], False),
        (["The Mayor of", "The Speaker", "The Bishop"], [140, 100, 100], False),
        (["The Mayor went", "to see the Speaker", "The Bishop"], [100, 140, 100], False),
        (["The Mayor went.", "The Speaker sat.", "The Bishop spoke."], [100, 100, 100], False),
        (
            ["Mayor Ada", "Judge Bo", "Bishop Cy", "Dean Di", "Clerk Ed"],
            [190, 195, 198, 200, 9],
            True,
        ),
        (["The Mayor and", "Judges went", "Bishops sat", "Deans ate", "Clerks"], [9] * 5, False),
    ],
)
def test_lines_of_names_are_told_from_prose(
    texts: list[str], ends: list[float], *, names: bool
) -> None:
    lines = [
        line(text, 100 + 12 * n, x1) for n, (text, x1) in enumerate(zip(texts, ends, strict=True))
    ]
    assert are_names(lines, 200) is names


def text_of(lines: list[Line], right: float = 200, *, listed: bool = True) -> str:
    ((text,),) = cell_texts([[Cell(50, right, tuple(lines))]], KNOWN, header=not listed)
    return text


def test_entries_of_a_cell_are_told_apart() -> None:
    white = [line("Patient", 100, 90), line("reports", 112, 90), line("Staff survey", 136, 110)]
    assert text_of(white) == "Patient reports; Staff survey"
    assert text_of(white, listed=False) == "Patient reports Staff survey"
    broken = [line("Interviews", 100, 100), line("Desk review", 112, 110), line("Survey", 124, 85)]
    assert text_of(broken) == "Interviews; Desk review; Survey"


def test_a_phrase_over_several_lines_of_a_cell_stays_whole() -> None:
    full = [
        line("Sub-committee on", 100, 190),
        line("Labour and the", 112, 180),
        line("Towns", 124, 80),
    ]
    assert text_of(full) == "Sub-committee on Labour and the Towns"
    # A single line that ends early says nothing.
    once = [line("Ministry", 100, 90), line("Labour Inspectorate", 112, 160)]
    assert text_of(once) == "Ministry Labour Inspectorate"
    spaced = [line("Ministry", 100, 190), line("Labour", 112, 190), line("Towns", 130, 80)]
    assert text_of(spaced) == "Ministry Labour Towns"


def test_two_entries_of_a_cell_are_told_apart_where_its_column_has_lists() -> None:
    lists = [["Survey", "Interviews", "Desk review"], ["Desk review", "Registers", "Letters"]]
    two = ["Interviews", "Letters from towns"]

    def column(*cells: Sequence[str]) -> list[str]:
        rows = [
            [Cell(50, 200, tuple(line(text, 12.0 * n, 100) for n, text in enumerate(texts)))]
            for texts in cells
        ]
        return [text for (text,) in cell_texts(rows, KNOWN, header=False)]

    assert column(*lists, two)[2] == "Interviews; Letters from towns"
    # One list beside it may be chance.
    assert column(lists[0], two)[1] == "Interviews Letters from towns"


def test_an_entry_is_known_again_where_it_fills_its_line() -> None:
    def wide(*texts: str) -> Cell:
        return Cell(50, 200, tuple(line(t, 12.0 * n, 195) for n, t in enumerate(texts)))

    short = [line(text, 12.0 * n, 100) for n, text in enumerate(["Survey", "Towns", "Letters"])]
    rows = [[Cell(50, 200, tuple(short))]] * 2
    found = cell_texts(
        [*rows, [wide("Interviews", "Towns")], [wide("Old", "Boats")]], KNOWN, header=False
    )
    assert found[2:] == [["Interviews; Towns"], ["Old Boats"]]


@pytest.mark.parametrize(
    ("glyph", "said"), [("\uf0fc", "✓"), ("ü", "✓"), ("✔", "✓"), ("\uf0fb", "✗")]
)
def test_ticks_of_symbol_fonts_are_ticks(glyph: str, said: str) -> None:
    assert text_of([line(glyph, 100, 60)]) == said
    assert text_of([line(f"{glyph} for", 100, 60)]) != said


NAMES = ("Factor", "Sources", "Needs")


def test_a_long_row_says_in_each_part_what_it_is_about() -> None:
    sources = "; ".join(f"Survey {n} of the hospitals and their wards" for n in range(12))
    needs = "; ".join(f"No figures are known on matter {n} of the list" for n in range(12))
    row = TableRow(
        ("Culture of the ward", sources, needs),
        NAMES,
        4,
        ((1, sources.index("Survey 9"), 5), (2, 0, 4)),
    )
    parts = in_parts(row)
    assert len(parts) == 2
    assert all(part.text.startswith("Factor: Culture of the ward; ") for part in parts)
    assert all(len(part.text) <= 800 for part in parts)
    words = " ".join(part.text for part in parts)
    assert all(words.count(entry) == 1 for entry in [*sources.split("; "), *needs.split("; ")])
    text, breaks = parts[0].written()
    assert parts[0].page == 4
    assert [(text[at:][:8], page) for at, page in breaks] == [("Survey 9", 5)]
    assert parts[1].page == 4
    assert parts[1].written()[1] == ()


def test_a_cell_that_is_too_long_is_cut_between_sentences() -> None:
    cell = " ".join(
        f"The town number {n} paid for the journeys of its officers." for n in range(40)
    )
    row = TableRow(
        ("Costs", cell), ("Factor", "Finding"), 7, ((1, cell.index("The town number 30"), 8),)
    )
    parts = in_parts(row)
    assert len(parts) == 4  # of 2,300 characters, at most 750 in a part
    assert all(part.text.startswith("Factor: Costs; Finding: The town") for part in parts)
    assert all(part.text.endswith(".") for part in parts)
    assert " ".join(part.cells[1] for part in parts) == cell
    begins = [int(part.cells[1].split()[3]) for part in parts]
    assert [part.page for part in parts] == [7 if number < 30 else 8 for number in begins]
    turned = [(part.cells[1][at:][:18], page) for part in parts for _, at, page in part.breaks]
    assert turned == ([("The town number 30", 8)] if 30 not in begins else [])


def test_short_rows_and_the_rest_of_a_row_stay_together() -> None:
    row = TableRow(("Costs", "Shared", "None"), NAMES, 1)
    assert in_parts(row) == [row]
    whole = TableRow(("Costs", "a" * 740, "Shared by all."), NAMES, 1)
    assert in_parts(whole) == [whole]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("the interviews(15 in all) were", "the interviews (15 in all) were"),
        ("of Article(1) and child(ren)", "of Article(1) and child(ren)"),
    ],
)
def test_a_bracket_that_lost_its_space_gets_it_back(raw: str, clean: str) -> None:
    assert tidy_printed(raw) == clean


def chain(*lines: Line) -> Chain:
    return Chain(tuple(lines), 50.0, 250.0, lines[0].top, lines[-1].bottom)


def parts(*lines: Line) -> list[str]:
    pieces = pieces_of(chain(*lines), 1, Norms(10.0, 1.2))
    return [" ".join(one.text for one in piece.lines) for piece in pieces]


ASKED = line("asked its partner in the town for help", 100, 245)


@pytest.mark.parametrize(
    "rest", ["– not for money, as it said, and", "- Harbour Institute, as it said"]
)
def test_the_only_dash_of_a_text_begins_a_line_for_lack_of_room(rest: str) -> None:
    went_on = line("got both within three weeks.", 124, 180)
    assert parts(ASKED, line(rest, 112, 250), went_on) == [
        f"asked its partner in the town for help {rest} got both within three weeks."
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [line("asked its partner in the town for:", 100, 245), line("- money", 112, 90)],
        [line("asked for help", 100, 120), line("- money", 112, 90)],  # there was room
        [ASKED, line("- money", 112, 100, 60)],  # set in
        [ASKED, line("- money", 112, 90), line("- officers", 124, 100)],
        [line("• asked its partner in the town for help", 100, 245), line("- money", 112, 90)],
    ],
    ids=["after a colon", "room", "set in", "two dashes", "items"],
)
def test_other_dashes_begin_items(lines: list[Line]) -> None:
    assert parts(*lines) == [one.text for one in lines]


@pytest.mark.parametrize(
    "lead",
    [
        [line("• A desk is for what is urgent.", 100, 240, bold=True)],
        [
            line("• A desk of one person only", 100, 245, bold=True),
            line("is for what is urgent.", 112, 160, 60, bold=True),
        ],
    ],
    ids=["one line", "two lines"],
)
def test_what_hangs_under_the_bold_beginning_of_an_item_is_of_the_item(lead: list[Line]) -> None:
    base = lead[-1].base
    rest = line("It costs a day.", base + 12, 140, 60)
    said = " ".join(one.text for one in (*lead, rest))
    assert parts(*lead, rest, line("Others wait.", base + 40, 120)) == [said, "Others wait."]


def test_text_at_the_side_below_a_bold_item_is_not_of_it() -> None:
    lines = [line("• What was learned", 100, 160, bold=True), line("Nobody was asked.", 112, 160)]
    assert parts(*lines) == [one.text for one in lines]


def test_a_dash_at_the_side_of_a_page_parts_no_sentence(
    read: Callable[[FPDF], tuple[Page, ...]],
) -> None:
    pdf = new_pdf()
    lines = [
        "The town had few officers in spring and so it asked",
        "- in fact, it had to - for help.",
    ]
    put(pdf, 60, 100, [*lines, *BODY])
    (page,) = read(pdf)
    assert page.blocks[0].text == " ".join(lines)
