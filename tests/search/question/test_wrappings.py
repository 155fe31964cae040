"""What stands round a question, and what it shuts out."""

import pytest

from index.library import Library
from search.browsing.why import whys
from search.find import find
from search.formats import terminal
from search.question.wrappings import asking_sentences, bare, shut_out

SMALL = frozenset("a do how in is of on or the they to we what who why with".split())


def count(text: str) -> int:
    return sum(word.strip("?.,").lower() not in SMALL for word in text.split())


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("Could you please tell me who pays the ferry?", "who pays the ferry?"),
        ("Dear colleagues, who pays the ferry? Best regards", "who pays the ferry?"),
        ("I’d like to know who pays. Many thanks!", "who pays."),
        ("Please name the captains, please.", "name the captains"),
        ("Does anyone know? who pays?", "who pays?"),
        ("Find all passages that say something about ferries", "ferries"),
        ("Is there any evidence on this: do ferries pay?", "do ferries pay?"),
        ("could you tell me, if at all possible, who pays, thank you!", "who pays"),
        ("If you don't mind, who pays the ferry, if I may ask?", "who pays the ferry?"),
        ("I would be grateful if you could tell me who pays, thanks in advance.", "who pays"),
        ("Sorry to bother you, but who pays the ferry?", "who pays the ferry?"),
        ("I was wondering if you could tell me who pays?", "who pays?"),
        ("Is it possible to show me who pays?", "who pays?"),
        ("who pays, and on which page could I find that, thank you?", "who pays?"),
        ("who pays and where is it written?", "who pays?"),
        (
            "could you tell me whether in any of these many reports ferries pay",
            "whether in any of these many reports ferries pay",
        ),
        ("who pays in these reports?", "who pays?"),
        (
            "Is there proof in any of these many reports that ferries pay?",
            "Is there proof that ferries pay?",
        ),
        ("are fares named anywhere in your documents, and why?", "are fares named, and why?"),
        (
            "who paid for the boats in these reports on ferries",
            "who paid for the boats in these reports on ferries",
        ),
        # words that only look like a courtesy
        ("tell us if possible ferries pay", "tell us if possible ferries pay"),
        ("is it possible to row", "is it possible to row"),
        ("what is a pier and where is it?", "what is a pier and where is it?"),
        ("on which page is the ferry", "on which page is the ferry"),
        ("what did HI do in Arland", "what did HI do in Arland"),
        ("how do we please ministers", "how do we please ministers"),
        ("how to please ministers", "how to please ministers"),
        ("ferries saved thanks to ministers", "ferries saved thanks to ministers"),
        ('what is "please hold on"', 'what is "please hold on"'),
        ("can you find work on a ferry", "can you find work on a ferry"),
        ("evidence on ferries", "evidence on ferries"),
        ("please", "please"),  # nothing would be left
        ("Hello, who?", "Hello, who?"),
        ("", ""),
    ],
)
def test_a_question_alone(question: str, alone: str) -> None:
    assert bare(question, count) == alone


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("We run a port. Who pays old ferry captains? Be brief.", "Who pays old ferry captains?"),
        ("We run a port. Who pays old captains?", "We run a port. Who pays old captains?"),
        ("Who owns ferries? Who pays captains?", "Who owns ferries? Who pays captains?"),
        ("We run a port. Old ferries sink.", "We run a port. Old ferries sink."),
        ("Who pays old ferry captains", "Who pays old ferry captains"),
        ("", ""),
    ],
)
def test_of_several_sentences_those_that_ask(question: str, asked: str) -> None:
    assert asking_sentences(question, count) == asked


@pytest.mark.parametrize(
    ("asked", "bare"),
    [
        (
            "Wir haben einen Hafen. Wer zahlt die Löhne der alten Kapitäne?",
            "Wer zahlt die Löhne der alten Kapitäne?",
        ),
        ("Wir haben einen Hafen. Wer zahlt es uns?", ""),  # "who pays it us" says too little
    ],
)
def test_in_another_language_too(library: Library, asked: str, bare: str) -> None:
    assert find(library, asked).bare == bare


def test_in_english(library: Library) -> None:
    english = "We run a port. Who pays the wages of old ferry captains?"
    assert find(library, english).bare == "Who pays the wages of old ferry captains?"


@pytest.mark.parametrize(
    ("question", "left", "words"),
    [
        ("ferries NOT Arland", "ferries", ("Arland",)),
        ('"old ferries" AND NOT (Arland)', '"old ferries"', ("Arland",)),
        ("who sails NOT Arland?", "who sails?", ("Arland",)),
        ("ferries  pay ?", "ferries  pay ?", ()),
        ("ferries -storms -arland -storms", "ferries", ("storms", "arland")),
        ('ferries -"old boats" pay', "ferries pay", ("old boats",)),
        ("site:port.org ferries", "ferries", ("site:port.org",)),
        # a sentence's own
        ("why did captains NOT pay", "why did captains NOT pay", ()),
        ("HOW TO FERRY PEOPLE NOT GOODS", "HOW TO FERRY PEOPLE NOT GOODS", ()),
        ("ferries to NOT pay", "ferries to NOT pay", ()),
        ("Betreuung und -pflege", "Betreuung und -pflege", ()),
        ("pre-war ferries - old - at -5 degrees", "pre-war ferries - old - at -5 degrees", ()),
        ('"ferries -storms"', '"ferries -storms"', ()),
        ("-storms", "-storms", ()),
        ("site:port.org", "site:port.org", ()),  # nothing would be left
    ],
)
def test_words_a_question_shuts_out(question: str, left: str, words: tuple[str, ...]) -> None:
    assert shut_out(question, count) == (left, words)


def test_it_is_searched_for_alone_and_told(library: Library) -> None:
    asked = "Hello, could you tell me how ministers fear a backlash? Thank you very much."
    alone, wrapped = find(library, "how ministers fear a backlash?"), find(library, asked)
    assert wrapped.question == asked
    assert wrapped.results == alone.results
    assert (alone.bare, wrapped.bare) == ("", "how ministers fear a backlash?")
    assert next(terminal.lines(wrapped, library.taxonomy)) == f"Read as “{wrapped.bare}”."
    assert not whys(library.views().words, wrapped, wrapped.results)[1].missing


def test_what_is_shut_out_is_not_searched_for_and_told(library: Library) -> None:
    asked = "Could you tell me: ministers fear a backlash NOT sourdough -zebras"
    answer = find(library, asked)
    assert answer.question == asked
    assert answer.results == find(library, "ministers fear a backlash").results
    said = list(terminal.lines(answer, library.taxonomy))
    assert said[1] == "Not searched for: “sourdough”, “zebras”."
    assert answer.absent == ()
