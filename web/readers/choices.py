"""The filters as a reader sees them: what may be chosen, what is, and where each choice leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from corpus.taxonomy import Taxonomy
from index.derived.columns import Columns
from ingest.language_names import language_name
from search.browsing.facets import Count
from web.context.asked import PARAMETERS, Asked, years_text

_SHOWN = 8
"""Values of a field at once; chosen ones always, the rest behind "more"."""

_MOST = 40
"""Values of a field in all, but for those chosen."""

SEARCH = "pages.search"

TITLES = {
    "goals": "Goal",
    "activities": "Activity",
    "years": "Year",
    "kinds": "Kind",
    "publishers": "Publisher",
    "languages": "Language",
    "documents": "Document",
}


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A value that may be chosen, or is. hint: what it means; may be empty. href: the address with
    the value chosen, or without it where it is chosen already.
    """

    title: str
    hint: str
    passages: int
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class ListedValue:
    """A value in a list to pick from."""

    value: str
    title: str
    passages: int


@dataclass(frozen=True, slots=True)
class FilterField:
    """A field and its values. choices: those that are shown. rest: those behind "more".
    listed: further values as a list to pick from, where there may be too many for links.
    """

    field: str
    title: str
    choices: tuple[FilterChoice, ...]
    rest: tuple[FilterChoice, ...] = ()
    listed: tuple[ListedValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force. href: the address without it."""

    field: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Titles:
    """What the values of filters are called. documents: titles by id."""

    taxonomy: Taxonomy
    documents: Mapping[str, str]

    @classmethod
    def of(cls, taxonomy: Taxonomy, columns: Columns) -> Titles:
        """The titles of a library's labels and documents."""
        return cls(taxonomy, {d.document_id: d.title for d in columns.documents})

    def title(self, field: str, value: str) -> str:
        """A value in words, or as it is where it needs none."""
        if field in ("goals", "activities"):
            return self.taxonomy.label(value).plain
        if field == "documents":
            return self.documents.get(value, value)
        return language_name(value) if field == "languages" else value

    def hint(self, field: str, value: str) -> str:
        """What a label means; empty for other values."""
        if field not in ("goals", "activities"):
            return ""
        label = self.taxonomy.label(value)
        return f"{label.title}: {label.definition}"


def facets(
    asked: Asked,
    counts: Mapping[str, tuple[Count, ...]],
    titles: Titles,
    endpoint: str = SEARCH,
    shown: Iterable[str] = (),
) -> tuple[FilterField, ...]:
    """The fields in which there is something to choose.

    counts: by field, its values with their passages. endpoint: the page that choices lead to.
    shown: ids of the documents of the results, which are offered first.
    """
    found = []
    for field, values in counts.items():
        if field == "documents":
            chosen = asked.filters.documents
            if len(values) > 1 or any(count.value in chosen for count in values):
                found.append(_documents(asked, values, titles, endpoint, shown))
            continue
        offered = values[:_MOST] + tuple(c for c in values[_MOST:] if _is_chosen(asked, field, c))
        choices = [_choice(asked, field, count, titles, endpoint) for count in offered]
        rest = [choice for choice in choices[_SHOWN:] if not choice.chosen]
        if len(rest) == 1:
            rest = []  # a fold with one value in it would be as high as the value
        first = [choice for choice in choices if choice not in rest]
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            found.append(FilterField(field, TITLES[field], tuple(first), tuple(rest)))
    return tuple(found)


def _documents(
    asked: Asked, values: Sequence[Count], titles: Titles, endpoint: str, shown: Iterable[str]
) -> FilterField:
    """The field of documents: those shown and chosen, then those with the most passages, as links;
    all others in a list by title.
    """
    known = {count.value: count for count in values}
    wanted = [name for name in (*shown, *asked.filters.documents) if name in known]
    order = list(dict.fromkeys([*wanted, *known]))
    most = max(_SHOWN, len(set(wanted)))
    first = tuple(_choice(asked, "documents", known[n], titles, endpoint) for n in order[:most])
    rest = [ListedValue(n, titles.title("documents", n), known[n].passages) for n in order[most:]]
    rest.sort(key=lambda one: one.title.casefold())
    return FilterField("documents", TITLES["documents"], first, listed=tuple(rest))


def _choice(asked: Asked, field: str, count: Count, titles: Titles, endpoint: str) -> FilterChoice:
    chosen = _is_chosen(asked, field, count)
    if field == "years":
        after = asked.in_years(None if chosen else _year(count))
    else:
        after = asked.toggled(field, count.value)
    return FilterChoice(
        titles.title(field, count.value),
        titles.hint(field, count.value),
        count.passages,
        chosen,
        address(after, endpoint),
    )


def _is_chosen(asked: Asked, field: str, count: Count) -> bool:
    if field == "years":
        return asked.filters.years == _year(count)
    return count.value in getattr(asked.filters, field)


def _year(count: Count) -> tuple[int, int]:
    return int(count.value), int(count.value)


def chips(asked: Asked, titles: Titles, endpoint: str = SEARCH) -> tuple[Chip, ...]:
    """A chip for each filter in force."""
    found = [
        Chip(
            TITLES[field],
            titles.title(field, value),
            address(asked.toggled(field, value), endpoint),
        )
        for field in PARAMETERS
        for value in getattr(asked.filters, field)
    ]
    if asked.filters.years:
        years = years_text(asked.filters.years)
        found.append(Chip(TITLES["years"], years, address(asked.in_years(None), endpoint)))
    return tuple(found)


def address(asked: Asked, endpoint: str = SEARCH) -> str:
    """The address of a search, or of another page with its filters."""
    return url_for(endpoint, **asked.address())  # type: ignore[arg-type] # lists are repeated
