from text_forms import WIDE, Box, Bullet, Heading, Paragraph, Table, shaped
from text_markdown import inline, markdown

LONG = (
    "The town council met twice in the spring and once in the autumn, and each time spoke of rain."
)


def test_a_short_line_alone_is_a_heading_and_the_first_is_the_title() -> None:
    text = shaped(f"Harbour report\n\nII. STORMS\n\n{LONG}\n\nThe second\n\nIt closed.\n")
    assert text.title == "Harbour report"
    assert text.forms == (
        Heading("II. STORMS", 1),
        Paragraph(LONG),
        Heading("The second", 2),
        Paragraph("It closed."),
    )


def test_short_lines_together_and_long_runs_of_them_are_no_headings() -> None:
    address = shaped(f"{LONG}\n\nHarbour house\n5 Quay Street\nBorland")
    assert address.forms[1:] == (
        Paragraph("Harbour house"),
        Paragraph("5 Quay Street"),
        Paragraph("Borland"),
    )
    cover = shaped(f"{LONG}\n\nOne\n\nTwo\n\nThree\n\nFour\n\n{LONG}")
    assert cover.forms[1:5] == (
        Paragraph("One"),
        Paragraph("Two"),
        Paragraph("Three"),
        Heading("Four", 1),
    )


def test_a_date_is_no_title_and_a_long_first_line_neither() -> None:
    assert shaped("E.g., 04/05/2020\n\nNews\n\nIt rained.").title == "News"
    assert shaped(f"{LONG}\n\nIt rained.").title == ""


def test_lines_broken_at_full_width_are_one_paragraph() -> None:
    lines = [
        "It rained in May, and the whole northern quay was",
        "closed for eleven days, which had not happened since",
        "1911.",
    ]
    assert len(lines[0]) in WIDE
    assert len(lines[1]) in WIDE
    assert shaped("\n".join(lines)).forms == (Paragraph(" ".join(lines)),)
    assert len(shaped("Short lines.\nOf a poem.\nThat ends.").forms) == 3
    assert len(shaped("\n".join(lines[1:])).forms) == 2  # one line says nothing of the width


def test_notes_go_to_their_marks_and_the_paragraph_they_cut_is_made_whole() -> None:
    start, end = f"{LONG} It fell² in May¹ and the harbour", "was closed."
    text = shaped(f"{start}\n\n1 Says the *log*.\n\n- 2 So do we.\n\n{end}\n\nTwice.")
    assert text.forms == (Paragraph(f"{start} {end}"), Paragraph("Twice."))
    assert text.notes == {1: "Says the *log*.", 2: "So do we."}
    assert markdown(text) == (
        f"{LONG} It fell[^2] in May[^1] and the harbour was closed.\n\nTwice.\n\n"
        "[^1]: Says the *log*.\n\n[^2]: So do we.\n"
    )


def test_what_has_no_mark_before_it_is_a_paragraph() -> None:
    text = shaped(f"{LONG}\n\n3 results were found.\n\nHalls of 40 m² each.\n\n7 were let.")
    assert text.notes == {}
    assert [form.text for form in text.forms if isinstance(form, Paragraph)] == [
        LONG,
        "3 results were found.",
        "Halls of 40 m² each.",
        "7 were let.",
    ]


def test_a_number_that_has_its_note_opens_a_paragraph() -> None:
    text = shaped(f"{LONG}¹ It fell.²\n\n1 In May.\n\n2 In June.\n\n1 January was dry.")
    assert text.notes == {1: "In May.", 2: "In June."}
    assert text.forms[1] == Paragraph("1 January was dry.")


def test_a_note_whose_mark_stands_in_the_title_is_not_lost() -> None:
    text = shaped("Harbour report¹\n\n1 First of two.\n\nIt rained.")
    assert (text.title, text.notes) == ("Harbour report¹", {})
    assert text.forms == (Paragraph("It rained."), Paragraph("1 First of two."))


def test_bullets_lose_their_mark_and_keep_lines_that_run_on() -> None:
    text = shaped(f"{LONG}\n\n  • one\n  - two and\nthree.\n* four.\n{LONG}")
    assert text.forms[1:] == (
        Bullet("one"),
        Bullet("two and three."),
        Bullet("four."),
        Paragraph(LONG),
    )


def test_a_table_takes_the_line_over_it_and_rows_are_made_even() -> None:
    text = shaped(f"{LONG}\n\nTable 1. Flats\n\nTown\tLet\tFree\nA\t\t3|4\nB\t5\n")
    rows = (("Town", "Let", "Free"), ("A", "", "3|4"), ("B", "5"))
    assert text.forms[1] == Table("Table 1. Flats", rows)
    assert markdown(text).endswith(
        "Table: Table 1. Flats\n\n"
        "| Town | Let | Free |\n|---|---|---|\n| A |  | 3\\|4 |\n| B | 5 |  |\n"
    )


def test_a_table_that_would_not_go_on_a_page_is_paragraphs() -> None:
    wide = "\t".join("abcdefghijkl")
    assert markdown(shaped(f"{LONG}\n\n{wide}")).endswith("a; b; c; d; e; f; g; h; i; j; k; l\n")


def test_a_box_goes_to_its_sources_or_is_one_paragraph() -> None:
    text = shaped(f"{LONG}\n\nBox 1. Rain\n\nIt fell.\n\nA lot.\n\nSources: The log.\n\n{LONG}")
    parts = (Paragraph("It fell."), Paragraph("A lot."), Paragraph("Sources: The log."))
    assert text.forms[1:] == (Box("Box 1. Rain", parts), Paragraph(LONG))
    assert "> **Box 1. Rain**\n>\n> It fell.\n>\n> A lot.\n>\n> Sources" in markdown(text)
    short = shaped(f"{LONG}\n\nBox 2 Snow\n\nIt fell.\n\nA lot.")
    assert short.forms[1:] == (Box("Box 2 Snow", (Paragraph("It fell."),)), Paragraph("A lot."))


def test_signs_that_mean_something_in_markdown_are_only_signs() -> None:
    assert inline("1. a_b [c] <https://d.e/f_g>", ()) == r"1\. a\_b \[c\] https://d.e/f\_g"
    assert inline("# not a heading", ()) == r"\# not a heading"
    assert inline("***", ()) == r"\*\*\*"
    assert inline("Table: none", ()) == r"Table\: none"
    assert inline("*Log* of 5² and 6³", {3}) == "*Log* of 5² and 6[^3]"
