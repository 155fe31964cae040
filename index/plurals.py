"""Counts in words."""


def counted(count: int, noun: str) -> str:
    """A count and its noun, thousands set apart: "1 page", "2 pages", "1,000 pages"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
