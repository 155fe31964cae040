"""Tags for texts that are in no library: the tagger on its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from corpus import taxonomy as taxonomies
from corpus.taxonomy import Taxonomy
from index.encoding import encoder as encoders
from index.encoding.encode import encode_windows
from index.encoding.encoder import Encoder
from index.encoding.glossing_encoder import glossing
from index.encoding.open_encoder import open_encoder
from index.files.home import Home
from index.library import Library
from index.rows.records import Tag
from index.tagging import tagger
from index.tagging.tag_dicts import by_facet
from index.tagging.tagger import Heads
from index.tagging.teachable import no_tagger
from index.tagging.texts import BadText, Text

_BATCH = 64


@dataclass(frozen=True, slots=True)
class Classifier:
    """An encoder, and heads that read its vectors."""

    taxonomy: Taxonomy
    encoder: Encoder
    heads: Heads


def open_classifier(home: Home) -> Classifier:
    """The tagger of the library at `home`, or the shipped one where there is no library.

    Raises TaggerError when no heads fit the library's encoder and taxonomy.
    """
    if home.database.is_file():
        library = Library.open(home)
        heads = library.heads()
        if heads is None:
            raise no_tagger(library.taxonomy)
        return Classifier(library.taxonomy, library.encoder, heads)
    encoder = glossing(open_encoder(encoders.load(), home.models))
    return Classifier(taxonomies.load(), encoder, tagger.load(tagger.SHIPPED))


def tags_of(classifier: Classifier, passages: Sequence[str]) -> list[tuple[Tag, ...]]:
    """Tags of texts, in their order. A text that is longer than the encoder reads is tagged by its
    windows and its beginning.
    """
    return [
        classifier.heads.tags(text, item)
        for text, item in zip(passages, encode_windows(passages, classifier.encoder), strict=True)
    ]


def classify_texts(
    classifier: Classifier, items: Iterable[Text | BadText]
) -> Iterator[dict[str, Any] | BadText]:
    """Texts to {"id", "goals", "activities"} with the labels given, in order; what is bad comes out
    as it is.
    """
    rest = iter(items)
    while part := list(islice(rest, _BATCH)):
        good = [item for item in part if isinstance(item, Text)]
        tags = iter(tags_of(classifier, [item.text for item in good]))
        for item in part:
            if isinstance(item, BadText):
                yield item
            else:
                yield {"id": item.id, **by_facet(next(tags), classifier.taxonomy)}
