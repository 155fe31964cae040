"""Where things lie on the page, measured in a real browser. Skipped where Chromium is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from index import build
from index.library import Library
from ingest.records import Metadata
from web.app import create_app


def see(browser: WebDriver, address: str, width: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    browser.get(address)


@pytest.mark.parametrize("width", [1280, 1200, 900])
def test_the_header_stands_over_the_content_beside_a_scroll_bar(browser, address, width):
    see(browser, f"{address}/guide", width)
    bar, name, content = browser.execute_script(
        "const left = s => document.querySelector(s).getBoundingClientRect().left;"
        "return [innerWidth - document.documentElement.clientWidth, left('.name'), left('h1')]"
    )
    assert bar > 0
    assert name == pytest.approx(content, abs=0.1)


@pytest.mark.parametrize("width", [641, 660, 992, 1000, 1280])
def test_the_grid_neither_scrolls_nor_lets_a_word_over_its_column(browser, address, width):
    see(browser, f"{address}/grid", width)
    cut = browser.execute_script(
        "return [...document.querySelectorAll('.wide, .grid thead th')]"
        ".filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
    )
    assert cut == []


@pytest.mark.parametrize("width", [1280, 700, 390])
def test_names_on_the_time_line_can_be_read(browser, address, width):
    see(browser, f"{address}/initiatives", width)
    heights = browser.execute_script(
        "return [...document.querySelectorAll('.line a text')]"
        ".map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) > 13


@pytest.mark.parametrize("width", [1280, 700, 390, 360, 320])
def test_the_time_line_is_seen_whole(browser, address, width):
    see(browser, f"{address}/initiatives", width)
    outside = browser.execute_script(
        "const line = document.querySelector('.line');"
        "const cut = getComputedStyle(line).overflow !== 'visible';"
        "const seen = cut ? line.getBoundingClientRect() : {left: 0, right: innerWidth};"
        "return [...document.querySelectorAll('.line, .line rect, .line text')].filter(e => {"
        " const box = e.getBoundingClientRect();"
        " return box.left < seen.left - 1 || box.right > seen.right + 1 || box.width < 4"
        "}).map(e => e.textContent || e.outerHTML)"
    )
    assert outside == []


def test_a_publisher_in_one_long_word_leaves_the_other_columns_in_sight(
    browser, serve, empty_library: Library, tmp_path: Path
) -> None:
    (tmp_path / "visits.md").write_text("The visits of the bakers changed their work.", "utf-8")
    list(build.add(empty_library, [tmp_path], Metadata(publisher="Norlandsbackerei" * 9)))
    with serve(create_app(empty_library)) as served:
        see(browser, f"{served}/documents", 1280)
        wide = browser.execute_script(
            "const wide = document.querySelector('.wide');"
            "return wide.scrollWidth - wide.clientWidth"
        )
    assert wide == 0


def test_what_is_written_from_right_to_left_ends_on_the_left(
    browser, serve, empty_library: Library, tmp_path: Path
) -> None:
    (tmp_path / "visits.md").write_text("زار الموظفون مدينة أخرى وتعلموا منها.", "utf-8")
    list(build.add(empty_library, [tmp_path], Metadata(language="ar")))
    with empty_library.catalog() as catalog:
        (document,) = catalog.documents()
    with serve(create_app(empty_library)) as served:
        for page, where in (
            (f"documents/{document.document_id}", "blockquote p"),
            (f"note?p={document.document_id}-0", "q"),
        ):
            see(browser, f"{served}/{page}", 1280)
            stop, first = browser.execute_script(
                "const text = document.querySelector(arguments[0]).firstChild;"
                "const left = at => { const range = document.createRange();"
                " range.setStart(text, at); range.setEnd(text, at + 1);"
                " return range.getBoundingClientRect().left };"
                "return [left(text.data.lastIndexOf('.')), left(0)]",
                where,
            )
            assert stop < first, where


def test_the_drafts_of_a_desk_stand_in_a_line_on_a_telephone(browser, desk, serve, files) -> None:
    long = files / ("a very long name of a report that came by mail " * 2 + ".txt")
    long.write_bytes((files / "market.txt").read_bytes() + b"\n")
    desk.upload(files / "twinning.txt", long)
    desk.work()
    with serve(desk.client.application) as address:
        browser.get(f"{address}/static/style.css")
        browser.add_cookie({"name": "waymark", "value": desk.client.get_cookie("waymark").value})
        see(browser, f"{address}/curate/", 390)
        lefts = browser.execute_script(
            "return [...document.querySelectorAll('.drafts tbody :is(th, td:not(:first-child))')]"
            ".flatMap(e => [...e.getClientRects()]).filter(box => box.width)"
            ".map(box => Math.round(box.left))"
        )
        title = browser.execute_script(
            "return document.querySelector('.drafts tbody th').getBoundingClientRect().left"
        )
    browser.delete_all_cookies()
    assert len(lefts) > 8
    assert min(lefts) >= round(title)


def test_the_header_of_a_curator_on_a_telephone_is_three_rows(browser, desk, serve) -> None:
    with serve(desk.client.application) as address:
        browser.get(f"{address}/static/style.css")
        browser.add_cookie({"name": "waymark", "value": desk.client.get_cookie("waymark").value})
        see(browser, f"{address}/curate/log", 390)
        rows = browser.execute_script(
            "const links = document.querySelectorAll('.top > a, .top nav a');"
            "return new Set([...links].map(a => Math.round(a.getBoundingClientRect().top))).size"
        )
        # the name of the page at hand is in view, and so is the whole of the page's width
        box = browser.execute_script(
            "const here = document.querySelector('.curating [aria-current]');"
            "const box = here.getBoundingClientRect();"
            "return [box.left, box.right, document.documentElement.scrollWidth]"
        )
    browser.delete_all_cookies()
    assert rows == 3
    assert box[0] >= 0
    assert max(box[1:]) <= 390


def test_a_warning_keeps_its_distance(browser, address):
    see(browser, f"{address}/?q=case&year=abc", 1280)
    gap = browser.execute_script(
        "const warning = document.querySelector('.verdict');"
        "return warning.getBoundingClientRect().top"
        " - warning.previousElementSibling.getBoundingClientRect().bottom"
    )
    assert gap >= 8


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_opened_above_the_results_moves_none(browser, address, width):
    see(browser, f"{address}/?q=study+visits", width)
    tops = (
        "return [...document.querySelectorAll('.bar > *, li.result')]"
        ".map(e => e.getBoundingClientRect().top)"
    )
    before = browser.execute_script(tops)
    browser.execute_script("document.querySelector('.take summary').click()")
    assert browser.execute_script(tops) == before
    left, right = browser.execute_script(
        "const box = document.querySelector('.take .card').getBoundingClientRect();"
        "return [box.left, box.right]"
    )
    assert 0 <= left < right <= width
    opened = []
    for place in (".take summary", ".take a:last-of-type", "li.result h2 a"):
        browser.execute_script(f"document.querySelector('{place}').focus()")
        opened.append(browser.execute_script("return document.querySelector('.take').open"))
    assert opened == [True, True, False]  # no focus goes to what lies under it


@pytest.mark.parametrize("width", [1280, 390])
def test_the_passage_of_a_link_is_seen_before_what_stands_around_it(
    browser, address, borland, width
):
    see(browser, f"{address}/passages/{borland}-1?start=0&end=40", width)
    here, around, ways = browser.execute_script(
        "const tops = s => [...document.querySelectorAll(s)]"
        ".map(e => e.getBoundingClientRect().top);"
        "return [tops('.here mark'), tops('.neighbour'), tops('main [rel]')]"
    )
    assert len(around) == len(ways) == 2
    assert max(ways) < here[0] < min(around)
    assert here[0] < 420


def test_the_passage_that_a_link_leads_to_is_told_from_those_beside_it(browser, address, borland):
    see(browser, f"{address}/documents/{borland}", 1280)
    *_, last = browser.execute_script(
        "return [...document.querySelectorAll('.passages > li')].map(e => e.id)"
    )
    browser.execute_script("location.hash = arguments[0]", last)
    framed = browser.execute_script(
        "const items = [...document.querySelectorAll('.passages > li')];"
        "const own = getComputedStyle(items[0]).borderTopColor;"
        "return items.filter(e => getComputedStyle(e).borderTopColor !== own).map(e => e.id)"
    )
    assert framed == [last]
