"""Links between the documents of the project lead somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = (".", "corpus", "corpus/*", "index", "ingest", "search", "web", "docs", "docs/*", "tests")
DOCUMENTS = sorted({path for folder in FOLDERS for path in ROOT.glob(f"{folder}/*.md")})
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PROGRAM = re.compile(r"`((?:\w+/)+\w+\.py)`")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def anchor(heading: str) -> str:
    """The name of a heading in an address, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def broken(document: Path) -> list[str]:
    """The relative links of a document that lead to no file, or to no heading of it."""
    faults = []
    for link in LINK.findall(CODE.sub("", document.read_text())):
        path, _, name = link.partition("#")
        target = document.parent / path if path else document
        if re.match(r"[a-z]+:", link):
            continue
        if not target.exists():
            faults.append(link)
        elif name:
            headings = HEADING.findall(CODE.sub("", target.read_text()))
            if name not in map(anchor, headings):
                faults.append(link)
    return faults


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading(document: Path) -> None:
    assert broken(document) == []


def test_a_link_to_nothing_is_seen(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text("# One `two`\n\n[a](#one-two) [b](#three) [c](d.md) [e](https://f.g/h)\n")
    assert broken(document) == ["#three", "d.md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_program_that_is_named_with_its_folder_is_there(document: Path) -> None:
    named = PROGRAM.findall(document.read_text())
    assert [name for name in named if not (ROOT / name).is_file()] == []
