"""Waymark, for `peers.py`: the same texts through files, sentences, tags and views."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from timing import asked, spent, told

from index import build
from index.files.home import Home
from index.library import Library
from search.find import find


def main(given: Path, folder: Path) -> None:
    """Make an empty library, its encoder converted; at the next call add the passages, ask the
    questions, say what it cost.
    """
    texts = json.loads(given.read_text(encoding="utf-8"))
    home = Home(folder / "home")
    if not home.database.exists():
        Library.create(home).encoder.encode(["converted"])
        return
    library = Library.open(home)
    lines = [
        json.dumps({"id": str(number), "title": f"Note {number}", "text": text})
        for number, text in enumerate(texts["passages"])
    ]
    (folder / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    cpu = spent()
    list(build.add(library, [folder / "texts.jsonl"]))
    found = {"passages a CPU second": len(lines) / (spent() - cpu)}
    costs = asked(lambda question: find(library, question), texts["questions"])
    told(found | {"question, CPU ms p50": costs["CPU ms p50"]})


if __name__ == "__main__":
    main(Path(sys.argv[2]), Path(sys.argv[3]))
