"""Two curators at real browsers, one with scripts and one without, against one real server: half an
hour's work of each. Skipped where Chromium is missing.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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

PASSWORD = "four plain words here"  # noqa: S105 - of a library that a test makes
PATIENCE = 240
"""Seconds: training took three minutes on a machine that was busy with twenty other things."""
WITHOUT_SCRIPTS = {"profile.managed_default_content_settings.javascript": 2}


@dataclass(frozen=True)
class Curator:
    """A curator, her browser, and the two reports that she hands in: name, title, text."""

    name: str
    driver: WebDriver
    scripted: bool
    reports: Sequence[tuple[str, str, str]]

    @property
    def title(self) -> str:
        """Of the report that she publishes on its own page."""
        return self.reports[0][1]

    @property
    def broken(self) -> str:
        """The file of hers that cannot be read."""
        return f"{self.name}.pdf"


ANNAS = (
    (
        "norland.pdf",
        "How Norland and Sudland twinned",
        "The agency of Norland twinned with the agency of Sudland for a year. Two mentors sat with "
        "the caseworkers during the first arrivals and coached them, until the unit of Sudland ran "
        "the second group alone and wrote its own handbook of procedures.",
    ),
    (
        "market.pdf",
        "What the market square sold",
        "Bakers opened at six in the old market and closed at noon, when the fountain was cleaned "
        "and the stalls of the florists were put up along the western wall of the square.",
    ),
)
BENS = (
    (
        "westmark.pdf",
        "What officials of Westmark learned",
        "Forty officials of Westmark attended a workshop on interviewing in May. A judge and two "
        "psychologists taught them over three days, and each of them passed the lessons on to an "
        "office in the provinces before the summer.",
    ),
    (
        "lighthouse.pdf",
        "The lighthouse keeper's ledger",
        "The lamp burned four barrels of oil in a winter month. Ships that passed by day were "
        "counted with pebbles, and the jar was emptied on the first Sunday of each quarter.",
    ),
)


@pytest.fixture(scope="module")
def server(copy_library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `waymark serve` serves a copy of the shared library that has two curators."""
    home = tmp_path_factory.mktemp("served") / "home"
    library = copy_library(home)
    for name in ("anna", "ben"):
        curators.add(library, name, PASSWORD, "test")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "waymark", "--home", home, "serve", "--port", port],
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


@pytest.fixture(scope="module")
def anna(server: str, start_browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Curator]:
    """Signed in, with scripts."""
    profile = tmp_path_factory.mktemp("anna")
    with signed_in(Curator("anna", start_browser(profile), True, ANNAS), server) as anna:
        yield anna


@pytest.fixture(scope="module")
def ben(server: str, start_browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Curator]:
    """Signed in, without scripts."""
    driver = start_browser(tmp_path_factory.mktemp("ben"), **WITHOUT_SCRIPTS)
    with signed_in(Curator("ben", driver, False, BENS), server) as ben:
        yield ben


@contextmanager
def signed_in(person: Curator, server: str) -> Iterator[Curator]:
    """Asked for the desk, and led there once signed in."""
    driver = person.driver
    try:
        driver.get(f"{server}/curate/")
        see(driver, "#name").send_keys(person.name)
        driver.find_element(By.ID, "password").send_keys(PASSWORD)
        press_button(driver, "Sign in")
        await_text(person, "Nothing is under way.")
        yield person
    finally:
        driver.quit()


def see(driver: WebDriver, selector: str) -> WebElement:
    """The first such thing, once it is there."""
    return WebDriverWait(driver, PATIENCE).until(
        lambda d: d.find_element(By.CSS_SELECTOR, selector)
    )


def await_text(person: Curator, words: str, look: str = "") -> None:
    """Wait for words on the page; without a script it is loaded anew, as a person would."""

    def there(driver: WebDriver) -> bool:
        if look and not person.scripted:
            driver.get(look)
        return words in driver.find_element(By.TAG_NAME, "main").text

    # A page may be replaced by the next one while it is being read.
    WebDriverWait(person.driver, PATIENCE, 1, [WebDriverException]).until(there)


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


def titles_found(person: Curator, server: str) -> str:
    """What the first sentence of the report that she publishes finds."""
    question = person.reports[0][2].partition(".")[0]
    person.driver.get(f"{server}/?q={question}")
    return see(person.driver, "main").text


