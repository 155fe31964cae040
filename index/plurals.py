"""Counts in words."""


def counted(count: int, noun: str) -> str:
    """A count and its noun: "1 page", "2 pages"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
