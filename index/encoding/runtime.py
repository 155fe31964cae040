"""What runs a converted model: OpenVINO on the CPU. The only module that knows it.

OpenVINO reports its use to Google Analytics through the package openvino-telemetry, at import
and at each conversion, unless the user's home folder says otherwise; its documented opt-out
(`opt_in_out --opt_out`) writes there and sends an event of its own. So the package is never
imported here: where it is missing, OpenVINO puts a silent stand-in of its own in its place.
https://docs.openvino.ai/2026/about-openvino/additional-resources/telemetry.html
"""

from __future__ import annotations

import mmap
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

# None in sys.modules makes an import of that name fail, whoever asks.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None is meant

import openvino  # noqa: E402 - only once the telemetry is kept out
import openvino.opset13 as opset  # noqa: E402

from index.encoding.converted import Precision  # noqa: E402 - stands below the import before it

if TYPE_CHECKING:
    import torch

Tokens = npt.NDArray[np.int64]
"""int64 (n, length): token ids, or 1 for a token and 0 for padding."""

FloatRows = npt.NDArray[np.float32]
"""float32 (n, dim), or (n, labels)."""

INPUTS = ("input_ids", "attention_mask")


def version() -> str:
    """OpenVINO's version with its build."""
    return str(openvino.get_version())


def processor() -> str:
    """The processor's name."""
    return str(openvino.Core().get_property("CPU", "FULL_DEVICE_NAME"))


def computes_bf16() -> bool:
    """Whether the processor has instructions for bf16.

    OpenVINO lists bf16 for every CPU with AVX-512, and emulates it, slower than f32, where the
    instructions are missing. Its own choice tells the two apart.
    """
    core = openvino.Core()
    able = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return able and core.get_property("CPU", "INFERENCE_PRECISION_HINT") == openvino.Type.bf16


def product(chosen: Precision) -> Callable[[], object]:
    """256 rows through two products of matrices of 384 x 1,536, on one thread: what a layer of
    the bundled encoder computes most. To be called again and again.
    """
    wide = np.full((384, 1536), 0.01, dtype=np.float32)
    rows = opset.parameter([256, 384], np.float32)
    there = opset.matmul(rows, opset.constant(wide), False, False)
    back = opset.matmul(there, opset.constant(wide), False, True)
    graph = openvino.Model([back], [rows], "product")
    compiled = openvino.Core().compile_model(graph, "CPU", _settings(chosen, workers=1))
    request, given = compiled.create_infer_request(), [np.ones((256, 384), dtype=np.float32)]
    return lambda: request.infer(given)


def save_converted(module: torch.nn.Module, example: tuple[Tokens, Tokens], path: Path) -> None:
    """Convert a torch module of two inputs (see `INPUTS`) and save it as `path` (.xml) and .bin,
    weights in float16.

    example: what the module is traced with; the saved model takes any number and length.
    Raises whatever torch or OpenVINO raise on a module they cannot convert.
    """
    import torch  # noqa: PLC0415 - takes 5 s, and is needed only to convert

    anything = openvino.PartialShape([-1, -1])
    with torch.no_grad():
        model = openvino.convert_model(
            module,
            example_input={
                name: torch.from_numpy(rows) for name, rows in zip(INPUTS, example, strict=True)
            },
            input=[(name, anything, openvino.Type.i64) for name in INPUTS],
        )
    # Half the file and 40 MB less in memory. Over 1,500 passages the lowest cosine with float32
    # weights in f32 is 0.9999991 in f32 and 0.99996 in bf16, where float32 weights have 0.99995.
    openvino.save_model(model, str(path), compress_to_fp16=True)


@dataclass(frozen=True, slots=True)
class Model:
    """A saved model, for `Runner`s to share: its weights are mapped into memory once.

    graph: OpenVINO's. tensor: the weights as it sees them. weights: the file, mapped.
    """

    graph: Any
    tensor: Any
    weights: mmap.mmap

    def let_go(self) -> None:
        """Give the weights' memory back; what is needed of them again comes from the file.

        Compiled, a model seldom reads them: 40 MB less while views are built, 14 while encoding.
        """
        if hasattr(mmap, "MADV_DONTNEED"):  # Windows has none
            self.weights.madvise(mmap.MADV_DONTNEED)


def read(path: Path) -> Model:
    """A model as `save_converted` saves it. Raises OSError and RuntimeError when it is not one."""
    with path.with_suffix(".bin").open("rb") as file:
        # OpenVINO takes no array that cannot be written to; nothing writes to this one.
        weights = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    tensor = openvino.Tensor(np.frombuffer(weights, dtype=np.uint8), shared_memory=True)
    return Model(openvino.Core().read_model(path.read_bytes(), tensor), tensor, weights)


def _settings(chosen: Precision, workers: int) -> dict[str, object]:
    return {
        "PERFORMANCE_HINT": "LATENCY" if workers == 1 else "THROUGHPUT",
        "NUM_STREAMS": workers,
        "INFERENCE_NUM_THREADS": workers,
        # Said outright: a CPU with AMX or AVX512-BF16 would take bf16 of its own accord.
        "INFERENCE_PRECISION_HINT": chosen,
        # Two processes would be pinned to the same cores.
        "ENABLE_CPU_PINNING": False,
    }


class Runner:
    """A compiled model and the requests that run on it, one thread each. Not to be shared between
    threads without a lock.
    """

    def __init__(self, model: Model, chosen: Precision, workers: int) -> None:
        compiled = openvino.Core().compile_model(model.graph, "CPU", _settings(chosen, workers))
        self.widths = [int(output.partial_shape[-1].get_length()) for output in compiled.outputs]
        self._model = model  # its weights are to outlive what was compiled of them
        self._free = [compiled.create_infer_request() for _ in range(workers)]
        self._busy: list[tuple[Any, int]] = []

    def run(
        self, batches: Iterable[tuple[Tokens, Tokens]]
    ) -> Iterator[tuple[int, tuple[FloatRows, ...]]]:
        """Each batch's number and its rows of each output, in the order of the batches.

        Requests are waited for in turn. AsyncInferQueue would call Python from OpenVINO's threads,
        and a process that ended soon after sometimes aborted (1 in 8; 3 in 3 in a longer run).
        """
        try:
            for number, (ids, mask) in enumerate(batches):
                if not self._free:
                    yield self._settled()
                request = self._free.pop()
                self._busy.append((request, number))
                request.start_async(dict(zip(INPUTS, (ids, mask), strict=True)))
            while self._busy:
                yield self._settled()
        finally:
            for request, _ in self._busy:
                request.wait()
                self._free.append(request)
            self._busy.clear()

    def _settled(self) -> tuple[int, tuple[FloatRows, ...]]:
        request, number = self._busy[0]
        request.wait()
        rows = tuple(np.array(output.data, dtype=np.float32) for output in request.output_tensors)
        self._free.append(self._busy.pop(0)[0])
        return number, rows
