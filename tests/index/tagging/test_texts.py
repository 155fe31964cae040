"""Texts to be tagged: which files hold them, and which of their lines do not."""

import pytest

from index.files.csv_rows import HeaderError
from index.tagging.texts import BadText, Text, read


def test_a_table_of_texts_in_any_order_of_columns() -> None:
    lines = ["Text;year;ID\n", '"One; two";2011;a\n', ";;\n", "Three;;b\n"]
    assert list(read(lines, ".csv")) == [Text("a", "One; two", 2), Text("b", "Three", 4)]
    # What it is, is seen without its name too.
    assert list(read(lines)) == list(read(lines, ".tsv")) == list(read(lines, ".csv"))


def test_rows_without_a_text_or_an_id_are_named() -> None:
    latin = "Où?".encode("latin-1").decode("utf-8", "surrogateescape")
    lines = ["id,text\n", "a,\n", ",One\n", "c\n", "d,One, two\n", f"e,{latin}\n", "f,Six\n"]
    assert list(read(lines, ".csv")) == [
        BadText(2, "the column 'text' is empty"),
        BadText(3, "the column 'id' is empty"),
        BadText(4, "the column 'text' is empty"),
        BadText(5, "a cell under no column: put the text into double quotes"),
        BadText(6, "not UTF-8: save the file as UTF-8"),
        Text("f", "Six", 7),
    ]


def test_a_spreadsheets_error_is_no_text() -> None:
    lines = ["id,text\n", "a,#NAME?\n", "#REF!,One\n", "c,One; #N/A\n"]
    assert list(read(lines, ".csv")) == [
        BadText(2, "'#NAME?' is an error of the spreadsheet: mend the cell"),
        BadText(3, "'#REF!' is an error of the spreadsheet: mend the cell"),
        Text("c", "One; #N/A", 4),
    ]


def test_an_id_that_comes_again_is_named_with_the_first() -> None:
    said = BadText(3, "the id 'a' is that of line 1 already")
    lines = ['{"id": "a", "text": "x"}', '{"id": 7, "text": "x"}', '{"id": "a", "text": "y"}']
    assert list(read(lines)) == [Text("a", "x", 1), Text(7, "x", 2), said]
    long = '{"id": "a\\n' + "b" * 100 + '", "text": "x"}'
    (_, again) = read([long, long])
    assert again == BadText(2, f"the id 'a {'b' * 78}' is that of line 1 already")
    # Tables have no numbers: what is joined by id later is joined as text.
    (_, again) = read(['{"id": 7, "text": "x"}', '{"id": "7", "text": "y"}'])
    assert again == BadText(2, "the id '7' is that of line 1 already")


def test_an_id_is_a_text_or_a_number() -> None:
    said = "the key 'id' is missing or neither a text nor a number"
    for given in ("null", "true", "[1]", "{}"):
        assert list(read([f'{{"id": {given}, "text": "x"}}'])) == [BadText(1, said)], given
    assert list(read(['{"id": 1.5, "text": "x"}'])) == [Text(1.5, "x", 1)]


@pytest.mark.parametrize("ending", ["", ".txt"])
def test_what_is_neither_is_refused_before_anything_is_read(ending: str) -> None:
    for first in ("Two mentors came.\n", "id;Inhalt\n", "id,question\n"):
        with pytest.raises(HeaderError, match=r"^line 2: neither JSON lines, .* nor a table with"):
            read(["\n", first, "x\n"], ending)
    with pytest.raises(HeaderError, match=r"^line 1: no column 'id'; there are: nr, text \(id and"):
        read(["nr,text\n", "1,x\n"], ending)
    with pytest.raises(HeaderError, match=r"^line 1: not UTF-8: save the file as UTF-8$"):
        read(["O\udcf9?\n"], ending)
    assert list(read([], ending)) == list(read(["\n", " \n"], ending)) == []


def test_a_list_with_the_word_text_in_it_makes_no_table_of_json_lines() -> None:
    line = '{"id": "a", "text": "By phone, text, or email."}'
    assert list(read([line])) == [Text("a", "By phone, text, or email.", 1)]


def test_one_bad_line_at_the_beginning_stops_no_json_lines() -> None:
    lines = ["{\n", "oops\n", '{"id": "a", "text": "x"}\n']
    for given, ending in ((lines, ""), (lines[1:], ""), (lines[1:], ".txt"), (lines, ".jsonl")):
        *bad, good = read(given, ending)
        assert all(isinstance(item, BadText) for item in bad)
        assert good == Text("a", "x", len(given))
