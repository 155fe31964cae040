"""An encoder that reads English, given texts in other languages: it reads them word by word in
English (`index.languages.gloss`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from corpus import lexicon
from index.encoding.encoder import BUNDLED, Encoder, EncoderIdentity, FloatMatrix, Readings
from index.languages.gloss import telling


def glossing(encoder: Encoder) -> Encoder:
    """An encoder as new libraries use it: the bundled one reads other languages in English, any
    other one is taken to know which languages it reads.
    """
    return GlossingEncoder(encoder) if encoder.identity.name == BUNDLED else encoder


@cache
def _lists() -> str:
    return lexicon.sha256()


class GlossingEncoder:
    """Another encoder, before which each text is put into English. Tokens are those of the texts as
    they are: passages are cut by them, and English takes fewer.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def identity(self) -> EncoderIdentity:
        """See `Encoder.identity`."""
        return replace(self._encoder.identity, glossed=True)

    @property
    def scorer(self) -> str:
        """See `Encoder.scorer`."""
        return self._encoder.scorer

    @property
    def computed(self) -> str:
        """See `Encoder.computed`; with twelve digits of the digest of the word lists."""
        return f"{self._encoder.computed}, word lists {_lists()[:12]}"

    def read(self, texts: Sequence[str]) -> Readings:
        """See `Encoder.read`."""
        return self._encoder.read([telling(text) for text in texts])

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """See `Encoder.encode`."""
        return self._encoder.encode([telling(text) for text in texts])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See `Encoder.count_tokens`."""
        return self._encoder.count_tokens(texts)
