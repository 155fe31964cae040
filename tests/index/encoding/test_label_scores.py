"""Label scores of passages that have none: a library made before there were any."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.encoding import label_scores
from index.encoding.encode import encode_windows
from index.library import Library
from index.rows import database
from index.rows.stored import window_bytes
from index.rows.tag_rows import all_taggable, windows_of

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


def test_windows_are_read_as_they_were_cut(older: Library) -> None:
    encoder = older.encoder
    with older.catalog() as catalog:
        connection = catalog.connection
        text = connection.execute("SELECT text FROM passages WHERE number = 2").fetchone()[0]
        cut = np.array([[0, 5], [0, 9], [2, len(text)]], dtype="<i4")
        with database.change(connection):
            connection.execute(
                "UPDATE passages SET spans = ?, windows = zeroblob(?) WHERE number = 2",
                (cut.tobytes(), 3 * window_bytes(older.identity.dimension)),
            )
            label_scores.fill_in(connection, encoder, encoder.scorer)
        found = windows_of(connection, 2, older.identity.dimension, encoder.scorer)
    wanted = encoder.read([text[:5], text[:9], text[2:]]).scores
    assert found.scores == pytest.approx(wanted, abs=0.05)


def test_an_encoder_without_an_attention_has_nothing_to_fill_in(older: Library) -> None:
    with older.catalog() as catalog, database.change(catalog.connection):
        assert label_scores.fill_in(catalog.connection, older.encoder, "") == 0
        rows = all_taggable(catalog.connection, older.identity.dimension, older.encoder.scorer)
        assert sum(bool(row.windows.scorer) for row in rows) == 1
