"""Passages asked for by name: what says what a word means, articles and annexes by their number."""

from pathlib import Path

import pytest

from index import build
from index.library import Library
from search.find import find

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
def notes(library_of) -> Library:
    return library_of({"notes.md": GLOSSARY})


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


LAW = """# Ferry Act

## Article 7 Fares

Every passenger pays the fare that the harbour council has set, and children pay half of it.

## Article 8 Storms

The harbour master closes the pier when the wind is too strong for boats to land.

## Annex II

| Old act | This act |
|---|---|
| Article 7 | Article 8 |
| Article 8 | Article 9 |
| Article 8(2) | Article 10 |

## Reports

The council reports under Article 8 every year, and Article 8 does not apply to rowing boats.
"""


@pytest.fixture(scope="module")
def law(library_of) -> Library:
    art = "# Art notes\n\nArt Bell wrote 8 letters on painting.\n"
    return library_of({"act.md": LAW, "art.md": art})


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("Article 8", "Article 8 Storms"),
        ("article 7", "Article 7 Fares"),
        ("art 8", "Article 8 Storms"),
        ("Art. 8", "Article 8 Storms"),
        ("artcle 8", "Article 8 Storms"),
        ("annex ii", "Annex II"),
    ],
)
def test_what_stands_under_the_heading_comes_first(
    law: Library, question: str, heading: str
) -> None:
    answer = find(law, question)
    assert answer.answered
    assert heading in answer.results[0].stored.passage.section
    assert 0 <= answer.results[0].score <= 1


CAPTIONS = """# Pier report

## Boats

See Table 2 for what boats cost, as table 2 of the year before does, and for Table 2 once more.

## What it costs

Table 2: Yearly upkeep of the fleet, by harbour.

## Advice

Finding 8. Rowing boats are left in the rain.
Finding 8 was made twice.
"""


@pytest.fixture(scope="module")
def pier(library_of) -> Library:
    return library_of({"pier.md": CAPTIONS})


@pytest.mark.parametrize(
    ("question", "begin"),
    [
        ("table 2", "Table 2: Yearly"),
        ("finding 8", "Finding 8. Rowing"),
    ],
)
def test_a_line_that_opens_with_the_label_heads_its_passage(
    pier: Library, question: str, begin: str
) -> None:
    first, *others = find(pier, question).results
    assert first.stored.passage.text.startswith(begin)
    assert first.candidate.headed
    assert not any(other.candidate.headed for other in others)


FLEET = """# Pier report

## What it costs

Table 2: Yearly upkeep of the fleet. It excludes sails. Oars are bought by each master.
A boat needs a table. The table is 2 metres long, a second table 2 more.
"""


@pytest.fixture(scope="module")
def fleet(library_of) -> Library:
    return library_of({"pier.txt": FLEET})


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("table 2", "Table 2: Yearly upkeep of the fleet. It excludes sails."),
        ("table 2 metres long", "A boat needs a table. The table is 2 metres long,"),
    ],
)
def test_a_line_asked_for_by_its_label_is_quoted(
    fleet: Library, question: str, quoted: str
) -> None:
    first = find(fleet, question).results[0]
    assert first.candidate.headed
    assert first.quote.words(first.stored.passage).startswith(quoted)


@pytest.mark.parametrize(
    "question",
    ["what does article 8 of the ferry act say", "Article 8 in the report on the ferry act"],
)
def test_words_that_name_the_report_take_nothing_from_its_parts(
    law: Library, question: str
) -> None:
    first = find(law, question).results[0]
    assert first.stored.passage.section[-1] == "Article 8 Storms"
    assert first.candidate.headed == pytest.approx(1)


def test_of_two_reports_with_the_same_label_the_one_named_comes_first(
    empty_library: Library, tmp_path: Path
) -> None:
    for name in ("Pier", "Lighthouse"):
        text = f"# {name} study\n\n## Advice\n\nFinding 4. Rowing boats are left in the rain.\n"
        (tmp_path / f"{name}.md").write_text(text)
    list(build.add(empty_library, [tmp_path / "Pier.md", tmp_path / "Lighthouse.md"]))
    for name in ("Pier", "Lighthouse"):
        named, other = find(empty_library, f"finding 4 of the {name} study", k=2).results
        assert named.document.metadata.title == f"{name} study"
        assert named.candidate.headed == pytest.approx(1)
        assert other.candidate.headed < 1


def test_a_number_that_heads_nothing_lifts_nothing(law: Library) -> None:
    assert not any(r.candidate.headed for r in find(law, "Article 12").results)
    assert not any(r.candidate.headed for r in find(law, "which act has articles").results)


def test_a_passing_mention_lifts_less_than_the_number_alone(law: Library) -> None:
    def lift(question: str) -> float:
        return max(result.candidate.headed for result in find(law, question).results)

    assert lift("Article 8") == pytest.approx(1)
    assert 0 < lift("who reports every year to the council under Article 8") < 0.5


def test_an_article_in_words_comes_first(law: Library) -> None:
    asked, plainly = find(law, "article eight"), find(law, "article 8")
    assert asked.results[0].stored.passage.section[-1] == "Article 8 Storms"
    assert [r.score for r in asked.results] == [r.score for r in plainly.results]
    assert asked.read_as == (("article eight", "article 8"),)


def test_what_a_short_form_is_read_as_is_said(law: Library) -> None:
    assert find(law, "Art. 8").read_as == (("Art", "article"),)
    assert find(law, "Article 8").read_as == ()


GESETZ = """# Fährgesetz

## Artikel 7 Fahrpreise

Wer mit der Fähre fährt, zahlt den Preis, den der Rat der Stadt bestimmt hat.

## Artikel 8 Sturm

Der Leiter schließt den Hafen, wenn der Wind für die Boote zu stark ist.
"""


@pytest.fixture(scope="module")
def gesetz(library_of) -> Library:
    return library_of({"gesetz.md": GESETZ})


@pytest.mark.parametrize(
    "question", ["Article 8", "Artikel 8", "Was regelt Artikel 8?", "Was steht in Art. 8?"]
)
def test_a_heading_in_another_language_is_asked_for_in_either(
    gesetz: Library, question: str
) -> None:
    first, *others = find(gesetz, question).results
    assert first.stored.passage.section[-1] == "Artikel 8 Sturm"
    assert first.candidate.headed > 0
    assert not any(other.candidate.headed for other in others)
