from pathlib import Path

import numpy as np
import pytest

from index.derived.words import StemmedWords
from index.languages.stemming import as_written

ROWS = [
    (1, "Report", "Aims", "Twinning of agencies for refugees' reception"),
    (2, "Report", "Costs", "Study visits were dear; the visits to Réunion dearer still"),
    (9, "Minutes", "Visits", "Ministers said nothing"),
]


@pytest.fixture
def words(tmp_path: Path) -> StemmedWords:
    return StemmedWords.build(ROWS, tmp_path)


def numbers(words: StemmedWords, question: str, k: int = 10) -> list[int]:
    return words.match(question, k)[0].tolist()


def test_stems_case_and_accents_do_not_matter(words: StemmedWords) -> None:
    assert numbers(words, "REFUGEE") == [1]
    assert numbers(words, "reunion") == [2]


def test_words_of_titles_and_sections_count(words: StemmedWords) -> None:
    assert numbers(words, "minutes") == [9]
    assert numbers(words, "costs") == [2]


def test_bm25_scores_are_positive_and_descending(words: StemmedWords) -> None:
    scores = words.match("the visits of ministers", 10)[1]
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)
    assert scores[-1] > 0


@pytest.mark.parametrize(
    "question", ["", "?!", "zebra", '"unclosed', "AND OR NOT (", "text:*", "a^2 ~ [x; y]", "\x00"]
)
def test_no_question_is_an_error(words: StemmedWords, question: str) -> None:
    found, scores = words.match(question, 5)
    assert len(found) == len(scores) == 0


def test_only_allowed_passages(words: StemmedWords) -> None:
    assert words.match("visit", 10, np.array([9]))[0].tolist() == [9]
    assert words.match("visit", 10, np.array([], dtype=np.int64))[0].tolist() == []


def test_a_filter_too_large_for_the_query_gives_the_same(words: StemmedWords) -> None:
    many = np.arange(3, 5000)  # beyond what goes into the query; lets 9 pass, not 1 and 2
    assert words.match("visit", 1, many)[0].tolist() == [9]


def test_rarity_is_the_bm25_idf(words: StemmedWords) -> None:
    rarity = words.rarity("ministers zebra")
    # 3 passages: "minist" is in one, ln(1 + 2.5/1.5); "zebra" in none, ln(1 + 3.5/.5)
    assert rarity["minist"] == pytest.approx(0.98083, abs=1e-5)
    assert rarity["zebra"] == pytest.approx(2.07944, abs=1e-5)


def test_it_is_the_same_when_opened_again(words: StemmedWords, tmp_path: Path) -> None:
    again = StemmedWords.load(tmp_path)
    assert len(again) == 3
    assert numbers(again, "ministers") == [9]


def test_passages_that_hold_a_phrase(words: StemmedWords) -> None:
    assert words.holding(["studi", "visit"], 10).tolist() == [2]
    assert words.holding(["visit", "studi"], 10).tolist() == []
    assert sorted(words.holding(["visit"], 10).tolist()) == [2, 9]
    assert words.holding(["visit"], 10, np.array([9])).tolist() == [9]
    assert words.holding([], 10).tolist() == []


def test_no_more_are_given_than_are_asked_for(words: StemmedWords) -> None:
    for k in (0, 1, 2):
        assert len(words.holding(["visit"], k)) == k
        found, scores = words.match("visit", k)
        assert len(found) == len(scores) == k


def test_terms_by_first_letter_and_length_with_their_passages(words: StemmedWords) -> None:
    assert list(words.spelt("m", 6)) == ["minist"]
    assert sorted(words.spelt("r", 6)) == ["recept", "refuge", "report"]
    assert list(words.spelt("m", 5)) == ["minut"]
    assert list(words.spelt("m", 4)) == list(words.spelt("z", 5)) == []
    assert words.frequency("report") == 2
    assert words.frequency("visit") == 2
    assert words.frequency("zebra") == 0


def test_words_as_they_are_written_and_with_what_is_added(
    words: StemmedWords, tmp_path: Path
) -> None:
    assert sorted(words.written("r", 7)) == ["reunion"]
    assert sorted(words.written("m", 9)) == ["ministers"]
    assert list(words.written("m", 6)) == []  # the stem "minist" is nowhere written so
    assert as_written("The Réunion's VISITS") == ["the", "reunion", "s", "visits"]
    more = StemmedWords.extend([(10, "", "", "Mentored")], tmp_path)
    assert list(more.written("m", 8)) == ["mentored"]
    assert numbers(more, "ministers") == [9]  # no question is matched against them twice
    assert words.frequency("ministers") == 0


def test_acronyms_are_kept_and_added_to(tmp_path: Path) -> None:
    first = [(1, "", "", "the Temporary Desk on Iraq (TDI)")]
    second = [(2, "", "", "the Tall Dark Inn (TDI) and the Green Ink Day (GID)")]
    StemmedWords.build(first, tmp_path)
    StemmedWords.extend(second, tmp_path)
    words = StemmedWords.load(tmp_path)
    forms = words.forms
    assert words.long_forms["tdi",] == ("TDI", "Temporary Desk on Iraq")
    assert words.long_forms.keys() == {("tdi",), ("gid",)}
    assert forms["tdi",] == ("temporari", "desk", "on", "iraq")
    assert forms["temporari", "desk", "on", "iraq"] == ("tdi",)
    assert forms["gid",] == ("green", "ink", "day")
    (tmp_path / "acronyms.json").unlink()
    with pytest.raises(FileNotFoundError):
        StemmedWords.load(tmp_path)


def test_english_words_find_a_passage_in_another_language(tmp_path: Path) -> None:
    rows = [
        (1, "", "", "Wer zahlt die Unterkunft der Familien? Die Stadt zahlt."),
        (2, "", "", "Who pays for the ferry? The town pays."),
    ]
    words = StemmedWords.build(rows, tmp_path)
    assert words.match("accommodation", 5)[0].tolist() == [1]
    assert words.match("Unterkunft", 5)[0].tolist() == [1]
    # Its own words do not run on into the English ones: no phrase stands over both.
    assert len(words.holding(words.terms("zahlt who"), 5)) == 0
    assert not words.written("a", 13)  # what a report does not say mends no misspelling


def test_points_and_variants_of_letters_do_not_matter(tmp_path: Path) -> None:
    pointed, plain = "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05dc\u05d5\u05dd"
    rows = [
        (1, "", "", f"{pointed} twinning"),
        (2, "", "", f"{plain} mentors"),
        (3, "", "", "\u0627\u0644\u0645\u062f\u0631\u0633\u0629 re\u0301sume\u0301"),
    ]
    words = StemmedWords.build(rows, tmp_path)
    assert sorted(numbers(words, pointed)) == sorted(numbers(words, plain)) == [1, 2]
    assert words.holding(words.terms(f"{plain} twinning"), 5).tolist() == [1]
    assert numbers(words, "\u0627\u0644\u0645\u062f\u0631\u0633\u0647") == [3]
    assert numbers(words, "r\u00e9sum\u00e9") == [3]
    assert list(words.written("r", 6)) == ["resume"]
