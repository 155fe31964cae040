from pathlib import Path

from index import build
from index.library import Library
from index.passage_kinds import of_kinds
from ingest.records import BlockKind

REPORT = """# Twinning

## What was done

Two agencies exchanged officers for a month, and both wrote a common guide.
"""


def test_passages_of_a_kind_among_those_numbered(empty_library: Library, tmp_path: Path) -> None:
    (tmp_path / "twinning.md").write_text(REPORT, encoding="utf-8")
    list(build.add(empty_library, [tmp_path / "twinning.md"]))
    with empty_library.catalog() as catalog:
        (document,) = catalog.documents()
        stored = catalog.passages_of(document.document_id)
        numbers = [item.number for item in stored]
        title = {item.number for item in stored if item.passage.kind is BlockKind.BOILERPLATE}
        body = {item.number for item in stored if item.passage.kind is BlockKind.PARAGRAPH}
        asked = [*numbers, 10_000]
        assert body
        assert title
        assert of_kinds(catalog.connection, asked, {BlockKind.PARAGRAPH}) == body
        assert of_kinds(catalog.connection, asked, {BlockKind.BOILERPLATE}) == title
        assert of_kinds(catalog.connection, [], {BlockKind.PARAGRAPH}) == frozenset()
        assert of_kinds(catalog.connection, numbers, set()) == frozenset()
        many = [*range(20_000, 20_800), *numbers]
        assert of_kinds(catalog.connection, many, {BlockKind.PARAGRAPH}) == body
