"""Labelled passages, from which the tagger learns.

One JSON object a line: id, text, kind, field, topic, goals, activities, and optionally near_miss,
split ("train" or "test").
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.taxonomy import Taxonomy

STARTER = Path(__file__).with_name("labelled")


class LabelledError(ValueError):
    """A line of a label file breaks the rules; the message names file, line and key."""


@dataclass(frozen=True, slots=True)
class LabelledPassage:
    """A passage and the labels that the rules for annotators give it.

    labels: label ids of both facets; empty for a passage that is evidence of nothing.
    near_miss: a hasty reader would have labelled it.
    """

    id: str
    text: str
    kind: str
    field: str
    topic: str
    labels: frozenset[str]
    near_miss: bool
    split: str


def load(path: Path, taxonomy: Taxonomy) -> tuple[LabelledPassage, ...]:
    """Read a label file, or all `*.jsonl` of a folder in name order.

    Raises LabelledError for a line that is not a JSON object, lacks a key, names a label that the
    taxonomy lacks or puts it in the wrong facet, or repeats an id. OSError passes through.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    passages: dict[str, LabelledPassage] = {}
    for file in files:
        for where, passage in _lines(file, taxonomy):
            if passage.id in passages:
                raise LabelledError(f"{where}: the id '{passage.id}' is there twice")
            passages[passage.id] = passage
    return tuple(passages.values())


def _lines(file: Path, taxonomy: Taxonomy) -> Iterator[tuple[str, LabelledPassage]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                where = f"{file}, line {number}"
                yield where, _passage(_object(line, where), taxonomy, where)


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise LabelledError(f"{where}: not valid JSON: {error.msg}") from error
    if not isinstance(entry, dict):
        raise LabelledError(f"{where}: must be a JSON object")
    return entry


def _passage(entry: dict[str, Any], taxonomy: Taxonomy, where: str) -> LabelledPassage:
    texts = {}
    for key in ("id", "text", "kind", "field", "topic"):
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            raise LabelledError(f"{where}: '{key}' must be a text that is not empty")
        texts[key] = value.strip()
    labels: set[str] = set()
    for facet in taxonomy.facets:
        given = entry.get(facet.id)
        if not isinstance(given, list):
            raise LabelledError(f"{where}: '{facet.id}' must be a list of label ids")
        unknown = [label for label in given if label not in facet.label_ids]
        if unknown:
            known = ", ".join(facet.label_ids)
            raise LabelledError(f"{where}: '{unknown[0]}' is no label of {facet.id} ({known})")
        labels.update(given)
    split = entry.get("split", "train")
    if split not in ("train", "test"):
        raise LabelledError(f"{where}: 'split' must be 'train' or 'test'")
    near_miss = bool(entry.get("near_miss", False))
    return LabelledPassage(**texts, labels=frozenset(labels), near_miss=near_miss, split=split)
