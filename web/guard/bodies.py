"""How large a request may be: a curator's upload, and everything else.

Waitress receives a whole body before the application sees it: in memory up to half a mebibyte, in a
temporary file beyond that. So how much of a disk a stranger can fill is decided here, by what the
headers say.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from flask import Flask
from itsdangerous import BadSignature
from werkzeug.http import parse_cookie

from web.guard import connections
from web.guard.access import LIFETIME_SECONDS
from web.guard.unread import PatientParser, Problem

UPLOAD_PATH = "/curate/upload"

LARGEST_UPLOAD = 2 << 30
"""Bytes of a body with files, all of them together: ten of the largest. Each has its own limit
(`index.curating.incoming`)."""


def admit_uploads(app: Flask, channels: Iterable[Any]) -> None:
    """Let the listening sockets among waitress's `channels` take larger bodies at the address of
    uploads, from whoever sends a session cookie that this server signed. What is refused below
    /api/ is answered as `web.guard.unread` says.

    Whether the session is still valid is checked later, by `web.guard.access`, since that takes the
    database.
    """

    class Parser(PatientParser):
        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            path = self.path  # type: ignore[attr-defined] # set just now; the stubs leave it out
            if path == UPLOAD_PATH and _is_signed(app, self.headers.get("COOKIE", "")):
                self.adj = copy.copy(self.adj)
                self.adj.max_request_body_size = LARGEST_UPLOAD

    class Channel(connections.Channel):
        parser_class = Parser
        error_task_class = Problem

    for listening in channels:
        if listening.accepting:
            listening.channel_class = Channel


def _is_signed(app: Flask, cookie: str) -> bool:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined] # ours
    value = parse_cookie(cookie).get(app.config["SESSION_COOKIE_NAME"])
    if serializer is None or not value:
        return False
    try:
        return "curator" in serializer.loads(value, max_age=LIFETIME_SECONDS)
    except BadSignature:
        return False
