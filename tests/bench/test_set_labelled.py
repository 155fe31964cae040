import json
from pathlib import Path

import set_labelled
from known import folded, runs_of


def test_each_question_is_on_an_invented_passage_in_other_words(tmp_path: Path) -> None:
    lines = set_labelled.write_corpus(tmp_path / "set").read_text("utf-8").splitlines()
    documents = {one["id"]: one for one in map(json.loads, lines)}
    asked = set_labelled.questions("tune") | set_labelled.questions("held")
    assert asked.keys() <= documents.keys()
    assert len({*asked.values()}) == len(asked)
    copied = [
        name
        for name, question in asked.items()
        if len(folded(question)) > 4 and runs_of(question) & runs_of(documents[name]["text"])
    ]
    assert copied == []


def test_no_topic_is_in_both_halves(tmp_path: Path) -> None:
    lines = set_labelled.write_corpus(tmp_path).read_text("utf-8").splitlines()
    # A topic is a batch's own: two batches may have one of the same name.
    topic = {one["id"]: (one["id"].split("-")[0], one["title"]) for one in map(json.loads, lines)}
    tune, held = (
        {topic[name] for name in set_labelled.questions(split)} for split in ("tune", "held")
    )
    assert len(tune) > 1000 < len(held)
    assert not tune & held
