"""The precision a converted model computes in on this machine: what is quicker, timed once.

`models/precision.json` keeps the choice with the processor and the version of OpenVINO that it
was timed with; another of either is timed anew. It is kept, because one that changed with how busy
the machine is would have the model converted a second time and give other last digits.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from index.encoding import runtime
from index.encoding.converted import Precision
from index.files import durable

FILE = "precision.json"

ROUNDS = 7
"""Runs of each precision, in turns; the quickest run counts, as other work disturbs it least."""


@dataclass(frozen=True, slots=True)
class ChosenPrecision:
    """A precision, and what it was chosen for: processor and OpenVINO as OpenVINO names them."""

    processor: str
    openvino: str
    precision: Precision


def chosen(models: Path) -> Precision:
    """bf16 where the processor computes in it and is quicker so, else f32.

    Being able is not enough: an Intel Xeon with AVX512-BF16 and without AMX takes 1.5 times as
    long in bf16 as in f32, and OpenVINO chooses bf16 there (`measured.md`, "Precision").
    models: the folder that keeps the choice; where it cannot be written, each call times anew.
    """
    if not runtime.computes_bf16():
        return "f32"
    here = (runtime.processor(), runtime.version())
    if kept := _kept(models, here):
        return kept
    try:
        models.mkdir(parents=True, exist_ok=True)
        with FileLock(models / "convert.lock"):
            # Another process may have been first.
            return _kept(models, here) or _keep(models, ChosenPrecision(*here, quicker()))
    except OSError:
        return quicker()


def quicker() -> Precision:
    """The precision in which products of matrices of the encoder's shape are quicker; timing them
    takes .2 s.
    """
    products = {name: runtime.product(name) for name in ("bf16", "f32")}
    best = dict.fromkeys(products, float("inf"))
    for _ in range(ROUNDS):
        for name, run in products.items():
            start = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - start)
    return "bf16" if best["bf16"] < best["f32"] else "f32"


def _kept(models: Path, here: tuple[str, str]) -> Precision | None:
    try:
        choice = ChosenPrecision(**json.loads((models / FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    known = (choice.processor, choice.openvino) == here and choice.precision in ("bf16", "f32")
    return choice.precision if known else None


def _keep(models: Path, choice: ChosenPrecision) -> Precision:
    part = models / f"{FILE}.part"
    part.write_text(json.dumps(asdict(choice)), "utf-8")
    durable.put(part, models / FILE)
    return choice.precision
