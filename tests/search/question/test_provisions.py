"""Articles and annexes asked for by their number."""

from pathlib import Path

import pytest

from index import build
from index.derived.words import StemmedWords
from index.library import Library
from search.find import find
from search.question.provisions import in_figures, in_full, named_provisions, shortened, shortenings

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
def law(first_encoding, copy_library, tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("law")
    library = copy_library(folder / "home", Library.open(first_encoding.home))
    (folder / "act.md").write_text(LAW)
    (folder / "art.md").write_text("# Art notes\n\nArt Bell wrote 8 letters on painting.\n")
    list(build.add(library, [folder / "act.md", folder / "art.md"]))
    return library


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


@pytest.mark.parametrize(
    ("question", "begin"),
    [
        ("table 2", "Table 2: Yearly"),
        ("finding 8", "Finding 8. Rowing"),
    ],
)
def test_a_line_that_opens_with_the_label_heads_its_passage(
    empty_library: Library, tmp_path: Path, question: str, begin: str
) -> None:
    (tmp_path / "pier.md").write_text(CAPTIONS)
    list(build.add(empty_library, [tmp_path / "pier.md"]))
    first, *others = find(empty_library, question).results
    assert first.stored.passage.text.startswith(begin)
    assert first.candidate.headed
    assert not any(other.candidate.headed for other in others)


FLEET = """# Pier report

## What it costs

Table 2: Yearly upkeep of the fleet. It excludes sails. Oars are bought by each master.
A boat needs a table. The table is 2 metres long, a second table 2 more.
"""


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("table 2", "Table 2: Yearly upkeep of the fleet. It excludes sails."),
        ("table 2 metres long", "A boat needs a table. The table is 2 metres long,"),
    ],
)
def test_a_line_asked_for_by_its_label_is_quoted(
    empty_library: Library, tmp_path: Path, question: str, quoted: str
) -> None:
    (tmp_path / "pier.txt").write_text(FLEET)
    list(build.add(empty_library, [tmp_path / "pier.txt"]))
    first = find(empty_library, question).results[0]
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


@pytest.mark.parametrize(
    ("question", "read", "said"),
    [
        ("Article eight on storms", "Article 8 on storms", (("Article eight", "Article 8"),)),
        (
            "what of article number eight",
            "what of article 8",
            (("article number eight", "article 8"),),
        ),
        ("the seventh article", "article 7", (("the seventh article", "article 7"),)),
        ("8th article", "article 8", (("8th article", "article 8"),)),
        ("Article twenty-one", "Article 21", (("Article twenty-one", "Article 21"),)),
        ("ARTICLE TWENTY ONE", "ARTICLE 21", (("ARTICLE TWENTY ONE", "ARTICLE 21"),)),
        ("section one", "section one", ()),  # as more passages have it
        ("the second step", "the second step", ()),
        ("article nine", "article nine", ()),  # that no passage has
        ("article tenth", "article tenth", ()),
        ("eight articles", "eight articles", ()),
        ("", "", ()),
    ],
)
def test_a_label_numbered_in_words_is_read_in_figures(
    tmp_path: Path, question: str, read: str, said: tuple[tuple[str, str], ...]
) -> None:
    rows = [
        (1, "", "Article 7", "Fares. Section one says so, and section one alone."),
        (2, "", "Article 8", "Storms. The second step of section one is no Step 2 of Section 1."),
        (3, "", "Article 21", "Section one; a second step, and a second step again."),
    ]
    words = StemmedWords.build(rows, tmp_path)
    assert in_figures(words, question) == (read, said)


def test_an_article_in_words_comes_first(law: Library) -> None:
    asked, plainly = find(law, "article eight"), find(law, "article 8")
    assert asked.results[0].stored.passage.section[-1] == "Article 8 Storms"
    assert [r.score for r in asked.results] == [r.score for r in plainly.results]
    assert asked.read_as == (("article eight", "article 8"),)


def test_what_a_short_form_is_read_as_is_said(law: Library) -> None:
    assert find(law, "Art. 8").read_as == (("Art", "article"),)
    assert find(law, "Article 8").read_as == ()


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("Art. 17(1)", "article 17(1)"),
        ("arts 5 and art.6", "article 5 and article 6"),
        ("state of the art", "state of the art"),
        ("art 2019", "art 2019"),
        ("part 8", "part 8"),
    ],
)
def test_articles_in_full(question: str, full: str) -> None:
    assert in_full(question) == full
    assert bool(shortenings(question)) == (question != full)


def test_what_is_named_by_a_number() -> None:
    terms = ["what", "articl", "17", "1", "and", "annex", "ii", "in", "2015", "of", "3"]
    assert named_provisions(terms) == (("articl", "17"), ("annex", "ii"))
    assert named_provisions([]) == ()


def test_a_short_form_counts_only_where_the_library_has_it(tmp_path: Path) -> None:
    words = StemmedWords.build([(1, "", "", "see Art. 8 and Article 9")], tmp_path)
    pairs = [("articl", "8"), ("articl", "9"), ("annex", "8")]
    assert shortened(words, pairs) == [(("articl", "8"), ("art", "8"))]


GESETZ = """# Fährgesetz

## Artikel 7 Fahrpreise

Wer mit der Fähre fährt, zahlt den Preis, den der Rat der Stadt bestimmt hat.

## Artikel 8 Sturm

Der Leiter schließt den Hafen, wenn der Wind für die Boote zu stark ist.
"""


@pytest.mark.parametrize(
    "question", ["Article 8", "Artikel 8", "Was regelt Artikel 8?", "Was steht in Art. 8?"]
)
def test_a_heading_in_another_language_is_asked_for_in_either(
    empty_library: Library, tmp_path: Path, question: str
) -> None:
    (tmp_path / "gesetz.md").write_text(GESETZ, encoding="utf-8")
    list(build.add(empty_library, [tmp_path / "gesetz.md"]))
    first, *others = find(empty_library, question).results
    assert first.stored.passage.section[-1] == "Artikel 8 Sturm"
    assert first.candidate.headed > 0
    assert not any(other.candidate.headed for other in others)
