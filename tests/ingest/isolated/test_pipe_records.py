"""What comes over the pipe from a child that broke down, or was taken over by its file."""

import json
from pathlib import Path

import pytest

from ingest.isolated import pdf, pdf_says
from ingest.isolated.pipe_records import metadata_record, page_record
from ingest.isolated.sandbox import Limits
from ingest.records import Block, BlockKind, Failure, Health, Metadata, Page, Reason

PAGE = Page(1, Health.TEXT, (Block(BlockKind.PARAGRAPH, "Peers meet.", 1, marks=((5, "1"),)),))
METADATA = Metadata(title="Peers", authors=("Ann",), year=2018, language="en")
WHOLE = {"engine": "x", "metadata": metadata_record(METADATA), "pages": [page_record(PAGE)]}
SAID = {name: metadata_record(METADATA) for name in ("stated", "printed", "named")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4")
    return path


def answering(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    for module in (pdf, pdf_says):
        monkeypatch.setattr(module, "run_python", lambda *_: answer.encode())


def test_what_is_written_is_read_again(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    answering(monkeypatch, json.dumps(WHOLE))
    assert pdf.read_pdf(file, Limits()) == pdf.PdfReading(METADATA, (PAGE,), "x")
    answering(monkeypatch, json.dumps(SAID))
    assert pdf_says.says(file) == pdf_says.Says(METADATA, METADATA, METADATA)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "[]",
        "5",
        "[" * 100_000,
        json.dumps(WHOLE | {"pages": 5}),
        json.dumps(WHOLE | {"metadata": None}),
        json.dumps(WHOLE | {"pages": [page_record(PAGE) | {"blocks": [["paragraph"]]}]}),
        json.dumps(WHOLE | SAID).replace("2018", "Infinity"),
        json.dumps(WHOLE | SAID).replace("2018", "NaN"),
        json.dumps(WHOLE | SAID).replace("2018", "9" * 5_000),
    ],
)
def test_what_is_none_is_a_reader_that_broke_down(
    monkeypatch: pytest.MonkeyPatch, file: Path, answer: str
) -> None:
    answering(monkeypatch, answer)
    found = pdf.read_pdf(file, Limits())
    assert isinstance(found, Failure)
    assert found.reason is Reason.CRASHED
    nothing = pdf_says.says(file)
    assert nothing == pdf_says.Says(Metadata(), Metadata(), Metadata())
