"""Where each term stands in a passage: the terms of all passages as numbers, mapped into memory.

So 200 candidates of a question take 2 ms, with the reading of their rows, where cutting their texts
into stemmed terms took 11 to 20. The vocabulary is kept as 64-bit digests of the terms, so that it
can be mapped too. The chance that any two of a million terms share a digest is 1 in 40 million.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import numpy as np
import numpy.typing as npt

from index.derived.vectors import Numbers
from index.files import arrays
from index.languages.gloss import foreign
from index.rows.records import Spans

Flags = npt.NDArray[np.bool_]
Terms = Callable[[str], list[str]]
"""A text's terms, as indexed, in order; white space always separates them."""

_Value = TypeVar("_Value", bound=np.generic)

_TOKENS = "tokens.u32"
_NAMES = ("numbers", "bounds", "texts", "window_bounds", "windows", "digests", "ids")


@dataclass(frozen=True, slots=True)
class TermIncidence:
    """Which of t terms, f further terms, and p pairs of the t terms n passages hold.

    terms: bool (n, t + f), whether a passage has a term in its text or headings.
    pairs: bool (n, p), whether its text has the two terms of a pair side by side, in this order.
    windows: bool (w, t + f), whether a window has a term; passage after passage.
    window_bounds: int64 (n + 1,); passage i has the windows from [i] to before [i + 1].
    """

    terms: Flags
    pairs: Flags
    windows: Flags
    window_bounds: Numbers


@dataclass(frozen=True, slots=True)
class _Hits:
    """Where terms stand in passages that are laid end to end.

    places: int64 (h,), ascending. codes: int64 (h,), which of the terms stands there. owners: int64
    (h,), in which of the passages.
    """

    places: Numbers
    codes: Numbers
    owners: Numbers


@dataclass(frozen=True, slots=True)
class Positions:
    """The terms of all passages, text first and headings after it, one passage after the other.

    numbers: int64 (n,), ascending. bounds: int64 (n + 1,), where each passage's terms begin.
    texts: int32 (n,), terms of the text alone. window_bounds: int64 (n + 1,).
    windows: int32 (w, 2), terms from and to, counted from the passage's first.
    digests: uint64 (v,), ascending, the vocabulary; ids: uint32 (v,), what `tokens` calls each.
    tokens: uint32 (m,).
    """

    numbers: Numbers
    bounds: Numbers
    texts: npt.NDArray[np.int32]
    window_bounds: Numbers
    windows: npt.NDArray[np.int32]
    digests: npt.NDArray[np.uint64]
    ids: npt.NDArray[np.uint32]
    tokens: npt.NDArray[np.uint32]

    @classmethod
    def load(cls, folder: Path) -> Positions:
        """What `build` wrote, mapped into memory."""
        path = folder / _TOKENS
        tokens = np.zeros(0, dtype="<u4")
        if path.stat().st_size:  # an empty file cannot be mapped
            tokens = np.memmap(path, dtype="<u4", mode="r")
        # As plain arrays: slicing maps made a question's candidates cost 2.8 ms in place of 2.0.
        plain = {name: np.asarray(arrays.mapped(folder / f"{name}.npy")) for name in _NAMES}
        return cls(**plain, tokens=np.asarray(tokens))

    def held(
        self,
        terms: Sequence[str],
        pairs: Sequence[tuple[str, str]],
        numbers: Numbers,
        further: Sequence[str] = (),
    ) -> TermIncidence:
        """Which terms, pairs of terms and further terms each of the passages holds.

        terms, further: as indexed, none twice. numbers: int64 (n,), of passages held in here.
        """
        rows = np.searchsorted(self.numbers, numbers)
        starts, tokens = _laid_end_to_end(self.tokens, self.bounds, rows)
        hits = self._hits((*terms, *further), starts, tokens)
        whole = np.zeros((len(rows), len(terms) + len(further)), dtype=np.bool_)
        whole[hits.owners, hits.codes] = True
        window_bounds, inside = _laid_end_to_end(self.windows, self.window_bounds, rows)
        windows = inside + np.repeat(starts[:-1], np.diff(window_bounds))[:, None]
        within = _within(windows, hits, whole.shape[1])
        text_ends = starts[:-1] + self.texts[rows]
        beside = _neighbours(terms, pairs, hits, text_ends)
        return TermIncidence(whole, beside, within, window_bounds)

    def _hits(self, terms: Sequence[str], starts: Numbers, tokens: npt.NDArray[np.uint32]) -> _Hits:
        """Where any of the terms stands. starts, tokens: as `_laid_end_to_end` returns them."""
        code_of = np.zeros(len(self.ids), dtype=np.int32)  # by token, from 1 on; 0 for no term
        for code, term in enumerate(terms, start=1):
            digest = _digest(term)
            at = int(np.searchsorted(self.digests, digest))
            if at < len(self.digests) and self.digests[at] == digest:
                code_of[self.ids[at]] = code
        codes = code_of[tokens]
        places = np.flatnonzero(codes)
        owners = np.searchsorted(starts, places, side="right") - 1
        return _Hits(places, codes[places].astype(np.int64) - 1, owners)


