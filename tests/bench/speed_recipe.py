"""What people write in an afternoon, for `speed.py` to stand beside: sentence-transformers as it
comes, a flat FAISS index, SQLite's FTS5, reciprocal rank fusion (Cormack et al. 2009).

`speed_recipe.py KIND FOLDER SIZE COUNT LAUNCHED`
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from made import Texts, documents
from sentence_transformers import SentenceTransformer
from timing import Numbers, asked, spent, told

from index.encoding.encoder import load


class Recipe:
    """A hybrid search in forty lines, kept in one folder."""

    def __init__(self, model: SentenceTransformer, folder: Path) -> None:
        self.model = model
        self.index = faiss.IndexFlatIP(model.get_embedding_dimension())
        self.rows = sqlite3.connect(folder / "recipe.sqlite")
        self.rows.execute("CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5(text)")

    def add(self, texts: Sequence[str], vectors: np.ndarray | None = None) -> None:
        """Encode (unless the vectors are given) and write."""
        if vectors is None:
            vectors = self.model.encode(list(texts), normalize_embeddings=True)
        first = self.index.ntotal
        self.index.add(vectors)
        numbered = [(first + place, text) for place, text in enumerate(texts)]
        with self.rows:
            self.rows.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", numbered)

    def search(self, question: str, k: int = 10) -> list[tuple[int, float, str]]:
        """The k best as (number, fused score, text)."""
        vector = self.model.encode([question], normalize_embeddings=True)
        near = self.index.search(vector, min(100, self.index.ntotal))[1][0].tolist()
        either = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        matched = self.rows.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 100", (either,)
        ).fetchall()
        fused: dict[int, float] = {}
        for leg in (near, [number for (number,) in matched]):
            for rank, number in enumerate(leg, start=1):
                fused[number] = fused.get(number, 0.0) + 1 / (60 + rank)
        best = sorted(fused, key=lambda number: -fused[number])[:k]
        found = {n: self.rows.execute("SELECT text FROM texts WHERE rowid = ?", (n,)) for n in best}
        return [(number, fused[number], found[number].fetchone()[0]) for number in best]


def questions_asked(folder: Path, size: int, count: int, launched: float) -> Numbers:
    """Questions to the recipe, over the same texts and vectors; made at the first call."""

    home = folder / f"recipe-{size}"
    made = home.is_dir()
    home.mkdir(exist_ok=True)
    recipe = Recipe(load().model, home)
    if not made:
        for document in documents(Texts(5), size, recipe.index.d):
            vectors = np.stack([item.vector for item in document.passages])
            recipe.add([item.passage.text for item in document.passages], vectors)
        faiss.write_index(recipe.index, str(home / "recipe.faiss"))
        return {}
    recipe.index = faiss.read_index(str(home / "recipe.faiss"))
    recipe.search("ready?")
    found = {"start to first answer, s": time.time() - launched}
    texts = Texts(9)
    found |= asked(recipe.search, [texts.question() for _ in range(count)])
    found["bytes a passage"] = sum(path.stat().st_size for path in home.iterdir()) / size
    return found


def taken_in(folder: Path, size: int, _count: int, _launched: float) -> Numbers:
    """The same texts through the recipe, which neither reads, tags nor knows sentences."""

    texts = Texts(11)
    passages = [texts.passage() for _ in range(size)]
    with tempfile.TemporaryDirectory(dir=folder) as home:
        recipe = Recipe(load().model, Path(home))
        recipe.model.encode(["ready"])
        began, cpu = time.perf_counter(), spent()
        recipe.add(passages)
        wall, cpu = time.perf_counter() - began, spent() - cpu
    return {"passages a second": size / wall, "passages a CPU second": size / cpu}


if __name__ == "__main__":
    kind, place, passages, asking, launch = sys.argv[1:]
    measure = {"questions": questions_asked, "in": taken_in}[kind]
    told(measure(Path(place), int(passages), int(asking), float(launch)))
