"""The set of questions in other languages than their answers, against the starter documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import known
import pypdfium2
import pytest
from known import KnownAnswer, KnownQuestion, runs_of

STARTER = known.QUESTIONS.parent / "starter"
OTHER_LANGUAGE = {
    "de": "der-weg-zum-passenden-partner.pdf",
    "fr": "pays-bulgarie-et-nouveaux-pays.pdf",
    "es": "vias-legales-y-venezuela.pdf",
}
"""Starter documents that are not in English, by their language."""

_LINE_END = re.compile("(?:-|\ufffe)\r\n|\ufffe")  # PDFium writes a cut word's hyphen as U+FFFE


@pytest.fixture(scope="module")
def questions() -> tuple[KnownQuestion, ...]:
    return known.load(known.LANGUAGES)


def test_fourteen_questions_for_each_language_of_either_kind(
    questions: tuple[KnownQuestion, ...],
) -> None:
    asked = {f"from-{language}": 14 for language in ("de", "es", "fr", "it", "nl", "pt", "sv")}
    answered = {f"into-{language}": 14 for language in OTHER_LANGUAGE}
    assert Counter(question.kind for question in questions) == asked | answered
    assert len({question.text for question in questions}) == 140


def test_every_third_question_is_held(questions: tuple[KnownQuestion, ...]) -> None:
    assert [q.id for q in questions] == [f"l{number:03d}" for number in range(1, 141)]
    assert [q.id for q in questions if q.split == "held"] == [
        f"l{number:03d}" for number in range(3, 141, 3)
    ]


def test_the_first_answer_is_in_the_language_that_the_kind_says(
    questions: tuple[KnownQuestion, ...],
) -> None:
    in_english: Counter[str] = Counter()
    for question in questions:
        way, language = question.kind.split("-")
        first = question.answers[0].file
        if way == "into":
            assert first == OTHER_LANGUAGE[language], question.id
        else:
            assert first not in OTHER_LANGUAGE.values(), question.id
            in_english[first] += 1
    assert max(in_english.values()) <= 4


def test_every_answer_stands_where_the_set_says(questions: tuple[KnownQuestion, ...]) -> None:
    asked = {answer.file for question in questions for answer in question.answers}
    pages = {name: runs_by_page(STARTER / name) for name in asked}
    assert len(pages) == 60
    missing = [
        (question.id, answer.file, answer.page)
        for question in questions
        for answer in question.answers
        if not begins_on_its_page(answer, pages[answer.file])
    ]
    assert missing == []


def begins_on_its_page(answer: KnownAnswer, pages: Sequence[frozenset[str]]) -> bool:
    """Whether its words stand there, or go on overleaf: only runs over the page's end are lost."""
    here, overleaf = (*pages, frozenset[str]())[answer.page - 1 : answer.page + 1]
    return bool(answer.runs & here) and len(answer.runs - here - overleaf) < known.RUN


def runs_by_page(path: Path) -> list[frozenset[str]]:
    """The runs of words on each page of a PDF. Words cut at a line's end are whole in them."""
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    return [runs_of(_LINE_END.sub("", text)) for text in texts]
