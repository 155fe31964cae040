"""Tables of spreadsheets: what is a row, on which line it begins, and what its columns are."""

import pytest

from index.files.csv_rows import BadCsvRow, CsvRow, HeaderError, found, no_column, table


def rows(*lines: str, wanted: str = "b") -> list[CsvRow | BadCsvRow]:
    read = table(lines, wanted)
    assert read is not None
    return list(read.rows)


def test_a_row_of_empty_cells_is_passed_over_as_a_blank_line_is() -> None:
    assert rows("a;b\n", "1;2\n", ";\n", " ; \n", "\n", ";4\n", ";;;\n") == [
        CsvRow(2, ["1", "2"]),
        CsvRow(6, ["", "4"]),
    ]
    read = table([";;\n", " , \n", "a;b\n", "1;2\n"], "b")
    assert read is not None
    assert (read.line, read.first, read.header) == (3, "a;b\n", ("a", "b"))
    assert list(read.rows) == [CsvRow(4, ["1", "2"])]
    assert table(["\n", ";;\n"], "b") is None


def test_a_row_over_several_lines_is_named_by_its_first() -> None:
    assert rows("a,b\n", '1,"two\n', "\n", 'four"\n', "\n", "5,6\n") == [
        CsvRow(2, ["1", "two\n\nfour"]),
        CsvRow(6, ["5", "6"]),
    ]
    bad, good = rows("a,b\n", "1," + "x" * 200_000 + "\n", "5,6\n")
    assert bad == BadCsvRow(2, "not valid CSV: field larger than field limit (131072)")
    assert good == CsvRow(3, ["5", "6"])


def test_a_quote_that_is_never_closed_is_named_and_takes_no_rows_with_it() -> None:
    said = "a quotation mark is never closed, so what is below is in that cell"
    open_to_the_end = BadCsvRow(3, f"not valid CSV: {said}")
    assert rows("a,b\n", '1,5" high\n', '2,"two\n', "3,4\n") == [
        CsvRow(2, ["1", '5" high']),
        open_to_the_end,
    ]


@pytest.mark.parametrize(
    ("first", "header"),
    [
        ("a;B,c\n", ("a;B", "c")),
        ("a;b;c,d\n", ("a", "b", "c,d")),
        ("a\tb\n", ("a", "b")),
        ("a;d|b|c\n", ("a;d", "b", "c")),
    ],
)
def test_what_separates_cells_is_settled_by_the_header(first: str, header: tuple[str, ...]) -> None:
    read = table([first], "b")
    assert read is not None
    assert read.header == header


@pytest.mark.parametrize("told", ["sep=;\n", '"SEP=;"\r\n', "sep=\t\n"])
def test_the_line_that_tells_excel_the_separator_is_no_header(told: str) -> None:
    read = table(["\n", told, "a;b\n", "1;2\n"], "b")
    assert read is not None
    assert (read.line, read.header, list(read.rows)) == (3, ("a", "b"), [CsvRow(4, ["1", "2"])])
    kept = table(["sep=,or\n"], "b")
    assert kept is not None
    assert kept.header == ("sep=", "or")


def test_a_quotation_mark_inside_a_cell_is_named_with_its_mend() -> None:
    bad, good = rows("a|b\n", '1|"two" and three\n', '2|"""two"" and three"\n')
    assert isinstance(bad, BadCsvRow)
    assert bad.message.endswith(": put the cell into double quotes, and write those inside twice")
    assert good == CsvRow(3, ["2", '"two" and three'])


def test_a_header_that_is_no_csv_is_named_with_its_line() -> None:
    with pytest.raises(HeaderError, match=r"^line 2: not valid CSV: "):
        table(["\n", "a," + "x" * 200_000], "b")


def test_columns_are_found_in_any_case_of_letters() -> None:
    assert found("text", ("ID", " Text ")) == " Text "
    assert found("text", ("Text", "text")) == "text"
    assert found("text", ("texts",)) is None
    assert no_column("text", ("id", "Inhalt")) == "no column 'text'; there are: id, Inhalt"
    assert no_column("text", ()) == "no column 'text'; there are: none"
