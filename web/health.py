"""Whether the server is alive, and whether it is ready to answer questions."""

from __future__ import annotations

import logging
import threading

from flask import Blueprint, Flask, Response, current_app
from werkzeug.exceptions import ServiceUnavailable

from index.library import Library
from index.status import status_of
from web import current
from web.problems import json_response

blueprint = Blueprint("health", __name__)

_log = logging.getLogger(__name__)


class Readiness:
    """Opens the views and the encoder in the background, once, and knows when that is done.

    Safe to share between threads.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._guard = threading.Lock()
        self._running: threading.Thread | None = None
        self._opened = threading.Event()
        self._why = "the views and the encoder are being opened"

    @property
    def why_not(self) -> str:
        """Why questions cannot be answered yet; empty when they can."""
        return "" if self._opened.is_set() else self._why

    def begin(self) -> None:
        """Open them, unless that is done or under way; after a failure, try again."""
        with self._guard:
            alive = self._running is not None and self._running.is_alive()
            if alive or self._opened.is_set():
                return
            self._running = threading.Thread(target=self._open, daemon=True)
            self._running.start()

    def wait(self, seconds: float) -> bool:
        """Begin, and wait so long; whether it is ready."""
        self.begin()
        return self._opened.wait(seconds)

    def _open(self) -> None:
        try:
            self._library.views()
            self._library.encoder.encode(["ready"])
        except Exception as error:  # whatever it is, the server stays up to say so
            self._why = str(error)
            _log.warning("questions cannot be answered: %s", error)
        else:
            self._opened.set()


def register(app: Flask, library: Library) -> None:
    """Give the application its readiness and the addresses that tell of it."""
    app.extensions["readiness"] = Readiness(library)
    app.register_blueprint(blueprint)


@blueprint.get("/healthz/alive")
def alive() -> Response:
    """That the server answers at all; asks nothing of the library."""
    return json_response({"status": "ok"})


@blueprint.get("/healthz/ready")
def ready() -> Response:
    """That questions are answered at once, and the rows can be read.

    :raise 503: while the views and the encoder are being opened, or when they cannot be.
    """
    _refuse_unready()
    return json_response({"status": "ok"})


@blueprint.get("/healthz")
def health() -> Response:
    """As `ready`, and how much the library holds."""
    state = _refuse_unready()
    shown = ("documents", "passages", "generation")
    return json_response({"status": "ok"} | {key: state[key] for key in shown})


def _refuse_unready() -> dict[str, object]:
    state = status_of(current.library())
    readiness: Readiness = current_app.extensions["readiness"]
    readiness.begin()
    why = readiness.why_not
    if why:
        raise ServiceUnavailable(f"Not ready: {why}.", retry_after=2)
    return state
