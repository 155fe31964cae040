"""Words of other languages with their English, read from tab-separated files: one entry a line.

The lists were written for Waymark. Each word has the one English rendering that reports and
official texts would use, or none if the word adds nothing in English.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpus.rules import BrokenRulesError, text_of

SHIPPED = Path(__file__).with_name("lexicon")
"""A file for each language, named by its ISO 639-1 code; beside some, as `de-verbs.tsv`, one with
forms of strong verbs, each with its infinitive."""

_VERBS = "-verbs"
"""What the name of such a file ends in."""


class LexiconError(BrokenRulesError):
    """A file breaks the rules, see `BrokenRulesError`."""


def languages(folder: Path = SHIPPED) -> tuple[str, ...]:
    """The languages there are lists of, ISO 639-1, in order."""
    return tuple(name for name in _names(folder) if not name.endswith(_VERBS))


def verbs(language: str, folder: Path = SHIPPED) -> dict[str, str]:
    """Forms of a language's strong verbs, each with its infinitive; none without a file of them.
    Raises as `read` does.
    """
    path = folder / f"{language}{_VERBS}.tsv"
    return read(path) if path.exists() else {}


def sha256(folder: Path = SHIPPED) -> str:
    """Digest of all lists, 64 hex digits. Where it differs, texts may be read differently."""
    digest = hashlib.sha256()
    for name in _names(folder):
        digest.update(f"{name}\n".encode())
        digest.update((folder / f"{name}.tsv").read_bytes())
    return digest.hexdigest()


def _names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.tsv"))


def read(path: Path) -> dict[str, str]:
    """The entries of a file: a word, or a few words parted by blanks, with its English.

    Raises LexiconError, with the line, for an entry that has not exactly one tab, has no word, has
    capitals, or repeats a word, and for a file that is not UTF-8; OSError when it cannot be read.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text_of(path, LexiconError).splitlines(), start=1):
        word, *rest = line.split("\t")
        place = f"{path}: line {number}"
        if len(rest) != 1 or not word or line != line.strip(" "):
            raise LexiconError(f"{place}: one entry is 'word<tab>English', not {line!r}")
        if line != line.lower():
            raise LexiconError(f"{place}: all is in small letters, not {line!r}")
        if word in found:
            raise LexiconError(f"{place}: '{word}' stands there twice")
        found[word] = rest[0]
    return found
