"""Label scores of passages that have none: a library made before there were any."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index import database, label_scores
from index.encode import encode_windows
from index.library import Library
from index.tag_rows import all_taggable

CopyLibrary = Callable[..., Library]


@pytest.fixture
def older(copy_library: CopyLibrary, tmp_path: Path) -> Library:
    """A library whose passages have no label scores, but for the first."""
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog, database.change(catalog.connection):
        catalog.connection.execute("UPDATE passages SET label_scores = x'' WHERE number > 1")
    return library


def test_what_is_lacking_is_read(older: Library) -> None:
    encoder = older.encoder
    with older.catalog() as catalog:
        connection = catalog.connection
        rows = list(all_taggable(connection, older.identity.dimension, encoder.scorer))
        assert [row.number for row in rows if row.windows.scorer] == [1]
        with database.change(connection):
            filled = label_scores.fill_in(connection, encoder, encoder.scorer)
        assert filled == sum(bool(len(row.windows.spans)) for row in rows) - 1
        for row in all_taggable(connection, older.identity.dimension, encoder.scorer):
            (wanted,) = encode_windows([row.text], encoder)
            # a text among few others is run on another model: its last digits differ
            assert row.windows.scores == pytest.approx(wanted.scores, abs=0.05)
        with database.change(connection):
            assert label_scores.fill_in(connection, encoder, encoder.scorer) == 0


def test_an_encoder_without_an_attention_has_nothing_to_fill_in(older: Library) -> None:
    with older.catalog() as catalog, database.change(catalog.connection):
        assert label_scores.fill_in(catalog.connection, older.encoder, "") == 0
        rows = all_taggable(catalog.connection, older.identity.dimension, older.encoder.scorer)
        assert sum(bool(row.windows.scorer) for row in rows) == 1
