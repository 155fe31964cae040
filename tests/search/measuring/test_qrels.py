"""Judgements: what is read of a file of qrels, and what is refused with the line and the mend."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from search.measuring.qrels import QrelsError, read_qrels

Read = Callable[[str], dict[str, dict[str, int]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """read(text): the judgements of a file with that text."""

    def of(text: str) -> dict[str, dict[str, int]]:
        (tmp_path / "qrels").write_text(text)
        return read_qrels(tmp_path / "qrels")

    return of


def test_qrels_of_three_and_four_columns(read: Read) -> None:
    assert read("query-id\tcorpus-id\tscore\na\tp1\t1\n") == {"a": {"p1": 1}}
    assert read("a 0 p1 2\n\na 0 p2 0\n") == {"a": {"p1": 2, "p2": 0}}


def test_a_bad_line_of_qrels_is_named(read: Read) -> None:
    with pytest.raises(QrelsError, match="line 2: not 'query"):
        read("a 0 p1 1\na p2\n")


def test_qrels_that_are_packed_say_so(tmp_path: Path) -> None:
    path = tmp_path / "qrels"
    path.write_bytes(gzip.compress(b"q1 0 p1 1\n"))
    with pytest.raises(QrelsError, match=r"qrels: compressed with gzip: unpack it first$"):
        read_qrels(path)


@pytest.mark.parametrize("line", ["q1 0 p1", "q1 0 p1 1.0", "q1 p1 0,5", "q1 p1", "a b c d e"])
def test_a_wrong_first_line_is_no_header(read: Read, line: str) -> None:
    with pytest.raises(QrelsError, match="line 1: not 'query"):
        read(f"{line}\nq2 0 p1 1\n")


@pytest.mark.parametrize("line", ["query-id corpus-id score", "topic 0 docno rel"])
def test_names_of_columns_are_a_header(read: Read, line: str) -> None:
    assert read(f"{line}\nq2 0 p1 1\n") == {"q2": {"p1": 1}}


def test_two_grades_for_one_document_are_refused(read: Read) -> None:
    assert read("q1 0 p1 1\nq1 0 p1 1\n") == {"q1": {"p1": 1}}
    with pytest.raises(QrelsError, match="line 3: q1 p1 is judged 0 here and 1 before"):
        read("q1 0 p1 1\nq2 0 p1 0\nq1 0 p1 0\n")


@pytest.mark.parametrize("sign", [",", ";"])
def test_columns_may_be_cut_as_spreadsheets_cut_them(read: Read, sign: str) -> None:
    rows = (("query", "document", "grade"), ("a b", "p 1", "1"), ("", "", ""), ("c", "p2", "0", ""))
    table = "".join(f"{sign.join(row)}\n" for row in rows)
    assert read(table) == {"a_b": {"p_1": 1}, "c": {"p2": 0}}
    spaced = f"a{sign} 0{sign} p1{sign} 1\nc{sign} p2{sign} 0\n"
    assert read(spaced) == {"a": {"p1": 1}, "c": {"p2": 0}}
    assert read(f"a{sign}b 0 p{sign}1 1\n") == {f"a{sign}b": {f"p{sign}1": 1}}
    assert read(f'a{sign}0{sign}"p{sign}1"{sign}2\n') == {"a": {f"p{sign}1": 2}}
    with pytest.raises(QrelsError, match=r"line 1: not 'query .* \(parted by blanks, tabs, sem"):
        read(f"a{sign}0{sign}p1\nc{sign}0{sign}p2{sign}1\n")


def test_columns_cut_at_tabs_may_hold_blanks(read: Read) -> None:
    told = read("b 1\tdoc 2\t1\nb 1\t0\tdoc 3\t0\nc 0\tp1 1\n")
    assert told == {"b_1": {"doc_2": 1, "doc_3": 0}, "c": {"p1": 1}}
    with pytest.raises(QrelsError, match="line 1"):
        read("b\t \t1\n")
