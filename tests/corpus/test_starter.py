"""Front matter, and whether the committed PDFs come from their sources. Needs no fpdf2."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfWriter

from corpus.press import manuscript, sources, starter
from corpus.press.sources import SourceError

FRONT = """\
id: a-note
title: A Note
subtitle: "On notes: one"
kind: brief
year: 2018
language: en
publisher: The Publisher
layout: one-column
scanned_pages: []
sources:
  - {author: A. Author, title: A Title, year: 2017}
"""


def write(folder, name="a-note", front=FRONT, body="Some text.\n"):
    path = folder / f"{name}.md"
    path.write_text(f"---\n{front}---\n{body}", encoding="utf-8")
    return path


def problems_of(call, *arguments):
    with pytest.raises(SourceError) as caught:
        call(*arguments)
    return list(caught.value.problems)


def test_front_matter_is_read(tmp_path):
    source = sources.load(write(tmp_path))
    front = source.front
    assert (front.id, front.subtitle, front.year) == ("a-note", "On notes: one", 2018)
    assert front.scanned_pages == ()
    assert front.sources == (sources.Citation("A. Author", "A Title", 2017),)
    assert source.body == "Some text.\n"
    assert source.sha256 == hashlib.sha256(source.path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: A Note\n", "", "title: missing (add a text, not empty)"),
        ("year: 2018", "year: '2018'", "year: is '2018' (must be a whole number from 1900"),
        ("year: 2018", "year: true", "year: is True (must be a whole number from 1900"),
        ("kind: brief", "kind: leaflet", "kind: is 'leaflet' (must be one of report, "),
        ("kind: brief", "kind: brief\ncolour: red", "colour: unknown key (known: id, "),
        ("scanned_pages: []", "scanned_pages: [0]", "scanned_pages: is [0] (must be a list"),
        ("id: a-note", "id: the-note", "id: is 'the-note' (must be the file's name, 'a-note')"),
        ("author: A. Author, ", "", "sources, number 1: author: missing"),
        ("year: 2017", "year: 2017, pages: 3", "sources, number 1: pages: unknown key"),
    ],
)
def test_a_fault_in_the_front_matter_is_named(tmp_path, old, new, expected):
    path = write(tmp_path, front=FRONT.replace(old, new))
    [problem] = problems_of(sources.load, path)
    assert problem.startswith(f"{path}: {expected}")


def test_all_faults_are_named_at_once(tmp_path):
    front = FRONT.replace("kind: brief", "kind: leaflet").replace("title: A Note\n", "")
    assert len(problems_of(sources.load, write(tmp_path, front=front))) == 2


def test_a_file_without_front_matter_is_refused(tmp_path):
    path = tmp_path / "bare.md"
    path.write_text("Only text.\n")
    assert problems_of(sources.load, path) == [
        f"{path}, line 1: no front matter (begin the file with '---')"
    ]


def test_broken_yaml_is_refused_with_its_line(tmp_path):
    path = write(tmp_path, front="id: a-note\ntitle: One: two: three\n")
    [problem] = problems_of(sources.load, path)
    assert problem.startswith(f"{path}, line 3: not valid YAML")


# The body begins on line 14: eleven lines of front matter between two fences.
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text.\n\n# Too high\n", ", line 16: 'h1' is not in the dialect"),
        ("| a |\n|---|\n| b |\n", ", line 14: a table without caption (add 'Table: …' above)"),
        ("Table: Lost\n\nText.\n", ", line 14: a caption without a table"),
        ("Text.\n\nTable: Last\n", ", line 16: a caption without a table"),
        ("- a\n  - b\n", ", line 14: a list item must be one paragraph (use one level)"),
        ("Text.[^1]\n", ": footnote [^1] has no definition (add '[^1]: …')"),
        ("Text.\n\n[^1]: Note.\n", ": footnote [^1] is never referred to (remove it)"),
    ],
)
def test_a_form_outside_the_dialect_is_refused(tmp_path, body, expected):
    source = sources.load(write(tmp_path, body=body))
    [problem] = problems_of(manuscript.parse, source)
    assert problem.startswith(f"{source.path}{expected}")


def test_bare_addresses_become_links_without_the_full_stop(tmp_path):
    source = sources.load(write(tmp_path, body="See www.example.org/a_b. More.\n"))
    [paragraph] = manuscript.parse(source).blocks
    links = [(span.text, span.link) for span in paragraph.spans if span.link]
    assert links == [("www.example.org/a_b", "https://www.example.org/a_b")]


def test_quotation_marks_follow_the_language(tmp_path):
    front = FRONT.replace("language: en", "language: de")
    source = sources.load(write(tmp_path, front=front, body='Das "Wort".\n'))
    [paragraph] = manuscript.parse(source).blocks
    assert paragraph.spans[0].text == "Das „Wort“."


def pdf_with_keywords(path, keywords):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Keywords": keywords})
    writer.write(path)


def test_missing_stale_orphan_and_damaged_pdfs_are_named(tmp_path):
    for name in ("current", "stale", "absent", "damaged"):
        write(tmp_path, name, FRONT.replace("a-note", name))
    digest = hashlib.sha256((tmp_path / "current.md").read_bytes()).hexdigest()
    pdf_with_keywords(tmp_path / "current.pdf", f"source-sha256:{digest}")
    pdf_with_keywords(tmp_path / "stale.pdf", f"source-sha256:{'0' * 64}")
    pdf_with_keywords(tmp_path / "orphan.pdf", "")
    (tmp_path / "damaged.pdf").write_bytes(b"no PDF at all")
    problems = starter.faults(tmp_path, tmp_path)
    names = [Path(problem.partition(":")[0]).name for problem in problems]
    assert names == ["absent.pdf", "damaged.pdf", "stale.pdf", "orphan.pdf", "documents.csv"]
    assert problems[0].endswith("missing (run python -m corpus.press)")
    assert problems[2].endswith("not set from the source as it stands (run python -m corpus.press)")
    assert problems[3].endswith("has no source (remove it, or add orphan.md)")


def test_every_committed_pdf_carries_the_digest_of_its_source():
    assert list(sources.FOLDER.glob("*.md"))
    assert starter.faults() == []


def test_reading_the_starter_documents_does_not_load_fpdf2():
    code = "import sys, corpus.press.starter; sys.exit('fpdf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_list_beside_the_documents_is_checked(tmp_path):
    path = write(tmp_path, "a-note")
    text = starter.listed([sources.load(path).front])
    assert text.splitlines()[0] == "file,title,publisher,year,language,kind"
    assert text.splitlines()[1].startswith("a-note.pdf,")
    (tmp_path / "documents.csv").write_text(text.replace("a-note.pdf", "b-note.pdf"))
    assert starter.faults(tmp_path, tmp_path)[-1] == (
        f"{tmp_path / 'documents.csv'}: not as the sources state it (run python -m corpus.press)"
    )
