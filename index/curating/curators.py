"""Curators, the keys of their programs, and how long one has to wait after a wrong password.

Nothing here knows of cookies or requests. A password is kept as scrypt makes it (werkzeug), a key
as its sha256: with its 256 random bits it cannot be guessed, so it needs no slow digest.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import time
from dataclasses import dataclass
from functools import cache

from werkzeug.security import check_password_hash, generate_password_hash

from index.library import Library
from index.rows import audit, database
from index.rows.moment import stamp

_LEAST_LENGTH = 12
"""Characters of a password."""

_LONGEST_PASSWORD = 1000
LONGEST_NAME = 64
_KEY_PREFIX = "wmk_"
"""Begins each key, so that one is recognised in a log or a repository, where it should not be."""

_MEMORY_SECONDS = 900.0
"""Failed sign-ins are forgotten after this."""
_FREE_TRIES, _LONGEST_WAIT = 5, 60.0
"""Of one name; then 1, 2, 4, … seconds from one try to the next, and no more than the longest."""
_FREE_TRIES_OF_ALL, _WAIT_OF_ALL = 50, 2.0
"""Of all names together, so that one password tried on many names gets nowhere either."""


class CuratorError(ValueError):
    """A name, password or key that is refused or not there; the message says what would do."""


class WrongPasswordError(Exception):
    """No curator has this name and this password."""


class TooManyTriesError(Exception):
    """A sign-in that came too soon after failed ones. seconds: until the next one is looked at."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many failed sign-ins: try again in {seconds:.0f} seconds")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Curator:
    """Somebody who may change the library.

    sessions: a number that each sign-in carries; raising it ends all earlier ones. It begins at
    the second in which the curator was added, so that sign-ins of before stay ended when one is
    removed and added again under the same name.
    """

    name: str
    sessions: int
    added_at: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a program; the key itself is known only to whoever was shown it."""

    curator: str
    name: str
    added_at: str


@dataclass(frozen=True, slots=True)
class _Account:
    """A curator's row. password: as scrypt makes it."""

    curator: Curator
    password: str


def add(library: Library, name: str, password: str, who: str) -> Curator:
    """Add a curator. who: for the log, here and below: the person who does it.

    Raises CuratorError for a name that is taken or cannot be one, or a password that is too short
    or too long.
    """
    name = _checked_name(name)
    digest = _digest(password)
    made = Curator(name, int(time.time()), stamp())
    with library.catalog() as catalog:
        if _account(catalog.connection, name) is not None:
            raise CuratorError(f"there is a curator named {name} already")
        with database.note(catalog.connection):
            catalog.connection.execute(
                "INSERT INTO curators (name, password, sessions, added_at) VALUES (?, ?, ?, ?)",
                (made.name, digest, made.sessions, made.added_at),
            )
            audit.record(catalog.connection, who, "curator-add", made.name)
    return made


def remove(library: Library, name: str, who: str) -> None:
    """Remove a curator and the keys of their programs. The log keeps what they did."""
    statement = "DELETE FROM curators WHERE name = ?"
    _change(library, statement, (name,), (who, "curator-remove", name))


def change_password(library: Library, name: str, password: str, who: str) -> None:
    """Give a curator another password, and end every sign-in under the name."""
    statement = "UPDATE curators SET password = ?, sessions = sessions + 1 WHERE name = ?"
    _change(library, statement, (_digest(password), name), (who, "curator-password", name))


def sign_out_everywhere(library: Library, name: str) -> None:
    """End every sign-in of a curator, on whatever machine. Keys go on working."""
    statement = "UPDATE curators SET sessions = sessions + 1 WHERE name = ?"
    _change(library, statement, (name,), (name, "sign-out-everywhere", name))


