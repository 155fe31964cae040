"""Serving the application with waitress: limits, a log, and an end that cuts no answer short."""

from __future__ import annotations

import errno
import ipaddress
import signal
import sys
import threading
import time
from typing import Any

from waitress.server import create_server

from index.library import Library
from web.app import create_app
from web.log import logged

LIMITS: dict[str, Any] = {
    "threads": 4,
    # Two hundred readers at once and some room: each keeps a connection and a file descriptor.
    "connection_limit": 256,
    # Seconds for which a connection may stay silent, so that a reader who sends a request byte by
    # byte or never reads the answer holds no connection for long.
    "channel_timeout": 30,
    "cleanup_interval": 5,
    # A question of 2,000 characters takes up to 24,000 bytes in an address.
    "max_request_header_size": 64 << 10,
    "max_request_body_size": 1 << 20,
    # select() fails beyond 1,024 descriptors, poll() does not.
    "asyncore_use_poll": True,
}
"""What one reader can take from the others; sizes in bytes. Waitress cannot stop a request that is
being answered, so what is asked for is limited where it is read (`web.current`)."""

_POLL_SECONDS = 0.5
_PATIENCE_SECONDS = 10.0


class PortTakenError(Exception):
    """Something else listens on the port."""


def serve(library: Library, host: str, port: int, log: bool = False) -> None:
    """Serve `library` until interrupted or told to end (SIGINT, SIGTERM).

    The encoder is loaded and the views are opened in the background, so that the page is there
    at once. At the end requests that have begun are answered, for ten seconds at most.

    log: write a line a request to stderr.
    Raises PortTakenError when the port is taken, or not allowed.
    """
    app = create_app(library)
    channels: dict[int, Any] = {}
    try:
        server = create_server(
            logged(app, sys.stderr) if log else app,
            map=channels,
            host=host,
            port=port,
            ident=None,
            **LIMITS,
        )
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        taken = "is taken" if error.errno == errno.EADDRINUSE else "is not allowed to this user"
        raise PortTakenError(f"port {port} {taken}: choose another one with --port") from None
    if not is_loopback(host):
        print(
            f"waymark: warning: {host} can be reached from other machines, and there is no log-in: "
            "whoever reaches it can read the whole library",
            file=sys.stderr,
        )
    threading.Thread(target=_warm_up, args=(library,), daemon=True).start()
    print(f"Waymark serves http://{host}:{port} (Ctrl+C stops it)", file=sys.stderr, flush=True)
    _run(server, channels)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _run(server: Any, channels: dict[int, Any]) -> None:
    """Answer until a signal; then take no more connections and finish what has begun.

    channels: waitress's sockets by descriptor, the listening ones among them.
    """
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    while not stop.is_set():
        server.asyncore.loop(timeout=_POLL_SECONDS, map=channels, count=1, use_poll=True)
    for number, handler in before.items():  # a second signal ends it at once
        signal.signal(number, handler)
    for descriptor in [key for key, channel in channels.items() if channel.accepting]:
        channels.pop(descriptor).socket.close()
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and any(map(_busy, channels.values())):
        server.asyncore.loop(timeout=0.1, map=channels, count=1, use_poll=True)
    server.task_dispatcher.shutdown()


def _busy(channel: Any) -> bool:
    """Whether a connection has a request that is being answered, or an answer being sent."""
    return bool(getattr(channel, "requests", None) or getattr(channel, "total_outbufs_len", 0))


def _warm_up(library: Library) -> None:
    library.views()
    library.encoder.encode(["ready"])
