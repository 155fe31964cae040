"""Which passages a person is asked about: drawn, read and asked in turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import queue
from index.library import Library


def test_of_a_large_library_only_what_is_drawn_is_read(
    copy_library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = copy_library(tmp_path / "home")
    every = {question.stored.number for question in queue.queue(library, 99)}
    assert len(every) == 5
    monkeypatch.setattr(queue, "_SAMPLE", 2)
    drawn = {question.stored.number for question in queue.queue(library, 99)}
    assert len(drawn) == 2
    with library.catalog() as catalog:
        # Windows that nobody could read: those of passages that are not drawn.
        catalog.connection.executemany(
            "UPDATE passages SET windows = x'00' WHERE number = ?",
            [(number,) for number in every - drawn],
        )
    assert {question.stored.number for question in queue.queue(library, 99)} == drawn
    monkeypatch.setattr(queue, "_SAMPLE", 5)
    with pytest.raises(ValueError, match="size"):
        queue.queue(library, 99)


def test_a_library_without_passages_has_no_questions(empty_library: Library) -> None:
    assert queue.queue(empty_library, 3) == []
