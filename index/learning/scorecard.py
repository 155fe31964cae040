"""How good each label is, kept beside the heads: figures on passages they never saw.

The shipped card holds no date and is the same at each run on the same passages, so that a change
of it is a change of the tagger. The card of a library's own tagger says besides from how many
decisions it learned, and when.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus import labelled
from corpus.agreement import LabelAgreement, agreements
from corpus.labelled import LabelledPassage
from corpus.taxonomy import Facet, Taxonomy
from index.encoding.encoder import FloatMatrix
from index.learning import measure
from index.learning.examples import Examples
from index.learning.measure import Measured, Truth
from index.library import Library
from index.tagging.tagger import Heads, TaggerError
from index.tagging.teachable import no_tagger

FILE = "scorecard.json"

Card = dict[str, Any]
"""A card as JSON has it: what pages, the command and `make` read and write."""

_DIGITS = 4
"""Of each figure that is kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What heads said of examples, and what is so; what nobody knows counts as not said.

    labels: ids, in the order of the columns below.
    probabilities: float32 (n, labels), in [0, 1]. truth, given: bool (n, labels).
    """

    labels: tuple[str, ...]
    probabilities: FloatMatrix
    truth: Truth
    given: Truth

    def of_facet(self, facet: Facet) -> Outcome:
        """The same of the labels of one facet alone."""
        columns = [self.labels.index(label) for label in facet.label_ids]
        return Outcome(
            facet.label_ids,
            self.probabilities[:, columns],
            self.truth[:, columns],
            self.given[:, columns],
        )


def outcome(heads: Heads, examples: Examples) -> Outcome:
    """What heads say of examples, beside what is so."""
    probabilities = heads.probabilities_of(examples.texts, examples.means, examples.scores)
    given = (probabilities >= heads.thresholds) & examples.known
    return Outcome(heads.labels, probabilities, examples.truth & examples.known, given)


def agreement(folder: Path, taxonomy: Taxonomy) -> list[LabelAgreement]:
    """How far the two annotators of a folder of labelled passages agree on each label; empty where
    only one read the passages. Raises LabelledError when their labels cannot be read.
    """
    if not (folder / labelled.SECOND).is_file():
        return []
    first, second = (
        labelled.read_labels(folder / name, taxonomy) for name in (labelled.FIRST, labelled.SECOND)
    )
    return agreements(first, second, taxonomy.label_ids)


def make(
    heads: Heads,
    passages: Sequence[LabelledPassage],
    examples: Examples,
    agreed: Sequence[LabelAgreement],
    taxonomy: Taxonomy,
) -> Card:
    """The card of heads learned from the split "train" of passages, measured on the split "test".

    examples: those of the split "test", encoded, in the order of the passages.
    agreed: as `agreement` gives it.
    """
    learned = [passage for passage in passages if passage.split == "train"]
    apart = [passage for passage in passages if passage.split == "test"]
    seen = outcome(heads, examples)
    return {
        "taxonomy": heads.taxonomy,
        "encoder": heads.encoder,
        "learned_from": heads.examples,
        "measured_on": examples.digest(),
        "passages": {"train": _counts(learned), "test": _counts(apart)},
        "labels": _labels(heads, seen, learned, agreed),
        "facets": {facet.id: _facet(seen.of_facet(facet)) for facet in taxonomy.facets},
        "batches": _batches(seen, apart, taxonomy),
        "wrongly_tagged": _rounded(measure.wrongly_tagged(seen.given, seen.truth)),
        "reliability": [
            {name: round(value, _DIGITS) for name, value in asdict(found).items()}
            for found in measure.reliability(seen.probabilities, seen.truth)
        ],
    }


def _counts(passages: Sequence[LabelledPassage]) -> dict[str, int]:
    return {
        "all": len(passages),
        "without_label": sum(not passage.labels for passage in passages),
        "near_misses": sum(passage.near_miss for passage in passages),
    }


def _labels(
    heads: Heads,
    seen: Outcome,
    learned: Sequence[LabelledPassage],
    agreed: Sequence[LabelAgreement],
) -> list[Card]:
    examples = Counter(label for passage in learned for label in passage.labels)
    kappas = {found.label: round(found.kappa, _DIGITS) for found in agreed}
    rows = []
    figures = measure.label_measures(seen.given, seen.truth)
    for label, threshold, found in zip(heads.labels, heads.thresholds, figures, strict=True):
        rows.append(
            {
                "label": label,
                "train": examples[label],
                "test": found.true,
                "given": found.given,
                "threshold": round(float(threshold), _DIGITS),
                "precision": _rounded(found.precision),
                "recall": _rounded(found.recall),
                "f1": _rounded(found.f1),
                "kappa": kappas.get(label),
            }
        )
    return rows


def _facet(seen: Outcome) -> Card:
    return {
        "macro_f1": _rounded(measure.macro_f1(seen.given, seen.truth)),
        "micro_f1": _rounded(measure.micro_f1(seen.given, seen.truth)),
    }


def _batches(seen: Outcome, apart: Sequence[LabelledPassage], taxonomy: Taxonomy) -> list[Card]:
    """Micro-F1 by writer: a tagger that has learned one writer's ways shows here."""
    rows = []
    for batch in sorted({passage.batch for passage in apart}):
        inside = np.array([passage.batch == batch for passage in apart])
        row: Card = {"batch": batch, "test": int(inside.sum())}
        for facet in taxonomy.facets:
            its = seen.of_facet(facet)
            row[facet.id] = _rounded(measure.micro_f1(its.given[inside], its.truth[inside]))
        rows.append(row)
    return rows


def _rounded(measured: Measured) -> list[float]:
    """Value, lower end, upper end."""
    return [round(value, _DIGITS) for value in measured]


def save(card: Card, folder: Path) -> None:
    """Write the card beside the heads."""
    text = json.dumps(card, indent=1, ensure_ascii=False)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def load(folder: Path) -> Card:
    """Read the card kept beside heads. OSError and ValueError pass through."""
    card: Card = json.loads((folder / FILE).read_text(encoding="utf-8"))
    return card


def of_library(library: Library) -> Card:
    """The card of the tagger that a library uses. Raises TaggerError when it has none."""
    folder = library.tagger_folder()
    if folder is None:
        raise no_tagger(library.taxonomy)
    try:
        return load(folder)
    except (OSError, ValueError) as error:
        raise TaggerError(f"the scorecard in {folder} cannot be read: {error}") from error


def table(card: Card) -> str:
    """The card for a terminal: a line a label, a line a facet."""
    lines = ["label                      train test  precision recall  F1 (95 % interval)    kappa"]
    for row in card["labels"]:
        kappa = "" if row["kappa"] is None else f"{row['kappa']:.2f}"
        lines.append(
            f"{row['label']:26} {row['train']:5} {row['test']:4}  {row['precision'][0]:9.2f} "
            f"{row['recall'][0]:6.2f}  {measure.interval(row['f1']):20} {kappa}"
        )
    for name, row in card["facets"].items():
        lines.append(
            f"{name:26} macro-F1 {measure.interval(row['macro_f1'])}   micro-F1 "
            f"{measure.interval(row['micro_f1'])}"
        )
    lines.append(f"passages with a wrong tag  {measure.interval(card['wrongly_tagged'])}")
    return "\n".join(lines)
