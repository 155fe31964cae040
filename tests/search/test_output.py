import csv
import io
import json
import re

import pytest

from index.library import Library
from search import output, terminal
from search.find import find
from search.output import COLUMNS
from search.strength import NONE_STANDS_OUT

QUESTION = "=1+1 how did ministers lose their fear?"


@pytest.fixture(scope="module")
def answered(library: Library) -> list[tuple[str, object]]:
    return [("q 1", find(library, QUESTION, 2)), ("none", find(library, ""))]


def text(library: Library, answered: list[tuple[str, object]], layout: str) -> str:
    out = io.StringIO()
    output.WRITERS[layout](answered, out, library.taxonomy)  # type: ignore[arg-type]
    return out.getvalue()


def test_jsonl_is_the_contract(library: Library, answered: list[tuple[str, object]]) -> None:
    first, none = map(json.loads, text(library, answered, "jsonl").splitlines())
    assert list(first) == ["id", "question", "answered", "took_ms", "generation", "results"]
    assert (first["id"], first["question"]) == ("q 1", QUESTION)
    result = first["results"][0]
    assert list(result) == [
        "rank", "score", "passage_id", "document_id", "title", "file", "page_first",
        "page_last", "section", "text", "quote", "goals", "activities",
    ]  # fmt: skip
    assert (result["rank"], result["file"], result["quote"]["page"]) == (1, "borland.pdf", 2)
    assert result["passage_id"].startswith(result["document_id"])
    assert "backlash" in result["text"][result["quote"]["start"] : result["quote"]["end"]]
    assert none["results"] == []
    assert none["answered"] is False


def test_csv_has_a_row_a_result_and_no_formula(
    library: Library, answered: list[tuple[str, object]]
) -> None:
    rows = list(csv.DictReader(io.StringIO(text(library, answered, "csv"))))
    assert [row["rank"] for row in rows] == ["1", "2", ""]
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0]["question"] == "'" + QUESTION
    assert rows[0]["page"] == "2"


def test_trec_run(library: Library, answered: list[tuple[str, object]]) -> None:
    lines = [line.split(" ") for line in text(library, answered, "trec").splitlines()]
    assert [(line[0], line[1], line[3], line[5]) for line in lines] == [
        ("q_1", "Q0", "1", "waymark"),
        ("q_1", "Q0", "2", "waymark"),
    ]
    assert float(lines[0][4]) >= float(lines[1][4])


def test_terminal_shows_page_quote_and_id(library: Library) -> None:
    answer = find(library, QUESTION, 1)
    shown = "\n".join(terminal.lines(answer, library.taxonomy, width=80))
    assert "1. Resettlement in Borland 2016 (2016), p. 2" in shown
    assert answer.results[0].stored.passage_id in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_terminal_says_how_a_misspelt_word_was_read(library: Library) -> None:
    first, *rest = terminal.lines(find(library, "twinnig", 1), library.taxonomy)
    assert first == "“twinnig” is read as “twinning”."
    assert rest
    assert "is read as" not in "\n".join(
        terminal.lines(find(library, "twinning", 1), library.taxonomy)
    )


def test_terminal_says_how_good_a_match_is(library: Library) -> None:
    shown = "\n".join(
        terminal.lines(find(library, "ministers feared a backlash", 2), library.taxonomy)
    )
    assert re.search(r"1\. Resettlement in Borland 2016 .*\[0\.\d\d, strong match\]", shown)
    assert NONE_STANDS_OUT not in " ".join(shown.split())
    loose = find(library, "sitting beside new colleagues when people first arrive")
    shown = " ".join(" ".join(terminal.lines(loose, library.taxonomy)).split())
    assert shown.startswith(NONE_STANDS_OUT)


def test_terminal_says_when_nothing_was_found(library: Library) -> None:
    lines = list(terminal.lines(find(library, ""), library.taxonomy))
    assert lines == ["Nothing found. Try other words, or fewer filters."]
