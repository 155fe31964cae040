"""The tagger that a library uses now: its own, or the shipped one."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.taxonomy import Taxonomy
from index.encoding.encoder import EncoderIdentity
from index.files.home import Home
from index.rows import database
from index.tagging import own_tagger, tagger
from index.tagging.tagger import Heads, TaggerError


@dataclass(frozen=True, slots=True)
class Tagger:
    """Heads, and the folder in which they lie."""

    folder: Path
    heads: Heads


@dataclass(frozen=True, slots=True)
class _Version:
    """Which heads lie in a folder, told by the file that describes them; zeros without one."""

    folder: Path
    inode: int
    changed_ns: int

    @classmethod
    def of(cls, folder: Path) -> _Version:
        try:
            found = (folder / tagger.ABOUT).stat()
        except OSError:
            return cls(folder, 0, 0)
        return cls(folder, found.st_ino, found.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read last. own: the version of the library's own heads that it was read for; None
    where the library had none. tagger: None where none fits.
    """

    own: _Version | None
    tagger: Tagger | None


class CurrentTagger:
    """The tagger of one library, read again when a training has put another in its place."""

    def __init__(self, home: Home, taxonomy: Taxonomy, identity: EncoderIdentity) -> None:
        self._home = home
        self._taxonomy = taxonomy
        self._identity = identity
        self._kept: _Kept | None = None

    def load(self) -> Tagger | None:
        """The library's own tagger, else the shipped one; None when neither fits its encoder and
        taxonomy.

        Raises TaggerError when the heads are there but damaged, LibraryError when the library
        cannot be read.
        """
        while True:
            own = self._own_folder()
            try:
                return self._read_once(own)
            except TaggerError:
                if own == self._own_folder():
                    raise
                # A training has put another in place while this one was read, and removed it.

    def _own_folder(self) -> Path | None:
        with closing(database.connect(self._home.database)) as connection:
            return own_tagger.in_use(self._home, connection)

    def _read_once(self, own: Path | None) -> Tagger | None:
        """The tagger that fits, read unless it was read before: that takes up to 60 ms."""
        version = _Version.of(own) if own else None
        kept = self._kept
        if kept is None or kept.own != version:
            kept = self._kept = _Kept(version, self._read(own))
        return kept.tagger

    def _read(self, own: Path | None) -> Tagger | None:
        for folder in (own, tagger.SHIPPED):
            if folder is not None:
                heads = tagger.load(folder)
                if tagger.fits(heads, self._identity, self._taxonomy):
                    return Tagger(folder, heads)
        return None
