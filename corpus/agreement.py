"""How far two annotators agree, label by label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.labelled import Labelling


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """Agreement on one label over the passages that both annotators read.

    passages: how many both read. first, second, both: to how many of them the first annotator, the
    second, and both gave the label. kappa: as `cohens_kappa`; at most 1, and 0 is chance.
    """

    label: str
    passages: int
    first: int
    second: int
    both: int
    kappa: float


def agreements(first: Labelling, second: Labelling, labels: Sequence[str]) -> list[LabelAgreement]:
    """Agreement on each label, over the passages found in both labellings."""
    shared = [name for name in first if name in second]
    return [_agreement(first, second, shared, label) for label in labels]


def cohens_kappa(passages: int, first: int, second: int, both: int) -> float:
    """Cohen's kappa of two annotators who each said yes or no to every passage.

    kappa = (p_o - p_e) / (1 - p_e)

    where p_o is the share of passages on which they said the same, and p_e the share on which
    they would by chance, each keeping to how often they said yes. J. Cohen, "A coefficient of
    agreement for nominal scales", Educational and Psychological Measurement 20 (1960). 1.0 when
    p_e is 1, as then both always said the same. Raises ValueError without passages.
    """
    if passages < 1:
        raise ValueError("kappa of no passages is not defined")
    observed = (passages - first - second + 2 * both) / passages
    yes = first * second / passages**2
    no = (passages - first) * (passages - second) / passages**2
    expected = yes + no
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def _agreement(
    first: Labelling, second: Labelling, names: Sequence[str], label: str
) -> LabelAgreement:
    one = sum(label in first[name] for name in names)
    other = sum(label in second[name] for name in names)
    both = sum(label in first[name] and label in second[name] for name in names)
    kappa = cohens_kappa(len(names), one, other, both)
    return LabelAgreement(label, len(names), one, other, both, kappa)
