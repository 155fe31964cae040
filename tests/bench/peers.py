"""Waymark beside txtai, Chroma and LanceDB with the same weights: one run, made text, in turns.

    python tests/bench/peers.py PYTHON [--passages 300] [--questions 100]        (make bench-peers)

PYTHON is the interpreter of an environment with the peers. Prints Markdown, and names the peers
that did not run with the last line they said.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from made import Texts
from timing import Numbers

PEERS = ("waymark", "txtai", "chroma", "lancedb")
REPEATS = 3


def one(peer: str, python: str, given: Path) -> Numbers | str:
    """What a peer cost in a process of its own, or why it did not run."""
    script = Path(__file__).with_name("peer_waymark.py" if peer == "waymark" else "peer.py")
    runner = sys.executable if peer == "waymark" else python
    environment = os.environ | {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    with tempfile.TemporaryDirectory() as folder:
        # The first call makes an empty library and converts the encoder, as once a machine.
        for _ in range(2 if peer == "waymark" else 1):
            done = subprocess.run(
                [runner, str(script), peer, str(given), folder],
                capture_output=True, text=True, check=False, env=environment,
            )  # fmt: skip
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["it said nothing"])[-1][:200]
    answer: Numbers = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    """Measure all of them in turns and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python")
    parser.add_argument("--passages", type=int, default=300)
    parser.add_argument("--questions", type=int, default=100)
    asked = parser.parse_args()
    texts = Texts(21)
    made = {
        "passages": [texts.passage() for _ in range(asked.passages)],
        "questions": [texts.question() for _ in range(asked.questions)],
    }
    runs: dict[str, list[Numbers]] = {peer: [] for peer in PEERS}
    failed: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "texts.json"
        given.write_text(json.dumps(made), encoding="utf-8")
        for _ in range(REPEATS):
            for peer in PEERS:
                found = one(peer, asked.python, given) if peer not in failed else failed[peer]
                if isinstance(found, str):
                    failed[peer] = found
                else:
                    runs[peer].append(found)
    ran = {peer: found for peer, found in runs.items() if found}
    print(f"| {asked.passages} passages | {' | '.join(ran)} |\n|---|{'---|' * len(ran)}")
    for name in next(iter(ran.values()))[0]:
        cells = [f"{statistics.median(run[name] for run in found):.1f}" for found in ran.values()]
        print(f"| {name} | {' | '.join(cells)} |")
    for peer, why in failed.items():
        print(f"\n{peer} did not run: {why}")


if __name__ == "__main__":
    main()
