"""Pictures of pages over HTTP, and the folder in which they are kept."""

from __future__ import annotations

import io
import os
import shutil
import threading
import time

import pytest
from flask.testing import FlaskClient
from lxml import html
from PIL import Image
from werkzeug.exceptions import ServiceUnavailable

from index import build
from index.files import durable
from index.files.home import Home
from index.library import Library
from ingest.isolated.page_picture import PNG
from ingest.isolated.sandbox import Breach
from web.app import create_app
from web.context import pictures
from web.context.pictures import Pictures


def yellow(data: bytes) -> int:
    """How many pixels are marked."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    return sum(count for count, (r, _, b) in picture.getcolors(1 << 24) if r > 200 and b < 150)


def test_a_result_shows_its_page_with_the_quote_marked(look, client: FlaskClient, borland):
    page = look("/?q=ministers+who+fear+a+backlash")
    (image,) = page.xpath("(//li[@class='result'])[1]//img")
    assert image.get("src").startswith(f"/documents/{borland}/pages/2.png?")
    assert "quote marked" in image.get("alt")
    answer = client.get(image.get("src"))
    assert answer.mimetype == "image/png"
    assert yellow(answer.data) > 1000
    plain = client.get(f"/documents/{borland}/pages/2.png")
    assert yellow(plain.data) == 0


def test_a_picture_that_is_known_is_not_sent_again(client: FlaskClient, borland):
    first = client.get(f"/documents/{borland}/pages/1.png")
    again = client.get(
        f"/documents/{borland}/pages/1.png", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.data == b""
    assert "private" in first.headers["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    [
        "/documents/{id}/pages/0.png",
        "/documents/{id}/pages/4.png",
        "/documents/{id}/pages/one.png",
        "/documents/0000000000000000/pages/1.png",
        "/documents/{id}/pages/1.png?passage=nonsense",
        "/documents/{other}/pages/1.png?passage={id}-0",
        "/documents/{id}/pages/4",
    ],
)
def test_what_cannot_be_drawn_is_not_there(client: FlaskClient, library, borland, address):
    with library.catalog() as catalog:
        other = next(d.document_id for d in catalog.documents() if d.document_id != borland)
    assert client.get(address.format(id=borland, other=other)).status_code == 404


def test_the_page_of_a_page_has_its_passages_and_neighbours(look, borland):
    page = look(f"/documents/{borland}/pages/2")
    assert page.xpath("//a[@rel='prev']/@href") == [f"/documents/{borland}/pages/1"]
    assert page.xpath("//a[@rel='next']/@href") == [f"/documents/{borland}/pages/3"]
    assert "feared a backlash" in page.text_content()
    assert page.xpath(f"//img[@src='/documents/{borland}/pages/2.png']")


def test_a_text_file_has_no_pictures(empty_library: Library, tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("Twinning between the agencies worked well for both.", encoding="utf-8")
    list(build.add(empty_library, [file]))
    client = create_app(empty_library).test_client()
    page = html.fromstring(client.get("/?q=twinning").text)
    assert page.xpath("//li[@class='result']")
    assert not page.xpath("//img")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages drawn, in order; each picture is 1,000 bytes."""
    pages: list[int] = []

    def draw(_path, page, _quote):
        pages.append(page)
        return PNG + bytes(1000 - len(PNG))

    monkeypatch.setattr(pictures, "page_picture", draw)
    return pages


def kept_home(tmp_path) -> Home:
    home = Home(tmp_path)
    home.files.mkdir()
    for sha256 in ("aa", "bb"):
        home.original(sha256).write_bytes(b"%PDF")
    return home


def test_a_picture_is_drawn_once_for_a_page_and_a_quote(tmp_path, drawn):
    kept = Pictures(kept_home(tmp_path))
    first = kept.get("aa", 1, "some words")
    assert kept.get("aa", 1, "some words") == first
    assert kept.get("aa", 1, "other words") != first
    assert drawn == [1, 1]


def test_pages_that_are_slow_to_draw_leave_threads_to_others(tmp_path, monkeypatch):
    kept = Pictures(kept_home(tmp_path))
    begun, go_on = threading.Semaphore(0), threading.Event()

    def slow(_path, _page, _quote):
        begun.release()
        assert go_on.wait(30)
        return PNG

    monkeypatch.setattr(pictures, "page_picture", slow)
    monkeypatch.setattr(pictures, "_PATIENCE_SECONDS", 0.01)
    threads = [threading.Thread(target=kept.get, args=("aa", page, "")) for page in (1, 2)]
    for thread in threads:
        thread.start()
        assert begun.acquire(timeout=30)
    with pytest.raises(ServiceUnavailable) as refused:
        kept.get("aa", 3, "")
    assert refused.value.retry_after == 2
    go_on.set()
    for thread in threads:
        thread.join(30)
    assert kept.get("aa", 3, "").read_bytes() == PNG


