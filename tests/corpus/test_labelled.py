import json
from pathlib import Path

import pytest

from corpus import labelled, taxonomy
from corpus.labelled import LabelledError

GOOD = {
    "id": "x1", "text": "Mentors came back.", "kind": "minutes", "field": "health",
    "topic": "mentors", "goals": ["operational"], "activities": ["mentoring"],
}  # fmt: skip


def write(path: Path, *entries: object) -> Path:
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_passage_with_its_labels(tmp_path: Path) -> None:
    (passage,) = labelled.load(write(tmp_path / "a.jsonl", GOOD), taxonomy.load())
    assert passage.labels == {"operational", "mentoring"}
    assert (passage.split, passage.near_miss) == ("train", False)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{oops", "line 2: not valid JSON"),
        ("[]", "line 2: must be a JSON object"),
        (GOOD | {"id": "y", "text": " "}, "line 2: 'text' must be a text"),
        (GOOD | {"id": "y", "goals": ["mentoring"]}, "line 2: 'mentoring' is no label of goals"),
        (GOOD | {"id": "y", "activities": "mentoring"}, "line 2: 'activities' must be a list"),
        (GOOD | {"id": "y", "split": "dev"}, "line 2: 'split' must be"),
        (GOOD, "line 2: the id 'x1' is there twice"),
    ],
)
def test_what_breaks_the_rules_is_named(tmp_path: Path, entry: object, message: str) -> None:
    path = write(tmp_path / "a.jsonl", GOOD, entry)
    with pytest.raises(LabelledError) as caught:
        labelled.load(path, taxonomy.load())
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)
