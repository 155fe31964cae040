"""A reader names a report that is missing; a curator sees it and takes it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from index.kept import suggestions
from index.kept.suggestions import Suggestion, SuggestionState
from web.app import create_app
from web.context.state import Access
from web.context.throttle import PER_DAY, PER_HOUR, Throttle


def token_of(reader: FlaskClient) -> str:
    page = html.fromstring(reader.get("/suggest").text)
    return str(page.xpath("//main//input[@name='token']/@value")[0])


def send(reader: FlaskClient, address: str = "192.0.2.1", **fields: str) -> TestResponse:
    form = {"token": token_of(reader), "title": "Norland's second year"} | fields
    return reader.post("/suggest", data=form, environ_overrides={"REMOTE_ADDR": address})


def waiting(desk) -> list[Suggestion]:
    with desk.library.catalog() as catalog:
        return suggestions.listing(catalog.connection, SuggestionState.OPEN)


def test_a_suggestion_goes_from_a_reader_to_the_curators(desk) -> None:
    reader = desk.client.application.test_client()
    assert "/suggest" in reader.get("/documents").text
    sent = send(reader, url="https://example.org/n.pdf", note="It  evaluates\nthe mentors.")
    assert sent.status_code == 303
    assert "Thank you" in reader.get(sent.location).text
    (one,) = waiting(desk)
    assert (one.title, one.url, one.note) == (
        "Norland's second year",
        "https://example.org/n.pdf",
        "It evaluates the mentors.",
    )
    page = desk.look("/curate/suggestions")
    (link,) = page.xpath("//a[@href='https://example.org/n.pdf']")
    assert set(link.get("rel").split()) == {"noreferrer", "nofollow"}
    taken = desk.send(f"/curate/suggestions/{one.suggestion_id}/decide", state="taken")
    assert taken.status_code == 303
    assert waiting(desk) == []
    assert "Taken" in desk.look("/curate/suggestions").text_content()
    row = desk.look("/curate/log").xpath("//tbody/tr")[0]
    said = [cell.text_content() for cell in row][1:]
    assert said == ["anna", "decided on a suggestion", "Norland's second year", "taken"]


def test_what_was_taken_stays_in_sight_until_it_is_done(desk) -> None:
    first = suggestions.suggest(desk.library, "Der Bericht").suggestion_id
    for number in range(35):
        made = suggestions.suggest(desk.library, f"Report {number}")
        suggestions.decide(desk.library, made.suggestion_id, SuggestionState.TAKEN, "anna")
    suggestions.decide(desk.library, first, SuggestionState.TAKEN, "anna")

    def shown() -> dict[str, list[str]]:
        page = desk.look("/curate/suggestions")
        lists = {ul.getprevious().text_content(): ul for ul in page.xpath("//ul[@class='work']")}
        return {name: ul.xpath("li/span/bdi/text()") for name, ul in lists.items()}

    assert len(shown()["Taken on: 36"]) == 36
    assert "Der Bericht" in shown()["Taken on: 36"]
    (address,) = desk.look("/curate/suggestions").xpath(
        "//button[@aria-label='Done: Der Bericht']/parent::form/@action"
    )
    assert desk.send(address).status_code == 303
    assert "Der Bericht" not in shown()["Taken on: 35"]
    row = desk.look("/curate/log").xpath("//table[contains(@class, 'log')]/tbody/tr")[0]
    assert [cell.text_content() for cell in row][3:] == ["Der Bericht", "done"]
    assert desk.send(address).status_code == 404
    still_open = suggestions.suggest(desk.library, "Another").suggestion_id
    assert desk.send(f"/curate/suggestions/{still_open}/done").status_code == 404
    assert [one.title for one in waiting(desk)] == ["Another"]


def test_it_can_be_declined_and_put_back(desk) -> None:
    send(desk.client.application.test_client())
    (one,) = waiting(desk)
    address = f"/curate/suggestions/{one.suggestion_id}/decide"
    desk.send(address, state="declined")
    assert waiting(desk) == []
    desk.send(address, state="open")
    assert waiting(desk) == [one]
    assert desk.send(address, state="perhaps").status_code == 400
    assert desk.send("/curate/suggestions/999/decide", state="taken").status_code == 404
    assert waiting(desk) == [one]


def test_what_breaks_the_rules_is_said_and_what_was_typed_stays(desk) -> None:
    reader = desk.client.application.test_client()
    wrong = (
        ({"title": " \u200b "}, "Give the report's title"),
        ({"title": "x" * 301}, "has 301 characters, 300 fit"),
        ({"note": "x" * 1001}, "has 1,001 characters"),
        ({"url": "https://a/" + "x" * 1000}, "has 1,010 characters"),
        ({"url": "javascript:alert(1)"}, "must begin with https://"),
    )
    for place, (fields, said) in enumerate(wrong):
        answer = send(reader, f"192.0.2.{place}", **fields)
        assert answer.status_code == 400
        page = html.fromstring(answer.text)
        assert said in page.xpath("string(//*[@role='alert'])"), fields
        (field,) = page.xpath("//*[@aria-invalid='true']")
        assert [field.get("name")] == list(fields)
        assert "wrong" in field.get("aria-describedby").split()
        if "url" in fields:
            assert page.xpath("//input[@name='url']/@value") == [fields["url"]]
    for url in ("//evil", "data:text/html,x", "https://", "https:// x", "https://a\u202eb c"):
        assert send(reader, f"198.51.100.{len(url)}", url=url).status_code == 400
    assert waiting(desk) == []


def test_no_cache_that_is_shared_keeps_a_readers_token(desk) -> None:
    reader = desk.client.application.test_client()
    form = reader.get("/suggest")
    assert "waymark=" in form.headers["Set-Cookie"]
    assert form.headers["Cache-Control"] == "private, no-cache"
    again = reader.post("/suggest", data={"token": token_of(reader), "title": ""})
    assert (again.status_code, again.headers["Cache-Control"]) == (400, "private, no-cache")
    assert "Cache-Control" not in reader.get("/documents").headers


def test_without_the_forms_token_nothing_is_kept(desk) -> None:
    reader = desk.client.application.test_client()
    right = token_of(reader)
    for token in ("", "x", "é"):
        answer = reader.post("/suggest", data={"token": token, "title": "A report"})
        assert answer.status_code == 400
    stranger = desk.client.application.test_client()
    assert stranger.post("/suggest", data={"token": right, "title": "A"}).status_code == 400
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        form = {"token": right, "title": "A report"}
        assert reader.post("/suggest", data=form, headers=headers).status_code == 403
    for method in ("PUT", "PATCH", "DELETE"):
        form = {"token": right, "title": "A report"}
        assert reader.open("/suggest", method=method, data=form).status_code == 405
    assert waiting(desk) == []


def test_one_address_is_slowed_down_and_another_is_not(desk) -> None:
    reader = desk.client.application.test_client()
    for number in range(PER_HOUR):
        assert send(reader, title=f"Report {number}").status_code == 303
    late = send(reader, title="One more")
    assert late.status_code == 429
    assert 600 < int(late.headers["Retry-After"]) <= 720  # a fifth of an hour
    assert "12 minutes" in late.text
    assert send(reader, "192.0.2.2", title="Of another").status_code == 303
    assert len(waiting(desk)) == PER_HOUR + 1


def test_how_many_are_taken_by_the_clock() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    assert [throttle.take("192.0.2.1") for _ in range(PER_HOUR)] == [0.0] * PER_HOUR
    now[0] = 540.0
    assert throttle.take("192.0.2.1") == pytest.approx(180.0)
    now[0] = 721.0
    assert throttle.take("192.0.2.1") == 0.0  # what is refused does not count
    assert throttle.take("192.0.2.1") == pytest.approx(719.0)
    # a household has 64 bits of IPv6 addresses
    assert [throttle.take(f"2001:db8::{n}") for n in range(1, PER_HOUR + 1)] == [0.0] * PER_HOUR
    assert throttle.take("2001:db8::ffff") == pytest.approx(720.0)
    assert throttle.take("2001:db8:0:1::1") == 0.0


def test_all_together_are_slowed_down_too() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    assert [throttle.take(f"203.0.113.{n}") for n in range(PER_DAY)] == [0.0] * PER_DAY
    assert throttle.take("198.51.100.1") == pytest.approx(864.0)  # a hundredth of a day
    now[0] = 865.0
    assert throttle.take("198.51.100.2") == 0.0
    assert throttle.take("198.51.100.3") > 800.0


def test_the_same_twice_waits_once(desk) -> None:
    reader = desk.client.application.test_client()
    for _ in range(2):
        assert send(reader, url="https://example.org/n.pdf").status_code == 303
    assert len(waiting(desk)) == 1


def test_a_hostile_suggestion_is_shown_as_text(desk) -> None:
    send(
        desk.client.application.test_client(),
        title="<script>alert(1)</script>",
        url="https://example.org/\"onmouseover='alert(2)'",
        note="<img src=x onerror=alert(3)>" + "x" * 900,
    )
    page = desk.look("/curate/suggestions")
    assert not page.xpath("//main//script | //img[@src='x'] | //@onmouseover | //@onerror")
    assert "<script>alert(1)</script>" in page.text_content()


def test_where_nobody_curates_nothing_is_taken(library) -> None:
    reader = create_app(library).test_client()
    assert reader.get("/suggest").status_code == 403
    assert reader.post("/suggest", data={"title": "A report"}).status_code == 403
    assert "/suggest" not in reader.get("/documents").text


def test_a_private_library_hides_its_form(desk) -> None:
    reader = create_app(desk.library, Access("s" * 40, private=True)).test_client()
    assert reader.get("/suggest").status_code == 303
    assert reader.post("/suggest", data={"title": "A report"}).status_code == 303
    assert waiting(desk) == []
