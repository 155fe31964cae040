import hashlib
import json
from pathlib import Path

import pytest
from digest_questions import main, numbered, stretch
from known import runs_of

TEXT = "In May the rain closed the northern\nquay for eleven days.¹ It fell\tagain at night."
QUOTE = "the rain closed the northern quay"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "texts"


def asked(folder: Path, *entries: object, name: str = "questions.jsonl") -> Path:
    folder.mkdir(exist_ok=True)
    lines = (one if isinstance(one, str) else json.dumps(one) for one in entries)
    (folder / name).write_text("\n".join(lines) + "\n")
    return folder


def entry(quote: str = QUOTE, file: str = "a.txt", question: str = "Why?") -> dict[str, object]:
    answers = [{"file": file, "quote": quote}]
    return {"id": "x", "question": question, "kind": "fact", "wording": "own", "answers": answers}


def test_a_quote_becomes_digests_and_no_word_of_it_stays(texts: Path, tmp_path: Path) -> None:
    folder = asked(tmp_path / "q", entry())
    asked(folder, {"question": "And snow?", "kind": "field"}, name="unanswerable.jsonl")
    main(texts, tmp_path / "out.jsonl", [folder])
    first, second = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    split = first.pop("split")
    assert first == {
        "id": "o001",
        "question": "Why?",
        "kind": "fact",
        "wording": "own",
        "answers": [
            {
                "file": "a.txt",
                "words": 6,
                "sha256": hashlib.sha256(QUOTE.encode()).hexdigest(),
                "runs": sorted(runs_of(QUOTE)),
            }
        ],
    }
    assert {split, second.pop("split")} == {"tune", "held"}
    assert second == {"id": "z001", "question": "And snow?", "kind": "field", "answers": []}


def test_digested_is_the_longest_part_between_marks_and_cells() -> None:
    assert stretch("one two three. Four¹ five six seven eight nine ten") == (
        "five six seven eight nine ten".split()
    )
    assert stretch("one two\tthree four five six seven eight\tnine") == (
        "three four five six seven eight".split()
    )
    # Where each part is too short, the row without its marks, then all of it.
    assert stretch("one two\tthree four\tfive six") == "one two three four five six".split()
    assert stretch("one two three,¹ four five six,² seven") == (
        "one two three 1 four five six 2 seven".split()
    )


def test_every_line_that_cannot_be_used_is_named_and_nothing_is_written(
    texts: Path, tmp_path: Path
) -> None:
    folder = asked(
        tmp_path / "q",
        entry(),
        entry("the rain closed the southern quay", question="Not so?"),
        entry(file="b.txt", question="Where?"),
        "no JSON",
        entry("eleven days", question="Short?"),
        entry(),
        {"question": "None?", "kind": "fact", "answers": []},
        {"kind": "fact", "answers": []},
    )
    with pytest.raises(SystemExit) as refused:
        main(texts, tmp_path / "out.jsonl", [folder])
    problems = str(refused.value).splitlines()
    path = folder / "questions.jsonl"
    for problem, (line, told) in zip(
        problems,
        [
            (2, "not in a.txt: 'the rain closed the southern quay"),
            (3, "no text b.txt"),
            (4, "JSONDecodeError"),
            (5, "fewer than 6 words"),
            (6, f"asked before, in {path}, line 1"),
            (7, "put it into unanswerable.jsonl"),
            (8, "KeyError('question')"),
        ],
        strict=True,
    ):
        assert problem.startswith(f"{path}, line {line}: ")
        assert told in problem
    assert not (tmp_path / "out.jsonl").exists()


def test_half_of_each_kind_is_held_whatever_the_order() -> None:
    kinds = ["fact"] * 6 + ["short"] * 4 + ["field"] * 2
    entries = [
        {"question": f"q{number}", "kind": kind, "answers": [] if kind == "field" else ["a"]}
        for number, kind in enumerate(kinds)
    ]
    found = numbered(entries)
    held = [one["kind"] for one in found if one["split"] == "held"]
    assert sorted(held) == ["fact"] * 3 + ["field"] + ["short"] * 2
    turned = numbered(entries[::-1])
    assert {one["question"]: one["split"] for one in found} == {
        one["question"]: one["split"] for one in turned
    }
