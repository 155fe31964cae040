"""Ids and numbers alone, where whole records would be read for them."""

from __future__ import annotations

from index.library import Library
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


def test_of_what_is_not_there_there_is_nothing(library: Library, empty_library: Library) -> None:
    with library.catalog() as catalog:
        assert catalog.passage_ids("nowhere") == {}
        assert catalog.documents_of([]) == {}
    with empty_library.catalog() as catalog:
        assert catalog.document_ids() == frozenset()
