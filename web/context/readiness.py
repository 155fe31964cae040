"""Whether questions can be answered: the views and the encoder, opened in the background."""

from __future__ import annotations

import logging
import threading

from index.library import Library

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
        """Begin, and wait at most so many seconds; whether it is ready."""
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
