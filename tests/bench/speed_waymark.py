"""What Waymark costs, for `speed.py`: `speed_waymark.py KIND FOLDER SIZE COUNT LAUNCHED`."""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path

from made import Texts, fill
from timing import Numbers, asked, asked_by_eight, spent, told

from index import build
from index.files.home import Home
from index.library import Library
from search.find import find


def questions_asked(folder: Path, size: int, count: int, launched: float) -> Numbers:
    """Questions to a library; it is made at the first call."""
    found: Numbers = {}
    home = Home(folder / f"waymark-{size}")
    if not home.database.exists():
        library = Library.create(home)
        library.encoder.encode(["converted"])
        fill(library, size)
        began = time.process_time()
        Library.open(home).views()
        found["views built, CPU s"] = time.process_time() - began
        return found
    library = Library.open(home)
    find(library, "ready?")
    found["start to first answer, s"] = time.time() - launched
    texts = Texts(9)
    questions = [texts.question() for _ in range(count)]
    found |= asked(lambda question: find(library, question), questions)
    found |= asked_by_eight(lambda question: find(library, question), questions)
    files = [path.stat() for path in [home.database, *home.views.rglob("*")] if path.is_file()]
    # Two generations share files by hard link.
    found["bytes a passage"] = sum({file.st_ino: file.st_size for file in files}.values()) / size
    return found


def one_more(folder: Path, size: int, count: int, _launched: float) -> Numbers:
    """A document of 20 passages into a library that `questions_asked` made."""
    library = Library.open(Home(folder / f"waymark-{size}"))
    library.encoder.encode(["ready"] * 9)
    texts = Texts(int(time.time()))  # another document each time: one that is in costs nothing
    path = folder / "one.md"
    path.write_text("\n\n".join(texts.passage() for _ in range(20)), encoding="utf-8")
    began, cpu = time.perf_counter(), spent()
    list(build.add(library, [path]))
    found = {"wall s": time.perf_counter() - began, "CPU s": spent() - cpu}
    cpu = spent()
    library.views()
    return found | {"CPU s of a reader to open the new views": spent() - cpu}


def taken_in(folder: Path, size: int, _count: int, _launched: float) -> Numbers:
    """Made passages as JSONL, through reading, encoding, tagging, writing and the views.

    The empty library, its encoder converted, is made at the first call.
    """
    empty, home = Home(folder / "empty"), Home(folder / "in")
    if not empty.database.exists():
        Library.create(empty).encoder.encode(["converted"])
        return {}
    texts = Texts(11)
    lines = [
        json.dumps({"id": str(n), "title": f"Note {n}", "text": texts.passage()})
        for n in range(size)
    ]
    path = folder / "made.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    shutil.rmtree(home.path, ignore_errors=True)
    shutil.copytree(empty.path, home.path)
    library = Library.open(home)
    library.encoder.encode(["ready"] * 9)
    began, cpu = time.perf_counter(), spent()
    list(build.add(library, [path]))
    wall, cpu = time.perf_counter() - began, spent() - cpu
    # As given: long ones become two passages here, and the recipe cuts their ends off.
    return {"passages a second": size / wall, "passages a CPU second": size / cpu}


if __name__ == "__main__":
    kind, place, passages, asking, launch = sys.argv[1:]
    measure = {"questions": questions_asked, "in": taken_in, "one": one_more}[kind]
    told(measure(Path(place), int(passages), int(asking), float(launch)))
