"""A person at a real browser, with scripts and without. Skipped where Chromium is missing."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import resources

import pytest
from pypdfium2 import PdfDocument
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from index import build
from ingest.records import Metadata
from web.app import create_app

BOTH = pytest.mark.parametrize("kind", ["browser", "scriptless"])
QUESTION = "ministers who fear a backlash"
AXE = (resources.files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def scriptless(tmp_path_factory: pytest.TempPathFactory, start_browser) -> Iterator[WebDriver]:
    driver = start_browser(
        tmp_path_factory.mktemp("profile"),
        **{"profile.managed_default_content_settings.javascript": 2},
    )
    yield driver
    driver.quit()


@pytest.fixture
def person(kind, request) -> WebDriver:
    """A person with the browser of this kind."""
    return request.getfixturevalue(kind)


def see(driver: WebDriver, selector: str) -> WebElement:
    """The first such thing, once it is there."""
    return WebDriverWait(driver, 20).until(lambda d: d.find_element(By.CSS_SELECTOR, selector))


def ask(driver: WebDriver, address: str, question: str = QUESTION) -> WebElement:
    """Type a question; the first result."""
    driver.get(address)
    driver.find_element(By.ID, "q").send_keys(question, Keys.ENTER)
    return see(driver, "li.result")


def press(driver: WebDriver, *keys: str) -> None:
    ActionChains(driver).send_keys(*keys).perform()


def focused(driver: WebDriver) -> WebElement:
    return driver.switch_to.active_element


@BOTH
def test_ask_and_follow_a_result(person, address, borland):
    first = ask(person, address)
    assert "q=ministers" in person.current_url
    assert "backlash" in first.find_element(By.TAG_NAME, "mark").text
    link = first.find_element(By.PARTIAL_LINK_TEXT, "p. 2")
    assert link.get_attribute("href") == f"{address}/documents/{borland}/file#page=2"


@BOTH
def test_choose_a_filter_and_take_it_away(person, address):
    ask(person, address, "twinning and study visits")
    everything = len(person.find_elements(By.CSS_SELECTOR, "li.result"))
    side = person.find_element(By.CLASS_NAME, "side")
    side.find_element(By.PARTIAL_LINK_TEXT, "Evaluation of study visits").click()
    see(person, ".chips")
    assert "document=" in person.current_url
    titles = [item.text for item in person.find_elements(By.CSS_SELECTOR, "li.result h2")]
    assert titles == ["Evaluation of study visits"]
    person.find_element(By.LINK_TEXT, "Clear all").click()
    WebDriverWait(person, 20).until(lambda d: "document=" not in d.current_url)
    assert len(person.find_elements(By.CSS_SELECTOR, "li.result")) == everything


@BOTH
def test_see_the_page_with_the_quote(person, address):
    first = ask(person, address)
    first.find_element(By.XPATH, ".//summary[contains(., 'See page 2')]").click()
    image = first.find_element(By.TAG_NAME, "img")
    WebDriverWait(person, 20).until(lambda _: image.get_property("naturalWidth") == 1000)
    assert image.is_displayed()


@BOTH
def test_read_what_stands_around_a_passage(person, address):
    first = ask(person, address)
    first.find_element(By.LINK_TEXT, "Text before and after").click()
    shown = see(person, "li.result .around")
    assert "Before" in shown.text
    assert "After" in shown.text
    assert person.find_element(By.ID, "q").get_property("value") == QUESTION


@BOTH
def test_the_citation_is_there_to_be_taken(person, address):
    first = ask(person, address)
    first.find_element(By.XPATH, ".//summary[.='Cite']").click()
    assert (
        "Resettlement in Borland 2016, 2016, p. 2)"
        in first.find_element(By.CLASS_NAME, "citation").text
    )


@pytest.mark.parametrize("kind", ["browser"])
def test_the_button_copies_the_citation(person, address):
    first = ask(person, address)
    person.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"origin": address, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    first.find_element(By.XPATH, ".//summary[.='Cite']").click()
    first.find_element(By.CLASS_NAME, "copy").click()
    WebDriverWait(person, 20).until(lambda d: d.find_element(By.ID, "said").text)
    copied = person.execute_async_script(
        "navigator.clipboard.readText().then(arguments[arguments.length - 1])"
    )
    assert copied == first.find_element(By.CLASS_NAME, "citation").text


def clipboard(driver: WebDriver, address: str) -> str:
    """What was copied last, once the page says that something was."""
    WebDriverWait(driver, 20).until(lambda d: "Copied" in d.find_element(By.ID, "said").text)
    driver.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"origin": address, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    return str(
        driver.execute_async_script(
            "navigator.clipboard.readText().then(arguments[arguments.length - 1])"
        )
    )


@pytest.mark.parametrize("kind", ["browser"])
def test_one_click_copies_a_quote_with_its_page(person, address):
    first = ask(person, address)
    first.find_element(By.CSS_SELECTOR, ".tools > .copy").click()
    citation = first.find_element(By.CLASS_NAME, "citation").get_attribute("textContent")
    assert clipboard(person, address) == citation
    # The page that is quoted is the end of it, so the end is said too.
    assert person.find_element(By.ID, "said").text.endswith("2016, p. 2)")


@pytest.mark.parametrize("kind", ["browser"])
def test_a_note_is_copied_whole_quote_by_quote_and_by_its_address(person, address, borland):
    person.get(f"{address}/note?p={borland}-0:0-9&p={borland}-1:0-12#quote-2")
    wanted = [
        one.get_attribute("textContent") for one in person.find_elements(By.CLASS_NAME, "citation")
    ]
    assert len(wanted) == 2
    person.find_element(By.XPATH, "//button[.='Copy all quotes']").click()
    assert clipboard(person, address) == "\n\n".join(wanted)
    person.find_element(By.CSS_SELECTOR, "#quote-2 .copy").click()
    WebDriverWait(person, 20).until(lambda d: clipboard(d, address) == wanted[1])
    person.find_element(By.CLASS_NAME, "copy-address").click()
    here = person.current_url.removesuffix("#quote-2")
    WebDriverWait(person, 20).until(lambda d: clipboard(d, address) == here)


@pytest.mark.parametrize("kind", ["browser"])
def test_a_quote_that_came_or_went_is_said(person, address):
    def said() -> str:
        return WebDriverWait(person, 20).until(lambda d: d.find_element(By.ID, "said").text)

    ask(person, address).find_element(By.PARTIAL_LINK_TEXT, "Add to the note").click()
    assert said() == "Added to the note: 1 quote"
    see(person, "li.result").find_element(By.PARTIAL_LINK_TEXT, "Remove from the note").click()
    WebDriverWait(person, 20).until(lambda d: "p=" not in d.current_url)
    assert said() == "Removed from the note: 0 quotes"


@pytest.mark.parametrize("kind", ["browser"])
def test_a_reader_of_the_screen_hears_where_the_quote_begins_and_ends(person, address):
    first = ask(person, address)
    person.execute_cdp_cmd("Accessibility.enable", {})
    nodes = person.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    mark = next(node for node in nodes if node.get("role", {}).get("value") == "mark")

    def heard(node: dict) -> str:
        inside = [by_id[name] for name in node.get("childIds", ()) if name in by_id]
        if node["role"]["value"] == "StaticText":
            return str(node["name"]["value"])
        return "".join(map(heard, inside))

    quote = first.find_element(By.TAG_NAME, "mark").get_attribute("textContent")
    assert heard(mark) == f" [marked:] {quote} [end of the mark] "
    # Nobody sees or copies these words.
    assert "[marked" not in first.text


@pytest.mark.parametrize("kind", ["browser"])
def test_a_mark_ends_with_its_last_word_at_every_width(person, address):
    ask(person, address)
    bare = """
        const mark = document.querySelector("li.result mark");
        const lines = [];
        mark.before("Before it stands a sentence. ");
        while (mark.nextSibling) mark.nextSibling.remove();
        for (let width = 200; width < 500; width += 0.25) {
          mark.parentElement.style.width = width + "px";
          const last = [...mark.getClientRects()].at(-1);
          if (last.width < 8) lines.push(width);
        }
        return lines;
    """
    assert person.execute_script(bare) == []


@pytest.mark.parametrize("kind", ["browser"])
def test_keys_alone_are_enough(person, address):
    ask(person, address, "twinning and study visits")
    results = person.find_elements(By.CSS_SELECTOR, "li.result")
    press(person, "j")
    assert focused(person) == results[0]
    press(person, "j")
    assert focused(person) == results[1]
    press(person, "k")
    assert focused(person) == results[0]
    press(person, "c")
    WebDriverWait(person, 20).until(lambda d: "Copied" in d.find_element(By.ID, "said").text)
    press(person, "?")
    assert person.find_element(By.ID, "keys").is_displayed()
    press(person, Keys.ESCAPE)
    assert not person.find_element(By.ID, "keys").is_displayed()
    press(person, "/")
    assert focused(person).get_attribute("id") == "q"
    press(person, "j")
    assert focused(person).get_property("value") in ("j", "twinning and study visitsj")
    press(person, Keys.TAB, Keys.TAB)
    assert focused(person).get_attribute("id") != "q"


@pytest.mark.parametrize("kind", ["browser"])
def test_a_key_opens_the_report_at_the_page(person, address, borland):
    ask(person, address)
    press(person, "j", "o")
    wanted = f"{address}/documents/{borland}/file#page=2"
    WebDriverWait(person, 20).until(lambda d: d.current_url == wanted)


@pytest.mark.parametrize("kind", ["browser"])
def test_keys_can_be_switched_off(person, address):
    ask(person, address)
    press(person, Keys.TAB, "?")
    switch = person.find_element(By.ID, "keys-on")
    switch.click()
    press(person, Keys.ESCAPE)
    press(person, "/")
    assert focused(person).get_attribute("id") != "q"
    person.execute_script("localStorage.clear()")


@pytest.mark.parametrize("kind", ["browser"])
def test_a_question_that_was_changed_but_not_asked_is_cued(person, address):
    ask(person, address)
    cue = person.find_element(By.ID, "stale")
    assert not cue.is_displayed()
    box = person.find_element(By.ID, "q")
    box.send_keys(" in spring")
    assert cue.is_displayed()
    assert box.get_dom_attribute("aria-describedby") == "stale"
    for _ in " in spring":
        box.send_keys(Keys.BACKSPACE)
    assert not cue.is_displayed()
    assert box.get_dom_attribute("aria-describedby") is None


@BOTH
def test_gather_a_note_by_keys_alone(person, address):
    def go(text: str, then: str) -> None:
        person.find_element(By.PARTIAL_LINK_TEXT, text).send_keys(Keys.ENTER)
        see(person, then)

    ask(person, address)
    go("Add to the note", "a[href^='/note?']")
    person.find_element(By.ID, "q").clear()
    person.find_element(By.ID, "q").send_keys("study visits", Keys.ENTER)
    WebDriverWait(person, 20).until(lambda d: "q=study" in d.current_url)
    go("Add to the note", "a[href^='/note?']")
    go("Note: 2 quotes", "ol.noted")
    first = see(person, "#quote-1 q").text
    go("Move down", "#quote-2:target")
    assert see(person, "#quote-2 q").text == first
    person.find_element(By.ID, "heading").send_keys("For the minister", Keys.ENTER)
    WebDriverWait(person, 20).until(lambda d: d.title == "For the minister – Waymark")
    assert see(person, "#quote-2 q").text == first
    go("Remove", "#quote-1")
    assert [quote.text for quote in person.find_elements(By.TAG_NAME, "q")] == [first]
    go("Back to the search", "li.result")
    assert "Note: 1 quote" in person.find_element(By.TAG_NAME, "header").text


@BOTH
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=twinning",
        "/documents",
        "/documents?view=cards",
        "/documents/{id}",
        "/passages/{id}-0",
        "/grid",
        "/guide",
        "/initiatives",
        "/new?q=twinning",
        "/note?q=twinning&p={id}-0:0-40&p={id}-1&p={id}-2",
        "/scorecard",
    ],
)
def test_no_page_is_wider_than_its_window(person, address, borland, path, width):
    person.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    person.get(address + path.format(id=borland))
    assert see(person, "main").is_displayed()
    size = person.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    person.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert size["width"] <= width


@pytest.mark.parametrize("kind", ["browser"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=twinning",
        "/?q=twinning&year=1950",
        "/documents",
        "/documents?view=cards",
        "/documents/{id}",
        "/documents/{id}/pages/1",
        "/passages/{id}-0",
        "/grid",
        "/guide?goal=relational",
        "/guide/brief?goal=motivational&activity=mentoring&level=politics",
        "/initiatives",
        "/initiatives/more",
        "/new?q=twinning&since=2020-01-01",
        "/new?since=2020-01-01",
        "/?q=twinning&p={id}-0:0-40",
        "/note?q=twinning&p={id}-0:0-40&p={id}-1&p=0000000000000000-1",
        "/scorecard",
        "/nowhere",
    ],
)
def test_axe_finds_nothing_serious(person, address, borland, path):
    person.get(address + path.format(id=borland))
    person.execute_script(AXE)
    found = person.execute_async_script("axe.run().then(arguments[0])")
    serious = [
        (rule["id"], [node["target"] for node in rule["nodes"]])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
    assert found["passes"]
    assert serious == []


@pytest.mark.parametrize("kind", ["browser"])
def test_the_pages_break_no_rule_of_their_own_policy(person, address, borland):
    person.get_log("browser")
    for path in (
        "/",
        "/?q=twinning",
        f"/documents/{borland}",
        "/grid",
        "/guide",
        "/initiatives",
        "/new?q=twinning&since=2020-01-01",
        "/scorecard",
    ):
        person.get(address + path)
    assert [entry["message"] for entry in person.get_log("browser")] == []


@pytest.mark.parametrize("kind", ["browser"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_hostile_document_breaks_no_layout(person, empty_library, tmp_path, serve, width):
    file = tmp_path / "hostile.txt"
    word = "x" * 10_000
    file.write_text(f"Twinning \u202e<script>alert(1)</script> {word} of agencies.", "utf-8")
    list(build.add(empty_library, [file], Metadata(title=f"Report {word[:2_000]} \u202e")))
    with serve(create_app(empty_library)) as address:
        person.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500},
        )
        for path in ("/?q=twinning", "/documents", "/documents?view=cards", "/grid"):
            person.get(address + path)
            assert see(person, "main").is_displayed()
            size = person.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
            assert size["width"] <= width, path
        person.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert [entry["message"] for entry in person.get_log("browser")] == []


@pytest.mark.parametrize("kind", ["browser"])
def test_answers_of_a_brief_stand_in_one_column(person, address):
    person.get(f"{address}/guide/brief?activity=mentoring&experience=long&size=small&welfare=alike")
    left = person.execute_script("""
        return [...document.querySelectorAll(".brief dt")].map((line) => {
            const range = document.createRange();
            range.selectNodeContents(line.lastChild);
            return range.getBoundingClientRect().left;
        });
    """)
    assert len(left) == 4
    assert len(set(left)) == 1


def printed(driver: WebDriver) -> list[str]:
    """The text of each sheet that the page prints."""
    sheets = driver.execute_cdp_cmd("Page.printToPDF", {})["data"]
    with closing(PdfDocument(base64.b64decode(sheets))) as document:
        return [sheet.get_textpage().get_text_range() for sheet in document]


@pytest.mark.parametrize("kind", ["browser"])
def test_a_passage_prints_alone_with_its_page(person, address, borland):
    person.get(f"{address}/passages/{borland}-1")
    assert person.find_elements(By.CLASS_NAME, "neighbour")
    neighbour = person.find_element(By.CSS_SELECTOR, ".neighbour blockquote").text
    own = person.find_element(By.CSS_SELECTOR, ".here blockquote").text
    sheets = printed(person)
    assert len(sheets) <= 2
    together = " ".join(" ".join(sheets).split())
    assert " ".join(own.split())[:40] in together
    assert " ".join(neighbour.split())[:40] not in together


@pytest.mark.parametrize("kind", ["browser"])
def test_a_printed_filter_has_nothing_to_click(person, address):
    person.get(f"{address}/?q=twinning&year=2010-2018")
    assert "×" in see(person, ".chips").text
    together = " ".join(printed(person))
    assert "2010-2018" in together
    assert "×" not in together


@BOTH
def test_build_a_brief(person, address):
    person.get(f"{address}/guide/brief")
    Select(person.find_element(By.ID, "level")).select_by_visible_text("politicians")
    person.find_element(By.XPATH, "//button[.='Make the brief']").click()
    # Three reports on other subjects: the line says so, and leads to what comes nearest.
    brief = see(person, ".brief")
    assert "No passage of this library is clearly about it." in brief.text
    brief.find_element(By.LINK_TEXT, "What comes nearest").click()
    assert "Ministers in Borland" in see(person, "li.result").text


@BOTH
def test_open_a_cell_of_the_grid(person, tagged, serve):
    with serve(create_app(tagged)) as address:
        person.get(f"{address}/grid")
        see(person, ".cell a[href*='activity=mentoring']").click()
        assert "Resettlement in Borland 2016" in see(person, "li.result").text
        assert "goal=motivational" in person.current_url


@BOTH
def test_a_full_grid_scrolls_inside_a_narrow_window(person, tagged, serve):
    with serve(create_app(tagged)) as address:
        person.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True},
        )
        person.get(f"{address}/grid")
        assert see(person, ".cell a").is_displayed()
        size = person.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        person.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        assert size["width"] <= 390


@contextmanager
def windowed(person: WebDriver, width: int) -> Iterator[None]:
    """A window of so many points; a telephone below 500."""
    person.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    yield
    person.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def measured(person: WebDriver, expression: str, selector: str) -> list:
    """An expression of each thing, called `e`, that a selector finds."""
    return person.execute_script(
        f"return [...document.querySelectorAll({selector!r})].map(e => {expression})"
    )


CUT = "e.scrollWidth > e.clientWidth"
LINES = "Math.round(e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight))"


@pytest.mark.parametrize("kind", ["browser"])
@pytest.mark.parametrize("path", ["/grid", "/initiatives", "/scorecard", "/documents"])
def test_on_a_telephone_no_table_is_cut(person, address, path):
    with windowed(person, 390):
        person.get(address + path)
        see(person, "table")
        assert not any(measured(person, CUT, ".wide:has(table)"))
        # the names of columns, which are not shown there, stand in their cells
        assert all(measured(person, "!!e.dataset.label", "table.stacked td"))
    with windowed(person, 1280):
        assert set(measured(person, "getComputedStyle(e).display", "table")) == {"table"}


@pytest.mark.parametrize("kind", ["browser"])
def test_what_is_cut_has_a_shadow_at_its_edge(person, address):
    with windowed(person, 390):
        person.get(f"{address}/guide?goal=operational")
        see(person, ".wide")
        assert measured(person, CUT, ".wide:has(table)") == [True]
        layers = measured(person, "getComputedStyle(e).backgroundAttachment", ".wide:has(table)")
        assert layers == ["local, local, scroll, scroll"]


@pytest.mark.parametrize("kind", ["browser"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_long_title_is_cut_in_lists_and_whole_on_its_page(
    person, empty_library, tmp_path, serve, width
):
    title = "Regulation establishing the criteria and mechanisms for determining " * 6
    (tmp_path / "long.txt").write_text("Norland twinned with Sudland for a whole year.", "utf-8")
    list(build.add(empty_library, [tmp_path / "long.txt"], Metadata(title=title)))
    with serve(create_app(empty_library)) as address, windowed(person, width):
        for path, selector, most in (
            ("/?q=who+twinned", ".result h2 bdi", 2),
            ("/documents", ".documents th bdi", 3),
            ("/documents?view=cards", ".cards h2 bdi", 3),
        ):
            person.get(address + path)
            see(person, selector)
            assert 1 < measured(person, LINES, selector)[0] <= most
            assert person.find_element(By.CSS_SELECTOR, selector).text.endswith("…")
        person.find_element(By.CSS_SELECTOR, ".cards h2 a").click()
        see(person, ".inside")
        assert measured(person, LINES, "h1")[0] > 3


@pytest.mark.parametrize("kind", ["browser"])
def test_lines_of_a_passage_are_short_and_its_paragraphs_apart(
    person, empty_library, tmp_path, serve
):
    one, two = "Norland twinned with Sudland for a year. " * 14, "They met in spring again. " * 4
    (tmp_path / "report.txt").write_text(f"{one}\n\n{two}", "utf-8")
    list(build.add(empty_library, [tmp_path / "report.txt"]))
    with serve(create_app(empty_library)) as address, windowed(person, 1280):
        person.get(f"{address}/?q=who+twinned")
        see(person, "li.result")
        lengths = f"e.textContent.length / ({LINES})"
        assert 60 < measured(person, lengths, "blockquote p")[0] < 80
        gap = "parseFloat(getComputedStyle(e).marginTop)"
        assert measured(person, gap, "blockquote p + p")[0] >= 5


@pytest.mark.parametrize("kind", ["browser"])
def test_the_curators_tables_fit_their_window(person, desk, files, serve):
    desk.upload(files / "norland.pdf", files / "twinning.txt")
    desk.work()
    with serve(desk.client.application) as address:
        person.get(f"{address}/curate/sign-in")
        person.find_element(By.ID, "name").send_keys("anna")
        person.find_element(By.ID, "password").send_keys("four plain words here", Keys.ENTER)
        WebDriverWait(person, 20).until(lambda d: "sign-in" not in d.current_url)
        with windowed(person, 1280):
            person.get(f"{address}/curate/log")
            assert measured(person, CUT, ".wide") == [False]
            assert set(measured(person, LINES, ".log td:first-child")) <= {1, 2}  # padding is half
            person.get(f"{address}/curate/")
            assert max(measured(person, LINES, ".drafts thead th.number")) <= 2
            assert measured(person, CUT, ".wide") == [False]
        with windowed(person, 390):
            person.get(f"{address}/curate/")
            tops = "Math.round(e.getBoundingClientRect().top / 20)"
            boxes, titles = (measured(person, tops, s) for s in (".drafts .pick", ".drafts th a"))
            assert boxes == titles
            counts = measured(
                person, "[e.textContent, e.dataset.unit]", ".drafts .number[data-unit]"
            )
            # A text without pages, such as lines.md, has an empty cell.
            assert {unit for count, unit in counts if count == "1"} == {"\u00a0passage"}
            assert {unit for count, unit in counts if count not in ("", "1")} == {
                "\u00a0pages",
                "\u00a0passages",
            }


@BOTH
def test_suggest_a_report(person, desk, serve):
    with serve(desk.client.application) as address:
        person.get(f"{address}/documents?view=cards")
        see(person, ".cards")
        person.find_element(By.LINK_TEXT, "Suggest a report").click()
        see(person, "#title").send_keys("Norland's second year")
        person.find_element(By.ID, "note").send_keys("Our ministers ask for it.")
        person.find_element(By.XPATH, "//button[.='Send suggestion']").click()
        assert "Thank you" in see(person, ".done").text
    assert "Norland's second year" in desk.look("/curate/suggestions").text_content()


def test_a_link_to_a_passage_that_says_nothing_of_its_part_leads_to_the_passage(
    browser, serve, empty_library, tmp_path
):
    said = "\n\n".join(f"## Section {at}\n\nBoat {at} came at noon." for at in range(80))
    (tmp_path / "boats.md").write_text(said, "utf-8")
    list(build.add(empty_library, [tmp_path]))
    with empty_library.catalog() as catalog:
        (name,) = catalog.document_ids()
    note = f"p={name}-1"
    with serve(create_app(empty_library)) as address:
        browser.get(f"{address}/documents/{name}?{note}#{name}-70")
        WebDriverWait(browser, 20).until(lambda d: "/passages/" in d.current_url)
        assert browser.current_url == f"{address}/passages/{name}-70?{note}"
        assert see(browser, ".here").get_attribute("id") == f"{name}-70"
        browser.get(f"{address}/documents/{name}#{name}-7")
        assert browser.current_url == f"{address}/documents/{name}#{name}-7"
