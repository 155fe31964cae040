"""A curator at a real browser, against the real server: half an hour's work, with scripts and
without. Skipped where Chromium is missing.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.common.exceptions import (
    NoSuchElementException,
    StaleElementReferenceException,
    WebDriverException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

import waymark
from index.curating import curators

pytestmark = pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("chromedriver")),
    reason="no Chromium: apt-get install chromium chromium-driver",
)

PASSWORD = "four plain words here"  # noqa: S105 - of a library that a test makes
PATIENCE = 240
"""Seconds: training took three minutes on a machine that was busy with twenty other things."""
TITLE = "How Norland and Sudland twinned"


@pytest.fixture(params=["script", "scriptless"])
def person(request, tmp_path: Path, start_browser) -> Iterator[WebDriver]:
    off = {"profile.managed_default_content_settings.javascript": 2}
    driver = start_browser(tmp_path / "profile", **(off if request.param == "scriptless" else {}))
    driver.scripted = request.param == "script"
    yield driver
    driver.quit()


@pytest.fixture
def server(copy_library, tmp_path: Path) -> Iterator[str]:
    """Where `waymark serve` serves a copy of the shared library that has a curator, anna."""
    library = copy_library(tmp_path / "home")
    curators.add(library, "anna", PASSWORD, "test")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "waymark", "--home", tmp_path / "home", "serve", "--port", port],
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(waymark.__file__).parent,
        env=os.environ | {"OMP_NUM_THREADS": "1", "WAYMARK_SECRET": "s" * 40},
    )
    assert process.stderr is not None
    assert "Waymark serves" in process.stderr.readline()
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    try:
        process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0


def see(driver: WebDriver, selector: str) -> WebElement:
    """The first such thing, once it is there."""
    return WebDriverWait(driver, PATIENCE).until(
        lambda d: d.find_element(By.CSS_SELECTOR, selector)
    )


def await_text(driver: WebDriver, words: str, look: str = "") -> None:
    """Wait for words on the page; without a script it is loaded anew, as a person would."""

    def there(d: WebDriver) -> bool:
        if look and not d.scripted:
            d.get(look)
        return words in d.find_element(By.TAG_NAME, "main").text

    # A page may be replaced by the next one while it is being read.
    WebDriverWait(driver, PATIENCE, 1, [WebDriverException]).until(there)


def press_button(driver: WebDriver, words: str) -> None:
    click(driver, By.XPATH, f"//main//button[starts-with(normalize-space(.), '{words}')]")


def follow(driver: WebDriver, words: str) -> None:
    click(driver, By.LINK_TEXT, words)


def click(driver: WebDriver, how: str, what: str) -> None:
    """Click on a thing, once it is there."""

    def clicked(d: WebDriver) -> bool:
        d.find_element(how, what).click()
        return True

    # The desk renews itself: what was found may be replaced before it is clicked on.
    gone = [NoSuchElementException, StaleElementReferenceException]
    WebDriverWait(driver, PATIENCE, ignored_exceptions=gone).until(clicked)


def titles_found(driver: WebDriver, server: str, question: str) -> str:
    driver.get(f"{server}/?q={question}")
    return see(driver, "main").text


def sign_in(person: WebDriver, server: str) -> None:
    """Asked for the desk, and led there afterwards."""
    person.get(f"{server}/curate/")
    see(person, "#name").send_keys("anna")
    person.find_element(By.ID, "password").send_keys(PASSWORD)
    press_button(person, "Sign in")
    await_text(person, "Nothing is under way.")


def upload(person: WebDriver, server: str, folder: Path) -> None:
    """PDFs and odd files together; two become drafts, two are named as what they are."""
    names = ["norland.pdf", "market.pdf", "broken.pdf", "sheet.xls"]
    person.get(f"{server}/curate/upload")
    see(person, "#files").send_keys("\n".join(str(folder / name) for name in names))
    press_button(person, "Upload")
    await_text(person, "no reader for this kind of file")
    if person.scripted:
        await_text(person, "3 of 4 accepted.")
    follow(person, "Go to the desk")
    for words in (TITLE, "What the market square sold", "failed"):
        await_text(person, words, f"{server}/curate/")
    assert "broken.pdf" in person.find_element(By.ID, "jobs").text


def publish(person: WebDriver, server: str) -> None:
    """Look at a draft, put it right, publish it; publish the other one from the list."""
    follow(person, TITLE)
    picture = see(person, ".sheets img")
    WebDriverWait(person, PATIENCE).until(lambda _: picture.get_property("naturalWidth") == 1000)
    year = person.find_element(By.ID, "year")
    year.clear()
    year.send_keys("2019")
    press_button(person, "Publish")
    await_text(person, "is being published.")
    click(person, By.CSS_SELECTOR, ".drafts input[type=checkbox]")
    press_button(person, "Publish selected drafts")
    await_text(person, "There are no drafts.", f"{server}/curate/")


def correct_tags(person: WebDriver, server: str) -> None:
    """By keys where there is a script: no to one question, yes to the next, and that undone."""

    def asked() -> tuple[str, str]:
        return see(person, "#question").text, see(person, ".ask-tag blockquote").text

    person.get(f"{server}/curate/review")
    for key, words in (("r", "No"), ("a", "Yes")):
        before = asked()
        if person.scripted:
            ActionChains(person).send_keys(key).perform()
        else:
            press_button(person, words)
        WebDriverWait(person, PATIENCE, 1, [WebDriverException]).until(
            lambda _, before=before: asked() != before
        )
    if person.scripted:
        ActionChains(person).send_keys("u").perform()
    else:
        press_button(person, "Undo")
    await_text(person, "Taken back.")


def train(person: WebDriver, server: str) -> None:
    press_button(person, "Train the tagger now")
    await_text(person, "What it changed", f"{server}/curate/")
    follow(person, "What it changed")
    assert "1 decision" in see(person, ".lead").text


def test_a_half_hour_of_curating(person: WebDriver, server: str, files: Path) -> None:
    sign_in(person, server)
    upload(person, server, files)
    publish(person, server)
    question = "agency of Norland twinned with Sudland"
    assert TITLE in titles_found(person, server, question)
    correct_tags(person, server)
    train(person, server)
    titles_found(person, server, question)
    follow(person, TITLE)
    follow(person, "Edit, replace or withdraw")
    press_button(person, "Withdraw")
    await_text(person, "has been withdrawn")
    assert TITLE not in titles_found(person, server, question)
    if person.scripted:  # nor did any page break the policy against inline scripts and styles
        messages = [entry["message"] for entry in person.get_log("browser")]
        assert [one for one in messages if "Content Security Policy" in one] == []


def test_a_file_too_large_is_not_even_sent(server: str, tmp_path: Path, start_browser) -> None:
    driver = start_browser(tmp_path / "profile")
    driver.scripted = True
    try:
        with (tmp_path / "large.pdf").open("wb") as file:
            file.truncate((200 << 20) + 1)
        driver.get(f"{server}/curate/upload")
        see(driver, "#name").send_keys("anna")
        driver.find_element(By.ID, "password").send_keys(PASSWORD)
        press_button(driver, "Sign in")
        see(driver, "#files").send_keys(str(tmp_path / "large.pdf"))
        press_button(driver, "Upload")
        await_text(driver, "it has 201 MB, and a file may have 200 MB")
    finally:
        driver.quit()
