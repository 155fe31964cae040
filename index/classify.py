"""Tags for texts that are in no library: the tagger on its own, a line in, a line out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from corpus import taxonomy as taxonomies
from corpus.taxonomy import Taxonomy
from index import encoder as encoders
from index import tagger
from index.encode import encode_windows
from index.encoder import Encoder
from index.home import Home
from index.library import Library
from index.open_encoder import open_encoder
from index.records import Tag
from index.tag_dicts import by_facet
from index.tagger import Heads, TaggerError
from ingest import jsonl
from ingest.text import fault

_BATCH = 64


@dataclass(frozen=True, slots=True)
class Classifier:
    """An encoder, and heads that read its vectors."""

    taxonomy: Taxonomy
    encoder: Encoder
    heads: Heads


@dataclass(frozen=True, slots=True)
class BadText:
    """A line that holds no text to tag. `line` is 1-based."""

    line: int
    message: str


def open_classifier(home: Home) -> Classifier:
    """The tagger of the library at `home`, or the shipped one where there is no library.

    Raises TaggerError when no heads fit the library's encoder and taxonomy.
    """
    if home.database.is_file():
        library = Library.open(home)
        heads = library.heads()
        if heads is None:
            raise TaggerError("no tagger was learned for this library's encoder and taxonomy yet")
        return Classifier(library.taxonomy, library.encoder, heads)
    encoder = open_encoder(encoders.load(), home.models)
    return Classifier(taxonomies.load(), encoder, tagger.load(tagger.SHIPPED))


def tags_of(classifier: Classifier, passages: Sequence[str]) -> list[tuple[Tag, ...]]:
    """Tags of texts, in their order; texts longer than the encoder reads are tagged by windows
    and by their beginning.
    """
    return [
        classifier.heads.tags(text, item)
        for text, item in zip(passages, encode_windows(passages, classifier.encoder), strict=True)
    ]


def classify_lines(
    classifier: Classifier, lines: Iterable[str]
) -> Iterator[dict[str, Any] | BadText]:
    """{"id", "text"} lines to {"id", "goals", "activities"} with the labels given, in order."""
    parsed = (_parsed(number, line) for number, line in enumerate(lines, 1) if line.strip())
    while part := list(islice(parsed, _BATCH)):
        good = [item for item in part if not isinstance(item, BadText)]
        tags = iter(tags_of(classifier, [text for _, text in good]))
        for item in part:
            if isinstance(item, BadText):
                yield item
            else:
                yield {"id": item[0], **by_facet(next(tags), classifier.taxonomy)}


def _parsed(number: int, line: str) -> tuple[Any, str] | BadText:
    try:
        entry = jsonl.parsed(line)
    except ValueError as error:
        return BadText(number, str(error))
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str | int | float):
        return BadText(number, "the key 'id' is missing or neither a text nor a number")
    if not isinstance(entry.get("text"), str) or not entry["text"].strip():
        return BadText(number, "the key 'text' is missing or not a text")
    if wrong := fault(str(entry["id"])) or fault(entry["text"]):
        return BadText(number, wrong)
    return entry["id"], entry["text"]
