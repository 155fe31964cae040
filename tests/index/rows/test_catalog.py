"""Ids and numbers alone, where whole records would be read for them."""

from __future__ import annotations

from pathlib import Path

from index.library import Library
from index.rows import database
from ingest.records import BlockKind


def test_ids_alone_are_those_of_the_records(library: Library) -> None:
    with library.catalog() as catalog:
        documents = {one.document_id for one in catalog.documents()}
        assert catalog.document_ids() == documents
        of: dict[int, str] = {}
        for name in documents:
            passages = catalog.passages_of(name)
            ids = catalog.passage_ids(name)
            assert list(ids.items()) == [(one.number, one.passage_id) for one in passages]
            of |= dict.fromkeys(ids, name)
        assert catalog.documents_of([*of, 0, 999]) == of
        assert len(of) == 5
        kinds = {one.number: one.passage.kind for one in catalog.passages([*of]).values()}
        for kind in BlockKind:
            expected = [number for number, own in kinds.items() if own is kind]
            assert sorted(catalog.of_kind(kind, [*of, 0, 999])) == sorted(expected)


def test_beside_a_passage_stand_those_of_another_kind_than_one(
    copy_library, tmp_path: Path
) -> None:
    with copy_library(tmp_path / "home").catalog() as catalog:
        (document,) = [one for one in catalog.documents() if one.passage_count == 3][:1]
        name = document.document_id
        first, second, third = catalog.passage_ids(name)
        note = BlockKind.FOOTNOTE
        assert catalog.beside(name, 0, None) == catalog.beside(name, 0, note) == (None, second)
        with database.change(catalog.connection):
            catalog.connection.execute(
                "UPDATE passages SET kind = 'footnote' WHERE number = ?", (second,)
            )
        assert catalog.beside(name, 0, note) == (None, third)
        assert catalog.beside(name, 2, note) == (first, None)
        assert catalog.beside(name, 2, None) == (second, None)
        assert catalog.beside("nowhere", 1, None) == (None, None)


def test_of_what_is_not_there_there_is_nothing(library: Library, empty_library: Library) -> None:
    with library.catalog() as catalog:
        assert catalog.passage_ids("nowhere") == {}
        assert catalog.documents_of([]) == {}
    with empty_library.catalog() as catalog:
        assert catalog.document_ids() == frozenset()
