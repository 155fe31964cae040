"""All candidates at once give what a plain loop over texts gives, part by part."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from index.derived.filters import Filters
from index.derived.views import Views
from index.library import Library
from index.rows.catalog import Catalog
from index.rows.tag_rows import windows_of
from search.find import candidates
from search.question.function_words import FUNCTION_TERMS
from search.question.reading import Reading, read
from search.ranking import coverage, fuse
from search.ranking.abstain import size_factor
from search.ranking.compare import ORDINARY, SPREAD, USUAL, z_scores
from search.records import Candidate


def plainly(
    catalog: Catalog, views: Views, reading: Reading, vector: np.ndarray
) -> list[Candidate]:
    """Every passage of the library, its texts cut into terms one by one."""
    numbers = [number for number, *_ in catalog.all_texts()]
    stored = catalog.passages(numbers)
    documents = catalog.documents_by_id({item.document_id for item in stored.values()})
    vectors = dict(catalog.all_vectors())
    asked = views.words.terms(reading.text)
    rarity = {
        term: value * (coverage.FUNCTION if term in FUNCTION_TERMS else 1)
        for term, value in views.words.rarity(reading.text).items()
    }
    names = {term: rarity[term] for term in rarity if term in reading.names}
    bm25 = dict(
        zip(*(found.tolist() for found in views.words.match(reading.text, 100)), strict=True)
    )
    pairs = {pair: rarity[pair[0]] + rarity[pair[1]] for pair in pairwise(asked)}
    found = []
    for number in numbers:
        passage = stored[number].passage
        windows = windows_of(catalog.connection, number, len(vector), "")
        title = documents[stored[number].document_id].metadata.title
        terms = views.words.terms(passage.text)
        headings = views.words.terms(" ".join([title, *passage.section]))
        cosines = [float(row.astype(np.float32) @ vector) for row in windows.vectors]
        shares = [
            nearly(rarity, reading.near, views.words.terms(passage.text[start:end]))
            for start, end in windows.spans
        ]
        sums = [
            fuse.WINDOW * cosine + fuse.WINDOW_COVERAGE * part
            for cosine, part in zip(cosines, shares, strict=True)
        ]
        found.append(
            Candidate(
                number,
                float(vectors[number] @ vector),
                max(cosines),
                nearly(rarity, reading.near, [*terms, *headings]),
                max(shares),
                share(pairs, list(pairwise(terms))),
                *windows.spans[sums.index(max(sums))].tolist(),
                bm25.get(number, 0.0) * size_factor(len(numbers)),
                share(names, [*terms, *headings]) if names else 1.0,
            )
        )
    return found


def share(weights: dict, held: Sequence) -> float:
    total = sum(weights.values())
    return sum(weights[term] for term in weights if term in held) / total if total else 0.0


def nearly(weights: dict, near: dict, held: Sequence) -> float:
    """The share held; of a term that is lacking, what the best that stands for it counts for."""
    found = 0.0
    for term, weight in weights.items():
        parts = [part for others, part in near.get(term, {}).items() if {*others} <= {*held}]
        found += weight * (1.0 if term in held else max(parts, default=0.0))
    total = sum(weights.values())
    return found / total if total else 0.0


@pytest.mark.parametrize(
    "question",
    [
        "how do we win over ministers who fear a backlash among voters?",
        "The mentors came back every quarter",
        "Borland ferry fewer passengers ferry fewer",
        "twinning",
        "Did politicians worry about apartments and travellers?",
        "Did new staff show up and speak up, and did their visits go wrong?",
        "zebra",
        "Did Borland buy 4 ferries in 1998?",
        "?!",
    ],
)
def test_the_same_as_a_plain_loop(library: Library, question: str) -> None:
    views = library.views()
    reading = read(views.words, question, library.encoder.count_tokens)
    vector = library.encoder.encode([reading.text])[0]
    with library.catalog() as catalog:
        got = candidates(catalog, views, reading, vector, Filters())
        wanted = plainly(catalog, views, reading, vector)
    assert [c.number for c in got] == [c.number for c in wanted]
    for one, other in zip(got, wanted, strict=True):
        assert (one.start, one.end) == (other.start, other.end)
        assert one.coverage == pytest.approx(other.coverage, abs=1e-12)
        assert one.window_coverage == pytest.approx(other.window_coverage, abs=1e-12)
        assert one.bm25 == pytest.approx(other.bm25, abs=1e-12)
        assert one.names == pytest.approx(other.names, abs=1e-12)
        assert one.pair_coverage == pytest.approx(other.pair_coverage, abs=1e-12)
        # float32 products: their last digit depends on how many rows are multiplied at once
        assert one.closeness == pytest.approx(other.closeness, abs=1e-6)
        assert one.window_closeness == pytest.approx(other.window_closeness, abs=1e-6)
    assert [c.number for c, _ in fuse.ranked(got)] == [c.number for c, _ in fuse.ranked(wanted)]


def test_what_stands_out_by_hand() -> None:
    closest = np.array([0.6, 0.2, 0.1, 0.1])
    # beside 20 of .2: mean (1.0 + 4.0) / 24, squares around it and 20 of .085 ** 2
    mean = 5.0 / 24
    squares = sum((value - mean) ** 2 for value in closest) + 20 * (0.085**2 + (0.2 - mean) ** 2)
    assert (ORDINARY, USUAL, SPREAD) == (20, 0.2, 0.085)
    assert z_scores(closest).tolist() == pytest.approx(
        [(value - mean) / (squares / 24) ** 0.5 for value in closest]
    )


def test_one_near_passage_alone_stands_out_and_a_far_one_does_not() -> None:
    assert z_scores(np.array([0.6]))[0] > 2
    assert z_scores(np.array([0.1]))[0] < 0


def test_where_all_is_near_nothing_stands_out() -> None:
    assert z_scores(np.full(200, 0.5)).max() < 0.5 < z_scores(np.array([0.5, *[0.2] * 199])).max()
