"""Errors in words, for people and for programs."""

from __future__ import annotations

from pathlib import Path

from index import build
from index.library import Library
from web.app import create_app


def test_an_error_names_no_folder_of_the_server(empty_library: Library, tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text("# Ferry\n\nBoats bring the mail.\n", "utf-8")
    list(build.add(empty_library, [tmp_path / "ferry.md"]))
    client = create_app(empty_library).test_client()
    home = empty_library.home
    home.database.rename(home.path / "elsewhere.sqlite")
    for path in ("/documents", "/api/v1/documents"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "no library in the library’s folder" in answer.get_data(as_text=True)
        assert str(home.path) not in answer.get_data(as_text=True)
