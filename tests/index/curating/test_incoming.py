"""Uploads: whole or not at all, refused where adding would refuse them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from index import build
from index.curating import incoming, jobs, sweeping
from index.curating.incoming import RefusedError, Upload, receive
from index.library import Library

TEXT = b"The reception agency twinned with its counterpart for eighteen months."


def left(library: Library) -> list[str]:
    folder = library.home.incoming
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_an_upload_is_queued_under_its_digest(empty_library: Library) -> None:
    job = receive(empty_library, "notes.txt", [TEXT[:10], TEXT[10:]], "ann")
    digest = hashlib.sha256(TEXT).hexdigest()
    assert (job.state, job.subject, job.name, job.who) == ("queued", digest, "notes.txt", "ann")
    assert left(empty_library) == [digest]
    assert empty_library.home.waiting(digest).read_bytes() == TEXT


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("table.xlsx", TEXT, "no reader for this kind of file"),
        ("notes", TEXT, "no reader for this kind of file"),
        ("empty.pdf", b"", "is empty"),
    ],
)
def test_what_adding_refuses_is_refused(
    empty_library: Library, name: str, data: bytes, why: str
) -> None:
    with pytest.raises(RefusedError, match=why):
        receive(empty_library, name, [data] if data else [], "ann")
    assert left(empty_library) == []
    with empty_library.catalog() as catalog:
        assert jobs.recent(catalog.connection) == []


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(
    empty_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "LARGEST_BYTES", 3 << 20)
    with pytest.raises(RefusedError, match=r"larger than 3 MB.*waymark add"):
        receive(empty_library, "big.pdf", (b"%PDF-" + bytes(1 << 20) for _ in range(9)), "ann")
    assert left(empty_library) == []


def test_names_from_outside_lead_nowhere(empty_library: Library) -> None:
    for number, (name, plain) in enumerate(
        [
            ("../../etc/passwd.txt", "passwd.txt"),
            ("C:\\Users\\ann\\plan.md", "plan.md"),
            ("a\x00b\x1b[31m.txt", "ab[31m.txt"),
            (".hidden.txt", "hidden.txt"),
            ("x" * 400 + ".txt", "x" * 146 + ".txt"),
        ]
    ):
        assert receive(empty_library, name, [b"%d" % number + TEXT], "ann").name == plain


def test_the_same_file_is_refused_while_it_waits(empty_library: Library) -> None:
    receive(empty_library, "a.txt", [TEXT], "ann")
    with pytest.raises(RefusedError, match="waits to be read already"):
        receive(empty_library, "b.txt", [TEXT], "ann")
    assert len(left(empty_library)) == 1


def test_what_is_in_the_library_is_refused_by_name(empty_library: Library, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(TEXT)
    list(build.add(empty_library, [tmp_path / "notes.txt"]))
    with pytest.raises(RefusedError, match="in the library already, as 'notes'") as refused:
        receive(empty_library, "other.txt", [TEXT], "ann")
    assert refused.value.document_id == hashlib.sha256(TEXT).hexdigest()[:16]


def test_an_upload_that_breaks_off_leaves_nothing(empty_library: Library) -> None:
    def broken() -> object:
        yield TEXT
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        receive(empty_library, "a.txt", broken(), "ann")  # type: ignore[arg-type]  # on purpose
    assert left(empty_library) == []


def test_a_parser_may_hold_it_open_and_read_it_back(empty_library: Library) -> None:
    with Upload(empty_library.home) as upload:
        assert upload.write(TEXT) == len(TEXT)
        upload.seek(0)
        assert upload.read(3) == b"The"
        job = upload.keep(empty_library, "a.txt", "ann")
    assert left(empty_library) == [job.subject]


def test_a_failed_file_may_be_handed_in_again(empty_library: Library) -> None:
    receive(empty_library, "a.txt", [TEXT], "ann")
    with empty_library.catalog() as catalog:
        held = jobs.claim(catalog.connection, "w")
        assert held is not None
        jobs.fail(catalog.connection, held, "damaged")
    again = receive(empty_library, "a.txt", [TEXT], "ann")
    with empty_library.catalog() as catalog:
        states = {job.job_id: job.state for job in jobs.recent(catalog.connection)}
    assert states == {held.job_id: "cancelled", again.job_id: "queued"}


def test_a_disk_that_refuses_leaves_no_job(
    empty_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        receive(empty_library, "a.txt", [TEXT], "ann")
    assert left(empty_library) == []
    with empty_library.catalog() as catalog:
        assert jobs.recent(catalog.connection) == []


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed there")
def test_a_sweep_between_opening_and_holding_costs_another_name(
    empty_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, swept = sweeping.hold, []

    def late(descriptor: int) -> None:
        if not swept:
            swept.extend(sweeping.sweep(empty_library.home))
        hold(descriptor)

    monkeypatch.setattr(sweeping, "hold", late)
    job = incoming.receive(empty_library, "a.txt", [b"Two mentors came."], "ann")
    assert len(swept) == 1
    assert empty_library.home.waiting(job.subject).read_bytes() == b"Two mentors came."
