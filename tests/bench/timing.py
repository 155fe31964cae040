"""What a call costs: clocks, percentiles, and one line of JSON for the process that asked."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

Numbers = dict[str, float]


def asked(ask: Callable[[str], object], questions: Sequence[str]) -> Numbers:
    """CPU and wall-clock milliseconds a question, one reader, after ten that do not count."""
    for question in questions[:10]:
        ask(question)
    cpu, wall = [], []
    for question in questions:
        before, began = time.process_time(), time.perf_counter()
        ask(question)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - before) * 1000)
    found = {}
    for name, values in (("CPU", cpu), ("wall", wall)):
        for share in (50, 95, 99):
            found[f"{name} ms p{share}"] = float(np.percentile(values, share))
    return found


def asked_by_eight(ask: Callable[[str], object], questions: Sequence[str]) -> Numbers:
    """Wall-clock milliseconds a question with eight readers at once."""

    def timed(question: str) -> float:
        began = time.perf_counter()
        ask(question)
        return (time.perf_counter() - began) * 1000

    with ThreadPoolExecutor(8) as pool:
        wall = list(pool.map(timed, questions))
    return {f"8 readers, wall ms p{s}": float(np.percentile(wall, s)) for s in (50, 95, 99)}


def spent() -> float:
    """CPU seconds of this process and those it started and waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def told(found: Numbers) -> None:
    """Print what was found, and the peak memory of this process, as JSON."""
    found["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))
