"""Whoever uses the pages by keys alone, or hears them, at a real browser. Skipped where Chromium
is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from index import build
from ingest.records import Metadata
from web.app import create_app

IN_SIGHT = """
    const box = arguments[0].getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
"""


@pytest.fixture
def person(browser: WebDriver) -> WebDriver:
    return browser


@pytest.fixture
def curator(person, desk, serve) -> Iterator[str]:
    """Where a desk is served at which the person has signed in as anna."""
    with serve(desk.client.application) as address:
        # What the browser was given by the desk of the test before may let it in here.
        person.get(f"{address}/static/style.css")
        person.delete_all_cookies()
        person.get(f"{address}/curate/sign-in")
        see(person, "#name").send_keys("anna")
        person.find_element(By.ID, "password").send_keys("four plain words here", Keys.ENTER)
        WebDriverWait(person, 20).until(lambda d: "sign-in" not in d.current_url)
        yield address


def see(driver: WebDriver, selector: str) -> WebElement:
    """The first such thing, once it is there."""
    return WebDriverWait(driver, 20).until(lambda d: d.find_element(By.CSS_SELECTOR, selector))


def press(driver: WebDriver, *keys: str) -> None:
    ActionChains(driver).send_keys(*keys).perform()


def hold(driver: WebDriver, key: str, times: int) -> None:
    """Keep a key down, as a keyboard does that repeats it; then let it go."""
    stroke = {"key": key, "text": key, "code": f"Key{key.upper()}"}
    for count in range(times):
        event = {"type": "keyDown", "autoRepeat": count > 0} | stroke
        driver.execute_cdp_cmd("Input.dispatchKeyEvent", event)
    driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyUp"} | stroke)


def focused(driver: WebDriver) -> WebElement:
    return driver.switch_to.active_element


def ask(driver: WebDriver, address: str, query: str) -> list[WebElement]:
    """Results of a search."""
    driver.get(f"{address}/?{query}")
    see(driver, "li.result")
    return driver.find_elements(By.CSS_SELECTOR, "li.result")


def decisions_of(desk) -> list[str]:
    """Passages that were decided on, by the log."""
    rows = "//tr[td='decided on a tag']/td[@data-label='Subject']//text()"
    return desk.look("/curate/log").xpath(rows)


# Keys


def test_a_key_held_down_takes_one_decision(person, desk, curator) -> None:
    person.get(f"{curator}/curate/review")
    see(person, "#question")
    hold(person, "r", 20)
    WebDriverWait(person, 20).until(lambda d: "Your last decision" in d.page_source)
    hold(person, "x", 20)
    assert len(decisions_of(desk)) == 1


def test_a_second_key_waits_for_the_next_question(person, desk, curator) -> None:
    person.get(f"{curator}/curate/review")
    see(person, "#question")
    # A hand that strikes twice, the second time while the answer to the first is on its way.
    person.execute_script("""
        const strike = () => document.dispatchEvent(new KeyboardEvent("keydown", {key: "r"}));
        strike();
        setTimeout(strike, 20);
    """)
    WebDriverWait(person, 20).until(lambda d: "Your last decision" in d.page_source)
    assert len(decisions_of(desk)) == 1


def test_the_keys_are_found_without_a_key_and_can_be_switched_off(person, address) -> None:
    ask(person, address, "q=twinning")
    dialog = person.find_element(By.ID, "keys")
    person.find_element(By.XPATH, "//footer//button[.='Keyboard shortcuts']").click()
    assert dialog.is_displayed()
    person.find_element(By.ID, "keys-on").click()
    press(person, Keys.ESCAPE)
    assert not dialog.is_displayed()
    press(person, "?")
    assert not dialog.is_displayed()
    person.find_element(By.XPATH, "//footer//button[.='Keyboard shortcuts']").click()
    assert dialog.is_displayed()
    person.execute_script("localStorage.clear()")


def test_keys_are_there_where_a_browser_keeps_nothing_for_pages(
    start_browser, tmp_path: Path, address
) -> None:
    blocked = {"profile.default_content_setting_values.cookies": 2}
    driver = start_browser(tmp_path / "profile", **blocked)
    try:
        driver.get(address)
        driver.execute_script("document.activeElement.blur()")
        press(driver, "?")
        assert see(driver, "#keys[open]")
        see(driver, "#keys-on").click()
        press(driver, Keys.ESCAPE)
        driver.execute_script("document.activeElement.blur()")
        press(driver, "?")
        assert not driver.find_elements(By.CSS_SELECTOR, "#keys[open]")
    finally:
        driver.quit()


def test_the_keys_of_the_review_page_are_listed_there(person, curator) -> None:
    person.get(f"{curator}/curate/review")
    keys = {
        button.get_dom_attribute("data-key")
        for button in person.find_elements(By.CSS_SELECTOR, "[data-key]")
    }
    assert {"a", "r", "s", "1"} <= keys
    person.find_element(By.XPATH, "//main//button[.='Keyboard shortcuts']").click()
    listed = {kbd.text for kbd in person.find_elements(By.CSS_SELECTOR, "#keys kbd")}
    assert {"a", "r", "s", "u", "1", "0"} <= listed


# Focus and sight


@pytest.mark.parametrize("words", ["Cite", "Why this passage"])
def test_what_is_opened_stays_in_sight_beside_an_open_page(person, address, words) -> None:
    first = ask(person, address, "q=ministers who fear a backlash")[0]
    first.find_element(By.XPATH, ".//summary[contains(., 'See page')]").click()
    picture = first.find_element(By.TAG_NAME, "img")
    WebDriverWait(person, 20).until(lambda _: picture.get_property("naturalWidth") == 1000)
    summary = first.find_element(By.XPATH, f".//summary[.='{words}']")
    person.execute_script("arguments[0].scrollIntoView({block: 'center'})", summary)
    summary.click()
    assert first.find_element(By.XPATH, f".//details[summary='{words}']").get_property("open")
    assert picture.is_displayed()
    assert person.execute_script(IN_SIGHT, summary)


@pytest.mark.parametrize("path", ["/?q=twinning", "/grid"])
def test_a_link_to_the_filters_comes_before_the_results(person, address, path) -> None:
    person.get(address + path)
    see(person, "#filters")
    link = person.find_element(By.CSS_SELECTOR, ".jump a")
    assert not person.execute_script(IN_SIGHT, link)
    person.execute_script("document.querySelector('.jump a').focus()")
    assert focused(person) == link
    assert person.execute_script(IN_SIGHT, link)
    press(person, Keys.ENTER, Keys.TAB)
    assert focused(person).find_elements(By.XPATH, "./ancestor::aside[@id='filters']")


def test_more_results_go_on_where_they_ended(person, serve, empty_library, tmp_path) -> None:
    for number in range(14):
        text = f"Norland twinned with town number {number} of Sudland for a whole year."
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    list(build.add(empty_library, [tmp_path], Metadata()))
    with serve(create_app(empty_library)) as address:
        assert len(ask(person, address, "q=who twinned")) == 10
        person.find_element(By.LINK_TEXT, "More results").click()
        WebDriverWait(person, 20).until(lambda d: "k=20" in d.current_url)
        results = person.find_elements(By.CSS_SELECTOR, "li.result")
        assert len(results) == 14
        press(person, Keys.TAB)
        assert focused(person).find_element(By.XPATH, "./ancestor::li") == results[10]


def test_before_and_after_says_whether_it_is_open(person, address) -> None:
    first = ask(person, address, "q=ministers who fear a backlash")[0]
    link = first.find_element(By.LINK_TEXT, "Text before and after")
    assert link.get_dom_attribute("aria-expanded") == "false"
    link.click()
    WebDriverWait(person, 20).until(lambda _: first.find_elements(By.CLASS_NAME, "around"))
    assert link.get_dom_attribute("aria-expanded") == "true"
    person.get(link.get_attribute("href"))
    (opened,) = person.find_elements(By.XPATH, "//li[.//*[@class='around']]//a[@data-around]")
    assert opened.get_dom_attribute("aria-expanded") == "true"


def test_in_forced_colours_the_page_one_is_on_is_underlined_alone(person, address) -> None:
    person.get(f"{address}/grid")
    forced = {"features": [{"name": "forced-colors", "value": "active"}]}
    person.execute_cdp_cmd("Emulation.setEmulatedMedia", forced)
    colours = person.execute_script("""
        const ground = getComputedStyle(document.body).backgroundColor;
        const seen = (link) => getComputedStyle(link).borderBottomColor !== ground;
        return [...document.querySelectorAll(".top nav a")].map((e) => [e.textContent, seen(e)]);
    """)
    person.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert [name for name, seen in colours if seen] == ["Grid"]


# What changes by itself


def test_uploading_leaves_the_focus_where_it_was(person, curator, files: Path) -> None:
    person.get(f"{curator}/curate/upload")
    see(person, "#files").send_keys(str(files / "norland.pdf"))
    button = person.find_element(By.CSS_SELECTOR, "#upload button")
    button.send_keys(Keys.ENTER)
    WebDriverWait(person, 20).until(
        lambda d: d.find_element(By.ID, "progress-sum").text == "1 of 1 accepted."
    )
    assert focused(person) == button


def test_the_desk_says_what_ended_and_leaves_open_what_was_opened(
    person, desk, curator, files: Path
) -> None:
    desk.upload(files / "market.txt")
    desk.work()
    desk.upload(files / "norland.pdf", files / "broken.pdf")
    person.get(f"{curator}/curate/")
    see(person, "#jobs summary").click()
    person.find_element(By.TAG_NAME, "h1").click()
    heard = "window.heard = []; new MutationObserver(() => heard.push(said.textContent)).observe("
    person.execute_script(heard + "said, {childList: true})")
    desk.work()
    WebDriverWait(person, 20).until(lambda d: "Nothing is under way." in d.page_source)
    ended = see(person, "#jobs details")
    assert "norland.pdf" in ended.text
    assert ended.get_property("open")
    said = "; ".join(words for words in person.execute_script("return heard") if words)
    assert "norland.pdf, reading: done" in said
    assert "broken.pdf, reading: failed" in said
    assert "market.txt" not in said
