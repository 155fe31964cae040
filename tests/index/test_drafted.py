"""What the log says of a draft that is handed to the library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index import audit, drafted, incoming, shelf
from index.database import LibraryError
from index.desk import Worker
from index.library import Library


def test_publishing_is_logged_with_its_job_and_what_is_replaced(
    copy_library: Callable[..., Library], tmp_path: Path
) -> None:
    library = copy_library(tmp_path / "home")
    with library.catalog() as catalog:
        old = catalog.documents()[0].document_id
    for name, text in (("one.txt", b"A mentor came to town."), ("two.txt", b"It rained all day.")):
        incoming.receive(library, name, [text], "ann")
    worker = Worker(library)
    while worker.step() is not None:
        pass
    with library.catalog() as catalog:
        one, two = (item.document_id for item in shelf.listing(catalog.connection, "draft"))
    with pytest.raises(LibraryError, match="there is no document 'ffff' in the library to replace"):
        drafted.publish(library, one, "ann", replaces="ffff")
    alone = drafted.publish(library, one, "ann")
    instead = drafted.publish(library, two, "bob", replaces=old)
    with library.catalog() as catalog:
        said = {line.subject: line for line in audit.entries(catalog.connection)}
    assert (said[one].who, said[one].action) == ("ann", "publish")
    assert said[one].detail == f"job {alone.job_id}"
    assert said[two].detail == f"job {instead.job_id}, as the new version of {old}"
