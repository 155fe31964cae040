"""How long the server takes over a page of ten results, and what the page weighs. Run by hand:

    python tests/bench/pages.py HOME [--passages 100000] [--rounds 3]

HOME is a library with documents; it is copied to a temporary folder and grown there by copies of
its own documents, whose vectors are turned a little so that no two are equal. Questions are made
of the library's own sentences. The time is from request to last byte inside the application, the
first round left out.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.files.home import Home
from index.library import Library
from index.rows import database
from index.rows.catalog import Catalog
from web.app import create_app

QUESTIONS = 40
_SEED = 7


def grow(catalog: Catalog, passages: int, rng: np.random.Generator) -> None:
    """Add copies of the documents until there are so many passages."""
    connection = catalog.connection
    documents = connection.execute("SELECT * FROM documents").fetchall()
    size = catalog.counts().passages
    with database.change(connection):
        for copy in range(1, 1 + max(0, passages - size) // size + 1):
            for name, *rest in documents:
                new = f"{copy:04x}{name[4:]}"
                values = [new, f"{new}{copy}", *rest[1:]]
                connection.execute(
                    "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
                )
                _copy_passages(catalog, name, new, rng)
                connection.execute(
                    "INSERT INTO pages SELECT ?, number, label, health FROM pages"
                    " WHERE document_id = ?",
                    (new, name),
                )


def _copy_passages(catalog: Catalog, name: str, new: str, rng: np.random.Generator) -> None:
    connection = catalog.connection
    rows = connection.execute(
        "SELECT number, position, text, section, kind, page_first, page_last, page_breaks,"
        " vector, spans, windows FROM passages WHERE document_id = ?",
        (name,),
    ).fetchall()
    for number, position, *middle, vector, spans, windows in rows:
        turned = np.frombuffer(vector, dtype="<f4")
        turned = turned + rng.normal(0, 0.01, len(turned)).astype(np.float32)
        turned /= np.linalg.norm(turned)
        cursor = connection.execute(
            "INSERT INTO passages (passage_id, document_id, position, text, section, kind,"
            " page_first, page_last, page_breaks, vector, spans, windows)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (f"{new}-{position}", new, position, *middle, turned.tobytes(), spans, windows),
        )
        connection.execute(
            "INSERT INTO tags SELECT ?, label, probability, start, stop FROM tags WHERE number = ?",
            (cursor.lastrowid, number),
        )


def questions(catalog: Catalog, rng: np.random.Generator) -> list[str]:
    """Runs of eight words from passages."""
    texts = [text.split() for *_, text in catalog.all_texts()]
    long = [words for words in texts if len(words) > 40]
    return [" ".join(long[i][10:18]) for i in rng.choice(len(long), QUESTIONS)]


def measured(library: Library, addresses: Sequence[str], rounds: int) -> dict[str, float]:
    """Milliseconds and kilobytes over all addresses."""
    client = create_app(library).test_client()
    took, weights = [], []
    for round_ in range(rounds + 1):
        for address in addresses:
            started = time.perf_counter()
            answer = client.get(address)
            if round_:
                took.append((time.perf_counter() - started) * 1000)
                weights.append(len(answer.data) / 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{address}: status {answer.status_code}")
    ranked = sorted(took)
    return {
        "median_ms": round(statistics.median(ranked), 1),
        "p95_ms": round(ranked[int(len(ranked) * 0.95)], 1),
        "median_kB": round(statistics.median(weights), 1),
        "max_kB": round(max(weights), 1),
    }


def main() -> None:
    """Grow a copy, ask, print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    rng = np.random.default_rng(_SEED)
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        shutil.copytree(given.home, home.path)
        library = Library.open(home)
        with library.catalog() as catalog:
            asked = questions(catalog, rng)
            grow(catalog, given.passages, rng)
            size = catalog.counts().passages
        library.views()
        plain = [f"/?q={'+'.join(question.split())}" for question in asked]
        found = {
            "passages": size,
            "search": measured(library, plain, given.rounds),
            "filtered": measured(library, [f"{a}&goal=informational" for a in plain], given.rounds),
            "cell": measured(library, ["/?goal=informational&activity=mentoring"], given.rounds),
            "grid": measured(library, ["/grid"], given.rounds),
        }
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
