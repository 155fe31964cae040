"""A text layer for scanned and garbled pages, by OCRmyPDF where it is installed.

OCRmyPDF is run as a program and never imported, since it depends on Ghostscript (AGPL). Its
pictures of pages lie beside the copy that it writes: stopped by force it leaves them there, and
under /tmp nobody would remove them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.isolated.sandbox import kill

PROGRAM = "ocrmypdf"
NAME = "OCRmyPDF"

_WALL_SECONDS = 1800.0
_LIMITS = {
    "RLIMIT_AS": 4 << 30,
    "RLIMIT_CPU": int(_WALL_SECONDS),
    # A page of A0 at 300 dots an inch, in colour and not compressed, takes 420 MB.
    "RLIMIT_FSIZE": 2 << 30,
    "RLIMIT_CORE": 0,
}
"""Of the program and of each that it starts: bytes, and seconds of processor time."""

_PASSED_ON = frozenset(
    (
        *("PATH", "HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES"),
        *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "XDG_CONFIG_HOME", "XDG_DATA_DIRS"),
        *("TESSDATA_PREFIX", "OMP_THREAD_LIMIT", "GS_LIB", "FONTCONFIG_FILE", "FONTCONFIG_PATH"),
        *("SYSTEMROOT", "WINDIR", "PATHEXT", "COMSPEC", "PROGRAMFILES", "USERPROFILE"),
        *("APPDATA", "LOCALAPPDATA"),
    )
)
"""Variables of our environment that it is given: by them it finds its programs, their data and its
language. The last ones are Windows's."""

_POLL_SECONDS = 0.5
_LACKS_A_PROGRAM = 3
"""Its exit status then: `ExitCode.missing_dependency` of its exceptions.py, version 17.13."""


class OcrError(Exception):
    """Why there is no text layer. mend: what the user can do about it, in the imperative."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(f"{message}: {mend}")
        self.message = message
        self.mend = mend


def installed() -> bool:
    """Whether OCRmyPDF is on the path."""
    return shutil.which(PROGRAM) is not None


def add_text(
    source: Path,
    target: Path,
    step: Callable[[], None],
    unread: Sequence[int] = (),
    wall_seconds: float = _WALL_SECONDS,
) -> None:
    """Write a copy of a PDF whose scanned pages have a text layer; the others stay as they are.

    step: called twice a second; what it raises ends the program. unread: numbers of the pages, from
    1, that are read whatever text they have, since it is garbled; none: those without any text.
    Raises OcrError when OCRmyPDF is missing, fails or takes too long.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise OcrError(f"{NAME} is not installed", "install it, or hand in what it made elsewhere")
    which = ["--force-ocr", "--pages", ",".join(map(str, unread))] if unread else ["--skip-text"]
    command = [program, *which, "--output-type", "pdf", "--jobs", "1", "--quiet"]
    with (target.parent / "ocr.log").open("w+b") as log:
        child = subprocess.Popen(  # noqa: S603 - found on the path, no shell, two paths of our own
            # Absolute: the name of a file may begin as an option does.
            [*command, str(source.absolute()), str(target.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=_environment(target.parent),
        )
        try:
            _limit(child.pid)
            _wait(child, step, wall_seconds)
        finally:
            if child.poll() is None:
                kill(child)
        log.seek(0)
        said = log.read(2000).decode("utf-8", "replace")
    if child.returncode or not target.is_file():
        raise _failure(child.returncode, said)


def _failure(status: int, said: str) -> OcrError:
    """Why the program ended without a text layer, with the last line that it wrote."""
    lines = (line.strip() for line in reversed(said.split("\n")))
    why = next(filter(None, lines), "no reason given")[:200]
    if status == _LACKS_A_PROGRAM:
        return OcrError(f"{NAME} lacks something, saying '{why}'", "install that, then try again")
    mend = "run it by hand, then hand in its result"
    return OcrError(f"{NAME} failed on it, saying '{why}'", mend)


def _environment(folder: Path) -> dict[str, str]:
    """The environment of the program: what it needs of ours, and where it keeps its own files."""
    ours = {name: value for name, value in os.environ.items() if name.upper() in _PASSED_ON}
    return ours | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))


def _limit(pid: int) -> None:
    with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):  # Linux only
        import resource  # noqa: PLC0415 - absent on Windows

        for name, value in _LIMITS.items():
            kind = getattr(resource, name)
            _, hard = resource.prlimit(pid, kind)
            bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.prlimit(pid, kind, (bound, bound))


def _wait(child: subprocess.Popen[bytes], step: Callable[[], None], wall_seconds: float) -> None:
    until = time.monotonic() + wall_seconds
    while True:
        try:
            child.wait(_POLL_SECONDS)
            return
        except subprocess.TimeoutExpired:
            step()
        if time.monotonic() > until:
            raise OcrError(f"{NAME} was stopped after {wall_seconds:g} seconds", "split the file")
