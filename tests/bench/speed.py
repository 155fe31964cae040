"""What a passage and a question cost, beside the recipe people would write: one run, made text.

    python tests/bench/speed.py [--sizes 10000 100000] [--questions 200]        (make bench)

Writes `docs/performance.md`, `docs/performance.json` and `docs/performance.svg`. `BENCH=big` adds
a million passages.
Every measurement is a process of its own, with one thread for torch and FAISS, so that its peak
memory is its own; the two systems take turns. Questions are asked of made passages with random
vectors; what goes in is measured with 300 made passages that are really encoded.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from speed_plot import plot
from timing import Numbers

DOCS = Path(__file__).parents[2] / "docs"
REPEATS = 3
INGESTED = 300
PLOTTED = {
    "CPU ms p50": "A question, CPU ms (median)",
    "peak MB": "Peak memory while asking, MB",
    "bytes a passage": "Bytes a passage on disk",
}


def in_a_process(kind: str, folder: Path, size: int, count: int) -> Numbers:
    """One measurement in a process of its own: `kind` is the system and what to measure."""
    system, _, what = kind.partition("-")
    script = str(Path(__file__).with_name(f"speed_{system}.py"))
    given = [what, str(folder), str(size), str(count), str(time.time())]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    done = subprocess.run(
        [sys.executable, script, *given],
        stdout=subprocess.PIPE, text=True, check=True, env=environment,
    )  # fmt: skip
    answer: Numbers = json.loads(done.stdout.splitlines()[-1])
    return answer


def in_turns(kinds: Sequence[str], folder: Path, size: int, count: int) -> dict[str, Numbers]:
    """Medians over the repeats; the systems take turns."""
    runs: dict[str, list[Numbers]] = {kind: [] for kind in kinds}
    for _ in range(REPEATS):
        for kind in kinds:
            runs[kind].append(in_a_process(kind, folder, size, count))
    return {
        kind: {name: statistics.median(run[name] for run in found) for name in found[0]}
        for kind, found in runs.items()
    }


def measured(sizes: Sequence[int], count: int) -> dict[str, dict[str, Numbers]]:
    """All tables: by title, a column each."""
    tables: dict[str, dict[str, Numbers]] = {}
    questions = ("waymark-questions", "recipe-questions")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_a_process("waymark-in", folder, INGESTED, count)
        found = in_turns(("waymark-in", "recipe-in"), folder, INGESTED, count)
        tables[f"{INGESTED:,} passages in"] = found
        for size in sizes:
            built = {kind: in_a_process(kind, folder, size, count) for kind in questions}
            found = in_turns(questions, folder, size, count)
            found["waymark-questions"]["views built, CPU s"] = built["waymark-questions"][
                "views built, CPU s"
            ]
            tables[f"{count} questions to {size:,} passages"] = found
            more = in_turns(("waymark-one",), folder, size, count)
            tables[f"A document of 20 passages into {size:,}"] = more
    return tables


def by_size(tables: dict[str, dict[str, Numbers]], what: str) -> dict[str, list[tuple[int, float]]]:
    """A quantity of the tables of questions: (passages, value) points by system."""
    lines: dict[str, list[tuple[int, float]]] = {}
    for title, columns in tables.items():
        asked = re.fullmatch(r"\d+ questions to ([\d,]+) passages", title)
        for kind, column in columns.items() if asked else ():
            if asked and what in column:
                size = int(asked[1].replace(",", ""))
                name = kind.partition("-")[0].capitalize()
                lines.setdefault(name, []).append((size, column[what]))
    return lines


def growth(tables: dict[str, dict[str, Numbers]]) -> str:
    """How much dearer things are at the largest size than at the smallest."""
    text = ""
    for what in PLOTTED:
        for name, line in by_size(tables, what).items():
            (small, first), (large, last) = line[0], line[-1]
            text += f"| {name}: {what}, {small:,} to {large:,} | {last / first:.2f} |\n"
    return f"\n### Growth\n\n| | times |\n|---|---|\n{text}"


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        model = next(
            (ln.split(":")[1].strip() for ln in lines if ln.startswith("model name")), model
        )
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "date": datetime.now(UTC).date().isoformat(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def as_markdown(about: dict[str, Any], tables: dict[str, dict[str, Numbers]]) -> str:
    """The tables of all measurements."""
    text = (
        f"{about['cpu']}, {about['cores']} cores, Python {about['python']}, {about['date']}, load"
        f" {about['load']} at the start. Medians of {REPEATS} runs in turns, one thread each for"
        " torch and FAISS.\n"
    )
    for title, columns in tables.items():
        names = {name: None for column in columns.values() for name in column}
        heads = [kind.partition("-")[0].capitalize() for kind in columns]
        text += f"\n### {title}\n\n| | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}\n"
        for name in names:
            cells = [
                f"{column[name]:,.0f}" if column.get(name, 0) >= 100 else f"{column[name]:.1f}"
                if name in column else "" for column in columns.values()
            ]  # fmt: skip
            text += f"| {name} | {' | '.join(cells)} |\n"
    return text + growth(tables)


def keep(about: dict[str, Any], tables: dict[str, dict[str, Numbers]]) -> None:
    """Write the tables between the marks of `docs/performance.md`, and as JSON beside it."""
    page = DOCS / "performance.md"
    begin, end = "<!-- make bench -->\n", "<!-- end -->\n"
    text = page.read_text(encoding="utf-8")
    before, after = text.partition(begin)[0], text.partition(end)[2]
    page.write_text(f"{before}{begin}{as_markdown(about, tables)}{end}{after}", encoding="utf-8")
    figures = json.dumps({"machine": about, "tables": tables}, indent=1)
    (DOCS / "performance.json").write_text(figures + "\n", encoding="utf-8")
    panels = {title: by_size(tables, what) for what, title in PLOTTED.items()}
    (DOCS / "performance.svg").write_text(plot(panels), encoding="utf-8")


def main() -> None:
    """Measure everything and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    sizes = [*given.sizes, *([1_000_000] if os.environ.get("BENCH") == "big" else [])]
    about = machine()
    tables = measured(sizes, given.questions)
    keep(about, tables)
    print(as_markdown(about, tables))


if __name__ == "__main__":
    main()
