import csv
import io
import json
import re
from dataclasses import replace

import ir_measures
import pytest

from corpus.taxonomy import STARTER, load
from index.library import Library
from index.rows.records import StoredDocument, StoredPassage, Tag
from ingest.records import BlockKind, Metadata, Passage
from search.find import find
from search.formats import output, terminal
from search.formats.output import COLUMNS
from search.formats.trec import of_one_token
from search.ranking.strength import NONE_STANDS_OUT
from search.records import Answer, Candidate, Quote, Result

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
        "page_last", "section", "text", "quote", "goals", "activities", "language",
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
    shown = "\n".join(terminal.lines(answer, library.taxonomy))
    assert "1. Resettlement in Borland 2016 (2016), p. 2" in shown
    assert answer.results[0].stored.passage_id in shown
    assert 80 < max(map(len, shown.splitlines())) <= 90


def test_a_list_has_an_apostrophe_before_it_in_csv_alone() -> None:
    listed = result(1, 0.5, line_of("a b"))
    text = "- One came. Two left."
    passage = replace(listed.stored.passage, text=text)
    listed = replace(listed, stored=replace(listed.stored, passage=passage))
    (row,) = csv.DictReader(io.StringIO(written("csv", listed)))
    assert (row["quote"], row["text"]) == ("'- One came. Two lef", f"'{text}")
    (found,) = json.loads(written("jsonl", listed))["results"]
    assert found["text"] == text


def test_terminal_names_both_pages_of_a_quote_over_a_page_break() -> None:
    answer = Answer("Who came?", True, 1.5, 7, (result(1, 0.5, paged("a b")),))
    assert "1. Ferry notes, pp. 3–4  [0.50" in "\n".join(terminal.lines(answer, TAXONOMY))


def test_terminal_calls_a_footnote_one() -> None:
    found = result(1, 0.5, paged("a b"))
    passage = replace(found.stored.passage, kind=BlockKind.FOOTNOTE)
    found = replace(found, stored=replace(found.stored, passage=passage))
    shown = "\n".join(terminal.lines(Answer("Who came?", True, 1.5, 7, (found,)), TAXONOMY))
    assert "1. Ferry notes, pp. 3–4, footnote  [0.50" in shown


def test_terminal_names_another_language_than_english() -> None:
    one, other = result(1, 0.5, paged("a")), result(2, 0.4, paged("b"))
    german = replace(META, language="de")
    other = replace(other, document=replace(other.document, metadata=german))
    answer = Answer("Wer kam?", True, 1.5, 7, (one, other))
    read = replace(answer, in_english="who came?", language="de")
    shown = list(terminal.lines(read, TAXONOMY))
    assert shown[0] == "Read as German, word by word in English: “who came?”."
    assert shown[1].startswith("1. Ferry notes, pp. 3–4  [0.50, ")
    assert "   also in Ferry notes, pp. 3–4, in German  p2" in shown
    (head, *_) = terminal.lines(replace(answer, results=(other,)), TAXONOMY)
    assert head.startswith("2. Ferry notes, pp. 3–4, in German  [0.40, ")


def test_terminal_says_how_a_misspelt_word_was_read(library: Library) -> None:
    first, *rest = terminal.lines(find(library, "twinnig", 1), library.taxonomy)
    assert first == "“twinnig” is read as “twinning”."
    assert rest
    assert "is read as" not in "\n".join(
        terminal.lines(find(library, "twinning", 1), library.taxonomy)
    )


def test_terminal_says_what_an_acronym_stands_for(library: Library) -> None:
    answer = replace(find(library, "twinning", 1), long_forms=(("TDI", "Temporary Desk on Iraq"),))
    first, *rest = terminal.lines(answer, library.taxonomy)
    assert first == "TDI: Temporary Desk on Iraq."
    assert rest


def test_terminal_says_which_names_no_passage_has(library: Library) -> None:
    asked = "twinning with Bhutan and Malta"
    first, *_ = terminal.lines(find(library, asked, 1), library.taxonomy)
    assert first == "No passage has “Bhutan” or “Malta”."
    first, *_ = terminal.lines(find(library, f"{asked}, or Kuala Lumpur", 1), library.taxonomy)
    assert first == "No passage has “Bhutan”, “Malta” or “Kuala Lumpur”."
    held = terminal.lines(find(library, "twinning with Borland", 1), library.taxonomy)
    assert "No passage has" not in "\n".join(held)


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


ALIKE = ("a b", "a_b", "c", "a  b")
TAXONOMY = load(STARTER)
META = Metadata("Ferry notes", ("A. Smith",), "Harbour Press", None, "en", "https://x.org", "note")


def paged(name: str) -> StoredDocument:
    """A document with pages."""
    return replace(line_of(name), file_name="notes.pdf")


def line_of(source_id: str) -> StoredDocument:
    """A line of a JSONL file, or a document of its own where it has no id."""
    return StoredDocument(f"d{source_id}", "f", "notes.jsonl", source_id, META, "now", 1, 2, 0)


def result(rank: int, score: float, document: StoredDocument) -> Result:
    """The first two sentences of three, on page 4 of 3 to 4, with three tags."""
    text = "One came. Two left. None stayed."
    passage = Passage(0, text, ("Part I", "Boats"), BlockKind.PARAGRAPH, 3, 4, ((10, 4),))
    tags = (Tag("mentoring", 0.875, 0, 9), Tag("motivational", 1.0, 0, 9, "add"))
    stored = StoredPassage(rank, f"p{rank}", document.document_id, passage, tags)
    candidate = Candidate(rank, 0.5, 0.5, 0.5, 0.5, 0.5, 0, 19)
    return Result(rank, score, stored, document, Quote(0, 19, 4), candidate)


