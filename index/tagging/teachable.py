"""Whether the shipped examples can teach a library's tagger, and what to do where they cannot."""

from __future__ import annotations

import functools

from corpus import taxonomy as taxonomies
from corpus.taxonomy import Taxonomy
from index.tagging.tagger import TaggerError


def from_shipped(taxonomy: Taxonomy) -> bool:
    """Whether the shipped examples are labelled with this taxonomy's labels."""
    return taxonomy.label_ids == _shipped_labels()


@functools.cache
def _shipped_labels() -> tuple[str, ...]:
    return taxonomies.load().label_ids


def own_labels(taxonomy: Taxonomy) -> str:
    """What to say of a library with labels of its own: how its tagger is learned."""
    return (
        f"this library has tags of its own ({taxonomy.key}): label passages, then"
        " 'waymark train --examples FOLDER' (docs/researcher.md says how)"
    )


def no_tagger(taxonomy: Taxonomy) -> TaggerError:
    """The error for a library without a tagger, with the way to one."""
    said = "no tagger was learned for this library's encoder and taxonomy yet"
    way = "'waymark train' learns one" if from_shipped(taxonomy) else own_labels(taxonomy)
    return TaggerError(f"{said}: {way}")
