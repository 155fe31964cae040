"""Passages in other languages word by word in English, and questions asked in them."""

from __future__ import annotations

import base64
from contextlib import closing
from urllib.parse import quote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from pypdfium2 import PdfDocument
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from index import build
from index.library import Library
from ingest.records import Metadata
from web.app import create_app
from web.wording.glossed import glossed

WATER = (
    "# Das Wasser\n\nDie Stadt hat zu wenig Wasser, und die Kinder warten lange auf das Wasser. "
    "Der Minister sagte im ersten Jahr Hilfe zu, und er schrieb &lt;b>Zyx&lt;/b> & Söhne "
    "auf das Papier. "
    "Die Stadt gab danach den Kindern Wasser, und die Lehrer halfen in der Schule.\n\n"
    "# Die Schule\n\nDie Kinder gehen im ersten Jahr in die Schule und lernen dort die Sprache. "
    "Die Lehrer haben dafür einen neuen Plan, und der Plan ist gut. Am Ende des Jahres sprechen "
    "die Kinder die Sprache und helfen den Eltern in der Stadt.\n"
)
HARBOUR = "# The harbour\n\nFerries left the harbour at noon, and the town had water for a month.\n"
POLISH = "# Port\n\nPromy wypływały w południe, a woda w mieście wystarczała na jeden miesiąc.\n"
REPORTS = (("wasser", "de", WATER), ("port", "pl", POLISH), ("harbour", "en", HARBOUR))

ASKED_ENGLISH = f"/?q={quote_plus('too little water in the town')}"
ASKED_GERMAN = f"/?q={quote_plus('Wie viel Wasser hat die Stadt?')}"
SUMMARY = "Word by word in English"
GLOSS = f".//details[summary='{SUMMARY}']"
WHERE = "p[@class='where']/span"
HERE = "//section[contains(@class, 'here')]//details[@class='gloss noprint']"
WARNING = "Word by word from a list; no translation. Quote the original."


@pytest.fixture(scope="module")
def german(copy_library, tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, str]:
    """The shared library with a German, an English and a Polish report, and the German one's id."""
    folder = tmp_path_factory.mktemp("german")
    library = copy_library(folder / "home")
    for name, language, text in REPORTS:
        (folder / f"{name}.md").write_text(text, "utf-8")
        list(build.add(library, [folder / f"{name}.md"], Metadata(title=name, language=language)))
    with library.catalog() as catalog:
        (found,) = [d.document_id for d in catalog.documents() if d.file_name == "wasser.md"]
    return library, found


@pytest.fixture(scope="module")
def client(german: tuple[Library, str]) -> FlaskClient:
    return create_app(german[0]).test_client()


