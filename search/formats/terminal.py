"""An answer as it is read on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from corpus.taxonomy import Taxonomy
from index.tagging.tag_dicts import tags_as_dicts
from ingest.language_names import language_name
from ingest.records import BlockKind
from search.formats import cite
from search.formats.titles import short_title
from search.ranking.distinct import distinct
from search.ranking.source_notes import in_quote, in_short, named
from search.ranking.strength import NONE_STANDS_OUT, none_stands_out, strengths_of
from search.records import Answer, Result

_INDENT = "   "
_WIDTH = 90
"""Characters of a line at most."""


def lines(answer: Answer, taxonomy: Taxonomy, k: int | None = None) -> Iterator[str]:
    """The answer in lines of at most 90 characters, without colours.

    k: how many results to write; all of them when left out. Give more results than that: how good a
    match the first one is called depends on the next one with another text, and results with the
    same text or quote are written once.
    """
    yield from _reading(answer)
    if not answer.results:
        yield "Nothing found. Try other words, or fewer filters."
        return
    if not answer.answered:
        yield "Nothing in this library seems to answer that. The nearest passages:"
        yield ""
    elif none_stands_out(answer):
        yield from (*textwrap.wrap(NONE_STANDS_OUT, _WIDTH), "")
    groups = zip(distinct(answer.results), strengths_of(answer), strict=True)
    for (result, *copies), strength in list(groups)[:k]:
        yield from _result(result, strength, taxonomy)
        for copy in copies:
            yield from _wrapped(f"also in {_place(copy)}  {copy.stored.passage_id}")
        yield ""


def _reading(answer: Answer) -> Iterator[str]:
    """How the question was read."""
    if answer.bare:
        yield from textwrap.wrap(f"Read as “{answer.bare}”.", _WIDTH)
    if answer.shut_out:
        shut_out = ", ".join(f"“{word}”" for word in answer.shut_out)
        yield from textwrap.wrap(f"Not searched for: {shut_out}.", _WIDTH)
    if answer.in_english:
        read = f"Read as {language_name(answer.language)}, word by word in English"
        yield from textwrap.wrap(f"{read}: “{answer.in_english}”.", _WIDTH)
    for word, other in answer.read_as:
        yield f"“{word}” is read as “{other}”."
    for short, long in answer.long_forms:
        yield from textwrap.wrap(f"{short}: {long}.", _WIDTH)
    if answer.absent:
        *names, last = (f"“{name}”" for name in answer.absent)
        absent = f"{', '.join(names)} or {last}" if names else last
        yield from textwrap.wrap(f"No passage has {absent}.", _WIDTH)


def _place(result: Result) -> str:
    meta = result.document.metadata
    year = f" ({meta.year})" if meta.year else ""
    passage = result.stored.passage
    part = ", footnote" if passage.kind is BlockKind.FOOTNOTE else ""
    other = meta.language not in ("", "en")
    tongue = f", in {language_name(meta.language)}" if other else ""
    where = cite.in_document(result.document, result.stored, result.quote)
    return f"{short_title(meta.title)}{year}, {where}{part}{tongue}"


def _result(result: Result, strength: str, taxonomy: Taxonomy) -> Iterator[str]:
    document, passage = result.document, result.stored.passage
    head = f"{result.rank}. {_place(result)}  [{result.score:.2f}, {strength}]"
    yield from textwrap.wrap(head, _WIDTH, subsequent_indent=_INDENT)
    if passage.section:
        yield from _wrapped(passage.section_path)
    quote = result.quote.words(passage).replace("\n", " ")
    yield from _wrapped(f"“{quote}”")
    for note in in_quote(result.notes, result.quote):
        name = named(note, result.document)
        yield from _wrapped(f"{name}: {in_short(note)}  {note.passage_id}")
    for facet in taxonomy.facets:
        tags = tags_as_dicts(result.stored.tags, facet)
        if tags:
            said = ", ".join(f"{tag['label']} {tag['probability']:.2f}" for tag in tags)
            yield from _wrapped(f"{facet.title.lower()}: {said}")
    yield f"{_INDENT}{result.stored.passage_id}  {document.file_name}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
