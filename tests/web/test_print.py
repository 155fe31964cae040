"""What pages are on paper, printed by a real browser. Skipped where Chromium is missing."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
from pypdfium2 import PdfDocument
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from index import build
from web.app import create_app

REFERENCE = "Resettlement in Borland 2016, 2016"
"""Of the report with three pages."""


def printed(browser: WebDriver) -> str:
    """The text of all sheets that the page prints, a blank between two words."""
    sheets = browser.execute_cdp_cmd("Page.printToPDF", {})["data"]
    with closing(PdfDocument(base64.b64decode(sheets))) as document:
        text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    return " ".join(text.split())


@contextmanager
def on_paper(browser: WebDriver) -> Iterator[None]:
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    yield
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def shown(browser: WebDriver, selector: str) -> list[bool]:
    found = browser.find_elements(By.CSS_SELECTOR, selector)
    return [element.is_displayed() for element in found]


def test_the_time_line_of_initiatives_has_its_bars(browser, address) -> None:
    browser.get(f"{address}/initiatives")
    with on_paper(browser):
        bars = shown(browser, ".line rect.bar")
    assert len(bars) > 10
    assert all(bars)


def test_no_table_is_cut_at_the_edge_of_the_sheet(browser, address) -> None:
    for page in ("initiatives", "documents", "grid", "scorecard"):
        browser.get(f"{address}/{page}")
        whole = browser.execute_script(
            "return [...document.querySelectorAll('.wide :is(th, td)')]"
            ".filter(one => !one.querySelector('.hide')).map(one => one.innerText).join(' ')"
        ).split()
        on_sheets = printed(browser)
        assert whole
        assert [word for word in whole if word.isalpha() and word not in on_sheets] == []


def test_the_grid_keeps_its_shades(browser, address) -> None:
    browser.get(f"{address}/grid")
    with on_paper(browser):
        kept = browser.execute_script(
            "return getComputedStyle(document.querySelector('.cell')).printColorAdjust"
        )
    assert kept == "exact"


def test_a_passage_can_be_cited_from_paper(browser, address, borland) -> None:
    browser.get(f"{address}/passages/{borland}-1?start=0&end=20")
    text = printed(browser)
    assert f"{REFERENCE}, p. 2 {address}/passages/{borland}-1" in text
    assert "Open at" not in text
    assert shown(browser, ".printed") == [False]


def test_a_search_can_be_cited_from_paper(browser, address, borland) -> None:
    browser.get(f"{address}/?q=ministers who fear a backlash")
    text = printed(browser)
    assert f"{REFERENCE}, p. 2 {address}/passages/{borland}-1" in text
    assert "Open at" not in text
    for button in ("Cite", "See page", "Why this passage", "Take the list"):
        assert button not in text
    # tags are said on paper too, though they are closed
    with on_paper(browser):
        assert set(shown(browser, ".tag > summary")) == {True}


def test_a_note_prints_its_quotes_and_references_on_one_sheet(browser, address, borland) -> None:
    browser.get(f"{address}/note?heading=For+the+minister&p={borland}-1:0-20&p={borland}-0")
    sheets = browser.execute_cdp_cmd("Page.printToPDF", {})["data"]
    with closing(PdfDocument(base64.b64decode(sheets))) as document:
        assert len(document) == 1
    text = printed(browser)
    assert text.count("For the minister") >= 1
    assert f"[1], p. 2 Resettlement in Borland 2016 {address}/passages/{borland}-1" in text
    assert f"References 1. {REFERENCE}" in text
    for button in ("Move", "Remove", "Download", "Back to", "bookmark"):
        assert button not in text


def test_a_brief_prints_its_day_its_library_and_its_addresses(
    browser, serve, tagged, borland
) -> None:
    with serve(create_app(tagged)) as address:
        browser.get(f"{address}/guide/brief?goal=motivational&activity=mentoring")
        assert shown(browser, ".printed") == [False]
        text = printed(browser)
    assert "As the library stood on" in text
    assert f"{datetime.now(UTC):%B %Y} (generation" in text
    assert f"{address}/passages/{borland}-0?start=0&end=20" in text


@pytest.mark.parametrize(
    ("page", "selector"),
    [("note?p={id}-1:0-20&p={id}-0", "#quote-1"), ("?q=ministers", "li.result")],
)
def test_what_has_the_focus_has_no_frame_on_paper(
    browser, address, borland, page: str, selector: str
) -> None:
    browser.get(f"{address}/{page.format(id=borland)}")
    style = (
        f"const one = document.querySelector('{selector}');"
        "one.focus({focusVisible: true}); return getComputedStyle(one).outlineStyle"
    )
    assert browser.execute_script(style) == "solid"
    with on_paper(browser):
        assert browser.execute_script(style) == "none"


def test_a_part_of_a_document_says_on_paper_that_it_is_one(
    browser, serve, empty_library, tmp_path
) -> None:
    said = "\n\n".join(f"## Section {at}\n\nBoat {at} came at noon." for at in range(80))
    (tmp_path / "boats.md").write_text(said, "utf-8")
    list(build.add(empty_library, [tmp_path]))
    with empty_library.catalog() as catalog:
        (name,) = catalog.document_ids()
    with serve(create_app(empty_library)) as address:
        browser.get(f"{address}/documents/{name}?part=2")
        text = printed(browser)
    assert "Passages 41 to 80 of 80." in text
    assert "Boat 79 came" in text
    assert "Next" not in text


def test_a_document_prints_its_reference_and_nothing_to_click(browser, address, borland) -> None:
    browser.get(f"{address}/documents/{borland}")
    assert "Open this passage" in browser.find_element(By.TAG_NAME, "main").text
    text = printed(browser)
    assert f"{REFERENCE} {address}/documents/{borland}" in text
    for button in ("Grid of this document", "Cite this document", "Open this passage"):
        assert button not in text
