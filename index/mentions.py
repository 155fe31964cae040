"""Passages that name something: a project under any of its names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.catalog import Catalog
from index.records import StoredPassage

_OF_A_NAME = re.compile(r"\w")


def mentions(catalog: Catalog, names: Iterable[str], most: int) -> list[StoredPassage]:
    """At most `most` passages that hold one of the names as a whole word, in the library's order.

    A name of capitals and digits only ("MORE") is looked for in capitals; any other in any case.
    """
    patterns = [_pattern(name) for name in names if _OF_A_NAME.search(name)]
    numbers: list[int] = []
    if patterns:
        together = re.compile("|".join(patterns))
        for number, text in catalog.connection.execute(
            "SELECT number, text FROM passages ORDER BY number"
        ):
            if together.search(text):
                numbers.append(number)
                if len(numbers) == most:
                    break
    found = catalog.passages(numbers)
    return [found[number] for number in numbers if number in found]


def _pattern(name: str) -> str:
    words = r"\s+".join(re.escape(word) for word in name.split())
    whole = rf"(?<!\w){words}(?!\w)"
    return whole if name == name.upper() else f"(?i:{whole})"