def upload(person: Curator, server: str, folder: Path, make_pdf: Callable[..., Path]) -> None:
    """PDFs and odd files together; two become drafts, two are named as what they are."""
    folder.mkdir()
    for name, title, text in person.reports:
        make_pdf(folder / name, [("1. Summary", text)], title)
    (folder / person.broken).write_bytes(b"%PDF-1.7\n" + b"\x00" * 500)
    (folder / "sheet.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    driver = person.driver
    driver.get(f"{server}/curate/upload")
    see(driver, "#files").send_keys("\n".join(map(str, folder.iterdir())))
    press_button(driver, "Upload")
    await_text(person, "no reader for this kind of file")
    if person.scripted:
        await_text(person, "3 of 4 accepted.")
    follow(driver, "Go to the desk")
    for words in (*(title for _, title, _ in person.reports), f"{person.broken} reading\nfailed"):
        await_text(person, words, f"{server}/curate/")


def publish(person: Curator, server: str) -> None:
    """Look at a draft, put it right, publish it; publish the other one from the list."""
    driver = person.driver
    follow(driver, person.title)
    picture = see(driver, ".sheets img")
    WebDriverWait(driver, PATIENCE).until(lambda _: picture.get_property("naturalWidth") == 1000)
    year = driver.find_element(By.ID, "year")
    year.clear()
    year.send_keys("2019")
    press_button(driver, "Publish")
    await_text(person, "is being published.")
    click(driver, By.CSS_SELECTOR, ".drafts input[type=checkbox]")
    press_button(driver, "Publish selected drafts")
    await_text(person, "There are no drafts.", f"{server}/curate/")


def correct_tags(person: Curator, server: str) -> None:
    """By keys where there is a script: no to one question, yes to the next, and that undone."""
    driver = person.driver

    def asked() -> tuple[str, str]:
        return see(driver, "#question").text, see(driver, ".ask-tag blockquote").text

    driver.get(f"{server}/curate/review")
    for key, words in (("r", "No"), ("a", "Yes")):
        before = asked()
        if person.scripted:
            ActionChains(driver).send_keys(key).perform()
        else:
            press_button(driver, words)
        WebDriverWait(driver, PATIENCE, 1, [WebDriverException]).until(
            lambda _, before=before: asked() != before
        )
    if person.scripted:
        ActionChains(driver).send_keys("u").perform()
    else:
        press_button(driver, "Undo")
    await_text(person, "Taken back.")


def train(people: Sequence[Curator], server: str) -> None:
    """Both ask for it, and get the same one: nothing else here takes as long."""
    for person in people:
        press_button(person.driver, "Train the tagger now")
    for person in people:
        await_text(person, "What it changed", f"{server}/curate/")
        follow(person.driver, "What it changed")
        assert f"{len(people)} decisions" in see(person.driver, ".lead").text


def withdraw(person: Curator, server: str) -> None:
    titles_found(person, server)
    follow(person.driver, person.title)
    follow(person.driver, "Edit, replace or withdraw")
    press_button(person.driver, "Withdraw")
    await_text(person, "has been withdrawn")


def test_a_half_hour_of_curating(
    anna: Curator, ben: Curator, server: str, tmp_path: Path, make_pdf: Callable[..., Path]
) -> None:
    people = (anna, ben)
    for person in people:
        upload(person, server, tmp_path / person.name, make_pdf)
        publish(person, server)
        assert person.title in titles_found(person, server)
        correct_tags(person, server)
    train(people, server)
    for person in people:
        withdraw(person, server)
        assert person.title not in titles_found(person, server)
    # Nor did any page break the policy against inline scripts and styles.
    messages = [entry["message"] for entry in anna.driver.get_log("browser")]
    assert [one for one in messages if "Content Security Policy" in one] == []


def test_what_was_refused_comes_first_and_drafts_are_chosen_together(
    anna: Curator, server: str, tmp_path: Path
) -> None:
    driver = anna.driver
    names = ["ferry.md", "harbour.md", "sheet.xls"]
    for name in names[:2]:
        (tmp_path / name).write_text(f"# Report on the {name[:-3]}\n\nBoats leave at six.")
    (tmp_path / "sheet.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    driver.get(f"{server}/curate/upload")
    see(driver, "#files").send_keys("\n".join(str(tmp_path / name) for name in names))
    press_button(driver, "Upload")
    await_text(anna, "2 of 3 accepted. Not accepted: 1, listed first.")
    listed = [one.text for one in driver.find_elements(By.CSS_SELECTOR, ".uploads bdi")]
    assert listed == ["sheet.xls", "ferry.md", "harbour.md"]
    follow(driver, "Go to the desk")
    for words in ("Report on the ferry", "Report on the harbour"):
        await_text(anna, words, f"{server}/curate/")
    whole, *each = driver.find_elements(By.CSS_SELECTOR, "#waiting input[type=checkbox]")
    whole.click()
    assert [one.is_selected() for one in each] == [True, True]
    each[0].click()
    assert not whole.is_selected()
    whole.click()
    whole.click()
    assert [one.is_selected() for one in each] == [False, False]


def test_a_file_too_large_is_not_even_sent(anna: Curator, server: str, tmp_path: Path) -> None:
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate((200 << 20) + 1)
    anna.driver.get(f"{server}/curate/upload")
    see(anna.driver, "#files").send_keys(str(tmp_path / "large.pdf"))
    press_button(anna.driver, "Upload")
    await_text(anna, "it has 201 MB, and a file may have 200 MB")