def _change(
    library: Library, statement: str, values: tuple[str, ...], line: tuple[str, str, str]
) -> None:
    """Change the row of a curator, and log it.

    line: who, action, the curator's name. Raises CuratorError when there is no such curator.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        if catalog.connection.execute(statement, values).rowcount == 0:
            raise CuratorError(f"there is no curator named {line[2]}: see 'waymark curator list'")
        audit.record(catalog.connection, *line)


def every(library: Library) -> list[Curator]:
    """All curators by name."""
    with library.catalog() as catalog:
        rows = catalog.connection.execute(
            "SELECT name, sessions, added_at FROM curators ORDER BY name"
        )
        return [Curator(*row) for row in rows]


def named(library: Library, name: str) -> Curator | None:
    """The curator with this name, whatever its case."""
    with library.catalog() as catalog:
        account = _account(catalog.connection, name)
    return account.curator if account else None


# Signing in


def sign_in(library: Library, name: str, password: str, now: float | None = None) -> Curator:
    """The curator with this name and password.

    The try is written down as failed before the password is looked at, and removed when it was
    right, so that tries made at the same moment count as those made one after the other do. A try
    that comes too early is not looked at and does not count.

    now: seconds since 1970; the clock's when left out.
    Raises WrongPasswordError, and TooManyTriesError when it came too early.
    """
    now = time.time() if now is None else now
    name = name.strip()[:LONGEST_NAME]
    with library.catalog() as catalog:
        connection = catalog.connection
        with database.note(connection):
            connection.execute("DELETE FROM failed_sign_ins WHERE at < ?", (now - _MEMORY_SECONDS,))
            wait = _wait(connection, name, now)
            if wait <= 0:
                connection.execute("INSERT INTO failed_sign_ins VALUES (?, ?)", (name, now))
        if wait > 0:
            raise TooManyTriesError(wait)
        account = _account(connection, name)
        # A name that nobody has takes as long as one that somebody has.
        digest = account.password if account else _nobodys_password()
        right = check_password_hash(digest, password[:_LONGEST_PASSWORD])
        if account is None or not right:
            raise WrongPasswordError
        curator = account.curator
        with database.note(connection):
            connection.execute("DELETE FROM failed_sign_ins WHERE name = ?", (name,))
            audit.record(connection, curator.name, "sign-in", curator.name)
    return curator


def _wait(connection: sqlite3.Connection, name: str, now: float) -> float:
    own, last = connection.execute(
        "SELECT count(*), max(at) FROM failed_sign_ins WHERE name = ?", (name,)
    ).fetchone()
    all_names, newest = connection.execute(
        "SELECT count(*), max(at) FROM failed_sign_ins"
    ).fetchone()
    by_name = (last or 0) + pause_after(own) - now if own else 0.0
    of_all = (newest or 0) + _WAIT_OF_ALL - now if all_names >= _FREE_TRIES_OF_ALL else 0.0
    return max(by_name, of_all, 0.0)


def pause_after(failed: int) -> float:
    """Seconds from the last of so many failed sign-ins of a name to the next that is looked at."""
    if failed < _FREE_TRIES:
        return 0.0
    # The exponent is bounded: 2.0 ** 1100 is an overflow.
    return min(_LONGEST_WAIT, 2.0 ** min(failed - _FREE_TRIES, 10))


@cache
def _nobodys_password() -> str:
    return generate_password_hash(secrets.token_urlsafe())


# Programs


def make_key(library: Library, curator: str, name: str, who: str) -> str:
    """A new key for a program that writes in a curator's name; it cannot be shown again.

    Raises CuratorError when there is no such curator, or the curator has a key of that name.
    """
    name = _checked_name(name)
    found = named(library, curator)
    if found is None:
        raise CuratorError(f"there is no curator named {curator}: see 'waymark curator list'")
    if any(key.name == name for key in keys(library, found.name)):
        raise CuratorError(f"{found.name} has a key named {name} already")
    key = _KEY_PREFIX + secrets.token_urlsafe(32)
    with library.catalog() as catalog, database.note(catalog.connection):
        catalog.connection.execute(
            "INSERT INTO keys (digest, curator, name, added_at) VALUES (?, ?, ?, ?)",
            (_key_digest(key), found.name, name, stamp()),
        )
        audit.record(catalog.connection, who, "key-add", found.name, name)
    return key


def remove_key(library: Library, curator: str, name: str, who: str) -> None:
    """Remove a key: no program can write with it any longer.

    Raises CuratorError when the curator has none of that name.
    """
    with library.catalog() as catalog, database.note(catalog.connection):
        found = catalog.connection.execute(
            "DELETE FROM keys WHERE curator = ? COLLATE NOCASE AND name = ?", (curator, name)
        )
        if found.rowcount == 0:
            raise CuratorError(f"{curator} has no key named {name}: see 'waymark curator list'")
        audit.record(catalog.connection, who, "key-remove", curator, name)


def keys(library: Library, curator: str) -> list[Key]:
    """The keys of a curator's programs, by name."""
    with library.catalog() as catalog:
        rows = catalog.connection.execute(
            "SELECT curator, name, added_at FROM keys WHERE curator = ? COLLATE NOCASE"
            " ORDER BY name",
            (curator,),
        )
        return [Key(*row) for row in rows]


def of_key(library: Library, key: str) -> Curator | None:
    """The curator in whose name a program with this key writes; None where the key is none."""
    with library.catalog() as catalog:
        row = catalog.connection.execute(
            "SELECT c.name, c.sessions, c.added_at FROM keys k JOIN curators c"
            " ON c.name = k.curator WHERE k.digest = ?",
            (_key_digest(key),),
        ).fetchone()
    return Curator(*row) if row else None


def _key_digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _account(connection: sqlite3.Connection, name: str) -> _Account | None:
    row = connection.execute(
        "SELECT name, sessions, added_at, password FROM curators WHERE name = ?", (name,)
    ).fetchone()
    return _Account(Curator(*row[:3]), row[3]) if row else None


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise CuratorError(f"a name has 1 to {LONGEST_NAME} characters that can be printed")
    return name


def _digest(password: str) -> str:
    if not _LEAST_LENGTH <= len(password) <= _LONGEST_PASSWORD:
        raise CuratorError(
            f"a password has {_LEAST_LENGTH} characters at least ({_LONGEST_PASSWORD} at most): "
            "four words that nobody would put together are good"
        )
    return generate_password_hash(password, method="scrypt")