def _laid_end_to_end(
    values: npt.NDArray[_Value], bounds: Numbers, rows: Numbers
) -> tuple[Numbers, npt.NDArray[_Value]]:
    """The values of some passages, one passage behind the other, and where each begins: int64
    (n + 1,), the end last.

    values: of all passages. bounds: where each passage's begin, as in `Positions`.
    """
    spans = [(int(bounds[row]), int(bounds[row + 1])) for row in rows]
    starts = np.array([0, *accumulate(end - start for start, end in spans)], dtype=np.int64)
    return starts, np.concatenate([values[:0], *(values[start:end] for start, end in spans)])


def _neighbours(
    terms: Sequence[str], pairs: Sequence[tuple[str, str]], hits: _Hits, text_ends: Numbers
) -> Flags:
    """Which pairs stand side by side in the text of each passage, bool (n, pairs).

    hits: of the terms, and of further ones behind them. text_ends: int64 (n,), where the text of
        each passage ends and its headings begin.
    """
    held = np.zeros((len(text_ends), len(pairs)), dtype=np.bool_)
    # A further term between two terms parts them, as any other token does.
    of_terms = hits.codes < len(terms)
    places, codes, owners = hits.places[of_terms], hits.codes[of_terms], hits.owners[of_terms]
    in_text = places < text_ends[owners]
    same_passage = owners[1:] == owners[:-1]
    beside = np.flatnonzero((places[1:] == places[:-1] + 1) & same_passage & in_text[1:])
    code = {term: index for index, term in enumerate(terms)}
    found = codes[beside] * len(terms) + codes[beside + 1]
    for index, (first, second) in enumerate(pairs):
        wanted = code[first] * len(terms) + code[second]
        held[owners[beside[found == wanted]], index] = True
    return held


def _within(windows: Numbers, hits: _Hits, count: int) -> Flags:
    """Which terms each window holds, bool (w, count).

    windows: int64 (w, 2), from and to, where the passages are laid end to end.
    """
    first = np.searchsorted(hits.places, windows[:, 0])
    last = np.searchsorted(hits.places, windows[:, 1])
    counts = last - first
    # Windows overlap, so a hit is taken once for each window in which it stands.
    owners = np.repeat(np.arange(len(windows)), counts)
    hit = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts - first, counts)
    held = np.zeros((len(windows), count), dtype=np.bool_)
    held[owners, hits.codes[hit]] = True
    return held


def build(rows: Iterable[tuple[int, str, str, Spans]], terms: Terms, folder: Path) -> None:
    """Write the positions of (number, headings, text, windows as offsets in the text) rows, by
    ascending number, into a folder that exists.
    """
    vocabulary: dict[str, int] = {}
    numbers, bounds, window_bounds = array("q"), array("q", [0]), array("q", [0])
    texts, windows = array("i"), array("i")
    with (folder / _TOKENS).open("wb") as file:
        for number, headings, text, spans in rows:
            cut = _in_english_too(text, terms)
            found, borders = _terms_of(text, spans, cut)
            texts.append(len(found))
            found += cut(headings)
            _write(file, vocabulary, found)
            placed = spans.tolist() or [[0, len(text)]]
            windows.extend(borders[offset] for span in placed for offset in span)
            numbers.append(number)
            bounds.append(bounds[-1] + len(found))
            window_bounds.append(window_bounds[-1] + len(placed))
    digests = np.array([_digest(term) for term in vocabulary], dtype=np.uint64)
    ids = np.argsort(digests)
    made: dict[str, npt.NDArray[Any]] = {
        "numbers": np.array(numbers),
        "bounds": np.array(bounds),
        "texts": np.array(texts, dtype=np.int32),
        "window_bounds": np.array(window_bounds),
        "windows": np.array(windows, dtype=np.int32).reshape(-1, 2),
        "digests": digests[ids],
        "ids": ids.astype(np.uint32),
    }
    for name in _NAMES:
        np.save(folder / f"{name}.npy", made[name])


def _in_english_too(text: str, terms: Terms) -> Terms:
    """A function that cuts pieces of a text into terms as `terms` does. Where a glossary has the
    text's language, it adds the terms of their English behind their own.
    """
    glossary = foreign(text)
    if glossary is None:
        return terms
    return lambda piece: terms(piece) + terms(glossary.translated(piece))


def _terms_of(text: str, spans: Spans, terms: Terms) -> tuple[list[str], dict[int, int]]:
    """A text's terms, and how many stand before each border of its windows.

    Windows overlap, so the text is cut at all borders, and each piece is made terms once.
    """
    borders = sorted({0, len(text), *spans.ravel().tolist()})
    found: list[str] = []
    before = {0: 0}
    for start, end in pairwise(borders):
        found += terms(text[start:end])
        before[end] = len(found)
    return found, before


def _write(file: BinaryIO, vocabulary: dict[str, int], terms: Sequence[str]) -> None:
    ids = [vocabulary.setdefault(term, len(vocabulary)) for term in terms]
    file.write(np.array(ids, dtype="<u4").tobytes())


def _digest(term: str) -> np.uint64:
    digest = hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))
