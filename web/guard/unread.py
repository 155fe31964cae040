"""Requests to the API that waitress refuses before the application sees them.

They are answered in the form in which the application answers. A body that is too large is received
to its end and thrown away first: where the connection is closed while a program still sends, most
programs see a broken pipe in place of the answer.
"""

from __future__ import annotations

import json
from typing import Any

from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge

from web.context.limits import LARGEST_BODY

_API = "/api/"

_MOST_PASSED_OVER = 32 << 20
"""Bytes of a body that are received to be thrown away: more than a hundred of the longest texts
have, with each letter written as an escape of JSON."""


class _Nowhere:
    """Stands in for waitress's buffer and keeps nothing."""

    def append(self, data: bytes) -> None:
        """Keep nothing of it."""

    def close(self) -> None:
        """There is nothing to give back."""


class Problem(ErrorTask):
    """The answer to a refused request: problem details (RFC 9457) where a program asked."""

    def execute(self) -> None:
        """Write it; the connection ends with it."""
        request: Any = self.request
        if not _path(request).startswith(_API):
            super().execute()
            return
        error = request.error
        said = error.body
        if isinstance(error, RequestEntityTooLarge):
            said = f"A body may have {LARGEST_BODY:,} bytes: send less in one call."
        problem = {"type": "about:blank", "title": error.reason, "status": error.code}
        body = json.dumps(problem | {"detail": said}).encode() + b"\n"
        self.status = f"{error.code} {error.reason}"
        self.response_headers = [("Content-Type", "application/problem+json")]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class PatientParser(HTTPRequestParser):
    """Receives a body that was refused for its size to its end, and keeps nothing of it.

    A body in chunks does not say its size, and is refused once it becomes too large.
    """

    _to_come = 0
    _in_chunks = False

    def received(self, data: bytes) -> int:
        """How many bytes of the data were taken."""
        if self._to_come:
            taken = min(len(data), self._to_come)
            self._to_come -= taken
            self.body_bytes_received += taken
            self.completed = not self._to_come
            return taken
        if self._in_chunks:
            return self._passed_over(data)
        taken = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge) and self._is_worth_an_answer():
            if self.chunked:
                self._begin_passing_over()
            else:
                self._to_come = self.content_length
                self.completed = False
        return taken

    def _begin_passing_over(self) -> None:
        body: Any = self.body_rcv
        if not (body.completed or body.error):
            body.buf.close()
            body.buf = _Nowhere()
            self._in_chunks, self.completed = True, False

    def _passed_over(self, data: bytes) -> int:
        body: Any = self.body_rcv
        taken = int(body.received(data))
        self.body_bytes_received += taken
        too_much = self.body_bytes_received > _MOST_PASSED_OVER
        self.completed = bool(body.completed or body.error or too_much)
        return taken

    def _is_worth_an_answer(self) -> bool:
        size = self.content_length
        return _path(self).startswith(_API) and 0 <= size <= _MOST_PASSED_OVER


def _path(request: Any) -> str:
    """The path that was asked; empty where the first line could not be read."""
    return str(getattr(request, "path", ""))
