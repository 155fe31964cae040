"""A library for another field: gardening, with a taxonomy and labelled passages of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import taxonomy as taxonomies
from corpus.labelled import LabelledPassage
from corpus.taxonomy import Taxonomy
from index.files.home import Home
from index.library import Library

GARDEN = """
id = "gardening"
version = 3
title = "Gardening"
[goals]
title = "Aims"
question = "What for?"
labels = [
  {id = "food", title = "Food", plain = "Eat", definition = "To eat.", cues = [], examples = []},
  {id = "joy", title = "Joy", plain = "Enjoy", definition = "To enjoy.", cues = [], examples = []},
]
[activities]
title = "Work"
question = "How?"
labels = [
  {id = "digging", title = "Dig", plain = "Dig", definition = "Digging.", cues = [], examples = []},
  {id = "sowing", title = "Sow", plain = "Sow", definition = "Sowing.", cues = [], examples = []},
]
"""
SENTENCES = {
    "food": ("The cook wanted {} for the kitchen.", "They meant to eat the {} in winter."),
    "joy": ("She grew {} for the pleasure of it.", "The {} were there to be looked at."),
    "digging": ("He turned the soil with a spade near the {}.", "A trench was dug by the {}."),
    "sowing": ("Seed was scattered beside the {}.", "They drilled seed in rows along the {}."),
}
PLANTS = "beans roses leeks tulips onions lilies carrots poppies cabbages asters".split()
RAIN = "Rain fell on the {} for the third week, and the paths were under water."


@pytest.fixture(scope="session")
def garden_toml() -> str:
    """The text of the taxonomy."""
    return GARDEN


def _written() -> Iterator[LabelledPassage]:
    """Each plant is a topic, with a passage for each pair of an aim and a work and one without."""
    number = 0
    for position, plant in enumerate(PLANTS):
        pairs = [("food", "digging"), ("food", "sowing"), ("joy", "digging"), ("joy", "sowing")]
        for row, labels in enumerate([*pairs, (), ()]):
            wording = (row + position) % 2
            text = " ".join(SENTENCES[label][wording] for label in labels) or RAIN
            split = "test" if plant in PLANTS[:3] else "train"
            yield LabelledPassage(
                f"g{number}", text.replace("{}", plant), "note", "garden", plant, "g", False, split,
                frozenset(labels),
            )  # fmt: skip
            number += 1


@pytest.fixture(scope="session")
def garden() -> Taxonomy:
    """Two aims and two kinds of work."""
    return taxonomies.parse(GARDEN, "garden.toml")


@pytest.fixture(scope="session")
def garden_passages() -> list[LabelledPassage]:
    """Sixty passages on ten plants, three of which are kept apart."""
    return list(_written())


@pytest.fixture(scope="session")
def garden_folder(
    tmp_path_factory: pytest.TempPathFactory,
    garden: Taxonomy,
    garden_passages: list[LabelledPassage],
) -> Path:
    """The same as label files; one annotator only."""
    folder = tmp_path_factory.mktemp("garden")
    names = ("id", "text", "kind", "field", "topic", "batch", "near_miss", "split")
    _write(
        folder / "passages.jsonl",
        [{name: getattr(passage, name) for name in names} for passage in garden_passages],
    )
    settled = [
        {"id": passage.id}
        | {facet.id: sorted(passage.labels & set(facet.label_ids)) for facet in garden.facets}
        for passage in garden_passages
    ]
    for name in ("first.jsonl", "settled.jsonl"):
        _write(folder / name, settled)
    return folder


def _write(path: Path, entries: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")


@pytest.fixture
def garden_library(one_encoder, lend_models, tmp_path: Path) -> Library:
    """An empty library for gardening, without a tagger."""
    file = tmp_path / "garden.toml"
    file.write_text(GARDEN, encoding="utf-8")
    lend_models(tmp_path / "garden")
    return Library.create(Home(tmp_path / "garden"), taxonomy_file=file)
