"""Libraries of a few texts, made once for the tests of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from index import build
from index.library import Library

LibraryOf = Callable[[Mapping[str, str]], Library]


@pytest.fixture(scope="module")
def library_of(first_encoding, copy_library, tmp_path_factory: pytest.TempPathFactory) -> LibraryOf:
    """library_of({name: text, …}): a library of files with these names and texts."""

    def make(files: Mapping[str, str]) -> Library:
        folder = tmp_path_factory.mktemp("files")
        library = copy_library(folder / "home", Library.open(first_encoding.home))
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        list(build.add(library, [folder / name for name in files]))
        return library

    return make