def test_what_two_ask_for_at_once_is_drawn_once(tmp_path, monkeypatch):
    kept, drawn = Pictures(kept_home(tmp_path)), []
    begun, go_on = threading.Event(), threading.Event()

    def slow(_path, page, _quote):
        drawn.append(page)
        begun.set()
        assert go_on.wait(30)
        return PNG

    monkeypatch.setattr(pictures, "page_picture", slow)
    monkeypatch.setattr(pictures, "_PATIENCE_SECONDS", 600)  # it is told, and does not wait on
    threads = [threading.Thread(target=kept.get, args=("aa", 7, ""), daemon=True) for _ in range(2)]
    threads[0].start()
    assert begun.wait(30)
    threads[1].start()
    threads[1].join(0.2)  # it has found no picture, and waits though another could be drawn
    go_on.set()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    assert drawn == [7]


def test_the_folder_keeps_to_its_bound_and_drops_the_oldest(tmp_path, drawn):
    kept = Pictures(kept_home(tmp_path), most_bytes=3_000)
    paths = [kept.get("aa", page, "") for page in range(1, 6)]
    assert [path.exists() for path in paths] == [False, False, True, True, True]


def test_pictures_of_a_document_that_is_gone_go_too(tmp_path, drawn):
    home = kept_home(tmp_path)
    kept = Pictures(home)
    gone = kept.get("aa", 1, "")
    home.original("aa").unlink()
    stays = kept.get("bb", 1, "")
    assert not gone.exists()
    assert stays.exists()


def left_in(home: Home) -> list[str]:
    return sorted(path.name for path in home.pictures.rglob("*") if path.is_file())


def test_an_original_removed_while_its_page_is_drawn(tmp_path, monkeypatch):
    home = kept_home(tmp_path)

    def draw(path, _page, _quote):
        path.unlink()
        return PNG

    monkeypatch.setattr(pictures, "page_picture", draw)
    found = Pictures(home).get("aa", 1, "")
    assert isinstance(found, Breach)
    assert found.message == "the original was removed"
    assert left_in(home) == []


@pytest.mark.parametrize("written_first", [True, False])
def test_an_original_removed_while_its_picture_is_written(
    tmp_path, drawn, monkeypatch, written_first
):
    home, put = kept_home(tmp_path), durable.put

    def remove_too(part, final):
        if written_first:
            put(part, final)
        home.original("aa").unlink()
        if not written_first:
            shutil.rmtree(final.parent)
            put(part, final)

    monkeypatch.setattr(durable, "put", remove_too)
    assert isinstance(Pictures(home).get("aa", 1, ""), Breach)
    assert left_in(home) == []


def test_a_page_whose_original_goes_is_not_there(copy_library, tmp_path, borland, monkeypatch):
    copied = copy_library(tmp_path / "home")
    shutil.rmtree(copied.home.pictures, ignore_errors=True)  # other tests may have drawn it
    draw = pictures.page_picture

    def remove_after(path, page, quote):
        made = draw(path, page, quote)
        path.unlink()
        return made

    monkeypatch.setattr(pictures, "page_picture", remove_after)
    answer = create_app(copied).test_client().get(f"/documents/{borland}/pages/1.png")
    assert answer.status_code == 404
    assert "the original was removed" in answer.text


def test_what_a_kill_left_half_written_goes(tmp_path, drawn):
    home = kept_home(tmp_path)
    (home.pictures / "bb").mkdir(parents=True)
    for name, age in (("old.part", 7200), ("new.part", 60)):  # the new one may be at work still
        (home.pictures / "bb" / name).write_bytes(PNG)
        os.utime(home.pictures / "bb" / name, (time.time() - age,) * 2)
    path = Pictures(home).get("aa", 1, "")
    assert left_in(home) == sorted([path.name, "new.part"])


def test_a_disk_that_is_full_leaves_nothing_half_written(tmp_path, drawn, monkeypatch):
    home = kept_home(tmp_path)

    def full(_part, _final):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "put", full)
    with pytest.raises(OSError, match="No space"):
        Pictures(home).get("aa", 1, "")
    assert left_in(home) == []
