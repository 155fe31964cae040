import pytest
from known import KnownAnswer, KnownQuestion
from quality import called_unanswered

from search.records import Answer


def test_the_unanswerable_are_told_by_kind_where_there_are_several(
    capsys: pytest.CaptureFixture[str],
) -> None:
    there = (KnownAnswer("a.pdf", 1, frozenset()),)
    kinds = {"a": "fact", "b": "cause", "c": "field", "d": "field", "e": "other"}
    questions = [
        KnownQuestion(name, "?", kind, "tune", there if name in "ab" else ())
        for name, kind in kinds.items()
    ]
    found = {name: Answer("", name in "abc", 0.0, 0, ()) for name in kinds}
    assert called_unanswered(questions, found) == {True: 0.0, False: 2 / 3}
    assert capsys.readouterr().out.splitlines() == [
        "Called unanswered of 2 questions with an answer: 0.000",
        "Called unanswered of 3 questions without an answer: 0.667",
        "Called unanswered of 2 of kind field: 0.500",
        "Called unanswered of 1 of kind other: 1.000",
    ]
    called_unanswered(questions[:3], found)
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert called_unanswered(questions[:2], found) == {True: 0.0}
