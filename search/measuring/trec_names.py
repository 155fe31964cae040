"""Documents whose own ids a TREC file cannot tell apart: it is cut at white space."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import click

from index.rows.catalog import Catalog
from search.formats.output import token

_NAMED = 5
"""Of such groups of ids so many are shown."""


def tell(catalog: Catalog, judged: Collection[str] | None = None) -> None:
    """Say on standard error which documents of the library have one name in a TREC file.

    judged: names as `search.formats.output.token` writes them, where no others matter.
    """
    alike = of_one_token(one.source_id for one in catalog.documents() if one.source_id)
    groups = [
        " and ".join(map(repr, ids))
        for name, ids in alike.items()
        if judged is None or name in judged
    ]
    if groups:
        shown = "; ".join(groups[:_NAMED]) + ("; …" if len(groups) > _NAMED else "")
        said = f"a TREC file cannot tell these documents apart, each group counts as one: {shown}"
        click.echo(f"waymark: {said}", err=True)


def of_one_token(ids: Iterable[str]) -> dict[str, list[str]]:
    """Different ids that `search.formats.output.token` writes as one, by what it writes."""
    found: dict[str, list[str]] = {}
    for one in dict.fromkeys(ids):
        found.setdefault(token(one), []).append(one)
    return {name: several for name, several in found.items() if len(several) > 1}
