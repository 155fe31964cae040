"""Cells of a CSV file that a spreadsheet would run."""

from __future__ import annotations


def harmless(value: object) -> object:
    """Text that begins like a formula gets an apostrophe before it (OWASP, CSV injection)."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value
