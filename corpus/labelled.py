"""Labelled passages, from which the tagger learns, and the two annotators' readings of them.

A folder holds four files, one JSON object a line:

passages.jsonl  id, text, kind, field, topic, batch, near_miss, split ("train" or "test")
first.jsonl     id and a list of label ids for each facet, as the first annotator gave them
second.jsonl    the same from a second annotator who saw the texts only; may leave passages out
settled.jsonl   the same for every passage, differences decided by the rules
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.signatures import not_text
from corpus.taxonomy import Taxonomy

STARTER = Path(__file__).with_name("labelled")

PASSAGES, FIRST, SECOND, SETTLED = (
    f"{name}.jsonl" for name in ("passages", "first", "second", "settled")
)

Labelling = Mapping[str, frozenset[str]]
"""Label ids of both facets, by passage id."""


class LabelledError(ValueError):
    """A line of a label file breaks the rules; the message names file, line and key."""


@dataclass(frozen=True, slots=True)
class LabelledPassage:
    """A passage and the labels that the rules for annotators give it.

    batch: who wrote it; writers differ more than topics do.
    near_miss: a hasty reader would have labelled it.
    split: "train" or "test"; passages of one topic of one batch are on the same side.
    labels: label ids of both facets; empty for a passage that is evidence of nothing.
    """

    id: str
    text: str
    kind: str
    field: str
    topic: str
    batch: str
    near_miss: bool
    split: str
    labels: frozenset[str]


def load(folder: Path, taxonomy: Taxonomy) -> tuple[LabelledPassage, ...]:
    """Read the passages of a folder with their settled labels, in the file's order.

    Raises LabelledError for a line that is not a JSON object, lacks a key, repeats an id, names a
    label that the taxonomy lacks or puts it in the wrong facet, for a passage without a settled
    line and a settled line without a passage. OSError passes through.
    """
    settled = read_labels(folder / SETTLED, taxonomy)
    passages: dict[str, LabelledPassage] = {}
    for where, entry in _entries(folder / PASSAGES):
        name = _text(entry, "id", where)
        if name in passages:
            raise LabelledError(f"{where}: the id '{name}' is there twice")
        if name not in settled:
            raise LabelledError(f"{where}: '{name}' has no line in {folder / SETTLED}")
        passages[name] = _passage(name, entry, settled[name], where)
    for name in settled:
        if name not in passages:
            raise LabelledError(f"{folder / SETTLED}: '{name}' is no id of {folder / PASSAGES}")
    return tuple(passages.values())


def read_labels(path: Path, taxonomy: Taxonomy) -> dict[str, frozenset[str]]:
    """Read one annotator's labels by passage id. Raises LabelledError as `load` does."""
    labels: dict[str, frozenset[str]] = {}
    for where, entry in _entries(path):
        name = _text(entry, "id", where)
        if name in labels:
            raise LabelledError(f"{where}: the id '{name}' is there twice")
        labels[name] = _labels(entry, taxonomy, where)
    return labels


def _entries(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of a file, with the place to name in errors."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            where = f"{path}, line {number}"
            try:
                entry = json.loads(line.decode("utf-8-sig"))
            except UnicodeDecodeError:
                said = not_text(line) or ("not UTF-8", "save the file as UTF-8")
                raise LabelledError(f"{where}: {': '.join(said)}") from None
            except json.JSONDecodeError as error:
                raise LabelledError(f"{where}: not valid JSON: {error.msg}") from error
            except (ValueError, RecursionError):  # past Python's own limits
                raise LabelledError(f"{where}: nested too deeply, or too long a number") from None
            if not isinstance(entry, dict):
                raise LabelledError(f"{where}: must be a JSON object")
            yield where, entry


def _passage(
    name: str, entry: Mapping[str, Any], labels: frozenset[str], where: str
) -> LabelledPassage:
    texts = {key: _text(entry, key, where) for key in ("text", "kind", "field", "topic", "batch")}
    near_miss = entry.get("near_miss")
    if not isinstance(near_miss, bool):
        raise LabelledError(f"{where}: 'near_miss' must be true or false")
    if near_miss and labels:
        raise LabelledError(f"{where}: 'near_miss' is true, but '{name}' has labels")
    split = entry.get("split")
    if split not in ("train", "test"):
        raise LabelledError(f"{where}: 'split' must be 'train' or 'test'")
    return LabelledPassage(id=name, **texts, near_miss=near_miss, split=split, labels=labels)


def _text(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise LabelledError(f"{where}: '{key}' must be a text that is not empty")
    return value.strip()


def _labels(entry: Mapping[str, Any], taxonomy: Taxonomy, where: str) -> frozenset[str]:
    labels: set[str] = set()
    for facet in taxonomy.facets:
        given = entry.get(facet.id)
        if not isinstance(given, list):
            raise LabelledError(f"{where}: '{facet.id}' must be a list of label ids")
        for label in given:
            if label not in facet.label_ids:
                known = ", ".join(facet.label_ids)
                raise LabelledError(f"{where}: '{label}' is no label of {facet.id} ({known})")
        labels.update(given)
    return frozenset(labels)
