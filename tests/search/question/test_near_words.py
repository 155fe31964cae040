"""Words that mean nearly the same: what they count for, and what never stands for anything else."""

from math import log
from pathlib import Path

import pytest

from index import build
from index.derived.words import StemmedWords
from index.languages.stemming import stems
from index.library import Library
from search.find import find
from search.question.near_words import SAME, SHIPPED, load, near_words, save
from search.question.reading import read


def words_of(folder: Path, *texts: str) -> StemmedWords:
    return StemmedWords.build([(at, "", "", text) for at, text in enumerate(texts)], folder)


def share(one: str, other: str) -> float:
    return dict(load(SHIPPED).near(one))[other]


def test_a_word_near_counts_for_its_share_and_a_common_one_for_less(tmp_path: Path) -> None:
    words = words_of(tmp_path, "The telephone.", "A telephone, a smartphone.", "Rain.", "Snow.")
    found = near_words(words, [["phone", "rain"]])["phone"]
    # in none of four passages: ln(1 + 4.5 / 0.5); in one: ln(1 + 3.5 / 1.5); in two: ln(1 + 1)
    rare, once, twice = log(10), log(10 / 3), log(2)
    assert found == pytest.approx(
        {
            ("telephon",): share("phone", "telephon") * twice / rare,
            ("smartphon",): share("phone", "smartphon") * once / rare,
        }
    )


def test_a_rarer_word_counts_for_its_share_alone(tmp_path: Path) -> None:
    words = words_of(tmp_path, "A phone.", "The phone, a telephone.", "Rain.", "Snow.")
    found = near_words(words, [["phone"]])["phone"][("telephon",)]
    assert found == pytest.approx(share("phone", "telephon"))
    assert 0 < found < 1


def test_a_library_without_words_near_and_a_word_that_nothing_is_near(tmp_path: Path) -> None:
    words = words_of(tmp_path, "Rain fell.", "Snow.")
    assert near_words(words, [["phone", "xqzzy", "42"]]) == {}
    assert near_words(words, []) == {}
    assert near_words(words, [[], []]) == {}


def test_what_stands_for_a_phrase_counts_for_each_of_its_words(tmp_path: Path) -> None:
    texts = ("A failure.", "What went on was wrong.", "Nothing.", "Rain.", "Snow.")
    words = words_of(tmp_path, *texts)
    found = near_words(words, [words.terms("what went wrong")])
    assert found["went"][("failur",)] == found["wrong"][("failur",)] == SAME
    assert "what" not in found
    apart = near_words(words, [words.terms("went away, wrong")])
    assert ("failur",) not in {*apart.get("went", {}), *apart.get("wrong", {})}


def test_what_stands_for_a_phrase_has_to_be_there_as_a_whole(tmp_path: Path) -> None:
    for name in ("whole", "part"):
        (tmp_path / name).mkdir()
    whole = words_of(tmp_path / "whole", "An application for international protection.", "Rain.")
    part = words_of(tmp_path / "part", "An application for a permit.", "Rain.")
    asked = ("asylum", "claim")
    together = ("applic", "internat", "protect")
    # in one of two passages: ln(1 + 1.5 / 1.5); "claim" in none: ln(1 + 2.5 / 0.5)
    held = near_words(whole, [asked])["claim"][together]
    assert held == pytest.approx(SAME * log(2) / log(6))
    assert together not in near_words(part, [asked]).get("claim", {})


def test_a_passage_with_a_near_word_comes_before_one_with_neither(
    empty_library: Library, tmp_path: Path
) -> None:
    texts = {
        "whole": "The office bought a phone for the porter.",
        "near": "The office bought a telephone for the porter.",
        "neither": "The office bought a carpet for the porter.",
    }
    for name, text in texts.items():
        page = f"<html><head><title>Purchases</title></head><body><p>{text}</p></body></html>"
        (tmp_path / f"{name}.html").write_text(page)
    list(build.add(empty_library, [tmp_path]))
    results = find(empty_library, "phone").results
    assert [result.document.file_name for result in results] == [f"{name}.html" for name in texts]
    whole, near, neither = (result.candidate.coverage for result in results)
    # both words are in one passage of three, so the ratio of their rarities is 1
    assert (whole, neither) == (1.0, 0.0)
    assert near == pytest.approx(share("phone", "telephon"))
    assert all(result.candidate.names == 1.0 for result in results)


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("", False),
        ("?!", False),
        ("who has it", False),
        ("Wie viele Kosten trägt die Behörde und der Verein", False),
        ("Who has to die of it?", True),
    ],
)
def test_only_words_with_a_meaning_of_an_english_question(
    tmp_path: Path, question: str, near: bool
) -> None:
    # "die" is a German article, and an English word near "death"
    words = words_of(tmp_path, "Death and its cost.", "Rain.")
    found = read(words, question, lambda texts: [1] * len(texts)).near
    assert (("death",) in found.get("die", {})) == near
    assert bool(found) == near


def test_two_countries_or_their_people_never_stand_for_each_other() -> None:
    table = load(SHIPPED)
    people = {
        name: stems(name)[0]
        for name in ("Kenya", "Uganda", "Sweden", "Norwegian", "Dutch", "Denmark", "Austria")
    }
    for one in people.values():
        near = {other for other, _ in table.near(one)}
        assert near
        assert near.isdisjoint(set(people.values()) - {one})
    assert "netherland" in dict(table.near("dutch"))


@pytest.mark.parametrize(
    "apart",
    [
        "two three twelve hundred thousand second third",
        "January March July Monday Friday",
        "men women",
        "landlord tenant",
        "legal illegal",
        "eligible ineligible",
        "adequate inadequate",
        "justice injustice",
        "legal unlawful",
        "buy sell",
        "victory defeat",
        "married divorced",
        "Christian Muslim",
        "English French German",
        "black white",
        "day month year",
    ],
)
def test_numbers_dates_and_contraries_never_stand_for_each_other(apart: str) -> None:
    table, asked = load(SHIPPED), set(stems(apart))
    assert all(term in table.rows for term in asked)
    for term in asked:
        assert asked.isdisjoint(other for other, _ in table.near(term))


def test_no_word_is_near_itself_and_the_nearest_come_first() -> None:
    table = load(SHIPPED)
    for term in table.terms:
        near = dict(table.near(term))
        assert term not in near
        assert all(0 <= value < 1 for value in near.values())
        assert list(near.values()) == sorted(near.values(), reverse=True)


def test_a_table_comes_back_as_saved_and_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    near = {"cost": {"price": 0.8, "fee": 0.6}, "fee": {"cost": 0.6}, "price": {}, "señor": {}}
    phrases = {("go", "wrong"): (("fail",), ("lesson", "learn")), ("señor", "who"): (("fee",),)}
    for name in ("one.npz", "two.npz"):
        save(near, phrases, tmp_path / name)
    table = load(tmp_path / "one.npz")
    assert table.phrases == phrases
    assert {term: dict(table.near(term)) for term in table.terms} == near
    assert dict(table.near("zebra")) == {}
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
