"""Records of runs: what of a file stays when it is gone on with, and what stands in the way."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from search.batches.runs import ResumeError, Run, as_rows, begin, record_of, resume

RUN = Run(
    generation=4,
    documents_sha256="d" * 64,
    passages_sha256="f" * 64,
    encoder="mini",
    encoder_sha256="e" * 64,
    encoder_computed="f32",
    waymark="0.1.0",
    date="2024-01-02T03:04:05+00:00",
    questions_sha256="a" * 64,
    taxonomy="peer-support/1",
    details_sha256="b" * 64,
    tags_sha256="c" * 64,
    options={"k": 10, "goals": ["motivational", "operational"], "timing": True},
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A run of two answers and a part of a third."""
    path = tmp_path / "out.jsonl"
    path.write_bytes(b'{"id": 1}\n{"id": 2}\n{"id"')
    begin(path, RUN)
    return path


def test_what_follows_the_last_whole_answer_is_cut_off(out: Path) -> None:
    assert resume(out, RUN) == 2
    assert out.read_bytes() == b'{"id": 1}\n{"id": 2}\n'
    assert resume(out, RUN) == 2
    out.write_bytes(b'{"id"')
    assert resume(out, RUN) == 0
    assert out.read_bytes() == b""


@pytest.mark.parametrize("empty", [True, False])
def test_where_nothing_was_begun_the_record_is_written(tmp_path: Path, empty: bool) -> None:
    out = tmp_path / "out.jsonl"
    if empty:
        out.touch()
        begin(out, replace(RUN, generation=3))
    assert resume(out, RUN) == 0
    assert record_of(out) == tmp_path / "out.jsonl.meta.json"
    assert '"generation": 4' in record_of(out).read_text()


def test_the_day_alone_makes_no_other_run(out: Path) -> None:
    assert resume(out, replace(RUN, date="2025-06-07T08:09:10+00:00")) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"generation": 5}, "the library's generation (4, now 5)"),
        ({"documents_sha256": "0" * 64}, "the library's documents"),
        ({"passages_sha256": "0" * 64}, "the library's passages"),
        ({"encoder": "maxi"}, "the encoder (mini, now maxi)"),
        ({"encoder_sha256": "0" * 64}, "the encoder's weights"),
        ({"encoder_computed": "bf16"}, "how the encoder is computed (f32, now bf16)"),
        ({"waymark": "0.2.0"}, "the version of Waymark (0.1.0, now 0.2.0)"),
        ({"questions_sha256": "0" * 64}, "the questions"),
        ({"taxonomy": "own/2"}, "the taxonomy (peer-support/1, now own/2)"),
        ({"details_sha256": "0" * 64}, "what the library says of its documents"),
        ({"tags_sha256": "0" * 64}, "the tags"),
        ({"options": {**RUN.options, "k": 4}}, "the option k (10, now 4)"),
        ({"options": {**RUN.options, "year": "2010"}}, "the option year (None, now 2010)"),
        (
            {"passages_sha256": "0" * 64, "tags_sha256": "0" * 64},
            "the library's passages; the tags",
        ),
        (
            {"generation": 5, "questions_sha256": ""},
            "the library's generation (4, now 5); the questions",
        ),
    ],
)
def test_a_run_that_differs_is_not_gone_on_with(
    out: Path, change: dict[str, object], said: str
) -> None:
    before = out.read_bytes()
    with pytest.raises(ResumeError) as caught:
        resume(out, replace(RUN, **change))  # type: ignore[arg-type]  # names of its fields
    assert str(caught.value) == (
        f"{out} is of another run, different in {said}: "
        "start over without --resume, or write to another file"
    )
    assert out.read_bytes() == before


@pytest.mark.parametrize("record", [None, "", "{", "[]", "null"])
def test_without_a_whole_record_nothing_is_gone_on_with(out: Path, record: str | None) -> None:
    before = out.read_bytes()
    if record is None:
        record_of(out).unlink()
    else:
        record_of(out).write_text(record)
    with pytest.raises(ResumeError, match=r"out\.jsonl\.meta\.json is missing or damaged"):
        resume(out, RUN)
    assert out.read_bytes() == before


@pytest.mark.parametrize("lacking", ["taxonomy", "passages_sha256", "tags_sha256"])
def test_a_record_that_says_less_is_not_gone_on_with(out: Path, lacking: str) -> None:
    before = out.read_bytes()
    record = json.loads(record_of(out).read_text())
    del record[lacking]
    record_of(out).write_text(json.dumps(record))
    with pytest.raises(ResumeError) as caught:
        resume(out, RUN)
    assert str(caught.value) == (
        f"{out}.meta.json is of an earlier Waymark, which kept less of what decides a run: "
        "start over without --resume"
    )
    assert out.read_bytes() == before


def test_options_of_a_record_that_are_none_count_as_not_given(out: Path) -> None:
    text = record_of(out).read_text()
    record_of(out).write_text(text[: text.index('"options"')] + '"options": 3}')
    with pytest.raises(ResumeError, match=r"the option k \(None, now 10\)"):
        resume(out, RUN)


def test_a_run_as_rows() -> None:
    rows = as_rows(RUN)
    assert rows["generation"] == 4
    assert rows["option k"] == "10"
    assert rows["option goals"] == "motivational; operational"
    assert rows["option timing"] == "True"
    assert set(rows) == {field.name for field in fields(Run)} - {"date", "options"} | {
        "option k", "option goals", "option timing"
    }  # fmt: skip
