"""A curator's pages as they are seen in a real browser. Skipped where Chromium is missing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from index import build
from index.derived import views
from index.rows import database

LONG = "Mentors stayed for a year and wrote down what the caseworkers of Sudland asked them. " * 9
SENT = "Working …"


@pytest.fixture
def address(
    desk, signed_in, browser: WebDriver, serve: Callable[[Flask], AbstractContextManager[str]]
) -> Iterator[str]:
    """Where anna's desk is served; her browser is signed in, 1,280 by 700 points."""
    size = {"width": 1280, "height": 700, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    with serve(desk.client.application) as found:
        browser.get(f"{found}/static/icon.svg")
        browser.add_cookie({"name": "waymark", "value": signed_in.cookie, "path": "/"})
        yield found


def box(browser: WebDriver, selector: str, side: str) -> float:
    """A side of what stands first under a selector, in points from the window's corner."""
    found: float = browser.execute_script(
        f"return document.querySelector(arguments[0]).getBoundingClientRect().{side}", selector
    )
    return found


def test_what_was_decided_has_room_in_the_log(desk, browser, address: str, borland: str) -> None:
    with desk.library.catalog() as catalog, database.change(catalog.connection):
        title = "What the Agencies of Norland and Sudland Learned of Each Other's Programmes"
        catalog.connection.execute("UPDATE documents SET title = ?", (f"{title}, Volume Two",))
    form = {"label": "motivational", "verdict": "yes"}
    desk.send(f"/curate/passages/{borland}-1/decide", **form)
    browser.get(f"{address}/curate/log")
    assert box(browser, ".log td:nth-child(5)", "width") >= 190


def test_answers_are_in_sight_below_a_long_passage(
    desk, browser, address: str, tmp_path: Path
) -> None:
    (tmp_path / "long.md").write_text(f"# Long\n\n{LONG}", "utf-8")
    list(build.add(desk.library, [tmp_path / "long.md"]))
    with desk.library.catalog() as catalog:
        (name,) = [one.document_id for one in catalog.documents() if one.file_name == "long.md"]
        passage = catalog.passages_of(name)[-1].passage_id
    browser.get(f"{address}/curate/review?passage={passage}&label=mentoring")
    assert box(browser, ".ask-tag", "bottom") > 700
    assert box(browser, ".answers", "bottom") <= 700
    assert browser.execute_script("return scrollY") == 0


def test_in_a_low_window_answers_cover_nothing_of_the_passage(desk, browser, address: str) -> None:
    with desk.library.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute("UPDATE passages SET text = ?", (LONG,))
        (passage,) = catalog.connection.execute("SELECT min(passage_id) FROM passages").fetchone()
    size = {"width": 320, "height": 256, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(f"{address}/curate/review?passage={passage}&label=mentoring")
    browser.execute_script("document.querySelector('.ask-tag .result').scrollIntoView()")
    assert box(browser, ".ask-tag .result", "bottom") > 256
    assert box(browser, ".answers", "top") >= box(browser, ".ask-tag .result", "bottom")


def test_a_draft_and_its_form_begin_on_one_line(desk, browser, address: str, files: Path) -> None:
    desk.upload(files / "norland.pdf")
    desk.work()
    browser.get(f"{address}/curate/drafts/{desk.draft_of('norland.pdf')}")
    assert box(browser, "#details", "top") == pytest.approx(box(browser, "#pages", "top"), abs=6)
    assert box(browser, ".stack label", "top") - box(browser, "#details", "bottom") > 5


def test_a_change_that_waits_says_so(desk, browser, address: str, borland: str) -> None:
    browser.get(f"{address}/curate/documents/{borland}")
    browser.execute_script(
        "new MutationObserver(() => sessionStorage.setItem('said', said.textContent))"
        ".observe(document.getElementById('said'), {childList: true})"
    )
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with views.lock(desk.library.home, wait_seconds=None):
            held.set()
            let_go.wait(1.5)  # the change itself waits three seconds

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(20)
    year = browser.find_element(By.ID, "year")
    year.clear()
    year.send_keys("2011")
    browser.find_element(By.XPATH, "//button[.='Save details']").click()
    done = WebDriverWait(browser, 20).until(lambda d: d.find_elements(By.CLASS_NAME, "done"))
    other.join()
    assert done[0].text == "The details are saved."
    assert browser.execute_script("return sessionStorage.getItem('said')") == SENT


def test_what_is_being_put_back_is_said_to_be_back(
    desk, browser, address: str, borland: str
) -> None:
    desk.send(f"/curate/documents/{borland}/withdraw")
    browser.get(f"{address}/curate/bin")
    browser.find_element(By.XPATH, "//button[.='Put back']").click()
    shown = WebDriverWait(browser, 20).until(lambda d: d.find_element(By.CLASS_NAME, "done"))
    assert "is being put back" in shown.text
    assert [job.state for job in desk.work()] == ["done"]
    said = "Resettlement in Borland 2016 has been put back."
    WebDriverWait(browser, 20).until(lambda _: shown.text == said)


def test_what_else_was_said_of_a_change_stays_when_it_ends(
    desk, browser, address: str, files: Path
) -> None:
    desk.upload(files / "norland.pdf", files / "market.pdf")
    desk.work()
    browser.get(f"{address}/curate/")
    for draft in browser.find_elements(By.NAME, "draft"):
        draft.click()
    gone = desk.draft_of("market.pdf")
    desk.send("/curate/drafts/discard", draft=[gone], sure="1")
    browser.find_element(By.XPATH, "//button[.='Publish selected drafts']").click()
    WebDriverWait(browser, 20).until(lambda d: d.find_elements(By.CLASS_NAME, "done"))
    flashed = [one.text for one in browser.find_elements(By.CLASS_NAME, "done")]
    assert flashed[0] == "one is no longer a draft"
    assert [job.state for job in desk.work()] == ["done"]
    ended = "//*[@id='said' and contains(., 'publishing: done')]"
    WebDriverWait(browser, 20).until(lambda d: d.find_elements(By.XPATH, ended))
    assert [one.text for one in browser.find_elements(By.CLASS_NAME, "done")] == flashed
