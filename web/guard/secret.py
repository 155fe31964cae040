"""What session cookies are signed with: WAYMARK_SECRET, else a file in the library's folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from index.files.home import Home
from index.rows.database import LibraryError

VARIABLE = "WAYMARK_SECRET"
_LEAST_LENGTH = 32
"""Characters; a secret that can be guessed lets anybody sign in as a curator."""


def secret_file(home: Home) -> Path:
    """Where the secret lies. Backups leave it out: a copy of the library cannot sign cookies."""
    return home.path / "secret"


def read_secret(home: Home) -> str | None:
    """The secret; None where there is none yet. Raises LibraryError for one that is too short."""
    given = os.environ.get(VARIABLE)
    path = secret_file(home)
    found = given if given is not None else path.read_text("utf-8") if path.is_file() else None
    if found is not None and len(found.strip()) < _LEAST_LENGTH:
        where = VARIABLE if given is not None else str(path)
        raise LibraryError(f"{where} holds fewer than {_LEAST_LENGTH} characters: make it longer")
    return found.strip() if found is not None else None


def make_secret(home: Home) -> None:
    """Make the file, readable by this user alone, unless there is a secret already."""
    if read_secret(home) is not None:
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    descriptor = os.open(secret_file(home), flags, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
