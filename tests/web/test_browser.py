"""A person at a real browser: asks, follows a result. Skipped where Chromium is missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("chromedriver")),
    reason="no Chromium: apt-get install chromium chromium-driver",
)


def started(profile: Path, **preferences: int) -> WebDriver:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--window-size=1280,900",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(flag)
    options.add_experimental_option("prefs", preferences)
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    return webdriver.Chrome(options=options, service=service)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    driver = started(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def scriptless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDriver]:
    driver = started(
        tmp_path_factory.mktemp("profile"),
        **{"profile.managed_default_content_settings.javascript": 2},
    )
    yield driver
    driver.quit()


@pytest.mark.parametrize("kind", ["browser", "scriptless"])
def test_ask_and_follow_a_result(kind, request, address, borland):
    driver: WebDriver = request.getfixturevalue(kind)
    driver.get(address)
    box = driver.find_element(By.NAME, "q")
    box.send_keys("ministers who fear a backlash", Keys.ENTER)
    WebDriverWait(driver, 20).until(lambda d: d.find_elements(By.CSS_SELECTOR, "li.result"))
    assert "q=ministers" in driver.current_url
    first = driver.find_element(By.CSS_SELECTOR, "li.result")
    assert "backlash" in first.find_element(By.TAG_NAME, "mark").text
    link = first.find_element(By.PARTIAL_LINK_TEXT, "p. 2")
    assert link.get_attribute("href") == f"{address}/documents/{borland}/file#page=2"
