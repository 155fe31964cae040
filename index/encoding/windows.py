"""Windows of one or two sentences: the second, finer grain at which a passage is compared.

The mean of a passage's cosine and its best window's ranked better than either alone on every set
it was tried on (MRR@10 .862 against .832 on questions over five reports; see `search/measured.md`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from index.rows.records import Spans
from ingest.prose.sentences import spans as sentence_spans
from ingest.records import BlockKind

Sentence = tuple[int, int]
"""Offsets in a passage's text, from and to."""

_ROW = re.compile(r"[^;:.]{1,80}: .*; [^;:.]{1,80}: ")
"""A table row, written with its column names."""

_BETWEEN_CELLS = "; "
"""What stands between two cells of a row (`ingest.formats.rows`)."""

_NOTE = re.compile(r"\d{1,3} ")
"""The number with which a footnote begins."""

_STOPS = ".!?…:;"

_ENDS = (".", "!", "?", "”", '"')
"""What a paragraph ends with; behind a colon the next one still belongs to it."""

_SHORTEST_PARAGRAPH = 8
"""Words of a paragraph at least: shorter lines are mostly headings and items of lists, which say
little alone."""

_LONGEST_LABEL = 3
"""Words of a label at most; list marks and numbers do not count."""


def window_spans(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Spans:
    """Windows of a passage as int32 (n, 2) offsets: each sentence with the next one.

    A passage of one sentence has one window; a text without words has none. A table row is a
    window of its own, and a caption before it has none: alone it answers nothing. In a passage of
    kind table each line of several cells is a row ("NEA; National Employment Agency"), in any other
    text one that is written with its column names. A paragraph, a footnote or a labelled line
    ("Cost. It fell.") has no window in common with the line before.

    With windows over two rows MRR@10 was .827 in place of .835 on officers' questions and .630 in
    place of .635 on public reports, and rows were quoted in pairs. Captions, labels and paragraphs
    move ranks little; they make better quotes (`search/measured.md`).
    """
    windows = [window for stretch in _stretches(text, kind) for window in _pairs(stretch)]
    return np.array(windows, dtype=np.int32).reshape(-1, 2)


def _pairs(sentences: list[Sentence]) -> Iterator[Sentence]:
    if len(sentences) == 1:
        yield sentences[0]
    for (start, _), (_, end) in pairwise(sentences):
        yield start, end


def _stretches(text: str, kind: BlockKind) -> Iterator[list[Sentence]]:
    """Runs of sentences in which each may share a window with the next; a table row counts as one
    sentence.
    """
    stretch: list[Sentence] = []
    offset = 0
    for line in text.split("\n"):
        found = [(offset + start, offset + end) for start, end in sentence_spans(line)]
        row = _is_row(line, kind)
        if row and _is_caption(text, stretch):
            stretch = []
        if row or _NOTE.match(line) or _begins_anew(text, stretch, found):
            yield stretch
            stretch = []
        if row:
            yield [_span(found)]
        else:
            stretch += found
        offset += len(line) + 1
    yield stretch


def _is_row(line: str, kind: BlockKind) -> bool:
    if kind is BlockKind.TABLE:
        return _BETWEEN_CELLS in line
    return _ROW.match(line) is not None


def _is_caption(text: str, before: list[Sentence]) -> bool:
    """Whether all that stands before a row is one line without a stop at its end, of two sentences
    at most: the first of two may be the table's number.
    """
    return (
        0 < len(before) <= 2
        and "\n" not in text[before[0][0] : before[-1][1]]
        and not _stopped(text, before)
    )


def _begins_anew(text: str, before: list[Sentence], line: list[Sentence]) -> bool:
    """Whether a line is a paragraph behind another, or opens with a label behind a stop."""
    if not before or not line:
        return False
    last_line = text[: before[-1][1]].rpartition("\n")[2]
    if last_line.endswith(_ENDS) and _is_long(last_line) and _is_long(text[slice(*_span(line))]):
        return True
    return _stopped(text, before) and _is_labelled(text, line)


def _is_long(line: str) -> bool:
    return len(line.split()) >= _SHORTEST_PARAGRAPH


def _span(sentences: list[Sentence]) -> Sentence:
    return sentences[0][0], sentences[-1][1]


def _is_labelled(text: str, line: list[Sentence]) -> bool:
    """Whether a line has more than one sentence, and the first is a label."""
    if len(line) < 2:
        return False
    words = text[slice(*line[0])].split()
    return sum(any(map(str.isalpha, word)) for word in words) <= _LONGEST_LABEL


def _stopped(text: str, before: list[Sentence]) -> bool:
    """Whether what came before ends with a stop. Where it does not, the next line may be the rest
    of a sentence that was broken.
    """
    return bool(before) and text[before[-1][1] - 1] in _STOPS
