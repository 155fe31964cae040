"""One score for a candidate, out of its closeness in meaning and the words it shares.

Scores are fused, not ranks, and each part lies between 0 and 1 by itself. So a score means the same
for every question. The weights and factors were chosen on the tuning halves of four sets together;
`search/measured.md` has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.records import BlockKind
from search.records import Candidate

WHOLE, WINDOW = 1.0, 0.5
"""Weights of the cosines of the whole passage and of its best window."""

COVERAGE, WINDOW_COVERAGE, PAIRS = 0.5, 0.2, 0.2
"""Weights of the question's words in the passage with its headings, in its best window, and of
its neighbouring words that are neighbours in the passage."""

JUNK = 0.7
"""Factor on the score of a passage without substance: contents, references, boilerplate."""

FOOTNOTE = 0.95
"""Factor on the score of a footnote, which names what the page says more often than it answers."""

CITING = 0.85
"""Factor on the score of a footnote that only names sources."""

AMOUNT = 0.93
"""Factor on the score where the question asks for an amount and the quote has none."""

ASKING = 0.9
"""Factor on the score where half of the quote or more are questions."""

NAMELESS = 0.97
"""Factor on the score where the question asks for somebody and the quote names nobody."""

HEADED = 0.6
"""Of what its score lacks of 1, the share that a passage gains whose heading is all that is asked
for."""

KINDS: Mapping[BlockKind, float] = {
    **{kind: JUNK for kind in BlockKind if not kind.substance},
    BlockKind.FOOTNOTE: FOOTNOTE,
}
"""Factor on the score by kind of block; 1 for the others."""

_TOTAL = WHOLE + WINDOW + COVERAGE + WINDOW_COVERAGE + PAIRS


def score(candidate: Candidate) -> float:
    """The score of a candidate, 0 to 1, higher is better.

    Where the question quotes a phrase, candidates that hold it as it is written lie in the upper
    quarter of the scale, those that hold another form of it in the quarter below, and all others in
    the lower half.
    """
    apart = score_without_phrases(candidate)
    if candidate.quoted is None:
        return apart
    return 0.5 + (apart + candidate.as_written) / 4 if candidate.quoted else apart / 2


def score_without_phrases(candidate: Candidate) -> float:
    """The score of a candidate, 0 to 1, whether or not it holds what the question quotes.

    It is the weighted mean of the cosines and of the shares of words, with cosines below 0 taken as
    0. Some candidates keep only a part of that: some kinds of block (`KINDS`), footnotes that only
    name sources, and those whose quote asks or lacks the amount or the person asked for. A heading
    that the question asks for by name makes up for a part of what is lacking to 1.
    """
    mean = (
        WHOLE * max(0.0, candidate.closeness)
        + WINDOW * max(0.0, candidate.window_closeness)
        + COVERAGE * candidate.coverage
        + WINDOW_COVERAGE * candidate.window_coverage
        + PAIRS * candidate.pair_coverage
    ) / _TOTAL
    of_quote = (AMOUNT if candidate.lacking else 1.0) * (ASKING if candidate.asking else 1.0)
    of_quote *= NAMELESS if candidate.nameless else 1.0
    of_kind = CITING if candidate.citing else KINDS.get(candidate.kind, 1.0)
    kept = of_quote * of_kind * mean
    return kept + HEADED * candidate.headed * (1 - kept)


def ranked(candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Candidates with their scores, best first; equal scores in the order of the library."""
    scored = [(candidate, score(candidate)) for candidate in candidates]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].number))
