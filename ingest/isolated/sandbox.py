"""Runs Python code in a child process that can do little harm.

Parsers of hostile files crash, hang and eat memory, and PDFium, being C++, takes its process
with it. The child has its own session, no environment, no inherited descriptors, no network and
limits on time, memory, files and output; what it answers comes back over a pipe. Knows nothing
of PDFs.

Limits on memory and processor time need `resource`, which Windows lacks: there only the
wall clock and the size of the answer are watched. The network is cut under Linux on common
machines (`ingest.isolated.no_network`); `network_is_cut` says whether it is here.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.isolated import no_network
from ingest.records import Reason

_CHUNK = 1 << 16
_DESCRIPTORS = 64
# What a Python may need to find its own libraries; nothing else is handed down.
_KEPT_VARIABLES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")

# `-I` ignores the environment, the working folder and the user's own site folder, so that a
# stray `ingest.py` beside the files is never imported. The package that started the child is
# found by its folder, which leaves the path again before anything else is imported.
_START = """
import json, sys
root, extra, limits = json.loads(sys.argv.pop(1))
sys.path.insert(0, root)
import ingest.isolated.sandbox
sys.path.remove(root)
sys.path.extend(entry for entry in extra if entry not in sys.path)
ingest.isolated.sandbox.confine(*limits)
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost.

    output_bytes: of the answer. file_bytes, pages: of the file, for its reader to check.
    """

    wall_seconds: float = 120
    cpu_seconds: int = 110
    memory_bytes: int = 2 << 30
    output_bytes: int = 64 << 20
    file_bytes: int = 500 << 20
    pages: int = 5000


@dataclass(frozen=True, slots=True)
class Breach:
    """Why the child gave no answer."""

    reason: Reason
    message: str


def confine(memory_bytes: int, cpu_seconds: int) -> None:
    """Limit this process for good: memory, processor time, open files; no file may be written.

    Takes the network away where the system allows it.
    """
    no_network.cut()
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _DESCRIPTORS),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, value in wanted:
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        # Past the lower limit of processor time comes SIGXCPU, which tells why; then the kill.
        grace = 2 if kind == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY else 0
        with contextlib.suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS
            resource.setrlimit(kind, (bound, bound + grace))


def run_python(code: str, arguments: Sequence[str], limits: Limits) -> bytes | Breach:
    """Run `code` in a child with `arguments` in `sys.argv[1:]`; what it wrote to stdout.

    A child that ends with a status other than 0, or that breaks a limit, gives a `Breach`.
    """
    child = _start(code, arguments, limits)
    answer = bytearray()
    reader = threading.Thread(target=_drain, args=(child, answer, limits.output_bytes), daemon=True)
    reader.start()
    try:
        reader.join(limits.wall_seconds)
        late = reader.is_alive()
        if not late and len(answer) <= limits.output_bytes:
            late = not _ended(child, limits.wall_seconds)
    finally:
        kill(child)
        reader.join()
    return _verdict(child.returncode, bytes(answer), limits, late=late)


_TRY_NETWORK = """
import socket
try:
    socket.socket().close()
except PermissionError:
    print("cut", end="")
else:
    print("open", end="")
"""


def network_is_cut() -> bool | None:
    """Whether a child on this system is refused the network: one is started and tries. None when
    it does not come to say so.
    """
    return {b"cut": True, b"open": False}.get(_answered(run_python(_TRY_NETWORK, [], Limits())))


def _answered(found: bytes | Breach) -> bytes:
    return b"" if isinstance(found, Breach) else found


def _start(code: str, arguments: Sequence[str], limits: Limits) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[2])
    extra = [entry for entry in sys.path if "site-packages" in entry or "dist-packages" in entry]
    setting = json.dumps([root, extra, [limits.memory_bytes, limits.cpu_seconds]])
    return subprocess.Popen(  # noqa: S603 - our own interpreter, and no shell
        [sys.executable, "-I", "-X", "utf8", "-c", _START + code, setting, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        start_new_session=True,
        env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
    )


def _drain(child: subprocess.Popen[bytes], answer: bytearray, limit: int) -> None:
    """Take in the answer, and stop one byte past the limit."""
    pipe = child.stdout
    if pipe is None:
        return
    with pipe:
        while len(answer) <= limit:
            chunk = pipe.read(min(_CHUNK, limit + 1 - len(answer)))
            if not chunk:
                return
            answer += chunk


def _ended(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether the child, which has closed its end of the pipe, ends too."""
    try:
        child.wait(min(seconds, 5.0))
    except subprocess.TimeoutExpired:
        return False
    return True


def kill(child: subprocess.Popen[bytes]) -> None:
    """End a child that leads a session of its own, and all it has started; wait for its end."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()


def _verdict(status: int, answer: bytes, limits: Limits, *, late: bool) -> bytes | Breach:
    """The answer, or why it is none. status: with which the child ended. late: it was stopped."""
    if late:
        return Breach(
            Reason.TOO_SLOW, f"reading it was stopped after {limits.wall_seconds:g} seconds"
        )
    if len(answer) > limits.output_bytes:
        size = limits.output_bytes >> 20
        return Breach(Reason.TOO_LARGE, f"it holds more than {size} MiB of text")
    if status == -getattr(signal, "SIGXCPU", 0):
        return Breach(
            Reason.TOO_SLOW,
            f"reading it was stopped after {limits.cpu_seconds} seconds of processor time",
        )
    if status != 0:
        return Breach(Reason.CRASHED, "the reader broke down over it")
    return answer
