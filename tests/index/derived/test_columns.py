"""All passages in columns, as they are counted and browsed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.derived import columns
from index.learning import decisions
from index.library import Library


def test_each_passage_has_its_document_and_what_it_carries(
    copy_library: Callable[..., Library], tmp_path: Path
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        catalog.connection.execute("DELETE FROM tags")
        visits, storms, borland = (
            list(catalog.passages_of(document.document_id))
            for document in sorted(catalog.documents(), key=lambda one: one.metadata.title)
        )
        catalog.connection.execute(
            "INSERT INTO tags VALUES (?, 'mentoring', .75, 0, 9)", (borland[1].number,)
        )
        catalog.connection.execute(
            "INSERT INTO tags VALUES (?, 'no-such-label', .9, 0, 9)", (visits[0].number,)
        )
    decisions.decide(library, storms[0].passage_id, "relational", "add", "Ada")
    with library.catalog() as catalog:
        read = columns.load(catalog, ("relational", "mentoring"))
    assert [document.title for document in read.documents] == [
        "Evaluation of study visits",
        "Harbour notes 2011",
        "Resettlement in Borland 2016",
    ]
    assert read.numbers.tolist() == sorted(one.number for one in [*visits, *storms, *borland])
    said = {
        int(number): (int(place), carries.tolist(), probabilities.tolist())
        for number, place, carries, probabilities in zip(
            read.numbers, read.places, read.carries, read.probabilities, strict=True
        )
    }
    nothing = ([False, False], [0.0, 0.0])
    assert said == {
        visits[0].number: (0, *nothing),
        storms[0].number: (1, [True, False], [1.0, 0.0]),
        borland[0].number: (2, *nothing),
        borland[1].number: (2, [False, True], [0.0, 0.75]),
        borland[2].number: (2, *nothing),
    }


def test_an_empty_library_has_columns_without_rows(empty_library: Library) -> None:
    with empty_library.catalog() as catalog:
        read = columns.load(catalog, ("relational", "mentoring"))
    assert (read.documents, read.numbers.shape, read.places.shape) == ((), (0,), (0,))
    assert read.carries.shape == read.probabilities.shape == (0, 2)
    assert read.carries.dtype == np.bool_
