import json
from collections.abc import Iterable
from pathlib import Path

import pytest
import real_tags
from known import runs_of
from real_tags import FACETS, RealPassage, TaggedPassage

from corpus import taxonomy
from index import build
from index.library import Library

TEXT = (
    "Officers of the two agencies were trained in interviewing by their colleagues from Norland "
    "over a week in May, and the agencies agreed to repeat the course in the autumn."
)


def labelled(
    goals: Iterable[str] = (),
    activities: Iterable[str] = (),
    *,
    text: str = TEXT,
    page: int = 1,
    drawn: str = "cue",
) -> RealPassage:
    labels = {"goals": frozenset(goals), "activities": frozenset(activities)}
    return RealPassage("e1", "reports", drawn, "note.txt", page, runs_of(text), labels)


def judged(right: RealPassage, goals: str = "", activities: str = "") -> TaggedPassage:
    given = {"goals": frozenset(goals.split()), "activities": frozenset(activities.split())}
    return TaggedPassage(right, given)


FOUR = [
    judged(labelled(["operational"], ["mentoring"]), "operational relational", "mentoring"),
    judged(labelled(["relational"], ["mentoring"]), "", "general-training"),
    judged(labelled(drawn="random"), "", ""),
    judged(labelled(drawn="random"), "operational", ""),
]
"""Goals: 1 hit, 3 given, 2 right. Activities: 1 hit, 2 given, 2 right."""


def test_micro_f1_of_a_facet() -> None:
    assert real_tags.micro_f1(FOUR, "goals") == 2 * 1 / (3 + 2)
    assert real_tags.micro_f1(FOUR, "activities") == 2 * 1 / (2 + 2)
    assert real_tags.micro_f1(FOUR[2:3], "goals") == 0


def test_wrong_passages_and_right_tags() -> None:
    """Wrong: relational, general-training and operational, on three of four; right: two of five."""
    assert real_tags.wrongly_tagged(FOUR) == 3 / 4
    assert real_tags.given_right(FOUR) == 2 / 5
    assert real_tags.given_right(FOUR[2:3]) is None


def test_errors_are_told_of_what_was_drawn_at_random() -> None:
    of_all, of_random = real_tags.figures("reports", FOUR)
    assert of_all["micro_f1"] == {"goals": 0.4, "activities": 0.5}
    assert of_all["passages"] == 4
    assert of_random == {
        "name": "Passages of 10 public reports, those drawn at random",
        "passages": 2,
        "wrongly_tagged": 0.5,
        "given_right": 0.0,
    }
    assert len(list(real_tags.figures("study", FOUR[:2]))) == 1


def test_a_passage_is_found_by_its_words_on_its_page(
    empty_library: Library, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text(TEXT, "utf-8")
    list(build.add(empty_library, [tmp_path / "note.txt"]))
    other = "Rain fell on the harbour all day while the boats stayed in and nobody went to sea."
    wanted = [
        labelled(activities=["general-training"]),
        labelled(text=f"{TEXT[:90]}{other}"),  # fewer than half of its runs are there
        labelled(page=2),
    ]
    (found,) = real_tags.judged(empty_library, wanted)
    assert found.passage is wanted[0]
    assert "general-training" in found.given["activities"]


def test_the_labels_are_the_taxonomys_and_each_word_is_kept() -> None:
    facets = dict(zip(FACETS, taxonomy.load().facets, strict=True))
    ids = {facet: {label.id for label in facets[facet].labels} for facet in FACETS}
    entries = [json.loads(line) for line in real_tags.LABELLED.read_text("utf-8").splitlines()]
    passages = real_tags.load(real_tags.LABELLED)
    assert len({one.id for one in passages}) == len(passages) == 560
    assert {one.set for one in passages} == set(real_tags.SETS)
    for one, entry in zip(passages, entries, strict=True):
        assert all(one.labels[facet] <= ids[facet] for facet in FACETS)
        assert one.runs
        assert ("first" in entry) == ("second" in entry)
        if "first" in entry:
            assert entry["first"] != entry["second"]


@pytest.mark.parametrize("line", ['{"id": "e1"}', "half a l"])
def test_a_line_that_is_none_is_an_error(tmp_path: Path, line: str) -> None:
    (tmp_path / "real.jsonl").write_text(line)
    with pytest.raises((KeyError, ValueError)):
        real_tags.load(tmp_path / "real.jsonl")
