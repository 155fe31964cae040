"""Passages that a question asks for by name: those under "Article 17", and the rows of a glossary
and the sentences that say what a word means.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from index.derived.vectors import Numbers
from index.derived.words import WordIndex
from index.languages.gloss import foreign
from index.languages.glossary import Glossary
from index.rows.catalog import Catalog
from index.rows.records import StoredPassage
from ingest.prose.sentences import spans
from ingest.records import BlockKind
from search.question.function_words import FUNCTION_TERMS
from search.question.provisions import REPORT_TERMS, Provision, in_full
from search.question.reading import Reading
from search.ranking.coverage import QuestionTerms
from search.records import Candidate

_LISTED = 1000
"""Passages with what a question asks the meaning of that are looked through for tables: BM25 puts
a long list of abbreviations behind most others."""

_MOSTLY = 0.5
"""Share of a question that names a line, from which that line is quoted: of "table 2 in Ethiopia"
the row is."""

_CAPTION = re.compile(r"^\w+ [\dIVXLC]+[a-z]?(?=[:.] | [–—|] )", re.MULTILINE)
"""A label with its number that opens a line: "Table 2: …", "Finding 8. …"."""

_ROW = re.compile(r"^([^;:\n]{2,60}); (?![^;:\n]*: )", re.MULTILINE)
"""A row of a table without names of columns; the group is its first cell."""

_GLOSSARY = re.compile(
    r"\b(?:abbreviations?|acronyms?|definitions?|glossary|key terms|terminology|abréviations?"
    r"|sigles|acronymes|définitions?|glossaire|abkürzung\w*|glossar|begriffs?\w*)\b",
    re.IGNORECASE,
)
"""What the heading of a glossary has. Rows of other tables, as of a project's sheet or a list of
questions, may begin with what is asked for too, and define nothing."""

_MEANS = re.compile(r"^(?:\(\w+\) ?)?[‘“'\"]([^’”'\"\n]{2,60})[’”'\"] means\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """How a question asks for a passage by name, as by "Article 17".

    terms: those of the question that are the name.
    line: the line of the passage that opens with the name, as offsets in its text; None where a
        heading has the name.
    document_terms: terms by which a question may name the passage's document beside that.
    """

    terms: frozenset[str]
    line: tuple[int, int] | None = None
    document_terms: frozenset[str] = frozenset()


def asked_for(
    catalog: Catalog, words: WordIndex, reading: Reading, wanted: Numbers | None, depth: int
) -> dict[int, AskedFor]:
    """The passages under a heading that begins with what the question names by a number, and those
    that say what it asks the meaning of; by number, each with the terms of the question that name
    it.

    wanted: the passages that pass the filters, None for all of them. depth: passages compared of
        those that hold one name.
    """
    forms = {form.asked: form.other for form in reading.forms}
    meant = [form for form in (reading.meant, forms.get(reading.meant)) if form]
    provisions = [form for one in reading.provisions for form in (one, forms.get(one)) if form]
    holding = [words.holding(provision, depth, wanted) for provision in provisions]
    listed = [words.holding(name, _LISTED, wanted) for name in meant]
    holding += [found[:depth] for found in listed]
    tables = catalog.of_kind(BlockKind.TABLE, sorted(_union(listed)))
    passages = catalog.passages(sorted({*_union(holding), *tables}))
    # The whole question asks for it: with "what is" left over, what says it came behind the rest.
    asked = frozenset(words.terms(reading.text))
    said = {
        number: AskedFor(asked, _first_sentences(passages[number].passage.text, start))
        for number, start in _defining(words, meant, passages).items()
    }
    under = _under_headings(words, reading.provisions, passages)
    titles = _title_terms(catalog, words, {passages[number].document_id for number in under})
    return said | {
        number: replace(one, document_terms=titles[passages[number].document_id])
        for number, one in under.items()
    }


def _defining(
    words: WordIndex, names: Collection[tuple[str, ...]], passages: Mapping[int, StoredPassage]
) -> dict[int, int]:
    """The passages, by number, that say what one of the names means, each with the offset of the
    first row or line that does: a row of a glossary that begins with the name, or a line as "(b)
    ‘X’ means …".

    names: as terms. passages: to look through, by number.
    """
    found = {}
    for number, stored in passages.items():
        passage = stored.passage
        listed = passage.kind is BlockKind.TABLE and any(map(_GLOSSARY.search, passage.section))
        rows = _ROW.finditer(passage.text) if listed else ()
        said = (*rows, *_MEANS.finditer(passage.text))
        lines = [one.start() for one in said if tuple(words.terms(one[1])) in names]
        if lines:
            found[number] = lines[0]
    return found


def _under_headings(
    words: WordIndex, provisions: Sequence[Provision], passages: Mapping[int, StoredPassage]
) -> dict[int, AskedFor]:
    """The passages, by number, with a heading that begins with one of the provisions, or with a
    line that does so as a caption ("Table 2: …"); each with the terms of these provisions, and with
    the first two sentences of that line.

    A heading may say "Art." for "Article", and "Artikel" in a passage in another language. Lines of
    passages without substance, such as a list of tables, are no captions.

    passages: to look through, by number.
    """
    found: dict[int, AskedFor] = {}
    for number, stored in passages.items():
        passage = stored.passage
        captions = [*_CAPTION.finditer(passage.text)] if passage.kind.substance else []
        glossary = foreign(passage.text) if captions or passage.section else None
        # From the last to the first, which counts where two lines have one label.
        starts = {_label(words, one[0], glossary): one.start() for one in reversed(captions)}
        headings = {_label(words, heading, glossary) for heading in passage.section}
        if asked := [one for one in provisions if one in headings or one in starts]:
            start = next((starts[one] for one in asked if one in starts), None)
            line = None if start is None else _first_sentences(passage.text, start)
            found[number] = AskedFor(frozenset(chain.from_iterable(asked)), line)
    return found


def _label(words: WordIndex, line: str, glossary: Glossary | None) -> tuple[str, ...]:
    """The first two terms of a line, in English where there is a glossary for it."""
    read = in_full(line)
    return tuple(words.terms(glossary.gloss(read) if glossary else read)[:2])


def _first_sentences(text: str, start: int) -> tuple[int, int]:
    """The first two sentences of the line that begins at an offset, as offsets in the text."""
    *_, (_, end) = spans(text[start:].partition("\n")[0])[:2]
    return start, start + end


def _title_terms(
    catalog: Catalog, words: WordIndex, documents: set[str]
) -> dict[str, frozenset[str]]:
    """The terms by which a question may name each document: those of its title and of the name of
    its file, and what reports are called.
    """
    return {
        name: REPORT_TERMS.union(
            words.terms(f"{one.metadata.title} {one.file_name.replace('_', ' ')}")
        )
        for name, one in catalog.documents_by_id(documents).items()
    }


def _union(found: Iterable[Numbers]) -> set[int]:
    return {number for numbers in found for number in numbers.tolist()}


def with_asked_for(
    by_name: Mapping[int, AskedFor], asked: QuestionTerms, found: list[Candidate]
) -> list[Candidate]:
    """The candidates, with `headed` for those that the question asks for by name.

    `headed` is the share of the question's words, weighted by rarity, that are the name; words that
    name the report, or have no meaning of their own, are no part of the question then. Where the
    name is most of the question and opens a line, that line becomes the quote.

    by_name: as `asked_for` returns it.
    """
    return [
        _headed(item, by_name[item.number], asked) if item.number in by_name else item
        for item in found
    ]


def _headed(item: Candidate, by: AskedFor, asked: QuestionTerms) -> Candidate:
    """One candidate of `with_asked_for`. by: how the question asks for it."""
    own = sum(rarity for term, rarity in asked.rarity.items() if term in by.terms)
    aside = by.terms | by.document_terms | FUNCTION_TERMS
    rest = sum(rarity for term, rarity in asked.rarity.items() if term not in aside)
    share = own / (own + rest) if own else 0.0
    start, end = item.start, item.end
    if by.line and share > _MOSTLY and by.line[0] != start:
        start, end = by.line
    return replace(item, headed=share, start=start, end=end)
