"""Texts in other languages, as the encoder gets them."""

from pathlib import Path

import numpy as np

from corpus import lexicon
from index.encoding.encoder import EncoderIdentity, SentenceEncoder
from index.encoding.glossing_encoder import glossing
from index.languages.gloss import telling
from index.library import Library

GERMAN = "Wer zahlt die Unterkunft der Familien, wenn die Stadt es nicht kann?"
ENGLISH = "Who pays for the families' accommodation when the town cannot?"


def test_the_bundled_encoder_reads_it_in_english(library: Library) -> None:
    encoder = library.encoder
    assert encoder.identity.glossed
    assert telling(GERMAN) != GERMAN
    given, read = encoder.encode([GERMAN, telling(GERMAN)])
    assert (given == read).all()
    readings = encoder.read([GERMAN])
    assert (readings.vectors[0] == read).all()
    assert readings.scores.shape[0] == 1


def test_it_is_nearer_to_the_same_in_english(library: Library) -> None:
    plain = library.encoder._encoder  # what is given each text in English
    asked = library.encoder.encode([ENGLISH])[0]
    glossed, as_it_is = library.encoder.encode([GERMAN])[0], plain.encode([GERMAN])[0]
    assert asked @ glossed > asked @ as_it_is + 0.3


def test_tokens_are_those_of_the_text(library: Library) -> None:
    plain = library.encoder._encoder
    assert library.encoder.count_tokens([GERMAN]) == plain.count_tokens([GERMAN])
    assert library.encoder.scorer == plain.scorer


def test_what_computes_it_and_with_which_lists(library: Library) -> None:
    plain = library.encoder._encoder
    assert library.encoder.computed == f"{plain.computed}, word lists {lexicon.sha256()[:12]}"


def test_english_is_read_as_it_is(library: Library) -> None:
    plain = library.encoder._encoder
    assert np.array_equal(library.encoder.encode([ENGLISH]), plain.encode([ENGLISH]))


def test_another_encoder_is_given_texts_as_they_are() -> None:
    class Multilingual(SentenceEncoder):
        @property
        def identity(self) -> EncoderIdentity:
            return EncoderIdentity("/models/multilingual", "0" * 64, 384, 128)

    other = Multilingual("/models/multilingual", Path("/models/multilingual"))
    assert glossing(other) is other
