"""The grid of goals and activities: as a page, as a drawing and as a table to take away."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, render_template

from search.browsing.facets import counts
from search.browsing.grid import FEW, FULL, Grid, GridCell, Verdict, grid, serves
from search.browsing.inventory import CELL_COLUMNS, cell_rows
from web.context import current, parameters
from web.context.asked import Asked
from web.readers import attachment, choices

blueprint = Blueprint("grid", __name__)

_STEPS = 5
"""Shades of a cell that is not empty."""


@blueprint.get("/grid")
def page() -> tuple[str, int]:
    """Goals against activities over the passages that pass the filters.

    :raise 400: for filters that name what is not there; for years, a publisher or a language that
        is none, the grid without it and what is wrong above it.
    """
    asked, left_out = parameters.asked_leniently()
    library, holdings = current.library(), current.holdings()
    titles = choices.Titles.of(library.taxonomy, holdings.columns)
    left = counts(holdings.columns, library.taxonomy, asked.filters)
    fields = {field: left[field] for field in left if field not in ("goals", "activities")}
    shown = render_template(
        "grid.html",
        asked=asked,
        left_out=left_out,
        grid=_grid(asked),
        alignment=current.alignment(),
        facets=choices.facets(asked, fields, titles, "grid.page"),
        chips=choices.chips(asked, titles, "grid.page"),
        taxonomy=library.taxonomy,
        verdicts=Verdict,
        few=FEW,
        full=FULL,
        link=lambda cell: _link(asked, cell),
        step=step,
    )
    return shown, 400 if left_out else 200


@blueprint.get("/grid.csv")
def table() -> Response:
    """One row a cell, for spreadsheets; the columns are those of `waymark grid --format csv`."""
    rows = cell_rows(_grid(parameters.asked()), current.library().taxonomy)
    return attachment.table(CELL_COLUMNS, rows, "waymark-grid")


@blueprint.get("/grid.svg")
def drawing() -> Response:
    """The grid as a drawing that stands alone."""
    found = _grid(parameters.asked())
    drawn = render_template(
        "grid_drawing.html",
        grid=found,
        taxonomy=current.library().taxonomy,
        step=step,
        verdicts=Verdict,
    )
    return attachment.attachment(drawn, "image/svg+xml", "waymark-grid.svg")


def step(cell: GridCell) -> int:
    """How dark a cell is: 0 for empty, 1 to 5 by its share of the fullest."""
    return min(_STEPS, 1 + int(cell.share * _STEPS)) if cell.passages else 0


def _grid(asked: Asked) -> Grid:
    taxonomy = current.library().taxonomy
    return grid(current.holdings().columns, taxonomy, serves(taxonomy), asked.filters)


def _link(asked: Asked, cell: GridCell) -> str:
    """The address of the passages of a cell."""
    filters = replace(asked.filters, goals=(cell.goal,), activities=(cell.activity,))
    return choices.address(Asked("", filters, note=asked.note))
