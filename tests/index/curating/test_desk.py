"""From an upload to a draft, and from a draft into the library."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw

from index import build
from index.curating import desk, drafted, drafting, incoming, jobs, publishing, sweeping
from index.curating.desk import Worker
from index.curating.jobs import Job
from index.derived import views
from index.library import Library
from index.rows import audit, database, shelf
from index.rows.database import LibraryError
from index.rows.shelf import Shelved
from ingest.records import Health, Metadata
from search.find import find

TWINNING = (
    "The reception agency of Arland twinned with its counterpart in Borland for eighteen months. "
    "Two caseworkers from Arland sat with their new colleagues during the first arrivals, so that "
    "the unit could run the second group alone. The mentors came back every quarter."
)
HOUSING = (
    "Families waited nine months for a flat. Rents rose by twelve per cent in the capital, and the "
    "number of empty municipal flats fell from 430 to 112 within two years."
)

MakePdf = Callable[..., Path]


def upload(library: Library, path: Path) -> Job:
    return incoming.receive(library, path.name, [path.read_bytes()], "ann")


def work(library: Library) -> list[Job]:
    worker = Worker(library)
    return list(iter(worker.step, None))


def drafts(library: Library) -> list[Shelved]:
    with library.catalog() as catalog:
        names = [item.document_id for item in shelf.listing(catalog.connection, "draft")]
        return [shelf.get(catalog.connection, name) for name in names]


def titles(library: Library) -> list[str]:
    with library.catalog() as catalog:
        return [document.metadata.title for document in catalog.documents()]


@pytest.fixture
def report(tmp_path: Path, make_pdf: MakePdf) -> Path:
    pages = [("1. Twinning", TWINNING), ("2. Housing", HOUSING)]
    return make_pdf(tmp_path / "borland_2016.pdf", pages, title="Resettlement in Borland 2016")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """The same as a text, which is read without a process of its own."""
    path = tmp_path / "borland_2016.md"
    front = "---\ntitle: Resettlement in Borland 2016\n---\n"
    path.write_text(f"{front}# 1. Twinning\n\n{TWINNING}\n\n# 2. Housing\n\n{HOUSING}\n")
    return path


def scan(path: Path, text: str = "") -> Path:
    """A PDF whose first page is a picture; a second one holds text when there is any."""
    picture = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(picture).line([(0, 0), (600, 800)], fill=0, width=9)
    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.image(picture, 0, 0, 210, 297)
    if text:
        pdf.add_page()
        pdf.set_font("Times", size=11)
        pdf.multi_cell(0, 6, text)
    pdf.output(str(path))
    return path


def test_an_upload_becomes_a_draft_that_no_question_finds(
    empty_library: Library, report: Path
) -> None:
    upload(empty_library, report)
    (job,) = work(empty_library)
    assert (job.state, job.message) == ("done", "2 pages, 2 passages")
    (draft,) = drafts(empty_library)
    assert draft.metadata.title == "Resettlement in Borland 2016"
    assert [page.health for page in draft.pages] == [Health.TEXT, Health.TEXT]
    assert [passage.text for passage in draft.passages] == [TWINNING, HOUSING]
    assert draft.guesses["title"].source == "PDF metadata"
    assert draft.guesses["title"].confidence == pytest.approx(0.6)
    assert empty_library.home.original(draft.file_sha256).read_bytes() == report.read_bytes()
    assert list(empty_library.home.incoming.iterdir()) == []
    assert titles(empty_library) == []
    assert find(empty_library, "twinning of reception agencies").results == ()


def test_its_tags_are_those_that_publishing_gives(empty_library: Library, note: Path) -> None:
    upload(empty_library, note)
    work(empty_library)
    (draft,) = drafts(empty_library)
    drafted.publish(empty_library, draft.document_id, "ann")
    work(empty_library)
    with empty_library.catalog() as catalog:
        stored = catalog.passages_of(draft.document_id)
    shown = [[(tag.label, tag.start) for tag in item.tags] for item in stored]
    assert shown == [[(tag.label, tag.start) for tag in tags] for tags in draft.tags]
    assert sum(draft.labels.values()) == sum(map(len, shown)) > 0


def test_published_it_is_what_adding_would_have_made(
    empty_library: Library, library: Library, tmp_path: Path, shelf_of: Path
) -> None:
    upload(empty_library, shelf_of)
    work(empty_library)
    (draft,) = drafts(empty_library)
    drafted.publish(empty_library, draft.document_id, "ann")
    (job,) = work(empty_library)
    assert (job.state, job.message) == ("done", "published: 3 passages")
    rows = []
    for made in (empty_library, library):
        with made.catalog() as catalog:
            one = catalog.connection.execute(
                "SELECT document_id, content_sha256, file_sha256, file_name, title, authors, year,"
                " kind FROM documents WHERE file_name = 'borland.pdf'"
            ).fetchall()
            two = catalog.connection.execute(
                "SELECT passage_id, text, section, kind, page_first, page_breaks, vector, spans,"
                " windows FROM passages WHERE document_id = ? ORDER BY position",
                (draft.document_id,),
            ).fetchall()
            pages = catalog.pages(draft.document_id)
        rows.append((one, two, pages))
    assert rows[0] == rows[1]
    assert drafts(empty_library) == []
    assert find(empty_library, "who twinned with Borland?").results[0].document.document_id == (
        draft.document_id
    )


@pytest.fixture
def shelf_of(shelf: Path) -> Path:
    return shelf / "borland.pdf"


def test_one_failing_file_stops_nothing(empty_library: Library, note: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 and then nothing")
    upload(empty_library, broken)
    upload(empty_library, note)
    first, second = work(empty_library)
    assert (first.state, second.state) == ("failed", "done")
    assert "damaged" in first.message
    assert "save it again" in first.message


def test_whatever_breaks_is_named_and_the_next_is_worked_on(
    empty_library: Library, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    upload(empty_library, report)
    (tmp_path / "a.txt").write_text(HOUSING)
    upload(empty_library, tmp_path / "a.txt")
    monkeypatch.setattr(drafting, "says", broken)
    first, second = work(empty_library)
    assert first.state == "failed"
    assert "ZeroDivisionError" in first.message
    assert second.state == "done"


def test_a_worker_outlives_what_nobody_foresaw(
    empty_library: Library,
    note: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    claim = jobs.claim

    def broken(*_: object) -> None:
        monkeypatch.setattr(jobs, "claim", claim)
        raise KeyError("0123456789abcdef")

    upload(empty_library, note)
    monkeypatch.setattr(jobs, "claim", broken)
    worker = Worker(empty_library)
    worker.start()
    until = time.monotonic() + 60
    while not drafts(empty_library) and time.monotonic() < until:
        time.sleep(0.1)
    worker.stop()
    assert len(drafts(empty_library)) == 1
    (line,) = [record for record in caplog.records if record.name == "index.curating.desk"]
    assert "KeyError: '0123456789abcdef'" in str(line.exc_text)


def test_what_keeps_a_worker_from_working_is_logged_once(
    empty_library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = threading.Semaphore(0)

    def full(*_: object) -> None:
        tries.release()
        raise LibraryError("the disk is full")

    monkeypatch.setattr(desk, "_IDLE_SECONDS", 0.01)
    monkeypatch.setattr(jobs, "claim", full)
    worker = Worker(empty_library)
    worker.start()
    assert all(tries.acquire(timeout=30) for _ in range(3))
    worker.stop()
    said = [
        record.getMessage() for record in caplog.records if record.name == "index.curating.desk"
    ]
    assert said == ["the desk goes on: the disk is full"]


def test_a_failed_file_is_tried_again(
    empty_library: Library, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    upload(empty_library, note)
    with monkeypatch.context() as patch:
        patch.setattr(drafting, "_take_over", full)
        (job,) = work(empty_library)
    assert job.state == "failed"
    assert "No space left" in job.message
    assert drafts(empty_library) == []
    jobs.retry(empty_library, job.job_id, "ann")
    assert [job.state for job in work(empty_library)] == ["done"]
    assert len(drafts(empty_library)) == 1


def test_lines_of_one_file_become_drafts_of_their_own(
    empty_library: Library, tmp_path: Path
) -> None:
    lines = [
        {"id": "a", "title": "Twinning", "text": TWINNING, "year": 2014},
        {"id": "b", "title": "Housing", "text": HOUSING},
        {"id": "c", "title": "Nothing"},
    ]
    path = tmp_path / "notes.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    upload(empty_library, path)
    (job,) = work(empty_library)
    assert job.state == "done"
    assert "2 documents" in job.message
    assert "line 3" in job.message
    found = {draft.source_id: draft for draft in drafts(empty_library)}
    assert {name: draft.metadata.title for name, draft in found.items()} == {
        "a": "Twinning",
        "b": "Housing",
    }
    drafted.publish(empty_library, found["a"].document_id, "ann")
    work(empty_library)
    assert titles(empty_library) == ["Twinning"]
    assert [draft.source_id for draft in drafts(empty_library)] == ["b"]
    assert empty_library.home.original(found["b"].file_sha256).is_file()


def test_a_corrected_title_is_what_is_published(empty_library: Library, note: Path) -> None:
    upload(empty_library, note)
    work(empty_library)
    (draft,) = drafts(empty_library)
    after = drafted.correct(
        empty_library, draft.document_id, Metadata(title="Borland, a review", year=2017), "bob"
    )
    assert (after.metadata.title, after.metadata.year) == ("Borland, a review", 2017)
    assert after.guesses["title"] == shelf.Guess("Borland, a review", "corrected", 1.0)
    assert after.metadata.language == draft.metadata.language
    drafted.publish(empty_library, draft.document_id, "ann")
    with pytest.raises(LibraryError, match="is being published"):
        drafted.correct(empty_library, draft.document_id, Metadata(title="Too late"), "bob")
    work(empty_library)
    assert titles(empty_library) == ["Borland, a review"]
    with empty_library.catalog() as catalog:
        told = [(line.who, line.action) for line in audit.entries(catalog.connection)]
    assert told == [("ann", "published"), ("ann", "publish"), ("bob", "correct"), ("ann", "upload")]


def test_a_form_may_empty_a_field_but_not_the_title(empty_library: Library, note: Path) -> None:
    upload(empty_library, note)
    work(empty_library)
    (draft,) = drafts(empty_library)

    def put(title: str) -> None:
        stated = Metadata(title=title)
        drafted.put_right(
            empty_library, draft.document_id, lambda now: replace(now, metadata=stated), "ann"
        )

    put("Kept")
    assert drafts(empty_library)[0].metadata == Metadata(title="Kept")
    with pytest.raises(LibraryError, match="needs a title"):
        put(" ")


def test_likely_duplicates_are_named_with_their_share(
    empty_library: Library, tmp_path: Path, make_pdf: MakePdf
) -> None:
    long = [("Twinning", TWINNING), ("Housing", HOUSING)]
    first = make_pdf(tmp_path / "one.pdf", long, title="Borland, first edition")
    list(build.add(empty_library, [first]))
    # The same two paragraphs, and a third, which is cut where it is too long for the encoder.
    third = " ".join(f"word{number}" for number in range(200))
    again = make_pdf(tmp_path / "two.pdf", [*long, ("More", third)], title="Borland, second")
    other = tmp_path / "other.txt"
    other.write_text("The harbour was closed twice because of storms, and the ferries waited.")
    upload(empty_library, again)
    upload(empty_library, other)
    work(empty_library)
    named = {draft.file_name: draft for draft in drafts(empty_library)}
    (found,) = named["two.pdf"].duplicates
    assert (found.title, found.where, found.why) == (
        "Borland, first edition",
        "library",
        "shared text",
    )
    runs = [len(passage.text.split()) - 7 for passage in named["two.pdf"].passages]
    assert [p.text for p in named["two.pdf"].passages[:2]] == [TWINNING, HOUSING]
    assert found.share == pytest.approx(sum(runs[:2]) / sum(runs), abs=0.001)
    assert named["other.txt"].duplicates == ()


def test_the_same_text_in_another_file_is_said_to_be_the_same(
    empty_library: Library, report: Path, tmp_path: Path, make_pdf: MakePdf
) -> None:
    upload(empty_library, report)
    pages = [("1. Twinning", TWINNING), ("2. Housing", HOUSING)]
    upload(empty_library, make_pdf(tmp_path / "copy.pdf", pages, title="Another title"))
    work(empty_library)
    copy = next(d for d in drafts(empty_library) if d.file_name == "copy.pdf")
    (found,) = copy.duplicates
    assert (found.where, found.why, found.share) == ("draft", "same text", 1.0)


def test_a_cancelled_job_leaves_nothing(
    empty_library: Library, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = upload(empty_library, note)

    def cancelled(*_: object) -> tuple[()]:  # at the last step before the draft is written
        jobs.cancel(empty_library, job.job_id, "bob")
        return ()

    monkeypatch.setattr(drafting, "duplicates", cancelled)
    (ended,) = work(empty_library)
    assert (ended.state, ended.message) == ("cancelled", "cancelled by bob")
    assert drafts(empty_library) == []
    assert list(empty_library.home.incoming.iterdir()) == []
    assert list(empty_library.home.files.iterdir()) == []


def test_publishing_that_is_cancelled_leaves_the_draft(
    empty_library: Library, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(empty_library, note)
    work(empty_library)
    (draft,) = drafts(empty_library)
    job = drafted.publish(empty_library, draft.document_id, "ann")
    encode = publishing.encode

    def cancelled(*given: object) -> object:
        jobs.cancel(empty_library, job.job_id, "bob")
        return encode(*given)  # type: ignore[arg-type]  # what it was given

    monkeypatch.setattr(publishing, "encode", cancelled)
    work(empty_library)
    assert titles(empty_library) == []
    assert len(drafts(empty_library)) == 1


def test_a_worker_that_is_stopped_gives_its_job_back(
    empty_library: Library, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = upload(empty_library, note)
    reached, go = threading.Event(), threading.Event()
    read = drafting.read

    def slow(*given: object) -> object:
        reached.set()
        go.wait(30)
        return read(*given)  # type: ignore[arg-type]  # what it was given

    monkeypatch.setattr(drafting, "read", slow)
    worker = Worker(empty_library)
    worker.start()
    assert reached.wait(30)
    worker.stop(patience=0.1)
    with empty_library.catalog() as catalog:
        found = jobs.get(catalog.connection, job.job_id)
    assert (found.state, found.tries) == ("queued", 0)
    go.set()
    monkeypatch.setattr(drafting, "read", read)
    assert [done.state for done in work(empty_library)] == ["done"]
    assert len(drafts(empty_library)) == 1


def test_a_worker_works_while_the_server_does(empty_library: Library, report: Path) -> None:
    worker = Worker(empty_library)
    worker.start()
    try:
        upload(empty_library, report)
        until = time.monotonic() + 60
        while not drafts(empty_library) and time.monotonic() < until:
            time.sleep(0.1)
        assert len(drafts(empty_library)) == 1
    finally:
        worker.stop()


def test_publishing_waits_for_a_writer_and_can_be_stopped(
    empty_library: Library, note: Path
) -> None:
    upload(empty_library, note)
    work(empty_library)
    drafted.publish(empty_library, drafts(empty_library)[0].document_id, "ann")
    worker = Worker(empty_library)
    with views.lock(empty_library.home, wait_seconds=None):
        worker.start()
        time.sleep(2)
        worker.stop()
        with empty_library.catalog() as catalog:
            assert [job.state for job in jobs.active(catalog.connection)] == ["queued"]
    work(empty_library)
    assert len(titles(empty_library)) == 1


def test_nothing_is_published_of_which_nothing_was_read(empty_library: Library) -> None:
    with pytest.raises(KeyError):
        drafted.publish(empty_library, "0" * 16, "ann")


def test_a_scanned_file_fails_and_names_what_reads_it(
    empty_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    upload(empty_library, scan(tmp_path / "scan.pdf"))
    (job,) = work(empty_library)
    assert job.state == "failed"
    assert "OCRmyPDF" in job.message


def test_what_a_killed_holder_left_goes_though_the_file_fails(
    empty_library: Library, tmp_path: Path
) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    job = upload(empty_library, tmp_path / "broken.pdf")
    left = empty_library.home.incoming / f"{job.subject}.0123456789abcdef1{sweeping.READING}"
    left.mkdir()
    (left / "broken.pdf").write_bytes(b"%PDF")
    (failed,) = work(empty_library)
    assert failed.state == "failed"
    assert [path.name for path in empty_library.home.incoming.iterdir()] == [job.subject]


@pytest.fixture
def ocr_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_pdf: MakePdf) -> Path:
    """A stand-in for OCRmyPDF, which is not on every machine: the same calls, a text of its own."""
    read = make_pdf(tmp_path / "read.pdf", [("1. Twinning", TWINNING), ("2. Housing", HOUSING)])
    program = tmp_path / "bin" / "ocrmypdf"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\n"
        "import shutil, sys\n"
        f"assert open(sys.argv[-2], 'rb').read(4) == b'%PDF'\n"
        f"open({str(tmp_path / 'called')!r}, 'w').write(' '.join(sys.argv[1:-2]))\n"
        f"shutil.copyfile({str(read)!r}, sys.argv[-1])\n"
    )
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return program


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")
class TestOcr:
    def test_a_scanned_file_is_read_by_it(
        self, empty_library: Library, tmp_path: Path, ocr_program: Path
    ) -> None:
        job = upload(empty_library, scan(tmp_path / "scan.pdf"))
        (done,) = work(empty_library)
        assert done.state == "done"
        assert done.message.startswith("2 pages, ")
        (draft,) = drafts(empty_library)
        assert draft.document_id == job.subject[:16]
        assert draft.file_name == "scan.pdf"
        assert TWINNING in [passage.text for passage in draft.passages]

    def test_where_it_finds_no_words_it_is_not_proposed_again(
        self, empty_library: Library, tmp_path: Path, ocr_program: Path
    ) -> None:
        ocr_program.write_text(
            f"#!{sys.executable}\nimport shutil, sys\nshutil.copyfile(*sys.argv[-2:])\n"
        )
        upload(empty_library, scan(tmp_path / "noise.pdf"))
        (failed,) = work(empty_library)
        assert failed.state == "failed"
        assert failed.message == "OCRmyPDF found no words on its pages: ask for a better scan"

    def test_a_draft_with_scanned_pages_is_read_again_when_asked(
        self, empty_library: Library, tmp_path: Path, ocr_program: Path
    ) -> None:
        told = tmp_path / "old.md"
        told.write_text(f"---\npublisher: Ministry\nauthors: [A. One]\n---\n{TWINNING}")
        list(build.add(empty_library, [told]))
        with empty_library.catalog() as catalog:
            (old,) = (one.document_id for one in catalog.documents())
        upload(empty_library, scan(tmp_path / "half.pdf", HOUSING))
        work(empty_library)
        (before,) = drafts(empty_library)
        assert [page.health for page in before.pages] == [Health.SCANNED, Health.TEXT]
        kept = drafted.put_right(
            empty_library, before.document_id, lambda now: replace(now, replaces=old), "ann"
        )
        assert (kept.metadata.publisher, kept.metadata.authors) == ("Ministry", ("A. One",))
        drafted.correct(empty_library, before.document_id, Metadata(title="Put right"), "ann")
        link = "https://example.org/half.pdf"
        drafted.fill_in(empty_library, before.document_id, Metadata(url=link), "ann")
        desk.ocr(empty_library, before.document_id, "ann")
        (job,) = work(empty_library)
        assert job.state == "done"
        (after,) = drafts(empty_library)
        assert [page.health for page in after.pages] == [Health.TEXT, Health.TEXT]
        assert after.document_id == before.document_id
        assert after.metadata == replace(kept.metadata, title="Put right", url=link)
        assert (after.guesses["publisher"].source, after.replaces) == ("the old version", old)
        assert "--skip-text" in (tmp_path / "called").read_text()

    def test_garbled_pages_are_read_whatever_text_they_have(
        self, empty_library: Library, tmp_path: Path, ocr_program: Path
    ) -> None:
        upload(empty_library, scan(tmp_path / "half.pdf", HOUSING))
        work(empty_library)
        (before,) = drafts(empty_library)
        _call_garbled(empty_library, before)
        desk.ocr(empty_library, before.document_id, "ann")
        (job,) = work(empty_library)
        assert job.state == "done"
        assert "--force-ocr --pages 1 " in (tmp_path / "called").read_text()

    def test_its_failure_leaves_the_draft_and_says_why(
        self,
        empty_library: Library,
        tmp_path: Path,
        ocr_program: Path,
    ) -> None:
        upload(empty_library, scan(tmp_path / "half.pdf", HOUSING))
        work(empty_library)
        (before,) = drafts(empty_library)
        ocr_program.write_text(
            f"#!{sys.executable}\nimport sys\nsys.exit('tesseract is missing')\n"
        )
        desk.ocr(empty_library, before.document_id, "ann")
        (job,) = work(empty_library)
        assert job.state == "failed"
        assert "tesseract is missing" in job.message
        assert drafts(empty_library) == [before]


def _call_garbled(library: Library, draft: shelf.Shelved) -> None:
    """Put a draft on the shelf as if its first page had come out as meaningless characters."""
    first, *rest = draft.reading.pages
    reading = replace(draft.reading, pages=(replace(first, health=Health.GARBLED), *rest))
    with library.catalog() as catalog, database.note(catalog.connection):
        shelf.put(catalog.connection, replace(draft, reading=reading))


def test_without_it_a_draft_says_what_is_missing(
    empty_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    upload(empty_library, scan(tmp_path / "half.pdf", HOUSING))
    work(empty_library)
    with pytest.raises(LibraryError, match="OCRmyPDF is not installed"):
        desk.ocr(empty_library, drafts(empty_library)[0].document_id, "ann")


def test_adding_the_file_of_a_draft_leaves_the_draft(empty_library: Library, report: Path) -> None:
    upload(empty_library, report)
    work(empty_library)
    (draft,) = drafts(empty_library)
    events = list(build.add(empty_library, [report]))
    assert build.Aside(report, draft.document_id, draft.state) in events
    assert titles(empty_library) == []
    assert drafts(empty_library) == [draft]


def test_a_row_of_a_restored_library_names_nothing_outside_incoming(
    empty_library: Library, tmp_path: Path
) -> None:
    """Whatever a backup's rows say: a name is a name, and a subject a digest."""
    (tmp_path / "notes.txt").write_text(TWINNING)
    job = upload(empty_library, tmp_path / "notes.txt")
    (tmp_path / "victim.txt").write_text("mine")
    (tmp_path / "x.1.reading").mkdir()
    with empty_library.catalog() as catalog, database.note(catalog.connection):
        change = "UPDATE jobs SET name = ? WHERE job_id = ?"
        catalog.connection.execute(change, ("../../../victim.txt", job.job_id))
        jobs.enqueue(catalog.connection, jobs.Task.READ, "../../x".rjust(64, "a"), "b.txt", "eve")
        jobs.enqueue(catalog.connection, jobs.Task.READ, "/" * 64, "c.txt", "eve")
    done, *refused = work(empty_library)
    assert (done.state, [item.file_name for item in drafts(empty_library)]) == (
        "done",
        ["victim.txt"],
    )
    assert [job.state for job in refused] == ["failed"] * 2
    assert all("is no digest" in job.message for job in refused)
    assert (tmp_path / "victim.txt").read_text() == "mine"
    assert (tmp_path / "x.1.reading").is_dir()
