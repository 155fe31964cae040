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
from search.ranking.source_notes import in_quote, in_short
from search.ranking.strength import NONE_STANDS_OUT, none_stands_out, strengths_of
from search.records import Answer, Result

_INDENT = "   "


def lines(
    answer: Answer, taxonomy: Taxonomy, k: int | None = None, width: int = 90
) -> Iterator[str]:
    """The answer in lines of at most `width` characters, without colours.

    k: results written; all of them when left out. How good a match the first is called hangs on the
    second, written or not. What has the same text or quote is written once.
    """
    yield from _reading(answer, width)
    if not answer.results:
        yield "Nothing found. Try other words, or fewer filters."
        return
    if not answer.answered:
        yield "Nothing in this library seems to answer that. The nearest passages:"
        yield ""
    elif none_stands_out(answer):
        yield from (*textwrap.wrap(NONE_STANDS_OUT, width), "")
    groups = zip(distinct(answer.results), strengths_of(answer), strict=True)
    for (result, *copies), strength in list(groups)[:k]:
        yield from _result(result, strength, taxonomy, width)
        for copy in copies:
            yield from _wrapped(f"also in {_place(copy)}  {copy.stored.passage_id}", width)
        yield ""


def _reading(answer: Answer, width: int) -> Iterator[str]:
    """How the question was read."""
    if answer.bare:
        yield from textwrap.wrap(f"Read as “{answer.bare}”.", width)
    if answer.shut_out:
        shut_out = ", ".join(f"“{word}”" for word in answer.shut_out)
        yield from textwrap.wrap(f"Not searched for: {shut_out}.", width)
    if answer.in_english:
        read = f"Read as {language_name(answer.language)}, word by word in English"
        yield from textwrap.wrap(f"{read}: “{answer.in_english}”.", width)
    for word, other in answer.read_as:
        yield f"“{word}” is read as “{other}”."
    for short, long in answer.long_forms:
        yield from textwrap.wrap(f"{short}: {long}.", width)
    if answer.absent:
        *names, last = (f"“{name}”" for name in answer.absent)
        absent = f"{', '.join(names)} or {last}" if names else last
        yield from textwrap.wrap(f"No passage has {absent}.", width)


def _place(result: Result) -> str:
    meta = result.document.metadata
    year = f" ({meta.year})" if meta.year else ""
    passage = result.stored.passage
    part = ", footnote" if passage.kind is BlockKind.FOOTNOTE else ""
    other = meta.language not in ("", "en")
    tongue = f", in {language_name(meta.language)}" if other else ""
    return (
        f"{short_title(meta.title)}{year}, {cite.pages(result.stored, result.quote)}{part}{tongue}"
    )


def _result(result: Result, strength: str, taxonomy: Taxonomy, width: int) -> Iterator[str]:
    document, passage = result.document, result.stored.passage
    head = f"{result.rank}. {_place(result)}  [{result.score:.2f}, {strength}]"
    yield from textwrap.wrap(head, width, subsequent_indent=_INDENT)
    if passage.section:
        yield from _wrapped(passage.section_path, width)
    quote = result.quote.words(passage).replace("\n", " ")
    yield from _wrapped(f"“{quote}”", width)
    for note in in_quote(result.notes, result.quote):
        yield from _wrapped(
            f"Footnote {note.label}, p. {note.page}: {in_short(note)}  {note.passage_id}", width
        )
    for facet in taxonomy.facets:
        tags = tags_as_dicts(result.stored.tags, facet)
        if tags:
            said = ", ".join(f"{tag['label']} {tag['probability']:.2f}" for tag in tags)
            yield from _wrapped(f"{facet.title.lower()}: {said}", width)
    yield f"{_INDENT}{result.stored.passage_id}  {document.file_name}"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=_INDENT, subsequent_indent=_INDENT)
