import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from known import page_hits

import waymark
from index import build
from index.library import Library
from index.rows.records import StoredDocument, StoredPassage
from ingest.records import BlockKind, Metadata, Passage
from search.measuring.evaluate import (
    Average,
    as_run,
    interval,
    measure,
    table,
)
from search.measuring.qrels import naming
from search.records import Answer, Candidate, Quote
from search.records import Result as Ranked

pytestmark = pytest.mark.usefixtures("one_encoder")

QRELS = {"a": {"p1": 1, "p2": 1}, "b": {"p9": 2}, "c": {"p5": 0}}
RUN = {"a": ["p7", "p1", "p8", "p2"], "c": ["p5"]}


def test_measures_by_hand() -> None:
    values = {m.name: m.mean for m in measure(QRELS, RUN)}
    # a: relevant at ranks 2 and 4; b: nothing returned, counts 0; c has nothing relevant, left out
    dcg = 1 / math.log2(3) + 1 / math.log2(5)
    ideal = 1 / math.log2(2) + 1 / math.log2(3)
    assert values["nDCG@10"] == pytest.approx(dcg / ideal / 2)
    assert values["MRR@10"] == pytest.approx(0.5 / 2)
    assert values["hit@1"] == 0.0
    assert values["hit@5"] == pytest.approx(0.5)
    assert values["recall@100"] == pytest.approx(0.5)


def test_the_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few, many = interval("x", [0.0, 1.0] * 5), interval("x", [0.0, 1.0] * 500)
    assert few.low < few.mean == 0.5 < few.high
    assert many.high - many.low < few.high - few.low
    assert interval("x", [1.0] * 9).low == 1.0


def test_the_interval_by_hand() -> None:
    # Five of ten: P(at most 1 of 10 drawn) = .011, P(at most 2) = .055, so .2, and .8 above.
    found = interval("x", [0.0, 1.0] * 5)
    assert (found.low, found.high, found.questions) == (pytest.approx(0.2), pytest.approx(0.8), 10)
    assert interval("x", [0.0, 1.0] * 5) == found
    assert interval("x", []) == Average("x", 0.0, 0.0, 0.0, 0)


def test_a_grade_below_one_is_not_relevant() -> None:
    values = {m.name: m for m in measure({"a": {"p1": -1, "p2": 1}}, {"a": ["p1", "p2"]})}
    assert values["hit@1"].mean == 0.0
    assert values["MRR@10"].mean == pytest.approx(0.5)
    assert values["hit@1"].questions == 1


def ranked(*places: tuple[str, int], source: str = "") -> Answer:
    """An answer of passages, each with the page of its quote, of lines of one file."""
    found = []
    for rank, (name, page) in enumerate(places, start=1):
        stored = StoredPassage(rank, name, "d1", Passage(0, "x", (), BlockKind.PARAGRAPH, 1, 9))
        document = StoredDocument("d1", "f", "a b.pdf", source, Metadata(), "now", 9, 1, 0)
        candidate = Candidate(rank, 0.5, 0.5, 0.5, 0.5, 0.5, 0, 1)
        found.append(Ranked(rank, 0.5, stored, document, Quote(0, 1, page), candidate))
    return Answer("?", True, None, 1, tuple(found))


def test_the_page_counts_where_a_relevant_passage_is_among_the_first_five() -> None:
    others = [(f"o{number}", 1) for number in range(4)]
    answers = {
        "right": ranked(*others, ("p1", 3)),
        "wrong": ranked(("p1", 2), ("p2", 3)),  # the first that is relevant decides
        "sixth": ranked(*others, ("o4", 1), ("p1", 3)),
        "grade 0": ranked(("p0", 3)),
        "not judged": ranked(("p1", 3)),
    }
    judgements = {name: {"p0": 0, "p1": 1, "p2": 1} for name in answers if name != "not judged"}
    found = page_hits(judgements, answers, dict.fromkeys(answers, frozenset({3, 4})))
    assert (found.name, found.mean, found.questions) == ("page", 0.5, 2)


def test_results_are_named_as_most_of_the_judged_names_are() -> None:
    answers = {"q": ranked(("p1", 1), ("p2", 1), source="doc 1")}

    def named(*names: str) -> list[str]:
        judgements = {"q": dict.fromkeys(names, 1)}
        return as_run(answers, naming(judgements, answers))["q"]

    assert named("p1", "p2") == ["p1", "p2"]
    assert named("p1", "doc_1") == ["doc_1"]
    assert named("d1", "zebra") == ["d1"]
    assert named("a_b.pdf") == ["a_b.pdf"]


def test_rankings_stand_side_by_side() -> None:
    first = [Average("hit@1", 0.5, 0.25, 0.75, 8), Average("MRR@10", 0.6126, 0.4, 0.8, 8)]
    rows = {"words": first, "both": [Average("hit@1", 1, 1, 1, 8)] * 2}
    assert table(rows).splitlines() == [
        "| ranking | hit@1 | MRR@10 |",
        "|---|---|---|",
        "| words | 0.500 (0.250-0.750) | 0.613 (0.400-0.800) |",
        "| both | 1.000 (1.000-1.000) | 1.000 (1.000-1.000) |",
    ]


STORMS = "Storms at sea closed the harbour for a week and the ferries stayed in port."
FLATS = "Empty flats were let to newcomers at a rent that the town pays half of."


