"""A search as it stands in the address: the question, the filters, how many results, and the note
that is being gathered meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from index.derived.filters import NAMES, Filters
from ingest.metadata.fields import YEARS
from web.context.noted import NONE_YET, Note, Pick

PARAMETERS: Mapping[str, str] = {field: name for name, field in NAMES.items() if name != "year"}
"""Fields of `Filters` that hold values, and their parameter, which may be repeated."""

FEWEST, MOST = 10, 50
"""Results on a page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks for.

    k: results on the page. by_document: whether only the best passage of each document is shown.
    note: what the reader has gathered so far.
    """

    question: str
    filters: Filters
    k: int = FEWEST
    by_document: bool = False
    note: Note = NONE_YET

    def address(self) -> dict[str, list[str]]:
        """The parameters of its address, the note among them."""
        return self.query() | self.note.query()

    def query(self) -> dict[str, list[str]]:
        """The parameters of the search without the note; empty and usual values are left out."""
        found = {"q": [self.question]} if self.question else {}
        for field, parameter in PARAMETERS.items():
            if values := getattr(self.filters, field):
                found[parameter] = list(values)
        if self.filters.years:
            found["year"] = [years_text(self.filters.years, "..")]
        if self.by_document:
            found["per"] = ["document"]
        if self.k != FEWEST:
            found["k"] = [str(self.k)]
        return found

    def toggled(self, field: str, value: str) -> Asked:
        """The search with a value of a filter added, or taken out if it was in; `k` starts over."""
        before: tuple[str, ...] = getattr(self.filters, field)
        after = tuple(v for v in before if v != value) if value in before else (*before, value)
        change: dict[str, Any] = {field: after}
        return self.within(replace(self.filters, **change))

    def in_years(self, years: tuple[int, int] | None) -> Asked:
        """The search limited to other years, or to no years; `k` starts over."""
        return self.within(replace(self.filters, years=years))

    def within(self, filters: Filters) -> Asked:
        """The search under other filters; `k` starts over."""
        return replace(self, filters=filters, k=FEWEST)

    def folded(self) -> Asked:
        """The search with `by_document` turned round; `k` starts over."""
        return replace(self, by_document=not self.by_document, k=FEWEST)

    def inside(self, document: str) -> Asked:
        """The search among all passages of one document; `k` starts over."""
        return replace(self.within(replace(self.filters, documents=(document,))), by_document=False)

    def noting(self, pick: Pick) -> Asked:
        """The search with a quote added to its note, or taken out of it if it was in."""
        return replace(self, note=self.note.toggled(pick))


def years_text(years: tuple[int, int], between: str = "-") -> str:
    """First and last year as people type them: "2015", "2010-2018", "2010-", "-2018".

    between: what stands between the two; in addresses two dots.
    """
    first, last = years
    if first == last:
        return str(first)
    return f"{first if first > YEARS[0] else ''}{between}{last if last < YEARS[-1] else ''}"
