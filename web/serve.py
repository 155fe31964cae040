"""Serving the application with waitress."""

from __future__ import annotations

import errno
import sys
import threading

from waitress.server import create_server

from index.library import Library
from web.app import create_app

_THREADS = 4


class PortTakenError(Exception):
    """Something else listens on the port."""


def serve(library: Library, host: str, port: int) -> None:
    """Serve `library` until interrupted.

    The encoder is loaded and the views are opened in the background, so that the page is there
    at once. Raises PortTakenError when the port is taken, or not allowed.
    """
    app = create_app(library)
    try:
        server = create_server(
            app, host=host, port=port, threads=_THREADS, ident=None, max_request_body_size=1 << 20
        )
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        taken = "is taken" if error.errno == errno.EADDRINUSE else "is not allowed to this user"
        raise PortTakenError(f"port {port} {taken}: choose another one with --port") from None
    threading.Thread(target=_warm_up, args=(library,), daemon=True).start()
    print(f"Waymark serves http://{host}:{port} (Ctrl+C stops it)", file=sys.stderr, flush=True)
    server.run()


def _warm_up(library: Library) -> None:
    library.views()
    library.encoder.encode(["ready"])
