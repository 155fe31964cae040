"""Figures of docs/how-it-works.md and README.md are those measured last (search/figures.json)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from search.measuring import figures

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
STARTER, REPORTS = "Starter library, set aside", "Public reports, set aside"
INVENTED = "Invented passages, each alone, set aside"
ONE_COLUMN, TWO_COLUMNS = (
    f"Officers' questions in {columns}, set aside" for columns in ("one column", "two columns")
)


@pytest.fixture(scope="module")
def sets() -> dict[str, figures.SetFigures]:
    found = figures.load(ROOT / "search" / "figures.json")
    assert found is not None
    return {one.name: one for one in found.sets}


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("on 13 public reports", REPORTS),
        ("on the starter documents", STARTER),
        ("on 5,452 invented passages, each alone", INVENTED),
        ("in officers' words, on five texts set in one column", ONE_COLUMN),
        ("in officers' words, on five texts set in two columns", TWO_COLUMNS),
    ],
)
def test_both_pages_show_the_ranks(
    row: str, name: str, sets: dict[str, figures.SetFigures]
) -> None:
    mrr, low, high = sets[name].measures["MRR@10"]
    hits = sets[name].measures["hit@5"][0]
    shown = f"| {sets[name].questions:,} {row} | {hits:.0%} | {mrr:.2f} ({low:.2f} to {high:.2f}) |"
    shown = shown.replace("%", " %").replace("0.", ".")
    assert shown in PAGE
    assert shown in README


def test_questions_turned_away(sets: dict[str, figures.SetFigures]) -> None:
    said = re.search(r"turns away (\d+) % \(reports\) and (\d+) % \(starter", PAGE)
    assert said is not None
    officers = re.search(r"on purpose \| it wrongly turns away (?:(\d+) to )?(\d+) %", PAGE)
    assert officers is not None
    measured = [sets[name].false_alarms for name in (REPORTS, STARTER, TWO_COLUMNS, ONE_COLUMN)]
    both = (officers[1] or officers[2], officers[2])
    assert [int(share) for share in said.groups() + both] == [
        round(100 * share + 1e-9) for share in measured if share is not None
    ]
