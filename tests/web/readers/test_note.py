"""The note that a reader gathers over searches: all of it in the address."""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html

from web.app import create_app
from web.context.noted import LONGEST_HEADING, MOST, Note, Pick, read
from web.context.state import Access

BRIEF = "/guide/brief?goal=motivational&level=politics"
VOTE = "/?q=ministers+who+fear+a+backlash"


def link(element: html.HtmlElement, text: str) -> str:
    (found,) = element.xpath(f".//a[normalize-space()='{text}']/@href")
    return found


def picks(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get("p", [])


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_an_address_is_read_and_written_the_same() -> None:
    note = read(["ab-1:3-9", "ab-2", "ab-1:3-9"], "  To the \n minister ")
    assert note == Note((Pick("ab-1", 3, 9), Pick("ab-2")), "To the minister")
    assert note.query() == {"p": ["ab-1:3-9", "ab-2"], "heading": ["To the minister"]}
    assert Note((), "alone").query() == {}
    assert read(["ab-1:9-3"], "").picks == (Pick("ab-1"),)
    opened = read(["ab-1:3-9:14"], "")
    assert opened.picks == (Pick("ab-1", 3, 9, 14),)
    assert opened.query() == {"p": ["ab-1:3-9:14"]}
    assert len(read(["ab-1"], "x" * 999).heading) == LONGEST_HEADING


NO_QUOTES = ["", "ab", "ab-1:3", "ab-1:-3-9", "AB-1", "ab-1:3-9 ", "ab-²"]


@pytest.mark.parametrize("given", NO_QUOTES)
def test_a_note_of_which_nothing_can_be_read_is_refused(given: str, client: FlaskClient) -> None:
    with pytest.raises(ValueError, match="names no quote"):
        read([given], "")
    for address in ("/", "/note", "/note.md"):
        answer = client.get(address, query_string={"p": given})
        assert answer.status_code == 400, address
        assert "names no quote of a passage" in answer.text


@pytest.mark.parametrize("given", NO_QUOTES)
def test_what_can_be_read_of_a_note_outlives_what_cannot(given, client, borland) -> None:
    kept = [f"{borland}-0:0-9", f"{borland}-1"]
    note = read([kept[0], given, kept[1], given], "H")
    assert note == Note((Pick(f"{borland}-0", 0, 9), Pick(f"{borland}-1")), "H", left_out=2)
    query = {"p": [*kept, given], "heading": "H"}
    page = html.fromstring(client.get("/note", query_string=query).text)
    (said,) = page.xpath("//*[@role='alert']")
    assert words(said).startswith("1 quote of this address is left out")
    assert len(page.xpath("//ol[@class='noted'][1]/li")) == 2
    assert client.get("/note.md", query_string=query).text.count("/passages/") == 2
    for address in ("/documents", "/", "/grid"):
        page = html.fromstring(client.get(address, query_string=query).text)
        assert picks(page.xpath("//header//a[.='Search']/@href")[0]) == kept, address
    whole = html.fromstring(client.get("/note", query_string={"p": kept}).text)
    assert not whole.xpath("//*[@role='alert']")


def test_a_note_has_an_end(look) -> None:
    full = [f"ab-{number}" for number in range(MOST)]
    assert read(full, "").full
    assert read([*full, *full], "").left_out == 0
    more = read([*full, "cd-0", "cd-1"], "")
    assert more == Note(read(full, "").picks, left_out=2)
    page = look(VOTE + "".join(f"&p={name}" for name in full))
    assert "no more quotes can be added" in words(page)
    assert not page.xpath("//a[.='Add to the note']")
    page = look("/note?p=cd-0" + "".join(f"&p={name}" for name in full))
    assert "1 quote of this address is left out" in words(page)
    assert len(page.xpath("//ol[@class='noted']/li")) == MOST


def test_a_quote_is_moved_and_taken_out() -> None:
    a, b, c = Pick("a-0"), Pick("b-0", 1, 2), Pick("c-0")
    note = Note((a, b, c), "h")
    assert note.moved(c, -1) == Note((a, c, b), "h")
    assert note.moved(a, 1) == Note((b, a, c), "h")
    assert note.toggled(b) == Note((a, c), "h")
    assert note.toggled(b).toggled(b) == Note((a, c, b), "h")


def test_quotes_of_several_searches_come_together(look, borland) -> None:
    first = look(link(look(VOTE).xpath("//li[@class='result']")[0], "Add to the note"))
    assert first.xpath("//input[@id='q']/@value") == ["ministers who fear a backlash"]
    (kept,) = first.xpath("//form[@role='search']//input[@name='p']/@value")
    assert kept.startswith(f"{borland}-1:")
    # Whatever is asked next, or chosen, the quote goes along; what is saved has none.
    chosen = [link(first, name) for name in ("Note: 1 quote", "Follow this question")]
    for address in [*first.xpath("//aside//a/@href"), *chosen]:
        assert picks(address) == [kept], address
    for name in ("CSV", "Excel"):
        assert picks(link(first, name)) == []
    second = look(f"/?q=study+visits&p={kept}&heading=Visits")
    result = second.xpath("//li[@class='result'][.//a[.='Add to the note']]")[0]
    third = look(link(result, "Add to the note"))
    note = look(link(third, "Note: 2 quotes"))
    assert words(note.xpath("//h1")[0]) == "Visits"
    assert len(note.xpath("//ol[@class='noted'][1]/li")) == 2
    assert "feared a backlash" in words(note.xpath("//li[@id='quote-1']//q")[0])
    assert "2 quotes from 2 reports" in words(note)
    back = look(link(note, "Back to the search"))
    taken = link(
        back.xpath("//li[@class='result'][.//a[.='Remove from the note']]")[0],
        "Remove from the note",
    )
    assert picks(taken) == [kept]


@pytest.mark.parametrize("search", ["q=study+visits&per=document", "goal=motivational", ""])
def test_no_link_of_the_search_page_drops_the_note(search: str, tagged_client, borland) -> None:
    kept = f"{borland}-2:0-9"
    page = html.fromstring(tagged_client.get(f"/?{search}&p={kept}&heading=H").text)
    links = [link for link in page.xpath("//a/@href") if urlsplit(link).path == "/"]
    assert len(page.xpath("//header//a[.='Waymark' or .='Search']")) == 2
    assert bool(page.xpath("//a[.='All passages with this tag']")) == bool(search)
    for address in links:
        assert picks(address)[:1] == [kept], address
        assert parse_qs(urlsplit(address).query)["heading"] == ["H"], address


KEPT = ("CSV", "SVG", "Excel", "JSON lines", "RIS", "BibTeX", "CSL-JSON", "Atom feed")
"""Links whose address somebody keeps, or that are a file."""


@pytest.mark.parametrize(
    "path",
    [
        "/?q=twinning&open={id}-0",
        "/?q=zzzz",
        "/documents?find=borland",
        "/documents?find=zzzz",
        "/documents?view=cards",
        "/documents/{id}",
        "/documents/{id}/pages/1",
        "/passages/{id}-1?start=0&end=9",
        "/passages/{id}-1/around",
        "/grid?language=en",
        "/new?since=2000-01-01",
        "/new?since=2000-01-01&q=twinning",
        "/note?q=twinning",
    ],
)
def test_a_note_goes_along_from_page_to_page(path: str, tagged_client, borland) -> None:
    kept = [f"{borland}-2:0-9", f"{borland}-1"]
    address = path.format(id=borland)
    query = f"{'&' if '?' in path else '?'}p={kept[0]}&p={kept[1]}&heading=H"
    page = html.fromstring(tagged_client.get(address + query).text)
    links = [one for one in page.xpath("//a[@href]") if words(one) not in KEPT]
    onward = [
        one.get("href")
        for one in links
        if one.get("href").startswith("/")
        and not one.get("href").split("#")[0].endswith("/file")
        and not words(one).startswith("Lasting link")
    ]
    assert onward
    for where in onward:
        # Some links take a quote out, or add one.
        assert set(kept) & set(picks(where)), where
        assert parse_qs(urlsplit(where).query)["heading"] == ["H"], where
    for form in page.xpath("//form[not(@method='post' or @method='dialog')]"):
        assert form.xpath(".//input[@name='p']/@value") == kept, form.get("action")
    for one in page.xpath("//a[@href]"):
        if words(one) in KEPT[:4] or words(one).startswith(("Atom", "Lasting link")):
            assert picks(one.get("href")) == []


FILES = {
    "documents.file",
    "documents.citation",
    "grid.drawing",
    "grid.table",
    "initiatives.table",
    "news.feed",
    "pages.results",
    "passages.citation",
    "scorecard.as_json",
}
PAGES = {
    "brief.page",
    "documents.document",
    "documents.documents",
    "documents.page",
    "grid.page",
    "initiatives.initiative",
    "initiatives.page",
    "news.page",
    "note.page",
    "pages.guide",
    "pages.search",
    "passages.passage",
    "scorecard.page",
    "suggestions.suggest",
}


def test_no_page_drops_the_note(tagged, borland) -> None:
    """From page to page by every link, a few pages of each kind."""
    app = create_app(tagged, Access("s" * 40))
    client, routes = app.test_client(), app.url_map.bind("localhost")
    kept = [f"{borland}-2:0-9", f"{borland}-1"]
    query = f"p={kept[0]}&p={kept[1]}&heading=H"
    starts = ("/?", "/?goal=none&", "/documents/0?", "/guide?goal=motivational&", f"{BRIEF}&")
    left, seen = [start + query for start in starts], Counter()
    while left:
        address = left.pop(0)
        page = html.fromstring(client.get(address).text)
        for form in page.xpath("//form[not(@method='post' or @method='dialog')]"):
            assert form.xpath(".//input[@name='p']/@value") == kept, (address, form.get("action"))
        for one in page.xpath("//a[@href][not(starts-with(@href, 'http'))]"):
            where = urljoin(address, one.get("href"))
            name, _ = routes.match(urlsplit(where).path)
            if name in FILES | {"sign.sign_in"} or words(one).startswith("Lasting link"):
                assert not picks(where), (address, where)
            elif one.get("href")[0] != "#" and name != "note.file":
                assert set(kept) & set(picks(where)), (address, where)
                if seen[name] < 4 and picks(where) == kept:
                    seen[name] += 1
                    left.append(where)
    assert set(seen) == PAGES


def test_a_page_that_needs_no_note_passes_a_wrong_one_over(look, borland) -> None:
    for address in ("/documents", f"/documents/{borland}", f"/passages/{borland}-0"):
        page = look(f"{address}?p=none")
        assert page.xpath("//header//a[.='Search']/@href") == ["/"]


def test_every_page_counts_the_quotes_and_leads_to_them(look, borland) -> None:
    query = f"p={borland}-0&p={borland}-1&heading=H"
    for path in ("/guide?", f"/passages/{borland}-0?", "/grid?kind=report&", "/?goal=none&"):
        page = look(path + query, 400 if "none" in path else 200)
        assert not page.xpath("//header//a[@aria-current][starts-with(., 'Note')]")
        note = look(link(page.xpath("//header")[0], "Note: 2 quotes"))
        assert note.xpath("//header//a[@aria-current]/text()") == ["Note: 2 quotes"]
        assert words(note.xpath("//h1")[0]) == "H"
        assert bool(note.xpath("//a[.='Back to the search']")) == ("kind" in path)
    assert not look("/guide").xpath("//header//a[starts-with(., 'Note')]")


def test_a_passage_is_noted_on_its_own_page(look, borland) -> None:
    full = "".join(f"&p=ab-{number}" for number in range(MOST - 1))
    page = look(f"/passages/{borland}-1?start=0&end=20{full}")
    address = link(page, "Add to the note")
    assert picks(address)[-1] == f"{borland}-1:0-20"
    added = look(address)
    assert link(added, f"Note: {MOST} quotes")
    assert "In the note" in words(added.xpath("//main")[0])
    assert not added.xpath("//a[.='Add to the note']")
    assert not look(f"/passages/{borland}-0?p=cd-0{full}").xpath("//a[.='Add to the note']")
    whole = link(look(f"/passages/{borland}-0"), "Add to the note")
    assert not look(whole).xpath("//section[contains(@class, 'here')]//mark")
    assert look(whole).xpath("//span[.='In the note']")


def test_home_is_plain_without_a_note(look, borland) -> None:
    for address in (VOTE, "/guide", f"/passages/{borland}-0", "/note", "/note?heading=alone"):
        assert look(address).xpath("//header//a[.='Waymark' or .='Search']/@href") == ["/", "/"]
    (home, _) = look(f"/note?p={borland}-0").xpath("//header//a[.='Waymark' or .='Search']/@href")
    assert picks(home) == [f"{borland}-0"]


def test_quotes_change_places_and_leave(look, borland) -> None:
    page = look(f"/note?heading=H&q=rent&p={borland}-0:0-9&p={borland}-1&p={borland}-2")
    up = link(page, "Move up quote 3")
    assert picks(up) == [f"{borland}-0:0-9", f"{borland}-2", f"{borland}-1"]
    assert parse_qs(urlsplit(up).query)["heading"] == ["H"]
    assert urlsplit(up).fragment == "quote-2"
    assert picks(link(page, "Move down quote 1"))[0] == f"{borland}-1"
    assert picks(link(page, "Remove quote 2")) == [f"{borland}-0:0-9", f"{borland}-2"]
    assert not page.xpath("//a[contains(., 'up quote 1') or contains(., 'down quote 3')]")
    kept = page.xpath("//form[@class='sift']//input[@name='p']/@value")
    assert kept == [f"{borland}-0:0-9", f"{borland}-1", f"{borland}-2"]
    assert len(page.xpath("//h2[.='References']/following-sibling::ol/li")) == 1


def test_a_note_is_a_file(client: FlaskClient, borland) -> None:
    query = f"heading=To+the+minister&p={borland}-1:0-20&p={borland}-0"
    text = client.get(f"/note.md?{query}").text
    assert text.startswith("# To the minister\n")
    assert f"http://localhost/passages/{borland}-1?start=0&end=20" in text
    (item,) = json.loads(client.get(f"/note.json?{query}").text)
    assert [line[:5] for line in item["note"].splitlines()] == ["p. 2:", "p. 1:"]
    assert client.get(f"/note.ris?{query}").text.count("TY  - ") == 1
    assert client.get(f"/note.bib?{query}").headers["Content-Disposition"].endswith('note.bib"')
    assert client.get(f"/note.docx?{query}").status_code == 404
    assert client.get("/note.md").status_code == 404


def test_what_left_the_library_is_named_in_its_place(look, client: FlaskClient, borland) -> None:
    address = f"p=0000000000000000-3:0-9&p={borland}-0:0-9"
    page = look(f"/note?{address}")
    assert "is not in the library" in words(page.xpath("//li[@id='quote-1']")[0])
    assert "1 quote from 1 report" in words(page)
    assert client.get(f"/note.md?{address}").text.count("passages/") == 1
    only = look("/note?p=0000000000000000-3")
    assert not only.xpath("//a[.='RIS'] | //h2[.='References']")
    assert "no quote in this note yet" in words(look("/note"))


@pytest.mark.parametrize(
    "search", ["document=ffffffffffffffff", "goal=none", "year=x", "k=7", "per=page", "Goal=a"]
)
def test_a_note_outlives_the_search_beside_it(search: str, look, borland) -> None:
    page = look(f"/note?p={borland}-0:0-9&p={borland}-1&heading=H&{search}")
    assert words(page.xpath("//h1")[0]) == "H"
    assert picks(link(page, "Move up quote 2")) == [f"{borland}-1", f"{borland}-0:0-9"]
    assert not page.xpath("//a[.='Back to the search']")
    again = look(link(page, "Search for more"))
    assert words(again.xpath("//a[starts-with(., 'Note:')]")[0]) == "Note: 2 quotes"
    refused = look(f"/note?p=none&{search}", 400)
    assert "names no quote of a passage" in words(refused)


def test_a_quote_beyond_its_passage_is_drawn_in(look, library, borland) -> None:
    with library.catalog() as catalog:
        whole = catalog.passage(f"{borland}-0").passage.text
    for given in (f"{borland}-0", f"{borland}-0:0-99999", f"{borland}-0:90000-99999"):
        shown = words(look(f"/note?p={given}").xpath("//q")[0])
        assert shown == " ".join(whole.split()), given


def test_a_heading_is_text(look, borland) -> None:
    page = look(f"/note?heading=%3Cb%3Ebold%3C%2Fb%3E&p={borland}-0")
    assert words(page.xpath("//h1")[0]) == "<b>bold</b>"


def test_a_note_costs_as_much_as_a_question(library, borland) -> None:
    client = create_app(library, per_minute=20).test_client()
    address = f"/note?p={borland}-0"
    statuses = [client.get(address).status_code for _ in range(30)]
    assert statuses[:20] == [200] * 20
    assert 429 in statuses


def test_a_note_says_what_it_is_and_how_far_to_trust_it(look, borland) -> None:
    page = look(f"/note?p={borland}-0:0-9")
    (lead,) = page.xpath("//p[@class='lead']")
    assert "picked by a reader of Waymark, which searches a library of" in words(lead)
    guide = link(lead, "How passages are found, and how far to trust them")
    assert urlsplit(guide).path == "/guide"
    assert "the number rises with every change to the library" in words(page)
    assert not look("/note").xpath("//p[@class='lead']")


def test_each_quote_of_a_note_can_be_copied_with_its_reference(look, borland) -> None:
    page = look(f"/note?p={borland}-0:0-9&p=0000000000000000-3:0-9")
    there, gone = page.xpath("//ol[@class='noted'][.//q or .//p[@class='warn']]/li")
    (citation,) = there.xpath(".//p[@class='citation']")
    assert citation.text_content().endswith("Resettlement in Borland 2016, 2016, p. 1)")
    assert there.xpath(".//button/@aria-label") == ["Copy quote 1"]
    assert not gone.xpath(".//button")
