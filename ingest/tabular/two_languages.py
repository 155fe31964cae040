"""Text set in two or more languages side by side, which looks like a table and is none.

Pure. Read in rows, each passage would be in both languages, and its words found in neither.
"""

from __future__ import annotations

from ingest.prose.language import guess
from ingest.tabular.tables import Table

# Characters of a cell, on the average of its column: shorter ones are names and terms.
_PROSE = 60


def are_columns(table: Table) -> bool:
    """Whether the columns of a table are running text, each in a language of its own."""
    width = max(map(len, table.rows))
    languages = [_language(table, place) for place in range(width)]
    return width > 1 and all(languages) and len({*languages}) == width


def _language(table: Table, place: int) -> str:
    """The language of a column of prose; empty where it is none, or does not say."""
    cells = [row[place] for row in table.rows if place < len(row) and row[place].lines]
    texts = [" ".join(line.text for line in cell.lines) for cell in cells]
    said = "\n".join(texts)
    return guess(said) if len(said) > _PROSE * len(texts) else ""
