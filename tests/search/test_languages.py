"""Questions and passages in different languages, over a library of both."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from index import build
from index.files.home import Home
from index.library import Library
from search.batches.workbook import write_xlsx
from search.find import find
from search.formats.contract import answer_as_dict

TEXTS = {
    "rent": "Rents rose by twelve per cent in the capital, and families waited nine months for a "
    "flat of their own.",
    "votes": "Ministers feared that voters would turn against the programme before the election.",
    "storm": "Rain fell on 140 days of the year, and the harbour was closed twice by storms.",
    "kosten": "Die Gemeinde zahlt die Unterkunft der Flüchtlinge im ersten Jahr. Danach übernimmt "
    "das Land die Hälfte der Kosten.",
    "formation": "Les interprètes ont suivi une formation de trois jours avant la mission. La "
    "plupart d'entre eux l'ont jugée trop courte.",
    "escuela": "Los niños esperaron cuatro meses hasta entrar en la escuela. Faltaban maestros que "
    "hablasen su lengua.",
    "pointed": "\u05d4\u05b7\u05de\u05b0\u05bc\u05dc\u05b7\u05d5\u05b6\u05bc\u05d4 "
    "\u05d1\u05b8\u05bc\u05d0 \u05d1\u05b0\u05bc\u05db\u05b8\u05dc "
    "\u05d7\u05b9\u05d3\u05b6\u05e9\u05c1.",
    "plain": "\u0632\u0627\u0631 \u0627\u0644\u0645\u0631\u0634\u062f "
    "\u0627\u0644\u0645\u062f\u0631\u0633\u0629 \u0645\u0631\u062a\u064a\u0646.",
}


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, lend_models: Callable[[Path], None]
) -> Library:
    folder = tmp_path_factory.mktemp("languages")
    lines = [json.dumps({"id": name, "title": "", "text": text}) for name, text in TEXTS.items()]
    (folder / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    lend_models(folder / "home")
    made = Library.create(Home(folder / "home"))
    assert all(not hasattr(event, "reason") for event in build.add(made, [folder / "texts.jsonl"]))
    return made


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Who bears the cost of housing for refugees?", "kosten"),
        ("Was the course for interpreters long enough?", "formation"),
        ("How long were children out of class?", "escuela"),
        ("Wer zahlt den Flüchtlingen die Unterkunft?", "kosten"),
        ("Wie lange warten Familien auf eine Wohnung?", "rent"),
        ("Combien de temps faut-il attendre un logement ?", "rent"),
        ("¿Cuánto paga el municipio por el alojamiento de los refugiados?", "kosten"),
        ("Perché i ministri avevano paura degli elettori?", "votes"),
        ("Hoe lang was de opleiding van de tolken?", "formation"),
        ("Por que o porto foi fechado?", "storm"),
        ("Hur länge väntade barnen på att börja skolan?", "escuela"),
        ("How much did rents rise?", "rent"),
    ],
)
def test_a_question_finds_its_passage_in_any_of_them(
    library: Library, question: str, first: str
) -> None:
    answer = find(library, question, k=2)
    assert answer.results[0].document.source_id == first
    assert answer.question == question
    assert (answer.in_english == "") == (answer.language == "en")


@pytest.mark.parametrize(
    "question",
    [
        unicodedata.normalize("NFD", "Wer zahlt den Flüchtlingen die Unterkünfte?"),
        "Wer zahlt den Flücht\u00adlingen die Unter\u00adkünfte?",
    ],
)
def test_accents_and_soft_hyphens_as_a_page_gives_them(library: Library, question: str) -> None:
    answer = find(library, question, k=1)
    assert answer.question == "Wer zahlt den Flüchtlingen die Unterkünfte?"
    assert "accommodation" in answer.in_english
    assert answer.results[0].document.source_id == "kosten"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("\u05d4\u05de\u05dc\u05d5\u05d4 \u05d1\u05d0", "pointed"),
        ('"\u05d1\u05db\u05dc \u05d7\u05d3\u05e9"', "pointed"),
        ("\u05d4\u05b7\u05de\u05b0\u05bc\u05dc\u05b7\u05d5\u05b6\u05bc\u05d4", "pointed"),
        ("\u0627\u0644\u0645\u064f\u0631\u0652\u0634\u0650\u062f", "plain"),
        (
            '"\u0627\u0644\u0645\u0640\u0631\u0634\u062f '
            '\u0627\u0644\u0645\u062f\u0631\u0633\u0647"',
            "plain",
        ),
    ],
)
def test_points_of_hebrew_and_arabic_may_be_there_or_not(
    library: Library, question: str, first: str
) -> None:
    answer = find(library, question, k=1)
    assert [result.document.source_id for result in answer.results] == [first]
    assert answer.results[0].stored.passage.text == TEXTS[first]
    assert not answer.read_as
    assert not answer.absent
    assert answer.results[0].candidate.coverage > 0.9


@pytest.mark.parametrize(
    "question",
    [
        "Quelle est la règle 12a732 du code ?",
        "la loi 7a72 dans le pays",
        "el artículo 5a3 de la ley",
    ],
)
def test_a_code_in_a_question_is_looked_for_as_it_stands(library: Library, question: str) -> None:
    assert len(find(library, question, 3).results) == 3


def test_scripts_are_told_how_a_question_was_read(library: Library) -> None:
    said = answer_as_dict(find(library, "Wer zahlt die Unterkunft?", k=1), library.taxonomy, "1")
    assert said["in_english"] == "who pay the accommodation?"
    assert said["question"] == "Wer zahlt die Unterkunft?"
    assert (said["question_language"], said["results"][0]["language"]) == ("de", "de")
    english = answer_as_dict(find(library, "Who pays for housing?", k=1), library.taxonomy, "1")
    assert {"in_english", "question_language"}.isdisjoint(english)


def test_a_spreadsheet_says_how_a_question_was_read(library: Library, tmp_path: Path) -> None:
    asked = ("Wer zahlt die Unterkunft?", "Who pays for housing?")
    answers = [(f"q{n}", find(library, text, k=1)) for n, text in enumerate(asked)]
    write_xlsx(answers, tmp_path / "o.xlsx", library.taxonomy, {})
    header, *rows = openpyxl.load_workbook(tmp_path / "o.xlsx")["questions"].values
    assert header[-2:] == ("question_language", "in_english")
    assert [row[-2:] for row in rows] == [("de", "who pay the accommodation?"), (None, None)]


def test_the_quote_is_in_the_language_of_the_passage(library: Library) -> None:
    (result,) = find(library, "Who bears half of the cost after a year?", k=1).results
    assert "Danach übernimmt das Land die Hälfte der Kosten." in result.quote.words(
        result.stored.passage
    )


def test_what_is_quoted_in_a_question_is_looked_for_as_it_is_written(library: Library) -> None:
    (result,) = find(library, 'Was heißt "die Hälfte der Kosten" hier?', k=1).results
    assert result.document.source_id == "kosten"
    assert result.candidate.as_written
