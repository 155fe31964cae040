"""Serving the application with waitress: limits, a log, and an end that cuts no answer short."""

from __future__ import annotations

import errno
import logging
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import click
from waitress.server import create_server

from index.curating import curators
from index.curating.desk import Worker
from index.library import Library
from index.rows.database import LibraryError
from web.app import create_app
from web.context.limits import LARGEST_BODY
from web.context.rates import USUAL_RATE
from web.context.state import Access, state_of
from web.guard import connections
from web.guard.bodies import admit_uploads
from web.guard.hosts import address_of, asked_by_name, is_loopback
from web.guard.secret import read_secret
from web.serving.log import logged

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LIMITS: dict[str, Any] = {
    "threads": 4,
    "connection_limit": connections.MOST,
    # Seconds for which a connection may stay silent, so that a reader who never reads the answer
    # holds no connection for long. Who sends byte by byte is not silent: `connections.end_slow`.
    "channel_timeout": connections.PATIENCE_SECONDS,
    "cleanup_interval": 5,
    # A question of 2,000 characters takes up to 24,000 bytes in an address.
    "max_request_header_size": 64 << 10,
    # Waitress refuses a body that is as large as this.
    "max_request_body_size": LARGEST_BODY + 1,
    # select() fails beyond 1,024 descriptors, poll() does not.
    "asyncore_use_poll": True,
}
"""Limits on what one reader can take from the others; sizes in bytes. Waitress cannot stop a
request that is being answered, so what may be asked for is limited where it is read, in
`web.context.parameters`."""

PROXIED: dict[str, Any] = {
    "trusted_proxy": "*",
    "trusted_proxy_count": 1,
    # The reader's address is what rates are counted by.
    "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
}
"""Believed only behind a proxy: whoever reaches the server directly could send such headers too."""

_POLL_SECONDS = 0.5
"""The longest time between two looks at whether a signal came or a connection is too slow."""

_MANY, _REST_SECONDS = 32, 0.002
"""With more than `_MANY` connections waitress rests between two looks at them. A look asks each of
them in Python: at 200 that took half of the processor, and the threads that answer had to wait."""

_ENDING_SECONDS = 10.0
"""In which requests that have begun are answered, and the job at hand is given back, at the end."""


class PortTakenError(Exception):
    """Something else listens on the port, or this user may not."""


def serve(
    library: Library,
    host: str,
    port: int,
    *,
    log: bool = False,
    private: bool = False,
    behind_proxy: bool = False,
    rate: int | None = None,
) -> None:
    """Serve `library` until interrupted or told to end (SIGINT, SIGTERM).

    The encoder is loaded and the views are opened in the background, so that the page is there
    at once. Where there is a curator, the desk's jobs are worked on meanwhile. At the end requests
    that have begun are answered, for ten seconds at most, and the job at hand is given back.

    log: write a line a request to stderr. private: reading needs a sign-in too. behind_proxy:
    X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-For are believed. rate: questions a minute
    that one address may ask, 0 for any number; None: `rates.USUAL_RATE` where others can reach it.
    Raises PortTakenError when the port is taken, or not allowed; LibraryError when the place is
    open to others, or private, and nobody can sign in.
    """
    allowed = access_to(library, host, private)
    app = create_app(library, allowed, _rate(host, behind_proxy, rate))
    _log_to_stderr()
    channels: dict[int, Any] = {}
    # Where others reach it, by which name is the proxy's affair.
    answering = asked_by_name(app) if is_loopback(host) and not behind_proxy else app
    answering = logged(answering, sys.stderr) if log else answering
    server = _listening(answering, channels, host, port, behind_proxy)
    admit_uploads(app, channels.values())
    state_of(app).readiness.begin()
    worker = Worker(library) if allowed.secret else None
    if worker:
        worker.start()
    click.echo(f"Waymark serves {address_of(host, port)} (Ctrl+C stops it)", err=True)
    try:
        _run(server, channels)
    finally:
        if worker:
            worker.stop(_ENDING_SECONDS)


def access_to(library: Library, host: str, private: bool) -> Access:
    """Who may do what at an address.

    Raises LibraryError when others can reach it, or it is private, and there is no curator, or no
    secret to sign sessions with; the message is the command that mends it.
    """
    if not curators.every(library):
        if private or not is_loopback(host):
            what = "--private" if private else f"{host} can be reached by others, and"
            raise LibraryError(f"{what} needs a curator: make one with 'waymark curator add NAME'")
        return Access()
    secret = read_secret(library.home)
    if secret is None and (private or not is_loopback(host)):
        raise LibraryError(
            "there is no secret to sign sessions with: 'waymark curator password NAME' makes one, "
            "or set WAYMARK_SECRET to 32 characters or more that nobody can guess"
        )
    return Access(secret or "", private)


def _listening(
    app: WSGIApplication, channels: dict[int, Any], host: str, port: int, behind_proxy: bool
) -> Any:
    """Waitress's server, which puts its sockets into `channels`. Raises PortTakenError."""
    limits = LIMITS | PROXIED if behind_proxy else LIMITS
    try:
        return create_server(app, map=channels, host=host, port=port, ident=None, **limits)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        taken = "is taken" if error.errno == errno.EADDRINUSE else "is not allowed to this user"
        message = f"port {port} {taken}: choose another one with --port"
        raise PortTakenError(message) from None


def _rate(host: str, behind_proxy: bool, asked: int | None) -> int:
    """Questions a minute that one address may ask; 0 for any number."""
    if asked is not None:
        return asked
    return USUAL_RATE if behind_proxy or not is_loopback(host) else 0


def _log_to_stderr() -> None:
    """Log what the library does unasked, such as building its views anew."""
    logging.basicConfig(format="waymark: %(message)s", stream=sys.stderr)
    logging.getLogger("index").setLevel(logging.INFO)
    # A line for each request that waits: with 200 readers it filled a pipe that nobody read, and
    # the server stood still.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _run(server: Any, channels: dict[int, Any]) -> None:
    """Answer until a signal; then take no more connections and finish what has begun.

    channels: waitress's sockets by descriptor, the listening ones among them.
    """
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    looked = time.time()
    while not stop.is_set():
        if time.time() - looked >= _POLL_SECONDS:
            looked = time.time()
            connections.end_slow(list(channels.values()), looked)
        if len(channels) > _MANY:
            time.sleep(_REST_SECONDS)
        server.asyncore.loop(timeout=_POLL_SECONDS, map=channels, count=1, use_poll=True)
    for number, handler in before.items():  # a second signal ends it at once
        signal.signal(number, handler)
    for descriptor in [key for key, channel in channels.items() if channel.accepting]:
        channels.pop(descriptor).socket.close()
    until = time.monotonic() + _ENDING_SECONDS
    while time.monotonic() < until and any(map(connections.busy, channels.values())):
        server.asyncore.loop(timeout=0.1, map=channels, count=1, use_poll=True)
    server.task_dispatcher.shutdown()
