"""The pages as they arrive: what they say, what they link to, what they refuse."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html

from index import build
from index.library import Library
from index.rows import database
from web.app import create_app
from web.context.state import state_of

VOTE = "/?q=ministers+who+fear+a+backlash"


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def results(page: html.HtmlElement) -> list[html.HtmlElement]:
    return page.xpath("//li[contains(concat(' ', @class, ' '), ' result ')]")


def titles_of(page: html.HtmlElement) -> set[str]:
    return {words(result.xpath(".//h2")[0]) for result in results(page)}


def test_the_search_page_says_how_much_the_library_holds(look):
    page = look("/")
    assert "3 documents" in words(page)
    assert "5 pages" in words(page)
    (box,) = page.xpath("//input[@name='q']")
    (label,) = page.xpath(f"//label[@for='{box.get('id')}']")
    assert words(label)
    assert not results(page)


def test_who_has_never_asked_is_shown_how(look):
    how = "//main//a[.='How to ask, and how sure the answers are']/@href"
    assert look("/").xpath(how) == ["/guide"]
    assert not look(VOTE).xpath(how)


def test_a_question_brings_the_passage_with_its_page_and_quote(look, borland):
    page = look(VOTE)
    first = results(page)[0]
    assert words(first.xpath(".//h2")[0]) == "Resettlement in Borland 2016"
    assert "p. 2" in words(first)
    assert first.xpath("*[@class='where']/span/text()")[:2] == ["2016", "report"]
    assert "feared a backlash" in words(first.xpath(".//mark")[0])
    links = first.xpath(".//a/@href")
    assert f"/documents/{borland}/file#page=2" in links


def test_names_that_no_passage_has_are_said(look):
    asked = words(look("/?q=backlash+in+Bhutan+and+Malta"))
    assert "No passage has “Bhutan” or “Malta”." in asked
    asked = words(look("/?q=backlash+in+Bhutan,+Malta+and+Kuala+Lumpur"))
    assert "No passage has “Bhutan”, “Malta” or “Kuala Lumpur”." in asked
    assert "No passage has" not in words(look("/?q=backlash+in+Borland"))


def test_how_a_question_was_read_is_said(look):
    asked = words(look("/?q=Hello,+who+feared+a+backlash?+Thank+you!"))
    assert "Read as “who feared a backlash?”." in asked
    asked = words(look("/?q=ministers+fear+a+backlash+NOT+Arland+-sourdough"))
    assert "Read as “ministers fear a backlash”." in asked
    assert "Not searched for: “Arland”, “sourdough”." in asked
    plain = words(look("/?q=who+feared+a+backlash?"))
    assert "Read as" not in plain
    assert "Not searched for" not in plain


def test_the_question_stays_in_the_box_and_in_the_title(look):
    page = look(VOTE)
    assert page.xpath("//input[@id='q']/@value") == ["ministers who fear a backlash"]
    assert "ministers who fear a backlash" in page.xpath("//title/text()")[0]


def test_one_passage_is_spoken_of_as_one(empty_library: Library, tmp_path: Path):
    (tmp_path / "visits.md").write_text("The bakers saw each other's ovens.", "utf-8")
    list(build.add(empty_library, [tmp_path]))
    client = create_app(empty_library).test_client()
    page = words(html.fromstring(client.get("/?q=ovens+of+bakers").text))
    assert "The best passage " in page
    assert "best passages" not in page


def test_counts_beside_filters_are_heard_with_their_noun(look):
    heard = [count.text_content() for count in look(VOTE).xpath("//span[@class='count']")]
    assert "1 passage" in heard
    assert "1 passages" not in heard
    assert all(said.endswith(" passages") for said in heard if said != "1 passage")


def test_a_search_without_a_question_is_named_after_its_filters(look):
    title = look("/?goal=informational&year=2016").xpath("string(//title)")
    assert title == "Pass on knowledge, 2016 – Waymark"
    assert look("/").xpath("string(//title)") == "Waymark"


def test_a_question_is_shown_as_text_whatever_it_holds(client: FlaskClient):
    answer = client.get("/", query_string={"q": "<script>alert(1)</script> \"' & twinning"})
    assert "<script>alert" not in answer.text
    page = html.fromstring(answer.text)
    assert page.xpath("//input[@id='q']/@value") == ["<script>alert(1)</script> \"' & twinning"]


@pytest.mark.parametrize("question", ["???", "-", '"'])
def test_a_question_without_letters_and_digits_is_none(look, question):
    page = look(f"/?q={quote(question)}")
    assert page.xpath("//input[@id='q']/@value") == [question]
    assert not results(page)


def test_filters_narrow_the_results(look, borland):
    everywhere = look("/?q=study+visits+and+twinning")
    inside = look(f"/?q=study+visits+and+twinning&document={borland}")
    titles = titles_of(everywhere)
    assert "Evaluation of study visits" in titles
    assert titles_of(inside) == {"Resettlement in Borland 2016"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=novel", "'novel' is no kind; there are: "),
        ("goal=nonsense", "There is no goal “nonsense”. There are: “Win commitment”, "),
        ("activity=nonsense", "no activity “nonsense”. There are: “Share what exists”, "),
        ("document=ffffffffffffffff", "There is no document “ffffffffffffffff” in this library."),
        ("k=7", "k must be a number from 10 to 50."),
        ("per=page", "per is 'document'"),
        ("Goal=motivational", "'Goal' is called 'goal' here."),
    ],
)
def test_what_there_is_not_is_refused_in_plain_words_with_ways_on(look, query, said, borland):
    rest = {"q": ["study visits"], "year": ["2016"], "p": [f"{borland}-0:0-9"], "heading": ["H"]}
    page = look(f"/?{query}&{urlencode(rest, doseq=True)}", status=400)
    assert said in words(page.xpath("//main")[0])
    (again,) = page.xpath("//main//a[.='Continue without it']/@href")
    assert parse_qs(again.removeprefix("?")) == rest
    assert look(f"/{again}").xpath("//input[@id='q']/@value") == ["study visits"]
    (back,) = page.xpath("//main//a[.='Back to the search page']/@href")
    del rest["year"]
    assert parse_qs(urlsplit(back).query) == rest


def test_a_way_on_takes_any_name_that_an_address_may_have(look) -> None:
    odd = "endpoint=x&_external=1&_anchor=%3Cb%3E&q=%C3%A9%26%23"
    (again,) = look(f"/?goal=none&{odd}", 400).xpath("//a[.='Continue without it']/@href")
    assert again == "?endpoint=x&_external=1&_anchor=%3Cb%3E&q=%C3%A9%26%23"


@pytest.mark.parametrize(
    ("years", "wrong"),
    [
        ("soon", "is no year and no range like 2010-2018"),
        ("2018-2010", "has its first year after its last"),
        ("20", "is not within the years 1800 to 2100"),
    ],
)
def test_years_that_are_none_leave_the_search_and_are_said_at_the_field(
    look, years, wrong, borland
):
    page = look(f"/?q=twinning&year={years}&document={borland}", status=400)
    assert page.xpath("//input[@id='q']/@value") == ["twinning"]
    assert titles_of(page) == {"Resettlement in Borland 2016"}
    (field,) = page.xpath("//input[@id='year']")
    assert (field.get("value"), field.get("aria-invalid")) == (years, "true")
    note = words(page.xpath(f"//*[@id='{field.get('aria-describedby')}']")[0])
    assert note == f"'{years}' {wrong}."
    assert note[:-1] in words(page.xpath("//*[@role='alert']")[0])
    assert look("/?year=soon", status=400).xpath("//input[@id='year']")


def test_a_range_of_years_as_people_type_it_is_a_filter(look):
    page = look("/?q=notes&year=2010%E2%80%932012")
    assert titles_of(page) == {"Harbour notes 2011"}
    assert page.xpath("//input[@id='year']/@value") == ["2010-2012"]
    assert page.xpath("//ul[@class='chips']//bdi/text()") == ["2010-2012"]
    # The address keeps its one spelling.
    assert page.xpath("//form[@role='search']//input[@name='year']/@value") == ["2010..2012"]
    assert not page.xpath("//*[@aria-invalid]")


def test_only_questions_that_lead_to_a_match_are_offered(empty_library: Library, tmp_path):
    asked = "How did Norland win the ministers over?"
    vague = "Once upon an evening"
    (tmp_path / "norland.md").write_text(
        f"# Norland\n\n## {asked}\n\nNorland won the ministers over with a visit to Sudland:"
        " they met a family that had come there two years before, and after the visit the"
        f" ministers were won over.\n\n## {vague}\n\n"
        + "\n\n".join(f"Ferries of line {number} crossed the strait. " * 40 for number in range(4))
    )
    app = create_app(empty_library)
    client = app.test_client()

    def offered() -> list[str]:
        links = html.fromstring(client.get("/").text).xpath("//ul[@class='examples']//a")
        return [words(link) for link in links]

    assert offered() == []
    list(build.add(empty_library, [tmp_path / "norland.md"]))
    assert state_of(app).holdings.holdings().examples == (asked, vague)
    assert offered() == [asked]
    first = results(html.fromstring(client.get("/", query_string={"q": asked}).text))[0]
    assert "match" in words(first.xpath(".//*[@class='strength']")[0])


def test_the_heading_of_a_page_names_it_on_a_line_of_its_own(look, borland):
    (heading,) = look(f"/documents/{borland}/pages/2").xpath("//h1")
    assert [words(part) for part in heading] == ["Resettlement in Borland 2016", "Page 2"]
    assert words(heading) == "Resettlement in Borland 2016 Page 2"


def test_a_hidden_note_describes_no_field(look):
    (box,) = look(VOTE).xpath("//input[@id='q']")
    assert box.get("aria-describedby") is None


def test_a_misspelt_word_is_read_and_said(look):
    page = look("/?q=twinnig+of+agencies")
    assert "“twinnig” as “twinning”" in words(page.xpath("//main")[0])
    why = words(results(page)[0].xpath(".//details[@class='why']")[0])
    assert "twinnig" in why.split("Closeness")[0]
    assert "lacks" not in why
    assert "twinnig" not in words(look("/?q=twinning+of+agencies").xpath("//main")[0])


def test_a_word_that_means_nearly_the_same_is_said_in_place_of_the_one_that_is_lacking(look):
    first = results(look("/?q=rental+of+flats+in+the+capital"))[0]
    why = words(first.xpath(".//details[@class='why']")[0])
    assert "shares with the question flats, capital Words that mean nearly the same" in why
    assert "rents for rental" in why
    assert "lacks" not in why


def test_what_an_acronym_stands_for_is_said(empty_library: Library, tmp_path):
    (tmp_path / "tdi.txt").write_text(
        "The Temporary Desk on Iraq (TDI) opened. The TDI closed again."
    )
    list(build.add(empty_library, [tmp_path / "tdi.txt"]))
    client = create_app(empty_library).test_client()
    assert "TDI: Temporary Desk on Iraq." in words(html.fromstring(client.get("/?q=TDI").text))
    asked = client.get("/?q=the+temporary+desk").text
    assert "TDI: " not in words(html.fromstring(asked))


def test_documents_are_listed_with_what_is_known_of_them(look, borland):
    page = look("/documents")
    (row,) = page.xpath(f"//*[self::tr or self::li][.//a[@href='/documents/{borland}']]")
    assert "Resettlement in Borland 2016" in words(row)


def test_a_document_shows_its_passages_with_their_pages(look, borland):
    page = look(f"/documents/{borland}")
    assert words(page.xpath("//h1")[0]) == "Resettlement in Borland 2016"
    text = words(page.xpath("//main")[0])
    assert "twinned with its counterpart" in text
    assert "p. 1" in text


def test_the_original_is_served_as_it_was_added(client: FlaskClient, shelf, borland):
    answer = client.get(f"/documents/{borland}/file")
    assert answer.data == (shelf / "borland.pdf").read_bytes()
    assert answer.mimetype == "application/pdf"
    again = client.get(
        f"/documents/{borland}/file", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_a_file_name_that_would_break_a_header_is_sent_plain(copy_library, tmp_path, shelf):
    copy = copy_library(tmp_path / "home")
    name = 'up/a"\r\nSet-Cookie: x=1;.html'
    with copy.catalog() as catalog, database.note(catalog.connection):
        change = "UPDATE documents SET file_name = ? WHERE file_name = 'borland.pdf'"
        catalog.connection.execute(change, (name,))
        (document,) = [one for one in catalog.documents() if one.file_name == name]
    answer = create_app(copy).test_client().get(f"/documents/{document.document_id}/file")
    assert (answer.status_code, answer.data) == (200, (shelf / "borland.pdf").read_bytes())
    told = answer.headers["Content-Disposition"]
    assert told == r'attachment; filename="a\"Set-Cookie: x=1;.html"'
    assert "Set-Cookie" not in answer.headers


def test_an_added_page_is_a_download_and_never_runs_here(empty_library: Library, tmp_path):
    file = tmp_path / "hostile.html"
    file.write_text(
        "<title>Hostile</title><p>Twinning of agencies <b>worked</b> well for both of them."
        "<script>alert(1)</script></p>",
        encoding="utf-8",
    )
    list(build.add(empty_library, [file]))
    client = create_app(empty_library).test_client()
    with empty_library.catalog() as catalog:
        (document,) = catalog.documents()
    answer = client.get(f"/documents/{document.document_id}/file")
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address",
    ["/documents/0000000000000000", "/documents/0000000000000000/file", "/nowhere", "/documents/'"],
)
def test_what_is_not_there_is_said_in_words(look, address):
    page = look(address, status=404)
    assert words(page.xpath("//main//h1")[0])
    assert page.xpath("//main//a[@href='/']")


def test_an_address_that_is_none_is_told_in_our_words(look, client: FlaskClient):
    said = "No page has this address: it may be mistyped, or cut off."
    assert said in words(look("/nowhere", status=404))
    assert client.get("/api/v1/nowhere").get_json()["detail"] == said
    assert "requested URL" not in client.post("/grid").text


def test_a_footnote_is_called_one(empty_library: Library, tmp_path: Path):
    (tmp_path / "ferry.md").write_text(
        "# Boats\n\nTwo boats came at noon.[^1]\n\n[^1]: The harbour master Olsen counted them.\n",
        "utf-8",
    )
    list(build.add(empty_library, [tmp_path]))
    client = create_app(empty_library).test_client()
    page = html.fromstring(client.get("/?q=Who+counted+the+boats%3F").text)
    kinds = {
        "Olsen" in words(one.xpath("blockquote")[0]): "footnote"
        in words(one.xpath("p[@class='where']")[0])
        for one in results(page)
    }
    assert kinds == {True: True, False: False}
    (note,) = (one for one in results(page) if "Olsen" in words(one.xpath("blockquote")[0]))
    alone = html.fromstring(client.get(f"/passages/{note.get('id')}").text)
    assert "footnote" in words(alone.xpath("//p[@class='where']")[0])


def test_an_empty_library_says_what_to_do(empty_library: Library):
    client = create_app(empty_library).test_client()
    for address in ("/", "/?q=twinning", "/documents"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "waymark add" in answer.text, address


@pytest.mark.parametrize("address", ["/", VOTE, "/documents", "/nowhere", "/static/style.css"])
def test_every_answer_forbids_what_the_pages_do_not_need(client: FlaskClient, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_initiatives_are_listed_and_lead_to_their_facts(look):
    page = look("/initiatives")
    links = page.xpath("//table//th/a/@href")
    assert len(links) > 10
    assert set(page.xpath("//*[local-name()='svg']//@href")) <= set(links)
    facts = look(links[0])
    text = words(facts.xpath("//main")[0])
    assert "Led by" in text
    assert "No passage of this library names it." in text
    look("/initiatives/none-such", status=404)


def test_the_guide_shows_the_forms_that_serve_a_goal(look):
    page = look("/guide?goal=motivational")
    assert "Twinning" in words(page.xpath("//table[not(@class)]")[0])
    assert (
        "Activities known to serve this goal: share what exists, accompany one partner."
        in words(page.xpath("//main")[0])
    )
    assert "/initiatives/more" not in page.xpath("//a/@href")
    assert "/initiatives/durable-solutions-in-practice" in page.xpath("//a/@href")
    look("/guide?goal=nonsense", status=400)


def test_the_guide_shows_what_passages_say_of_each_activity_for_a_goal(tagged_client, borland):
    page = html.fromstring(tagged_client.get("/guide?goal=motivational").text)
    section = page.xpath("//h4[.='What the passages say']/following-sibling::dl[1]")[0]
    said = [words(title) for title in section.xpath("dt")]
    # Those known to serve the goal first.
    assert [title.rpartition(" known")[0] or title.rpartition(" not")[0] for title in said] == [
        "Share what exists",
        "Accompany one partner",
        "Find out together",
        "Build tools together",
        "Teach a group",
    ]
    mentoring, training = section.xpath("dd")[1], section.xpath("dd")[4]
    assert words(mentoring).startswith("The reception agency")
    (quote,) = mentoring.xpath("p[@class='evidence']/a/@href")
    assert quote.startswith(f"/passages/{borland}-0?")
    assert mentoring.xpath("p/a/@href")[-1] == "/?goal=motivational&activity=mentoring"
    assert "Evaluation of study visits" in words(training)
    assert words(section.xpath("dd")[0]) == "No passage of this library is about it."


def test_the_guide_does_not_deny_passages_that_it_counts(desk_library: Library):
    with desk_library.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute("DELETE FROM tags")
        catalog.connection.execute(
            "INSERT INTO tags SELECT min(number), label, 0.4, 0, 9 FROM passages,"
            " (SELECT 'relational' label UNION SELECT 'mentoring') GROUP BY label"
        )
    page = html.fromstring(
        create_app(desk_library).test_client().get("/guide?goal=relational").text
    )
    section = page.xpath("//h4[.='What the passages say']/following-sibling::dl[1]")[0]
    assert "None is certain enough to be quoted here. 1 passage with both tags" in words(section)


def test_why_a_passage_was_found_is_said(look):
    why = words(results(look(VOTE))[0].xpath(".//details[@class='why']")[0])
    assert "fear, a" not in why
    assert "ministers" in why.split("Closeness")[0]
    assert "backlash" in why.split("Closeness")[0]


def test_neighbours_open_in_place_without_a_script(look, borland):
    page = look(f"{VOTE}&open={borland}-0")
    (around,) = page.xpath("//div[@class='around']")
    assert "The document begins here." in words(around)


def test_the_passage_after_one_of_the_text_is_no_footnote(copy_library, tmp_path, borland):
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog, database.change(catalog.connection):
        changed = catalog.connection.execute(
            "UPDATE passages SET kind = 'footnote' WHERE document_id = ? AND position = 1",
            (borland,),
        )
        assert changed.rowcount == 1
    client = create_app(library).test_client()

    def beside(position: int) -> list[str]:
        page = html.fromstring(client.get(f"/passages/{borland}-{position}").text)
        return page.xpath("//a[@rel='prev' or @rel='next']/@href")

    assert beside(0) == [f"/passages/{borland}-2"]
    assert beside(2)[0] == f"/passages/{borland}-0"
    assert beside(1) == [f"/passages/{borland}-0", f"/passages/{borland}-2"]


def test_more_results_keep_the_question(look, client):
    page = look("/?q=the+reports+of+agencies&k=20")
    assert page.xpath("//input[@id='q']/@value") == ["the reports of agencies"]
    assert client.get("/?q=x&k=11000").status_code == 400


def test_the_best_passage_of_each_report_is_shown_alone(look, client, borland):
    everything = look("/?q=the+reports+of+agencies&kind=report")
    (folded,) = everything.xpath("//a[.='Best of each report']/@href")
    page = look(folded)
    passages = [result.get("id") for result in results(everything)]
    best = {name.rpartition("-")[0]: name for name in reversed(passages)}
    shown = [result.get("id") for result in results(page)]
    assert shown == [name for name in passages if name in best.values()]
    assert len(shown) < len(passages)
    bar = words(page.xpath("//div[@class='bar']")[0])
    assert bar.startswith(
        f"The best of {len(shown)} reports, from the first {len(passages)} passages"
    )
    # How good a match each is hangs on all passages, not on those shown.
    strengths = {r.get("id"): words(r.xpath(".//*[@class='strength']")[0]) for r in results(page)}
    for result in results(everything):
        said = words(result.xpath(".//*[@class='strength']")[0])
        assert strengths.get(result.get("id"), said) == said
    rest = [name for name in passages if name.startswith(borland)]
    (more,) = page.xpath(f"//li[@id='{best[borland]}']//a[contains(., 'more from this report')]")
    assert words(more) == f"{len(rest) - 1} more from this report"
    inside = [result.get("id") for result in results(look(more.get("href")))]
    assert sorted(inside) == sorted(rest)
    assert page.xpath("//form[@role='search']//input[@name='per']/@value") == ["document"]
    (back,) = page.xpath("//a[.='All passages']/@href")
    assert [result.get("id") for result in results(look(back))] == passages
    rows = client.get(page.xpath("//a[.='CSV']/@href")[0]).text.splitlines()[1:]
    assert len([row for row in rows if row.startswith("q1,")]) == len(shown)
    assert client.get("/?q=rent&per=page").status_code == 400


def test_documents_can_be_sifted_and_sorted(look):
    page = look("/documents?find=study&sort=newest")
    assert [words(row) for row in page.xpath("//tbody//th")] == ["Evaluation of study visits"]
    newest = look("/documents?sort=longest").xpath("//tbody//th")
    assert words(newest[0]) == "Resettlement in Borland 2016"
    assert "No document has" in words(look("/documents?find=zzz").xpath("//main")[0])


def test_a_long_title_is_short_in_lists_and_whole_on_its_own_page(
    desk_library: Library, borland: str
) -> None:
    words = "Regulation on the criteria for deciding which of the states examines an application "
    long = f"{words}{words}".strip()
    short = f"{words}Regulation on the criteria for…"
    with desk_library.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute(
            "UPDATE documents SET title = ? WHERE document_id = ?", (long, borland)
        )
    client = create_app(desk_library).test_client()
    note = f"/note?p={borland}-1"
    for address in ("/documents", "/documents?view=cards", "/new?since=2000-01-01", VOTE, note):
        said = html.fromstring(client.get(address).text).xpath("//main//bdi/text()")
        assert short in said, address
        assert long not in said, address
    for address in (f"/documents/{borland}", f"/passages/{borland}-1"):
        page = html.fromstring(client.get(address).text)
        assert page.xpath("string(//h1)").strip() == long
        assert long in page.xpath("string(//p[@class='citation'])")


def test_a_document_names_others_like_it_and_never_itself(look, borland, library):
    page = look(f"/documents/{borland}")
    names = page.xpath("//h2[.='More like this']/following-sibling::ul[1]//a/@href")
    with library.catalog() as catalog:
        others = {d.document_id for d in catalog.documents()} - {borland}
    assert {name.rsplit("/", 1)[-1] for name in names} == others


def test_browsers_find_the_icon(client: FlaskClient):
    answer = client.get("/favicon.ico", follow_redirects=True)
    assert answer.mimetype == "image/svg+xml"


WRONG_PUBLISHER = "'Nobody' is no publisher of this library; "


@pytest.mark.parametrize("path", ["/", "/grid", "/new"])
def test_a_publisher_or_a_language_that_is_not_here_is_left_out_and_said(look, path) -> None:
    search = f"{path}?q=study+visits&year=2016"
    for query, said in (
        ("language=de", ["There is no report in “German” here. This filter is left out."]),
        ("publisher=Nobody&language=en", [WRONG_PUBLISHER]),
        ("publisher=Nobody&language=xx", [WRONG_PUBLISHER, "no report in “xx”"]),
        ("year=soon&language=de", ["one year or one range of years", "“German”"]),
    ):
        page = look(f"{search}&{query}", status=400)
        shown = [words(one) for one in page.xpath("//*[@role='alert']")]
        assert len(shown) == len(said)
        assert all(part in whole for part, whole in zip(said, shown, strict=True)), shown
    assert not look(f"{search}&language=en").xpath("//*[@role='alert']")


def test_what_holds_of_a_filter_stays_when_some_of_it_is_left_out(look) -> None:
    page = look("/?q=study+visits&language=de&language=en&publisher=Nobody", status=400)
    only = look("/?q=study+visits&language=en")
    assert page.xpath("//ul[@class='chips']//bdi/text()") == ["English"]
    assert [one.get("id") for one in results(page)] == [one.get("id") for one in results(only)]
    kept = page.xpath("//form[@role='search']//input[@type='hidden']/@name")
    assert kept == ["language"]


@pytest.mark.parametrize("path", ["/results.csv", "/new.atom", "/api/v1/search", "/api/v1/grid"])
def test_files_and_programs_are_refused_a_publisher_that_is_not_here(client, path) -> None:
    search = f"{path}?q=study+visits&" if path != "/api/v1/grid" else f"{path}?"
    assert client.get(f"{search}language=en").status_code == 200
    for query in ("language=de", "publisher=Nobody&language=en", "year=soon"):
        assert client.get(search + query).status_code == 400, query


def test_an_address_outlives_one_of_its_documents(look, client, borland) -> None:
    gone = "0" * 16
    page = look(f"/?q=study+visits&document={gone}&document={borland}")
    (said,) = page.xpath("//p[contains(., 'left out')]")
    assert said.xpath("./a/@href") == [f"/documents/{gone}"]
    only = look(f"/?q=study+visits&document={borland}")
    assert [one.get("id") for one in results(page)] == [one.get("id") for one in results(only)]
    assert not only.xpath("//p[contains(., 'left out')]")
    # Nothing is left of a search in what is gone, and programs are told at once.
    assert client.get(f"/?q=study+visits&document={gone}").status_code == 400
    both = f"/api/v1/search?q=study+visits&document={gone}&document={borland}"
    assert client.get(both).status_code == 400


@pytest.mark.parametrize("query", ["q=%3F%3F%3F", "q=%3F%3F%3F&kind=report"])
def test_a_question_without_a_letter_stays_in_its_box_and_is_said(look, query) -> None:
    page = look(f"/?{query}")
    (box,) = page.xpath("//input[@id='q']")
    assert box.get("value") == "???"
    (said,) = page.xpath(f"//*[@id='{box.get('aria-describedby')}']")
    assert words(said) == "Nothing was asked: “???” has no letter and no digit."
    assert bool(results(page)) == ("kind" in query)
    for other in ("/", "/?q=", "/?q=+", "/?q=rent"):
        assert not look(other).xpath("//*[@id='unasked']"), other


def test_filters_are_led_to_where_there_are_some(look, empty_library: Library) -> None:
    assert look("/?q=mentor").xpath("//a[@href='#filters']")
    empty = html.fromstring(create_app(empty_library).test_client().get("/?q=mentor").text)
    assert not empty.xpath("//a[@href='#filters'] | //*[@id='filters']")


def test_links_that_say_the_same_are_told_apart_in_a_list_of_links(look, borland) -> None:
    for address, names in (
        ("/?q=study+visits", ("Add to the note", "Text before and after", "Lasting link")),
        (f"/documents/{borland}", ("Open this passage",)),
        (f"/documents/{borland}/pages/1", ("Open this passage",)),
    ):
        page = look(address)
        for name in names:
            links = page.xpath(f"//a[starts-with(., '{name}')]")
            labels = [link.get("aria-label") for link in links]
            assert links
            assert len(set(labels)) == len(labels)
            assert all(
                label.startswith(words(link)) for label, link in zip(labels, links, strict=True)
            )
