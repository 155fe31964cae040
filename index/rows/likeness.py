"""Documents that share text: sketches of their runs of eight words, compared.

A document's sketch holds those digests of its runs that 2**level divides, where the level is raised
until at most `MOST` remain (A. Broder, "On the resemblance and containment of documents", 1997).
Two sketches are compared at the higher of their levels: the share of the one's digests that the
other has too estimates how much of its text the other has. Documents with at most `MOST` runs are
compared exactly.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

RUN = 8
"""Words of a run. Two reports on one subject seldom share eight words in a row, unless these are a
name or a title."""

MOST = 1024
"""Digests of a sketch. With 512 to 1,024 of them an estimate is within .05 in 19 cases of 20."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """A document's sketch. digests: of its runs, those that 2**level divides; from 0 to 2**53, so
    that JSON holds them.
    """

    level: int
    digests: frozenset[int]


def sketch(texts: Iterable[str]) -> Sketch:
    """The sketch of a document, given the texts of its passages."""
    kept: set[int] = set()
    level = 0
    for text in texts:
        for digest in _runs(text):
            if digest % (1 << level) == 0:
                kept.add(digest)
                while len(kept) > MOST:
                    level += 1
                    kept = {one for one in kept if one % (1 << level) == 0}
    return Sketch(level, frozenset(kept))


def words_of(text: str) -> list[str]:
    """The words and figures of a text in small letters, without what stands between them."""
    return _WORD.findall(text.casefold())


def running(text: str) -> str:
    """The words of a text one blank apart, with a blank at either end, so that
    `running(a) in running(b)` finds whole words only.
    """
    return f" {' '.join(words_of(text))} "


def _runs(text: str) -> Iterable[int]:
    """Digests of the runs of a passage; a passage of fewer than `RUN` words is one run."""
    words = words_of(text)
    for start in range(max(1, len(words) - RUN + 1) if words else 0):
        run = " ".join(words[start : start + RUN]).encode("utf-8")
        yield int.from_bytes(hashlib.blake2b(run, digest_size=7).digest(), "big") >> 3


def share(one: Sketch, other: Sketch) -> float:
    """How much of the text of `one` is in `other` too, 0 to 1; 0 for a document without words."""
    step = 1 << max(one.level, other.level)
    mine = {digest for digest in one.digests if digest % step == 0}
    return len(mine & other.digests) / len(mine) if mine else 0.0
