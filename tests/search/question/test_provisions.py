"""Articles and annexes asked for by their number."""

from pathlib import Path

import pytest

from index.derived.words import StemmedWords
from search.question.provisions import in_figures, in_full, named_provisions, shortened, shortenings
from search.question.variants import Form


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
    assert shortened(words, pairs) == [Form(("articl", "8"), ("art", "8"))]
