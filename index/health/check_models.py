"""Checks of the encoder converted for this machine, and of the library's own tagger."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from corpus import taxonomy
from index.encoding import attention, converted
from index.encoding.converted import DamagedModelError
from index.encoding.encoder import EncoderIdentity
from index.files.home import Home
from index.health.check_files import REPAIR
from index.health.findings import Finding, Severity
from index.languages.gloss import foreign
from index.languages.stemming import stems
from index.learning import decisions
from index.plurals import counted
from index.rows import database
from index.rows.catalog import Catalog
from index.tagging import own_tagger, tagger
from index.tagging.tagger import TaggerError
from index.tagging.terms import terms as terms_now

_FEWEST_PAIRS = 3
"""Pairs of words in another language from which a tagger was taught in that language. Fewer may be
there by chance, such as a name in an English report."""


def damaged_models(home: Home) -> dict[Path, str]:
    """The folders under models/ that are not what their manifests say, and why."""
    found = {}
    for folder in sorted(home.models.iterdir()) if home.models.is_dir() else []:
        if folder.is_dir() and folder.suffix != ".part":
            try:
                converted.load_folder(folder)
            except DamagedModelError as error:
                found[folder] = str(error)
    return found


def converted_encoder(home: Home) -> Iterator[Finding]:
    """The converted encoder is whole. A damaged one is only a warning: it is checked at each start,
    and made anew.
    """
    for why in damaged_models(home).values():
        message = f"the converted encoder cannot be used: {why}"
        yield Finding("models", Severity.WARNING, message, REPAIR)


def remove_damaged(home: Home) -> list[str]:
    """Remove converted encoders that are damaged; returns what was done, a line each."""
    done = []
    for folder in damaged_models(home):
        shutil.rmtree(folder)
        done.append(f"removed {folder}: it is made anew when it is needed")
    return done


def heads(home: Home, connection: sqlite3.Connection) -> Iterator[Finding]:
    """The library's own tagger can be read, and was learned with its encoder for its taxonomy.

    A damaged one is an error, as `waymark add` stops at it. In place of one that was learned with
    another encoder or taxonomy the shipped one is used, or none. Where it was taught by passages in
    other languages, before these were read in English, there is a note.
    """
    own = own_tagger.in_use(home, connection)
    if own is None:
        return
    try:
        learned = tagger.load(own)
    except TaggerError as error:
        yield Finding("tagger", Severity.ERROR, str(error), "waymark train --apply")
        return
    identity = EncoderIdentity(**database.read_setting(connection, "encoder"))
    known = taxonomy.parse(database.read_setting(connection, "taxonomy"), str(home.database))
    if not tagger.fits(learned, identity, known):
        message = f"the tagger in {own} is of another encoder or taxonomy: it is not used"
        yield Finding("tagger", Severity.WARNING, message, "waymark train --apply")
    elif learned.scorer not in ("", attention.shipped().sha256):
        message = (
            f"the tagger in {own} was learned with another version of Waymark: what was "
            "added since is tagged by words and windows alone"
        )
        yield Finding("tagger", Severity.WARNING, message, "waymark train --apply")
    elif count := _taught_as_written(learned.terms, _decided_on(connection)):
        message = (
            f"the tagger in {own} was taught by {counted(count, 'passage')} in other languages "
            "than English before these were read in English: its words in them count no more"
        )
        yield Finding("tagger", Severity.NOTE, message, "waymark train --apply")


def _decided_on(connection: sqlite3.Connection) -> list[str]:
    """The texts of the passages on whose tags people decided."""
    numbers = {number for number, _, _ in decisions.standing(connection)}
    return list(Catalog(connection).texts(sorted(numbers)).values())


def _taught_as_written(terms: Sequence[str], texts: Sequence[str]) -> int:
    """How many of the texts are in another language, where a tagger learned from these as they are
    written; else 0. It did where its terms have pairs of their words that are not in their English.
    """
    others = [text for text in texts if foreign(text)]
    pairs = Counter(pair for text in others for pair in {*map(" ".join, pairwise(stems(text)))})
    read_now = {term for text in others for term in terms_now(text)}
    # The tagger learns from terms that two texts or more have.
    written = {pair for pair, count in pairs.items() if count > 1} - read_now
    return len(others) if len(written.intersection(terms)) >= _FEWEST_PAIRS else 0
