"""What a question's words may stand for, and what that does to its answers."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.derived.words import StemmedWords
from index.library import Library
from search.find import find
from search.question.reading import Reading, read
from search.question.variants import Form
from search.ranking.coverage import question_terms


@pytest.fixture
def words(tmp_path: Path) -> StemmedWords:
    rows = [
        (1, "", "", "The Temporary Desk on Iraq (TDI) opened; municipalities paid."),
        (2, "", "", "TDI staff travelled to the border."),
    ]
    return StemmedWords.build(rows, tmp_path)


def tokens(texts: Sequence[str]) -> list[int]:
    """As if "zebra" were a word the encoder knows, and no other."""
    return [1 if text == "zebra" else 2 for text in texts]


def reading(words: StemmedWords, question: str) -> Reading:
    return read(words, question, tokens)


def test_a_word_that_is_not_there_is_read_as_one_that_is(words: StemmedWords) -> None:
    found = reading(words, "which muncipalities crossed the bordr?")
    assert found.question == "which muncipalities crossed the bordr?"
    assert found.read_as == (("muncipalities", "municipalities"), ("bordr", "border"))
    assert found.text == "which municipalities crossed the border?"


def test_a_word_read_by_its_stem_is_read_as_it_is_written(words: StemmedWords) -> None:
    found = reading(words, "who travalls")
    assert found.read_as == (("travalls", "travelled"),)
    assert words.terms(found.text) == ["who", "travel"]


def test_words_the_encoder_knows_are_no_misspellings(tmp_path: Path) -> None:
    words = StemmedWords.build([(1, "", "", "a zebra and zebru")], tmp_path)
    assert reading(words, "zebrx").read_as == (("zebrx", "zebra"),)
    assert read(words, "zebrx", lambda texts: [1] * len(texts)).read_as == ()


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("who paid the muncipalites", True),  # two letters are left out
        ("Muncipalites that paid", True),  # the first word is a name no more than any other
        ("who paid Muncipalites", False),  # a name is held to one
        ("who paid Muncipalities", True),
    ],
)
def test_of_a_name_one_letter_may_be_wrong(
    words: StemmedWords, question: str, mended: bool
) -> None:
    read_as = [other for _, other in reading(words, question).read_as]
    assert read_as == (["municipalities"] if mended else [])


def test_acronyms_and_long_forms_stand_for_each_other(words: StemmedWords) -> None:
    short, long = ("tdi",), ("temporari", "desk", "on", "iraq")
    assert reading(words, "What did TDI do?").forms == (Form(short, long),)
    assert reading(words, "what did tdi do").forms == (Form(short, long),)
    assert reading(words, "Did the temporary desk on Iraq close?").forms == (Form(long, short),)
    # at the beginning and at the end of a question as well
    assert reading(words, "TDI staff").forms == (Form(short, long),)
    assert reading(words, "Who led the Temporary Desk on Iraq?").forms == (Form(long, short),)
    # a small word in a question that has capitals is no acronym
    assert reading(words, "What did tdi do?").forms == ()


def test_names_are_capitalised_words_but_the_first_and_numbers(words: StemmedWords) -> None:
    assert reading(words, "Which Belgian towns paid in 2017?").names == {"belgian", "2017"}
    assert reading(words, "Bordurian towns that paid").names == frozenset()
    assert reading(words, "which towns paid").names == frozenset()
    assert reading(words, "Belgian towns that paid").names == {"belgian"}  # a country's are names
    assert reading(words, "which belgians paid").names == {"belgian"}
    assert reading(words, "which Belgian Towns paid").names == {"belgian", "town"}
    assert reading(words, "Which Towns In Borduria Paid").names == frozenset()


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("Combien de femmes?", ()),
        ("¿Cuántos van?", ()),
        ("Dónde?", ()),
        ("comine", (("comine", "combine"),)),
    ],
)
def test_question_words_of_other_languages_are_no_misspellings(
    tmp_path: Path, question: str, mended: tuple[tuple[str, str], ...]
) -> None:
    words = StemmedWords.build(
        [(1, "", "", "combine what is done de femmes cuantas van")], tmp_path
    )
    assert reading(words, question).read_as == mended


@pytest.mark.parametrize("quotes", ['""', "\u201c\u201d", "\u201e\u201c"])
def test_what_is_quoted(words: StemmedWords, quotes: str) -> None:
    quoted = f"who wrote {quotes[0]}Desk on Iraq{quotes[1]} first"
    assert reading(words, quoted).phrases == ("Desk on Iraq",)
    assert reading(words, 'an "unclosed one').phrases == ()
    assert reading(words, 'an empty "" one and "?!"').phrases == ()


def test_function_words_count_half(words: StemmedWords) -> None:
    whole = words.rarity("how desk")
    asked = question_terms(words, reading(words, "how desk"))
    assert asked.terms == ("how", "desk")
    assert asked.rarity == {"how": whole["how"] / 2, "desk": whole["desk"]}


def test_what_holds_the_quoted_words_comes_first(library: Library) -> None:
    quoted = find(library, 'backlash among ministers "study visits"', k=50).results
    held = ["study visits" in " ".join(r.stored.passage.text.lower().split()) for r in quoted]
    assert any(held)
    assert not all(held)
    assert held == sorted(held, reverse=True)
    scores = [result.score for result in quoted]
    assert scores == sorted(scores, reverse=True)


def test_a_misspelt_question_finds_what_the_right_one_finds(library: Library) -> None:
    right, wrong = (find(library, text, k=1) for text in ("ferry passengers", "ferry pasengers"))
    assert [r.stored.passage_id for r in right.results] == [
        r.stored.passage_id for r in wrong.results
    ]
    assert wrong.question == "ferry pasengers"


def test_what_the_library_writes_otherwise_is_a_form(tmp_path: Path) -> None:
    rows = [(1, "", "", "A caseload of 42,609; labour and labor; Article 8, Art. 8")]
    words = StemmedWords.build(rows, tmp_path)
    assert reading(words, "case load of 42609 in labor, article 8").forms == (
        Form(("case", "load"), ("caseload",)),
        Form(("42609",), ("42", "609")),
        Form(("labor",), ("labour",)),
        Form(("articl", "8"), ("art", "8")),
    )


def test_a_word_that_the_library_writes_as_two_is_read_so(tmp_path: Path) -> None:
    rows = [(1, "", "", "The caseload by the workplace"), (2, "", "", "A work plan for them")]
    words = StemmedWords.build(rows, tmp_path)
    taken_apart = reading(words, "whose workplan")
    assert taken_apart.read_as == (("workplan", "work plan"),)  # not "workplace", two letters away
    assert taken_apart.text == "whose work plan"
    # a word that the encoder knows is left alone
    assert read(words, "whose workplan", lambda texts: [1] * len(texts)).read_as == ()


def test_a_misspelling_that_has_the_stem_of_another_word_is_mended(tmp_path: Path) -> None:
    words = StemmedWords.build(
        [(1, "", "", "to an extent"), (2, "", "", "the extension")], tmp_path
    )
    assert reading(words, "which extention").read_as == (("extention", "extension"),)
    assert read(words, "which extention", lambda texts: [1] * len(texts)).read_as == ()


def test_english_stems_mend_no_other_language(words: StemmedWords) -> None:
    assert reading(words, "who travalls").read_as == (("travalls", "travelled"),)
    assert reading(words, "quand le maire travalls").read_as == ()
    # what is written is held against as before
    paid = reading(words, "quand le maire muncipalities")
    assert paid.read_as == (("muncipalities", "municipalities"),)


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ('"Art. 17" on families', ("Art. 17",)),
        ('"Art. 18" on families', ("article 18",)),  # the library has it in full only
        ('who are "family mambers"', ("family members",)),
        ('"Family member" or "zebra"', ("Family member", "zebra")),
        ('""', ()),
        ('"?!" families', ()),
        ("families", ()),
    ],
)
def test_a_phrase_is_as_asked_where_the_library_has_that(
    tmp_path: Path, question: str, phrases: tuple[str, ...]
) -> None:
    rows = [(1, "", "", "Art. 17 on family members."), (2, "", "", "Article 18, Article 17.")]
    assert reading(StemmedWords.build(rows, tmp_path), question).phrases == phrases


def test_a_question_in_another_language_is_read_in_english(tmp_path: Path) -> None:
    rows = [
        (1, "", "", "The town pays for the accommodation of families."),
        (2, "", "", "Quapfli heißt eine Stufe."),
    ]
    words = StemmedWords.build(rows, tmp_path)
    found = reading(words, "Wie viel zahlt die Stadt für Unterkunft bei Quapfli 2 in Bhutan?")
    assert found.question.startswith("Wie viel zahlt")
    assert found.language == "de"
    assert "accommodation" in found.text
    assert "Quapfli" in found.text  # what no list has stays, for reports in that language
    assert found.in_english == found.text
    assert found.for_encoder == found.question
    assert found.amount  # as "how much" asks for one
    assert found.read_as == ()  # no word of it is a misspelling of English ones
    assert found.absent == ("Bhutan",)


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ('Que dit la mise "en œuvre" pour les projets ?', "in work"),
        ('Que dit "la mise" en œuvre pour les projets ?', "the putting"),
        ("Que dit « la mise en œuvre » pour les projets ?", " the implementation "),
    ],
)
def test_quotes_inside_a_phrase_of_another_language(
    tmp_path: Path, question: str, phrase: str
) -> None:
    words = StemmedWords.build([(1, "", "", "Boats.")], tmp_path)
    assert reading(words, question).phrases == (phrase,)


def test_names_and_parts_of_a_question_in_another_language(tmp_path: Path) -> None:
    rows = [(1, "", "", "Mr Stein of Syria wrote article 17 in March 2019.")]
    words = StemmedWords.build(rows, tmp_path)
    found = reading(words, "Was sagte Herr Stein über Art. 17 in Syrien?")
    assert "Stein" in found.text
    assert found.names >= {"stein", "syria"}
    assert found.provisions == (("articl", "17"),)
    assert found.read_as == (("Art", "article"),)
    assert reading(words, "Was geschah im März 2019?").date == ("march", "2019")


def test_what_a_list_gives_is_no_misspelling(tmp_path: Path) -> None:
    words = StemmedWords.build([(1, "", "", "A welding and a border.")], tmp_path)
    assert reading(words, "Was sagen sie über die Hochzeit?").read_as == ()
    assert reading(words, "Was it a bordr?").read_as == (("bordr", "border"),)


@pytest.mark.parametrize(
    "question",
    ["Was bedeutet Resettlement?", "Was ist Resettlement?", "¿Qué significa reasentamiento?"],
)
def test_what_a_word_means_asked_in_another_language(words: StemmedWords, question: str) -> None:
    assert reading(words, question).meant == ("resettl",)


def test_a_question_in_english_is_given_to_the_encoder_as_it_is_read(words: StemmedWords) -> None:
    found = reading(words, "which muncipalities crossed the bordr?")
    assert (found.language, found.in_english) == ("en", "")
    assert found.for_encoder == "which municipalities crossed the border?"


def test_words_of_the_library_are_looked_for_as_they_were_asked_too(tmp_path: Path) -> None:
    rows = [
        (1, "", "", "Der Flur in Kassel ist ein Ort, an dem sie warten und lesen."),
        (2, "", "", "The hall is where families wait."),
    ]
    words = StemmedWords.build(rows, tmp_path)
    found = reading(words, "Hoeveel mensen wachten op de Flur van de stad in Kassel?")
    assert found.language == "nl"
    kept = {form.other for form in found.forms}
    assert ("kassel",) in kept or "Kassel" in found.text
    assert ("stad",) not in kept  # no passage has it


def test_of_several_sentences_in_another_language_those_that_ask(tmp_path: Path) -> None:
    words = StemmedWords.build([(1, "", "", "Families wait nine months for a flat.")], tmp_path)
    found = reading(
        words,
        "Guten Tag! Ich arbeite in einer Behörde. Wie lange warten Familien auf eine Wohnung in "
        "der Stadt? Mit freundlichen Grüßen, Jan",
    )
    assert found.in_english.startswith("how long wait")
    assert found.bare.startswith("Wie lange")
    assert found.absent == ()
