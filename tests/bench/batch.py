"""How many questions a second `waymark batch` answers, and whether its memory grows.

    python tests/bench/batch.py HOME QUESTIONS [COUNT...]

QUESTIONS is a .txt file; its lines are repeated, with a number behind them so that none is asked
twice, up to each COUNT (default 100, 500, 1000). Each run is a process of its own, start included.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path


def main(home: str, questions: str, counts: list[int]) -> None:
    """Print a line a run."""
    lines = [line for line in Path(questions).read_text(encoding="utf-8").splitlines() if line]
    print("questions  seconds  questions/s  processor s  peak MB")
    with tempfile.TemporaryDirectory() as folder:
        asked, out = Path(folder) / "asked.txt", Path(folder) / "out.jsonl"
        for count in counts:
            numbered = (f"{line} {number}" for number, line in enumerate(cycle(lines)))
            asked.write_text("\n".join(islice(numbered, count)) + "\n", encoding="utf-8")
            command = [sys.executable, "-m", "waymark", "--home", home, "batch", str(asked)]
            started = time.perf_counter()
            running = subprocess.Popen([*command, "-o", str(out), "--no-timing"])
            _, status, used = os.wait4(running.pid, 0)
            seconds = time.perf_counter() - started
            if status:
                sys.exit("the run failed")
            print(
                f"{count:9}  {seconds:7.1f}  {count / seconds:11.1f}"
                f"  {used.ru_utime + used.ru_stime:11.1f}  {used.ru_maxrss // 1024:7}"
            )


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], [int(count) for count in sys.argv[3:]] or [100, 500, 1000])
