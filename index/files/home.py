"""Where a library lies on disk: the names under its home folder, and nothing else."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from index.rows.database import LibraryError

_HEX = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds one library."""

    path: Path

    @property
    def database(self) -> Path:
        """The truth: documents, pages, passages, vectors, tags."""
        return self.path / "library.sqlite"

    @property
    def files(self) -> Path:
        """The originals, named by the sha256 of their bytes."""
        return self.path / "files"

    @property
    def views(self) -> Path:
        """Derived: one folder a generation with vectors, words and a manifest."""
        return self.path / "views"

    @property
    def models(self) -> Path:
        """Derived: the encoder converted for this machine."""
        return self.path / "models"

    @property
    def tagger(self) -> Path:
        """Heads of the library's own tagger, where they came with a backup or an export."""
        return self.path / "tagger"

    def trained(self, generation: int) -> Path:
        """Heads of the tagger that this library trained in the change to a generation."""
        return self.path / f"tagger-{generation}"

    @property
    def lock(self) -> Path:
        """Locked by whoever changes documents, tags, the tagger or views, one at a time."""
        return self.path / "write.lock"

    @property
    def incoming(self) -> Path:
        """What was uploaded and not read yet, named by the sha256 of its bytes."""
        return self.path / "incoming"

    @property
    def pictures(self) -> Path:
        """Derived: pictures of pages, one folder an original."""
        return self.path / "cache" / "pages"

    @property
    def examples(self) -> Path:
        """Derived: vectors of the labelled passages that the tagger learns from."""
        return self.path / "cache" / "examples.npz"

    def original(self, sha256: str) -> Path:
        """The original with this digest. Raises LibraryError when it is no digest."""
        return self.files / _digest(sha256)

    def waiting(self, sha256: str) -> Path:
        """The uploaded file with this digest. Raises LibraryError when it is no digest."""
        return self.incoming / _digest(sha256)

    def pictures_of(self, sha256: str) -> Path:
        """The folder of an original's pictures. Raises LibraryError when it is no digest."""
        return self.pictures / _digest(sha256)


def _digest(named: str) -> str:
    """The name of a file as a row has it. Raises LibraryError unless it is hex digits, so that no
    row, whoever wrote it, leads out of the folder.
    """
    if not _HEX.fullmatch(named):
        raise LibraryError(f"a row names the file {named[:100]!r}: that is no digest")
    return named


def locate(given: str | None = None) -> Home:
    """The home named on the command line, else by WAYMARK_HOME, else the user's data folder."""
    named = given or os.environ.get("WAYMARK_HOME")
    path = Path(named).expanduser() if named else user_data_path("waymark", appauthor=False)
    return Home(path.absolute())
