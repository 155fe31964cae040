"""The moment, as every row and file of a library states it."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp() -> str:
    """UTC as ISO 8601, to the second: 2026-03-01T09:30:00+00:00."""
    return datetime.now(UTC).isoformat(timespec="seconds")
