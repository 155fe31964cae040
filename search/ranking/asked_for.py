"""Passages that a question asks for by name: those under "Article 17", those that say what a word
means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from index.derived.vectors import Numbers
from index.derived.words import WordIndex
from index.rows.catalog import Catalog
from ingest.records import BlockKind
from search.question.definitions import defining
from search.question.function_words import FUNCTION_TERMS
from search.question.provisions import REPORT_TERMS, first_sentences, under_headings
from search.question.reading import Reading
from search.ranking.coverage import QuestionTerms
from search.records import AskedFor, Candidate

_LISTED = 1000
"""Passages with what a question asks the meaning of that are looked through for tables: BM25 puts
a long list of abbreviations behind most others."""

_MOSTLY = 0.5
"""Share of a question that names a line, from which that line is quoted: of "table 2 in Ethiopia"
the row is."""


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
        number: AskedFor(asked, first_sentences(passages[number].passage.text, start))
        for number, start in defining(words, meant, passages).items()
    }
    under = under_headings(words, reading.provisions, passages)
    titles = _title_terms(catalog, words, {passages[number].document_id for number in under})
    return said | {
        number: replace(one, document_terms=titles[passages[number].document_id])
        for number, one in under.items()
    }


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
    own = sum(rarity for term, rarity in asked.rarity.items() if term in by.terms)
    aside = by.terms | by.document_terms | FUNCTION_TERMS
    rest = sum(rarity for term, rarity in asked.rarity.items() if term not in aside)
    share = own / (own + rest) if own else 0.0
    start, end = item.start, item.end
    if by.line and share > _MOSTLY and by.line[0] != start:
        start, end = by.line
    return replace(item, headed=share, start=start, end=end)
