"""What a word means: what asks for it, what says it, and that it comes first."""

from pathlib import Path

import pytest

from index import build
from index.derived.words import StemmedWords
from index.library import Library
from search.find import find
from search.question.definitions import meant

GLOSSARY = """# Harbour notes

## Glossary

| Words | |
|---|---|
| Pilotage | Steering of foreign boats by somebody who knows the channel |
| HMO | Harbour master office |

## Piers

| | Berth |
|---|---|
| Quay | 7 |

## The project in brief

| Sheet | |
|---|---|
| Cost | Not given |
| Tugs | Two, of steel |

## Definitions

(a) ‘lighter’ means a flat barge that carries cargo between a boat and the quay.

(b) ‘drag’ means a net; no drag may lie on a lighter.

## Practice

Pilotage is paid by the hour. Pilotage is not asked of rowing boats.

## Hours

The harbour master office (HMO) opens at noon and closes at dusk.

## Tolls

A lighter is moored at the quay. No lighter may carry coal.
"""


@pytest.fixture(scope="module")
def notes(first_encoding, copy_library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("notes")
    library = copy_library(folder / "home", Library.open(first_encoding.home))
    (folder / "notes.md").write_text(GLOSSARY)
    list(build.add(library, [folder / "notes.md"]))
    return library


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("what is a lighter?", ("lighter",)),
        ("What does “pilotage” mean", ("pilotag",)),
        ("what does HMO stand for?", ("hmo",)),
        ("what a lighter is", ("lighter",)),
        ("what HMO means?", ("hmo",)),
        ("definition of risk of fire", ("risk", "of", "fire")),
        ("who is a harbour master", ("harbour", "master")),
        ("HMO", ("hmo",)),
        ("what is the budget of the harbour office", ()),
        ("how does pilotage work", ()),
        ("pilotage fees", ()),
        ("", ()),
    ],
)
def test_what_is_asked_for(tmp_path: Path, question: str, terms: tuple[str, ...]) -> None:
    assert meant(StemmedWords.build([(1, "", "", "Boats.")], tmp_path), question) == terms


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what is pilotage", "Steering of foreign boats"),
        ("what does HMO mean", "HMO; Harbour master office"),
        ("what is a lighter", "a flat barge"),
        ("harbour master office", "HMO; Harbour master office"),
    ],
)
def test_what_says_it_comes_first(notes: Library, question: str, said: str) -> None:
    first, *others = find(notes, question).results
    assert said in first.stored.passage.text
    assert first.candidate.headed == pytest.approx(1)
    assert not any(other.candidate.headed for other in others)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("what is pilotage", "Pilotage; Steering"),
        ("what is a lighter", "(a) ‘lighter’ means"),
        ("what is a drag", "(b) ‘drag’ means"),
    ],
)
def test_the_line_that_says_it_is_quoted(notes: Library, question: str, quoted: str) -> None:
    first = find(notes, question).results[0]
    assert first.quote.words(first.stored.passage).startswith(quoted)


def test_a_glossary_is_found_behind_many_passages_with_the_word(
    notes: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.find.DEPTH", 1)
    first = find(notes, "what is pilotage").results[0]
    assert "Steering of foreign boats" in first.stored.passage.text


@pytest.mark.parametrize(
    "question",
    ["how is pilotage paid", "what is a quay", "what is coal", "what is a tug", "tugs", "cost"],
)
def test_nothing_else_is_lifted(notes: Library, question: str) -> None:
    # The row of the quay has a name of a column, "Quay; Berth: 7": no glossary is written so. What
    # a project's sheet says of its tugs is no definition.
    assert not any(result.candidate.headed for result in find(notes, question).results)


def test_the_long_form_of_an_acronym_is_told(notes: Library) -> None:
    told = (("HMO", "harbour master office"),)
    assert find(notes, "when does the HMO open").long_forms == told
    assert find(notes, "the harbour master office, HMO").long_forms == ()
    assert find(notes, "when does the office open").long_forms == ()
