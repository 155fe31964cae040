"""One score out of closeness in meaning and shared words.

Scores are fused, not ranks, and each part lies between 0 and 1 by itself, so that a score means
the same for every question. The weights were chosen on the tuning halves of four sets together;
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
"""How much of what its score lacks of 1 a passage gains whose heading is all that is asked for."""

KINDS: Mapping[BlockKind, float] = {
    **{kind: JUNK for kind in BlockKind if not kind.substance},
    BlockKind.FOOTNOTE: FOOTNOTE,
}
"""Factor on the score by kind of block; 1 for the others."""

_TOTAL = WHOLE + WINDOW + COVERAGE + WINDOW_COVERAGE + PAIRS


def score(candidate: Candidate) -> float:
    """The weighted mean of a candidate's parts, 0 to 1; cosines below 0 count as 0.

    Some kinds of block have only a share of that, see `KINDS`, and so have footnotes that only name
    sources, passages that lack the amount or the name asked for, and those whose quote asks. Where
    the question quotes something, those that hold it as it is written lie in the upper quarter of
    the scale, those that hold another form of it in the next, the others in the lower half.
    """
    plain = weighed(candidate)
    if candidate.quoted is None:
        return plain
    return 0.5 + (plain + candidate.as_written) / 4 if candidate.quoted else plain / 2


def weighed(candidate: Candidate) -> float:
    """The score of a candidate whatever the question quotes."""
    mean = (
        WHOLE * max(0.0, candidate.closeness)
        + WINDOW * max(0.0, candidate.window_closeness)
        + COVERAGE * candidate.coverage
        + WINDOW_COVERAGE * candidate.window_coverage
        + PAIRS * candidate.pair_coverage
    ) / _TOTAL
    factor = (AMOUNT if candidate.lacking else 1.0) * (ASKING if candidate.asking else 1.0)
    factor *= NAMELESS if candidate.nameless else 1.0
    kind = CITING if candidate.citing else KINDS.get(candidate.kind, 1.0)
    plain = factor * kind * mean
    return plain + HEADED * candidate.headed * (1 - plain)


def ranked(candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Candidates with their scores, best first; equal scores in the order of the library."""
    scored = [(candidate, score(candidate)) for candidate in candidates]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].number))