@pytest.fixture
def named(empty_library: Library, tmp_path: Path) -> Library:
    """A library of two texts that carry their own ids, each with a blank."""
    path = tmp_path / "two.jsonl"
    entries = [{"id": "doc 1", "text": STORMS}, {"id": "doc 2", "text": FLATS}]
    path.write_text("\n".join(map(json.dumps, entries)))
    list(build.add(empty_library, [path]))
    return empty_library


@pytest.fixture
def evaluate(named: Library, tmp_path: Path) -> Callable[[str], Result]:
    """evaluate(qrels): what the command says of two questions, "on storms" and "flats"."""
    questions = tmp_path / "asked.csv"
    questions.write_text("id,question\non storms,storms at sea\nflats,who lets empty flats?\n")
    qrels = tmp_path / "judged.txt"

    def run(content: str) -> Result:
        qrels.write_text(content)
        words = ["--home", str(named.home.path), "evaluate", str(questions), str(qrels)]
        return CliRunner().invoke(waymark.main, words)

    return run


ALL_FOUND = "| waymark | " + " | ".join(["1.000 (1.000-1.000)"] * 5) + " |"


@pytest.mark.parametrize(
    "content",
    [
        "on_storms 0 doc_1 1\nflats 0 doc_2 1\n",  # as a TREC run of Waymark has them
        "on storms\tdoc 1\t1\nflats\tdoc 2\t1\n",
        "on storms\t0\tdoc 1\t1\nflats\t0\tdoc 2\t1\n",
    ],
)
def test_names_with_blanks_are_found_again(evaluate: Callable[[str], Result], content: str) -> None:
    done = evaluate(content)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1] == ALL_FOUND
    assert done.stderr == "questions measured: 2\n"


def test_what_is_judged_and_not_there_is_named(evaluate: Callable[[str], Result]) -> None:
    old = "".join(f"flats\told {number}\t0\n" for number in range(6))
    done = evaluate(f"flats\tdoc 2\t1\n{old}rents\tdoc 1\t1\n")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == ALL_FOUND
    measured, unjudged, questions, names = done.stderr.splitlines()
    assert measured == "questions measured: 1"
    assert unjudged.endswith("asked.csv: 1 question without a judgement: on_storms")
    assert "judged.txt: 1 judged questions are not in " in questions
    assert questions.endswith("asked.csv: rents")
    assert names.endswith(
        "6 judged names are not in the library: old_0, old_1, old_2, old_3, old_4, …"
    )


def test_questions_without_an_answer_are_left_out_and_named(
    evaluate: Callable[[str], Result],
) -> None:
    done = evaluate("on_storms 0 doc_1 0\non_storms 0 doc_2 -1\nflats 0 doc_2 1\n")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, ALL_FOUND)
    measured, left_out = done.stderr.splitlines()
    assert measured == "questions measured: 1"
    assert left_out.endswith(
        "1 judged questions are left out, as no passage is judged to answer them: on_storms"
    )
    none = evaluate("on_storms 0 doc_1 0\nflats 0 doc_2 0\n")
    assert (none.exit_code, none.stdout, none.stderr.count("\n")) == (2, "", 1)
    assert "judged.txt judges no passage to answer one of the questions" in none.stderr


def test_judgements_of_another_library_are_refused(evaluate: Callable[[str], Result]) -> None:
    done = evaluate("on_storms 0 97534a97562fa63a-1 1\nflats 0 97534a97562fa63a-2 1\n")
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.endswith(
        "none of the judged names is in the library: 97534a97562fa63a-1, 97534a97562fa63a-2"
    )


def test_passages_and_files_count_as_there(
    evaluate: Callable[[str], Result], named: Library
) -> None:
    with named.catalog() as catalog:
        (document,) = (one for one in catalog.documents() if one.source_id == "doc 2")
        (passage,) = catalog.passages_of(document.document_id)
    for name in (passage.passage_id, document.document_id, "two.jsonl"):
        done = evaluate(f"flats 0 {name} 1\n")
        assert (done.exit_code, done.stderr.splitlines()[0]) == (0, "questions measured: 1"), name


def test_questions_stand_in_a_column_of_any_name(named: Library, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("id;Frage\na;storms at sea\nb;who lets empty flats?\n")
    (tmp_path / "k").write_text("a 0 doc_1 1\nb 0 doc_2 1\n")
    words = ["--home", str(named.home.path), "evaluate", str(tmp_path / "q.csv")]
    done = CliRunner().invoke(waymark.main, [*words, str(tmp_path / "k"), "--column", "Frage"])
    assert (done.exit_code, done.stderr) == (0, "questions measured: 2\n")
    assert done.stdout.splitlines()[-1] == ALL_FOUND


def test_a_question_whose_id_reads_like_another_takes_no_place_of_it(
    named: Library, tmp_path: Path
) -> None:
    (tmp_path / "q.csv").write_text("id,question\non s,storms at sea\non_s,empty flats\n")
    (tmp_path / "k").write_text("on_s 0 doc_1 1\n")
    words = ["--home", str(named.home.path), "evaluate", str(tmp_path / "q.csv")]
    done = CliRunner().invoke(waymark.main, [*words, str(tmp_path / "k")])
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == ALL_FOUND
    said = "line 3: the id 'on_s' is written 'on_s', and so is 'on s' of line 2"
    assert said in done.stderr