def written(layout: str, *results: Result) -> str:
    out = io.StringIO()
    answer = Answer("Who came?", True, 1.5, 7, tuple(results))
    output.WRITERS[layout]([("q 1", answer)], out, TAXONOMY)
    return out.getvalue()


def test_a_row_says_all_of_a_result() -> None:
    found = result(1, 0.5, line_of("a b"))
    found = replace(found, stored=replace(found.stored, printed=((4, "ii"),)))
    (row,) = csv.DictReader(io.StringIO(written("csv", found)))
    assert row == {
        "question_id": "q 1", "question": "Who came?", "answered": "yes", "rank": "1",
        "score": "0.5", "title": "Ferry notes", "page": "4", "page_first": "3", "page_last": "4",
        "section": "Part I > Boats", "quote": "One came. Two left.", "goals": "motivational 1.00",
        "activities": "mentoring 0.88", "publisher": "Harbour Press", "year": "",
        "url": "https://x.org", "file": "notes.jsonl", "passage_id": "p1", "document_id": "da b",
        "source_id": "a b", "text": "One came. Two left. None stayed.", "generation": "7",
            "kind": "note", "language": "en", "notes": "", "printed_page": "ii",
    }  # fmt: skip


def test_a_question_without_results_has_a_row_of_its_own() -> None:
    (row,) = csv.DictReader(io.StringIO(written("csv")))
    filled = {name: value for name, value in row.items() if value}
    assert filled == {
        "question_id": "q 1", "question": "Who came?", "answered": "yes", "generation": "7"
    }  # fmt: skip


def test_the_id_of_a_line_is_told_where_there_is_one() -> None:
    results = (result(1, 0.5, line_of("a b")), result(2, 0.4, line_of("")))
    answer = json.loads(written("jsonl", *results))
    first, second = answer["results"]
    assert (answer["took_ms"], answer["generation"]) == (1.5, 7)
    assert first["source_id"] == "a b"
    assert "source_id" not in second
    assert (first["language"], second["language"]) == ("en", "en")
    assert first["section"] == "Part I > Boats"
    assert (first["page_first"], first["page_last"]) == (3, 4)
    assert first["quote"] == {"start": 0, "end": 19, "page": 4, "printed_page": None}
    assert first["goals"] == [{"label": "motivational", "probability": 1.0}]
    assert first["activities"] == [{"label": "mentoring", "probability": 0.875}]


def test_a_line_of_a_collection_is_listed_once_by_its_best_passage() -> None:
    one, other, own = line_of("a b"), line_of("c"), line_of("")
    scores = ((0.9, other), (0.8, one), (0.7, other), (0.61239, own))
    results = [result(rank, score, document) for rank, (score, document) in enumerate(scores, 1)]
    assert written("trec", *results).splitlines() == [
        "q_1 Q0 c 1 0.9000 waymark",
        "q_1 Q0 a_b 2 0.8000 waymark",
        "q_1 Q0 p4 3 0.6124 waymark",
    ]


def test_a_tool_that_goes_by_scores_has_the_order_of_the_ranks() -> None:
    names = ("a", "c", "b", "d")  # equal scores come in the order of names otherwise, either way
    results = [result(rank, 0.5, line_of(name)) for rank, name in enumerate(names, 1)]
    run = written("trec", *results)
    assert [line.split()[4] for line in run.splitlines()] == [
        "0.5000",
        "0.499999",
        "0.499998",
        "0.499997",
    ]
    for rank, name in enumerate(names, 1):
        (first,) = ir_measures.iter_calc(
            [ir_measures.RR], [ir_measures.Qrel("q_1", name, 1)], ir_measures.read_trec_run(run)
        )
        assert first.value == pytest.approx(1 / rank)


def test_lines_that_a_trec_file_cannot_tell_apart_are_listed_as_one() -> None:
    results = [result(rank, 1 / rank, line_of(name)) for rank, name in enumerate(ALIKE, 1)]
    assert written("trec", *results).splitlines() == [
        "q_1 Q0 a_b 1 1.0000 waymark",
        "q_1 Q0 c 2 0.3333 waymark",
    ]
    assert of_one_token([*ALIKE, "a b", "d", "e"]) == {"a_b": ["a b", "a_b", "a  b"]}


def test_references_say_for_which_questions_a_quote_was_found() -> None:
    report = replace(line_of("a b"), page_count=4)
    one = result(1, 0.5, report)
    other = replace(result(2, 0.4, report), quote=Quote(0, 9, 3))
    answers = [
        ("q 1", Answer("Who came?", True, 1.5, 7, (one,))),
        ("r;2", Answer("Who sang?", False, 1.5, 7, (one, other))),
    ]
    out = io.StringIO()
    output.WRITERS["ris"](answers, out, TAXONOMY)
    notes = [line for line in out.getvalue().splitlines() if line.startswith("N1")]
    assert notes == [
        "N1  - pp. 3–4: “One came. Two left.” [q 1, r;2 (not answered); p1]",
        "N1  - p. 3: “One came.” [r;2 (not answered); p2]",
    ]
