"""Label files: what they hold, and what is said of one that breaks the rules."""

import json
from pathlib import Path

import pytest

from corpus import labelled, taxonomy
from corpus.labelled import LabelledError

PASSAGE = {
    "id": "x1", "text": "Mentors came back.", "kind": "minutes", "field": "health",
    "topic": "mentors", "batch": "x", "near_miss": False, "split": "train",
}  # fmt: skip
LABELS = {"id": "x1", "goals": ["operational"], "activities": ["mentoring"]}
NOTHING = {"id": "x2", "goals": [], "activities": []}


def write(path: Path, *entries: object) -> Path:
    lines = [
        entry if isinstance(entry, bytes)
        else (entry if isinstance(entry, str) else json.dumps(entry)).encode()
        for entry in entries
    ]  # fmt: skip
    path.write_bytes(b"\n".join(lines))
    return path


def folder(path: Path, passages: list[object], settled: list[object]) -> Path:
    write(path / "passages.jsonl", *passages)
    write(path / "settled.jsonl", *settled)
    return path


def test_a_passage_with_its_labels(tmp_path: Path) -> None:
    read = labelled.load(folder(tmp_path, [PASSAGE], [LABELS]), taxonomy.load())
    (passage,) = read
    assert passage.labels == {"operational", "mentoring"}
    assert (passage.split, passage.batch, passage.near_miss) == ("train", "x", False)


def test_passages_come_in_the_order_of_their_file(tmp_path: Path) -> None:
    passages = [PASSAGE | {"id": "x2"}, PASSAGE]
    read = labelled.load(folder(tmp_path, passages, [LABELS, NOTHING]), taxonomy.load())
    assert [passage.id for passage in read] == ["x2", "x1"]
    assert read[0].labels == frozenset()


def test_an_annotators_labels_by_id(tmp_path: Path) -> None:
    path = write(tmp_path / "second.jsonl", LABELS, "", NOTHING)
    assert labelled.read_labels(path, taxonomy.load()) == {
        "x1": {"operational", "mentoring"},
        "x2": set(),
    }


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{oops", "line 2: not valid JSON"),
        ("[" * 100_000, "line 2: nested too deeply, or too long a number"),
        ('{"id": ' + "1" * 5_000 + "}", "line 2: nested too deeply, or too long a number"),
        (b"\xe9", "line 2: not UTF-8"),
        (b"\x1f\x8b\x08", "line 2: compressed with gzip: unpack it first"),
        ("[]", "line 2: must be a JSON object"),
        (PASSAGE | {"id": "x2", "text": " "}, "line 2: 'text' must be a text"),
        (PASSAGE | {"id": "x2", "batch": 4}, "line 2: 'batch' must be a text"),
        (PASSAGE | {"id": "x2", "split": "dev"}, "line 2: 'split' must be"),
        (PASSAGE | {"id": "x2", "near_miss": "no"}, "line 2: 'near_miss' must be true or false"),
        (PASSAGE | {"id": "x3"}, "line 2: 'x3' has no line in"),
        (PASSAGE, "line 2: the id 'x1' is there twice"),
    ],
)
def test_a_passage_that_breaks_the_rules_is_named(
    tmp_path: Path, entry: object, message: str
) -> None:
    folder(tmp_path, [PASSAGE, entry], [LABELS, NOTHING])
    with pytest.raises(LabelledError) as caught:
        labelled.load(tmp_path, taxonomy.load())
    assert str(caught.value).startswith(str(tmp_path / "passages.jsonl"))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (NOTHING | {"goals": ["mentoring"]}, "line 2: 'mentoring' is no label of goals"),
        (NOTHING | {"activities": "mentoring"}, "line 2: 'activities' must be a list"),
        ({"id": "x2", "goals": []}, "line 2: 'activities' must be a list"),
        ({"goals": [], "activities": []}, "line 2: 'id' must be a text"),
        (LABELS, "line 2: the id 'x1' is there twice"),
        (NOTHING, "'x2' is no id of"),
    ],
)
def test_labels_that_break_the_rules_are_named(tmp_path: Path, entry: object, message: str) -> None:
    folder(tmp_path, [PASSAGE], [LABELS, entry])
    with pytest.raises(LabelledError) as caught:
        labelled.load(tmp_path, taxonomy.load())
    assert str(caught.value).startswith(str(tmp_path / "settled.jsonl"))
    assert message in str(caught.value)


def test_a_near_miss_carries_no_label(tmp_path: Path) -> None:
    folder(tmp_path, [PASSAGE | {"near_miss": True}], [LABELS])
    with pytest.raises(LabelledError, match="'near_miss' is true, but 'x1' has labels"):
        labelled.load(tmp_path, taxonomy.load())
