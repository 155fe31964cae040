"""A tagger for one library: learned anew from the shipped examples and every curator's decision.

What it is measured on is held out from both: the labelled passages kept apart, and a fifth of the
documents that decisions were taken on. Documents are told apart by their id, so one that was ever
held out always is.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus import labelled
from corpus.labelled import LabelledError, LabelledPassage
from corpus.taxonomy import Taxonomy
from index.derived import views
from index.encoding import label_scores
from index.files import durable
from index.learning import decisions, example_vectors, measure, scorecard
from index.learning.examples import Decided, Examples, of_decisions, together, without_vectors
from index.learning.scorecard import Card, Outcome
from index.learning.train import learn
from index.learning.trained import Change, Retrained
from index.library import Library
from index.rows import database
from index.rows.catalog import Catalog
from index.rows.moment import stamp
from index.rows.tag_rows import all_taggable, replace_tags, windows_of
from index.tagging import own_tagger, tagger
from index.tagging.tagger import Heads, TaggerError
from index.tagging.teachable import from_shipped, own_labels

_NOISE = 0.01
"""Macro-F1 that a new tagger may lose. A single decision moved the shipped tagger's by half of it,
for no better reason than that 160 passages settle it."""

_ENCODED, _LEARNED = 0.7, 0.9
"""How far training is by then, when no example was encoded before: 31 s of 40, and 39."""

_HELD_OUT = 5
"""One document in so many is kept apart, of those on which something was decided."""

_AS_TOLD = "docs/researcher.md says what a folder of labelled passages holds"

Ended = Callable[[sqlite3.Connection, Retrained], None]

_T = TypeVar("_T")


def retrain(
    library: Library,
    folder: Path = labelled.STARTER,
    even_if_worse: bool = False,
    advance: Callable[[float], None] = lambda _: None,
    ended: Ended = lambda *_: None,
) -> Retrained:
    """Learn from the labelled passages of a folder and from the library's decisions.

    The new tagger is put in place when the mean of the facets' macro-F1 is no worse than chance
    makes it, or when asked for `even_if_worse`; then every passage is tagged anew. What people
    decided stays. Others can write to the library until the new tagger is put in place.

    advance: told how far it is, 0 to 1; what it raises ends the training, and nothing is changed.
    ended: told what the training came to, in the transaction that makes the change or, where the
    new tagger is dropped, in one that changes nothing else; what it raises takes all of it back.
    Raises LabelledError when the folder breaks the rules, has nothing to learn from or nothing to
    measure on, or is for another taxonomy; LibraryError when the library cannot be changed.
    """
    _refuse_other_labels(library, folder)
    passages = labelled.load(folder, library.taxonomy)
    _refuse_one_split(passages, folder)
    examples = _encoded(passages, library, advance)
    decided = _decided(library, examples.scorer)
    rows = _split(range(len(passages)), lambda row: passages[row].split == "test")
    shown, shown_apart = (examples.part(found) for found in rows)
    told, told_apart = (
        of_decisions(found, library.taxonomy, library.identity.dimension, examples.scorer)
        for found in _split(decided, _is_held_out)
    )
    before = _heads_before(library)
    advance(_ENCODED)
    after = learn(together(shown, told), library.taxonomy, library.identity)
    advance(_LEARNED)
    apart = together(shown_apart, told_apart)
    was = scorecard.outcome(before, apart) if before else None
    now = scorecard.outcome(after, apart)
    facets = _facet_changes(library.taxonomy, was, now)
    result = Retrained(
        decisions=sum(len(item.labels) for item in decided),
        labels=_label_changes(was, now),
        facets=facets,
        swapped=even_if_worse or was is None or _no_worse(facets),
        retagged=0,
        examples=len(shown.names),
    )
    if result.swapped:
        agreed = scorecard.agreement(folder, library.taxonomy)
        card = scorecard.make(after, passages, shown_apart, agreed, library.taxonomy)
        card |= {"decisions": result.decisions, "learned_at": stamp()}
        return _swap(library, after, card, result, ended)
    with library.catalog() as catalog, database.note(catalog.connection):
        ended(catalog.connection, result)
    return result


def _refuse_other_labels(library: Library, folder: Path) -> None:
    if folder == labelled.STARTER and not from_shipped(library.taxonomy):
        raise LabelledError(own_labels(library.taxonomy))
    needed = (labelled.PASSAGES, labelled.SETTLED)
    if missing := [name for name in needed if not (folder / name).is_file()]:
        raise LabelledError(f"{folder} has no {' and no '.join(missing)}: {_AS_TOLD}")


def _refuse_one_split(passages: Sequence[LabelledPassage], folder: Path) -> None:
    for split, purpose in (("train", "learn from"), ("test", "measure the tagger on")):
        if all(passage.split != split for passage in passages):
            raise LabelledError(
                f"{folder / labelled.PASSAGES}: no passage has 'split': '{split}': there is nothing"
                f" to {purpose}"
            )


def _encoded(
    passages: Sequence[LabelledPassage], library: Library, advance: Callable[[float], None]
) -> Examples:
    return example_vectors.with_vectors(
        without_vectors(passages, library.taxonomy),
        library.taxonomy,
        library.encoder,
        library.home.examples,
        lambda share: advance(_ENCODED * share),
    )


def _split(items: Sequence[_T], apart: Callable[[_T], bool]) -> tuple[list[_T], list[_T]]:
    """Those to learn from, and those kept apart."""
    return [item for item in items if not apart(item)], [item for item in items if apart(item)]


def _heads_before(library: Library) -> Heads | None:
    try:
        return library.heads()
    except TaggerError:  # damaged: what is learned now replaces it
        return None


def _decided(library: Library, scorer: str) -> list[Decided]:
    """What people decided, passage by passage; a word on the same text that was said in two
    versions of a document counts once.
    """
    with library.catalog() as catalog:
        library.refuse_another_encoder(catalog)
        said = list(decisions.standing(catalog.connection))
        stored = catalog.passages(list({number for number, _, _ in said}))
        # A version that was put back stands beside the one that has its decisions.
        once = {(stored[n].passage.text, label, given): n for n, label, given in said}
        labels: dict[int, dict[str, bool]] = defaultdict(dict)
        for (_, label, given), number in once.items():
            labels[number][label] = given
        dimension = library.identity.dimension
        return [
            Decided(
                stored[number].passage_id,
                stored[number].document_id,
                stored[number].passage.text,
                windows_of(catalog.connection, number, dimension, scorer),
                labels[number],
            )
            for number in labels
        ]


def _is_held_out(item: Decided) -> bool:
    return int(item.group, 16) % _HELD_OUT == 0


def _label_changes(was: Outcome | None, now: Outcome) -> tuple[Change, ...]:
    """F1 of each label. was, now: what the tagger before and after say of the same examples."""
    figures = measure.label_measures(now.given, now.truth)
    before = measure.label_measures(was.given, was.truth) if was else [None] * len(figures)
    return tuple(
        Change(label, found.true, old.f1 if old else None, found.f1)
        for label, found, old in zip(now.labels, figures, before, strict=True)
    )


def _facet_changes(taxonomy: Taxonomy, was: Outcome | None, now: Outcome) -> tuple[Change, ...]:
    """Macro-F1 of each facet; was, now: as for `_label_changes`."""
    changes = []
    for facet in taxonomy.facets:
        old, new = was.of_facet(facet) if was else None, now.of_facet(facet)
        before = measure.macro_f1(old.given, old.truth) if old else None
        held_out = int(new.truth.any(axis=1).sum())
        changes.append(Change(facet.id, held_out, before, measure.macro_f1(new.given, new.truth)))
    return tuple(changes)


def _no_worse(facets: Sequence[Change]) -> bool:
    before, after = (
        float(np.mean([getattr(facet, when).value for facet in facets]))
        for when in ("before", "after")
    )
    return after >= before - _NOISE


def _swap(library: Library, heads: Heads, card: Card, result: Retrained, ended: Ended) -> Retrained:
    """Put heads in place and tag every passage anew; the result says how many there are."""
    with library.writing() as catalog:
        before = database.generation(catalog.connection)
        try:
            kept = _saved(heads, card, library.home.trained(before + 1))
            with database.change(catalog.connection):
                result = replace(result, retagged=_tag_anew(library, catalog, kept))
                ended(catalog.connection, result)
                database.write_setting(catalog.connection, own_tagger.SETTING, before + 1)
        finally:  # the one before, or this one: whichever the rows do not name
            own_tagger.drop_unused(library.home, catalog.connection)
        views.carry(library.home, before, database.generation(catalog.connection))
    return result


def _saved(heads: Heads, card: Card, folder: Path) -> Heads:
    """Write heads and card to a folder of their own; the heads as they will be read."""
    shutil.rmtree(folder, ignore_errors=True)  # of a training that was killed
    tagger.save(heads, folder)
    scorecard.save(card, folder)
    durable.sync_all(folder)
    durable.sync_folder(folder.parent)
    return tagger.load(folder)


def _tag_anew(library: Library, catalog: Catalog, heads: Heads) -> int:
    """Give every passage the tags of these heads; returns how many there are."""
    label_scores.fill_in(catalog.connection, library.encoder, heads.scorer)
    count = 0
    for row in all_taggable(catalog.connection, library.identity.dimension, heads.scorer):
        replace_tags(catalog.connection, row.number, heads.tags(row.text, row.windows))
        count += 1
    return count
