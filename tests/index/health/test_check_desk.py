"""What the doctor says of the desk, and what of it a backup carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import build
from index.curating import bin, incoming, jobs
from index.curating.desk import Worker
from index.files.home import Home
from index.health.doctor import examine, repair
from index.library import Library
from index.rows import shelf
from index.transfer import exchange
from index.transfer.backup import backup
from index.transfer.restore import restore

DRAFT = b"The reception agency twinned with its counterpart for eighteen months."
WAITING = b"Families waited nine months for a flat in the capital of Borland."


@pytest.fixture(scope="module")
def made(first_encoding, copy_library, shelf: Path, tmp_path_factory) -> Library:
    """One document published, one withdrawn, a draft, and an upload that waits."""
    empty = Library.open(first_encoding.home)
    library = copy_library(tmp_path_factory.mktemp("busy") / "home", empty)
    list(build.add(library, [shelf / "borland.pdf", shelf / "weather.pdf"]))
    bin.withdraw(library, named(library, "weather.pdf"), "ann")
    incoming.receive(library, "draft.txt", [DRAFT], "ann")
    assert Worker(library).step() is not None
    incoming.receive(library, "waiting.txt", [WAITING], "ann")
    return library


@pytest.fixture
def busy(made: Library, copy_library, tmp_path: Path) -> Library:
    """The same, to write to."""
    return copy_library(tmp_path / "home", made)


def named(library: Library, file_name: str) -> str:
    with library.catalog() as catalog:
        found = {document.file_name: document.document_id for document in catalog.documents()}
    return found[file_name]


def findings(library: Library) -> dict[str, str]:
    return {finding.name: finding.message for finding in examine(library.home)}


def test_a_busy_desk_is_in_order_and_repair_leaves_it_alone(busy: Library) -> None:
    assert findings(busy) == {}
    assert repair(busy.home) == []
    assert len(list(busy.home.files.iterdir())) == 3
    assert len(list(busy.home.incoming.iterdir())) == 1


def test_a_draft_without_its_original_is_an_error(busy: Library) -> None:
    with busy.catalog() as catalog:
        (draft,) = shelf.listing(catalog.connection, "draft")
    busy.home.original(draft.file_sha256).unlink()
    assert "draft.txt" in findings(busy)["originals"]


def test_an_upload_without_its_file_is_an_error(busy: Library) -> None:
    next(busy.home.incoming.iterdir()).unlink()
    assert "waiting.txt" in findings(busy)["uploads"]


def test_files_without_a_job_are_named_and_removed(busy: Library) -> None:
    (busy.home.incoming / "left.part").write_bytes(b"x")
    assert findings(busy)["uploads"] == "1 file in incoming/ belongs to no job (left.part)"
    (busy.home.incoming / "more.part").touch()
    assert findings(busy)["uploads"].startswith("2 files in incoming/ belong to no job (")
    (busy.home.incoming / "more.part").unlink()
    assert repair(busy.home) == ["removed incoming/left.part"]
    assert findings(busy) == {}


def test_a_job_that_was_left_is_named(busy: Library) -> None:
    with busy.catalog() as catalog:
        assert jobs.claim(catalog.connection, "gone", lease_seconds=-1) is not None
    (finding,) = examine(busy.home)
    assert (finding.name, finding.severity) == ("jobs", "warning")
    assert finding.message == "1 job begun and left (waiting.txt)"
    assert "waymark jobs --work" in finding.mend


def test_a_job_in_a_workers_hands_is_no_finding(busy: Library) -> None:
    with busy.catalog() as catalog:
        assert jobs.claim(catalog.connection, "here", lease_seconds=600) is not None
    assert findings(busy) == {}


def test_a_backup_carries_drafts_the_bin_and_what_waits(
    busy: Library, lend_encoder, tmp_path: Path
) -> None:
    backup(busy.home, tmp_path / "all.tar")
    copy = Home(tmp_path / "copy")
    restore(tmp_path / "all.tar", copy)
    assert [finding for finding in examine(copy) if finding.name != "views"] == []
    again = lend_encoder(Library.open(copy))
    job = Worker(again).step()
    assert job is not None
    assert (job.name, job.state) == ("waiting.txt", "done")
    with again.catalog() as catalog:
        found = {item.file_name: item.state for item in shelf.listing(catalog.connection)}
    assert found == {"weather.pdf": "withdrawn", "draft.txt": "draft", "waiting.txt": "draft"}


def test_plain_files_hold_what_is_published_alone(busy: Library, tmp_path: Path) -> None:
    exchange.write(busy, tmp_path / "plain")
    assert [path.name[:16] for path in (tmp_path / "plain" / "files").iterdir()] == [
        named(busy, "borland.pdf")
    ]
    text = b"".join(path.read_bytes() for path in (tmp_path / "plain").rglob("*.jsonl"))
    assert b"harbour" not in text  # in the withdrawn report
    assert b"eighteen months" in text  # in the published one
