"""Passages that share words with a question: BM25 over a tantivy index.

Only this module and `index.languages.stemming`, which has the analyzers, know tantivy. A question
is cut into terms and never parsed as a query, so no character in it can be an error.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import tantivy
from tantivy import Occur, Query

from index.derived import acronyms
from index.derived.vectors import Numbers, Scores
from index.languages.gloss import foreign
from index.languages.letters import folded
from index.languages.stemming import analyzer, plain_analyzer, stems

_ANALYZER = "stemmed"
_WRITTEN = "written"
_ACRONYMS = "acronyms.json"
_MARKS = "\"'“”„«»‘’ "
"""Removed from both ends of a long form that is shown."""

_HEAP_BYTES = 64_000_000
"""Memory of tantivy's writer, which has no default."""

_FEW = 2_000
"""A filter of at most so many passages becomes part of the query, which grows with it. With more,
the matches are filtered afterwards."""


class WordIndex(Protocol):
    """What the library needs of a word engine."""

    def match(
        self, question: str, k: int, allowed: Numbers | None = None
    ) -> tuple[Numbers, Scores]:
        """The passages that best match the question's words, best first, k at most.

        allowed: int64 (m,), the only numbers wanted; None for all.
        Returns numbers, int64 (n,), and BM25 scores, float32 (n,) above 0, with n <= k.
        """

    def __len__(self) -> int:
        """How many passages are held."""

    def numbers(self) -> Numbers:
        """The passages held, int64 (n,), in no particular order."""

    def terms(self, text: str) -> list[str]:
        """The terms of a text, as indexed, in order, repeats included."""

    def rarity(self, question: str) -> dict[str, float]:
        """Each term of the question with its inverse document frequency, above 0."""

    def rarity_of(self, term: str) -> float:
        """The inverse document frequency of a term, as indexed, above 0."""

    def frequency(self, term: str) -> int:
        """How many passages hold a term, as indexed."""

    def spelt(self, first: str, length: int) -> Sequence[str]:
        """The terms, each once, that are all letters, begin with the letter `first` and have
        `length` letters.
        """

    def written(self, first: str, length: int) -> Sequence[str]:
        """As `spelt`, for words as they are written, without stemming."""

    def holding(self, phrase: Sequence[str], k: int, allowed: Numbers | None = None) -> Numbers:
        """Passages that have the terms side by side in this order, in the text, a heading or the
        title; int64 (n,), k at most.

        allowed: int64 (m,), the only numbers wanted; None for all.
        """

    @property
    def forms(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """The terms of each acronym that the library explains, with the terms of its long form; and
        those of each long form, with those of its acronym.
        """

    @property
    def long_forms(self) -> Mapping[tuple[str, ...], tuple[str, str]]:
        """The terms of each acronym that the library explains, with both as they are written."""


class StemmedWords:
    """A word index with English stems, accents folded."""

    def __init__(self, index: tantivy.Index, long_forms: Mapping[str, str]) -> None:
        self.forms = self._both_ways(long_forms)
        self.long_forms = {
            tuple(self.terms(short)): (short, long.strip(_MARKS))
            for short, long in long_forms.items()
        }
        index.register_tokenizer(_ANALYZER, analyzer())
        index.register_tokenizer(_WRITTEN, plain_analyzer())
        self._index = index
        self._searcher = index.searcher()
        self._spelt: dict[tuple[str, str], dict[int, list[str]]] = {}

    @classmethod
    def build(cls, rows: Iterable[tuple[int, str, str, str]], folder: Path) -> StemmedWords:
        """Index (number, title, section, text) rows in a folder that exists and is empty."""
        index = tantivy.Index(_schema(), path=str(folder))
        return cls(index, _learn_acronyms(_write(index, rows), {}, folder))

    @classmethod
    def extend(cls, rows: Iterable[tuple[int, str, str, str]], folder: Path) -> StemmedWords:
        """Add rows, as for `build`, to an index that `build` made.

        Its files may be links to an older view's, as tantivy never writes into a file that is
        there.
        """
        index = tantivy.Index.open(str(folder))
        return cls(index, _learn_acronyms(_write(index, rows), _kept_acronyms(folder), folder))

    @classmethod
    def load(cls, folder: Path) -> StemmedWords:
        """An index that `build` made. Raises OSError or ValueError when it is not whole."""
        return cls(_opened(folder), _kept_acronyms(folder))

    def __len__(self) -> int:
        """See `WordIndex.__len__`."""
        return int(self._searcher.num_docs)

    def numbers(self) -> Numbers:
        """See `WordIndex.numbers`."""
        if not len(self):
            return np.empty(0, dtype=np.int64)
        return self._search(Query.all_query(), len(self))[0]

    def match(
        self, question: str, k: int, allowed: Numbers | None = None
    ) -> tuple[Numbers, Scores]:
        """See `WordIndex.match`."""
        terms = self._terms(question)
        if not terms or k == 0 or (allowed is not None and not len(allowed)):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        return self._among(self._query(terms), k, allowed)

    def holding(self, phrase: Sequence[str], k: int, allowed: Numbers | None = None) -> Numbers:
        """See `WordIndex.holding`."""
        if not phrase or k == 0 or (allowed is not None and not len(allowed)):
            return np.empty(0, dtype=np.int64)
        schema = self._index.schema
        query = Query.term_query(schema, "text", phrase[0])
        if len(phrase) > 1:
            query = Query.phrase_query(schema, "text", list(phrase))
        return self._among(query, k, allowed)[0]

    def _among(self, query: Query, k: int, allowed: Numbers | None) -> tuple[Numbers, Scores]:
        if allowed is None:
            return self._search(query, k)
        if len(allowed) <= _FEW:
            wanted = Query.term_set_query(self._index.schema, "number", allowed.tolist())
            both = [(Occur.Must, query), (Occur.Must, Query.const_score_query(wanted, 0.0))]
            return self._search(Query.boolean_query(both), k)
        return self._search_until(query, k, allowed)

    def _search(self, query: Query, k: int) -> tuple[Numbers, Scores]:
        hits = self._searcher.search(query, k, count=False).hits
        addresses = [address for _, address in hits]
        numbers = self._searcher.fast_field_values("number", addresses)
        return (
            np.array(numbers, dtype=np.int64),
            np.array([score for score, _ in hits], dtype=np.float32),
        )

    def _search_until(self, query: Query, k: int, allowed: Numbers) -> tuple[Numbers, Scores]:
        """Look further down the list until k of the allowed are found or it ends."""
        depth = 4 * k
        while True:
            numbers, scores = self._search(query, depth)
            kept = np.isin(numbers, allowed)
            if kept.sum() >= k or len(numbers) < depth:
                return numbers[kept][:k], scores[kept][:k]
            depth *= 4

    def rarity(self, question: str) -> dict[str, float]:
        """See `WordIndex.rarity`."""
        return {term: self.rarity_of(term) for term in self._terms(question)}

    def rarity_of(self, term: str) -> float:
        """See `WordIndex.rarity_of`: ln(1 + (N - n + 0.5) / (n + 0.5)), as in BM25."""
        total, having = len(self), self.frequency(term)
        return math.log1p((total - having + 0.5) / (having + 0.5))

    def frequency(self, term: str) -> int:
        """See `WordIndex.frequency`."""
        return int(self._searcher.doc_freq("text", term))

    def spelt(self, first: str, length: int) -> Sequence[str]:
        """See `WordIndex.spelt`; read once a letter, 1 to 8 ms at 100,000 passages, then kept."""
        return self._of_length("text", first, length)

    def written(self, first: str, length: int) -> Sequence[str]:
        """See `WordIndex.written`; read and kept as for `spelt`."""
        return self._of_length(_WRITTEN, first, length)

    def _of_length(self, field: str, first: str, length: int) -> Sequence[str]:
        if (field, first) not in self._spelt:
            by_length: dict[int, list[str]] = {}
            for term, _ in self._searcher.terms_with_prefix(field, first):
                if term.isalpha():
                    by_length.setdefault(len(term), []).append(term)
            self._spelt[field, first] = by_length
        return self._spelt[field, first].get(length, ())

    def terms(self, text: str) -> list[str]:
        """The terms of a text, as indexed, in order, repeats included."""
        return stems(text)

    def _both_ways(self, long_forms: Mapping[str, str]) -> dict[tuple[str, ...], tuple[str, ...]]:
        forms: dict[tuple[str, ...], tuple[str, ...]] = {}
        for acronym, long_form in long_forms.items():
            short, long = tuple(self.terms(acronym)), tuple(self.terms(long_form))
            if short and long and short != long:
                forms[short] = long
                forms.setdefault(long, short)
        return forms

    def _terms(self, question: str) -> list[str]:
        return list(dict.fromkeys(self.terms(question)))

    def _query(self, terms: Sequence[str]) -> Query:
        schema = self._index.schema
        return Query.boolean_query(
            [
                (Occur.Should, Query.term_query(schema, "text", term, index_option="freq"))
                for term in terms
            ]
        )


def _write(index: tantivy.Index, rows: Iterable[tuple[int, str, str, str]]) -> Iterator[str]:
    """Index the rows, and yield the title and text of each, from which acronyms are learned."""
    index.register_tokenizer(_ANALYZER, analyzer())
    index.register_tokenizer(_WRITTEN, plain_analyzer())
    writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
    for number, title, section, text in rows:
        document = tantivy.Document()
        document.add_unsigned("number", number)
        whole = folded(f"{title}\n{section}\n{text}")
        document.add_text("text", whole)
        if glossary := foreign(text):
            # A field's texts lie far apart, so no phrase runs from one into the next.
            document.add_text("text", folded(glossary.translated(f"{title}\n{section}\n{text}")))
        document.add_text(_WRITTEN, whole)
        writer.add_document(document)
        yield f"{title}\n{text}"
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def _kept_acronyms(folder: Path) -> dict[str, str]:
    """The acronyms that `_learn_acronyms` kept in the folder of an index, with their long forms."""
    found: dict[str, str] = json.loads((folder / _ACRONYMS).read_text(encoding="utf-8"))
    return found


def _learn_acronyms(texts: Iterable[str], known: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The acronyms that are known and those that the texts explain, with their long forms; these
    are kept in the folder.
    """
    long_forms = acronyms.learn(texts, known)
    part = folder / f"{_ACRONYMS}.part"  # the file that is there may be a link to an older view's
    part.write_text(json.dumps(long_forms), encoding="utf-8")
    part.replace(folder / _ACRONYMS)
    return long_forms


def _opened(folder: Path) -> tantivy.Index:
    """Open an index. Tantivy writes a lock beside what it opens, even to read it. Where this user
    may not write, it is given links to the files in a folder of its own, which it needs no longer
    once the index is open.
    """
    if os.access(folder, os.W_OK):
        return tantivy.Index.open(str(folder))
    with tempfile.TemporaryDirectory(prefix="waymark-") as beside:
        for path in (path for path in folder.iterdir() if path.suffix != ".lock"):
            (Path(beside) / path.name).symlink_to(path)
        return tantivy.Index.open(beside)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    # One field: headings in a field of their own, at any weight tried, lost .02 to .05 of nDCG@10
    # on a set of short rule texts with titles (.748 against .800), and gained nowhere.
    builder.add_text_field("text", tokenizer_name=_ANALYZER, index_option="position")
    # For misspelt words alone: an ending that is misspelt is not cut, so "twinnig" is three edits
    # from the stem "twin" and one from the word. No question is matched against it.
    builder.add_text_field(_WRITTEN, tokenizer_name=_WRITTEN, index_option="basic")
    return builder.build()