def page(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def result(asked: html.HtmlElement, title: str) -> html.HtmlElement:
    """The first result from a report."""
    return asked.xpath(f"//li[contains(@class, 'result')][h2//bdi[.='{title}']]")[0]


def test_a_quote_is_glossed_in_the_language_of_its_passage() -> None:
    text = "Die Kinder haben zu wenig Wasser.\n \n  Und   die Kinder warten  auf das Wasser."
    whole = glossed(text)
    assert whole is not None
    assert whole.language == "de"
    first, second = whole.english.split("\n")
    assert first.startswith("the children")
    assert first.endswith("water.")
    assert second.startswith("and the children")
    assert "  " not in whole.english
    start = text.rindex("Wasser")
    short = glossed(text, start, start + len("Wasser"))
    assert short is not None
    assert short.english == "water"
    assert glossed("The town has too little water, and families wait for it.") is None
    assert glossed("Promy wypływały w południe, a woda wystarczała na miesiąc.") is None


def test_a_result_in_another_language_opens_its_quote_word_by_word(client) -> None:
    asked = page(client, ASKED_ENGLISH)
    found = result(asked, "wasser")
    (gloss,) = found.xpath(GLOSS)
    assert gloss.get("lang") == "en"
    assert gloss.get("open") is None
    assert WARNING in words(gloss)
    (original,) = found.xpath(".//blockquote")
    assert original.get("lang") == "de"
    (marked,) = original.xpath(".//mark")
    quoted, said = words(marked), words(gloss).partition(WARNING)[2]
    assert "Wasser" in quoted
    assert "water" in said
    for own, english in (("Kinder", "children"), ("Schule", "school"), ("Papier", "paper")):
        assert (english in said) == (own in quoted)
    for title in ("harbour", "port"):
        for other in asked.xpath(f"//li[contains(@class, 'result')][h2//bdi[.='{title}']]"):
            assert SUMMARY not in words(other)


def test_without_a_quote_the_whole_passage_is_glossed(client) -> None:
    for one in page(client, "/?language=de").xpath("//li[contains(@class, 'result')]"):
        assert not one.xpath(".//mark")
        said = words(one.xpath(GLOSS)[0]).partition(WARNING)[2]
        for own, english in (("Wasser", "water"), ("Kinder", "children"), ("Sprache", "language")):
            assert (english in said) == (own in words(one.xpath(".//blockquote")[0]))


def test_a_gloss_holds_no_markup_of_the_report(client, german) -> None:
    (gloss,) = page(client, f"/passages/{german[1]}-1").xpath(HERE)
    assert "<b>Zyx</b> &" in words(gloss)
    assert not gloss.xpath(".//b")


def test_a_passage_and_what_stands_around_it_are_glossed_whole(client, german, borland) -> None:
    shown = page(client, f"/passages/{german[1]}-1?start=0&end=9")
    (here,) = shown.xpath(HERE)
    assert WARNING in words(here)
    assert words(here).endswith("in the school.")
    (after,) = shown.xpath("//section[h2='After it']/details")
    assert "the children" in words(after)
    around = page(client, f"/passages/{german[1]}-1/around")
    before, after = around.xpath(GLOSS)
    assert words(before).endswith("the water")
    assert "the children" in words(after)
    assert SUMMARY not in words(page(client, f"/passages/{borland}-1"))
    assert SUMMARY not in words(page(client, f"/passages/{borland}-1/around"))


def test_what_is_quoted_and_cited_is_the_original_alone(client, german) -> None:
    name = f"{german[1]}-1"
    cited = result(page(client, ASKED_ENGLISH), "wasser").xpath(".//*[@class='citation']")[0]
    assert "Wasser" in words(cited)
    assert "water" not in words(cited)
    for address in (
        f"/note?p={name}:0-40",
        f"/passages/{name}/cite.ris?start=0&end=40",
        ASKED_ENGLISH.replace("/?", "/results.csv?"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Wasser" in answer.text
        assert SUMMARY not in answer.text
        assert "the children" not in answer.text


def test_the_language_of_a_report_that_is_not_english_is_named(client, german) -> None:
    asked = page(client, f"{ASKED_ENGLISH}&k=50")
    where = {
        words(one.xpath(".//h2")[0]): [words(part) for part in one.xpath(WHERE)]
        for one in asked.xpath("//li[contains(@class, 'result')]")
    }
    assert "German" in where["wasser"]
    assert "Polish" in where["port"]
    assert "English" not in where["harbour"]
    assert "German" not in where["harbour"]
    own = page(client, f"/passages/{german[1]}-0")
    assert "German" in [words(one) for one in own.xpath(f"//{WHERE}")]


def test_words_of_a_question_are_told_with_the_foreign_words_for_them(client) -> None:
    why = result(page(client, ASKED_ENGLISH), "wasser").xpath(".//details[@class='why']")[0]
    said = words(why)
    assert "The same or nearly the same in German" in said
    assert "Wasser for water" in said
    assert "found by its meaning" not in said
    assert why.xpath(".//bdi[.='Wasser']/@lang") == ["de"]


def test_a_question_in_another_language_shares_words_that_are_read_in_english(client) -> None:
    asked = page(client, ASKED_GERMAN)
    said = words(result(asked, "harbour").xpath(".//details[@class='why']")[0])
    shared = said.partition("Words it shares with the question, read in English")[2]
    assert "water" in shared.partition("Closeness")[0]
    english = words(page(client, ASKED_ENGLISH))
    assert "read in English" not in english


def test_a_question_in_another_language_is_said_to_be_read_in_english(client) -> None:
    here = words(page(client, ASKED_GERMAN).xpath("//main")[0])
    assert "Read as German, and searched for as it stands and word by word in English: “" in here
    assert "Read as" not in words(page(client, ASKED_ENGLISH).xpath("//main")[0])


def on_telephone(browser: WebDriver, address: str) -> None:
    device = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
    browser.get(address)


def open_all(browser: WebDriver) -> int:
    """Open every gloss; how many there are."""
    return browser.execute_script(
        "const all = [...document.querySelectorAll('.gloss')];"
        "all.forEach(one => { one.open = true; }); return all.length"
    )


def test_it_all_fits_a_telephone(browser, serve, client, german) -> None:
    long = f"Wie viel Wasser hat die Stadt mit der {'Wasserversorgungs' * 6}gesellschaft?"
    with serve(client.application) as address:
        for path in (f"/?q={quote_plus(long)}", ASKED_ENGLISH, f"/passages/{german[1]}-1"):
            on_telephone(browser, f"{address}{path}")
            glosses = open_all(browser)
            assert glosses
            assert (
                browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
                <= 0
            )


def test_an_open_gloss_is_neither_printed_nor_copied(browser, serve, client, german) -> None:
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    with serve(client.application) as address:
        allowed = ["clipboardReadWrite", "clipboardSanitizedWrite"]
        browser.execute_cdp_cmd(
            "Browser.grantPermissions", {"origin": address, "permissions": allowed}
        )
        for path in (f"{ASKED_ENGLISH}&language=de", f"/passages/{german[1]}-1"):
            browser.get(f"{address}{path}")
            assert open_all(browser)
            assert browser.find_element(By.CSS_SELECTOR, ".gloss .card").is_displayed()
            cite = browser.find_element(By.CSS_SELECTOR, ".cite")
            cite.find_element(By.TAG_NAME, "summary").click()
            cite.find_element(By.CLASS_NAME, "copy").click()
            WebDriverWait(browser, 20).until(lambda d: d.find_element(By.ID, "said").text)
            copied = browser.execute_async_script(
                "navigator.clipboard.readText().then(arguments[arguments.length - 1])"
            )
            assert "Wasser" in copied
            assert "water" not in copied
            assert "children" not in copied
            sheets = browser.execute_cdp_cmd("Page.printToPDF", {})["data"]
            with closing(PdfDocument(base64.b64decode(sheets))) as document:
                text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
            assert "Wasser" in text
            assert SUMMARY not in text
            assert "the children" not in text


def test_where_nothing_seems_to_answer_the_words_of_another_language_are_worth_a_look(
    client: FlaskClient, app: Flask
) -> None:
    advice = "those in another language: open “Word by word in English” below each;"
    found = page(client, f"/?q={quote_plus('how does a volcano melt iron')}")
    assert "Nothing in this library seems to answer that." in words(found)
    assert advice in [words(item) for item in found.xpath("//div[@class='verdict']//li")]
    english = page(app.test_client(), "/?q=how+do+I+bake+bread")
    assert advice not in words(english)
    # nothing is marked then, and nothing says so
    assert "its nearest sentences" in words(english)
    assert "marked quote" not in words(english)
