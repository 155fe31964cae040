"""One line of JSON a request, without what was asked.

Questions can be sensitive, and so can who asked: the query, the body and the address of the
reader are left out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LONGEST_PATH = 200
"""Characters of a path that are logged."""


def logged(app: WSGIApplication, stream: TextIO) -> WSGIApplication:
    """The application, with a line to `stream` for each request: time (UTC), method, path, status
    and milliseconds until the answer was ready to be sent.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        status = "500"

        def start(line: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[..., object]:
            nonlocal status
            status = line[:3]
            return start_response(line, headers, *rest)

        try:
            return app(environ, start)
        finally:
            took = (time.perf_counter() - began) * 1000
            stream.write(_line(environ, status, took) + "\n")
            stream.flush()

    return answer


def _line(environ: WSGIEnvironment, status: str, milliseconds: float) -> str:
    # JSON writes control characters as escapes, so no address can forge a line of its own.
    return json.dumps(
        {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": environ.get("REQUEST_METHOD", "")[:20],
            "path": environ.get("PATH_INFO", "")[:_LONGEST_PATH],
            "status": int(status),
            "ms": round(milliseconds, 1),
        }
    )
