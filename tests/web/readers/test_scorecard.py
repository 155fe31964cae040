"""The scorecard: figures in words, for people and for programs, and plain where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.library import Library
from search.measuring import figures
from search.measuring.figures import Figures, SetFigures

REPORTS = SetFigures(
    "Questions on reports",
    51,
    {"hit@5": (0.67, 0.53, 0.80), "MRR@10": (0.57, 0.45, 0.70)},
    0.04,
    0.5,
)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(figures, "KEPT", tmp_path / "figures.json")
    return tmp_path / "figures.json"


def test_finding_is_said_in_words(look, kept: Path):
    figures.save(Figures("2026-11-21", (REPORTS,)), kept)
    page = look("/scorecard")
    (row,) = page.xpath("//tr[contains(th, 'Questions on reports')]")
    cells = [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
    assert cells == ["–", "67 % (53 to 80)", "0.57 (0.45 to 0.70)", "–"]
    (said,) = page.xpath("//li[contains(., 'Questions on reports')]")
    assert "4 % are wrongly said to have none" in said.text_content()
    assert "50 % are recognised" in said.text_content()
    (day,) = page.xpath("//time")
    assert (day.get("datetime"), day.text) == ("2026-11-21", "21 November 2026")


def test_each_tag_has_a_row(look, library: Library):
    page = look("/scorecard")
    assert "curators" not in page.xpath("string(//p[starts-with(., 'Learned from')])")
    rows = page.xpath("//caption[contains(., 'F1')]/following-sibling::tbody/tr")
    assert len(rows) == len(library.taxonomy.label_ids)


def test_without_figures_it_says_how_to_get_them(look, kept: Path):
    assert "make bench-quality" in look("/scorecard").xpath("string(//p[@class='verdict'])")


def test_programs_get_the_same(client: FlaskClient, kept: Path):
    figures.save(Figures("2026-11-21", (REPORTS,)), kept)
    answer = client.get("/api/v1/scorecard").get_json()
    assert answer["finding"]["sets"][0]["measures"]["hit@5"] == [0.67, 0.53, 0.8]
    assert {row["label"] for row in answer["tagging"]["labels"]} >= {"motivational", "mentoring"}


def test_how_tags_did_on_real_reports_comes_first(look, client: FlaskClient):
    page = look("/scorecard")
    headings = [one.text_content() for one in page.xpath("//h3")]
    real = headings.index("On real reports")
    assert headings[real : real + 2] == ["On real reports", "On passages written as examples"]
    told = [" ".join(one.text_content().split()) for one in page.xpath("//li")]
    answer = client.get("/api/v1/scorecard").get_json()["tagging_elsewhere"]
    drawn = next(one for one in answer if one["given_right"])
    right, wrong = (round(100 * drawn[name]) for name in ("given_right", "wrongly_tagged"))
    assert (
        f"{drawn['name']} ({drawn['passages']} passages): of the tags given {right} % are right; "
        f"{wrong} % of the passages carry a wrong one."
    ) in told
