"""Connections that are held for nothing, by a request that does not come or comes byte by byte, and
when they are closed.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

from waitress.channel import HTTPChannel

PATIENCE_SECONDS = 30
"""In which a whole request has to come, counted from the last answer or from the opening of the
connection; a connection that nobody uses is kept for as long."""

BYTES_A_SECOND = 1000
"""For each thousand bytes that came a connection has a second more, so that a large upload over a
slow line comes in."""

MOST = 256
"""Two hundred readers at once and some room: each keeps a connection and a file descriptor."""

_CROWDED, _CROWDED_SECONDS = MOST * 3 // 4, 5
"""With so many connections taken, those of the address that holds the most have five seconds in
place of thirty for a first request, and for one that is coming in. Connections that pause after an
answer, as those of readers in one office do, are left alone."""


class Channel(HTTPChannel):
    """A connection that knows since when it waits for a request. free_since: seconds since 1970."""

    free_since = 0.0

    def service(self) -> None:
        """Answer the request that came in, and note when that was done."""
        super().service()
        self.free_since = time.time()


def busy(channel: Any) -> bool:
    """Whether a connection has a request that is being answered, or an answer being sent."""
    return bool(getattr(channel, "requests", None) or getattr(channel, "total_outbufs_len", 0))


def end_slow(channels: Iterable[Any], now: float) -> None:
    """Close the connections on which no whole request came in time; to be called often.

    Waitress counts the seconds since the last byte, so one byte every 20 s held a connection.
    channels: waitress's sockets, the listening ones among them. now: seconds since 1970.
    """
    held = [channel for channel in channels if isinstance(channel, Channel)]
    crowder = _crowder(held)
    for channel in held:
        if busy(channel):
            channel.free_since = now
            continue
        waited_for = channel.request or not channel.free_since
        crowding = waited_for and _address(channel) == crowder
        patience = _CROWDED_SECONDS if crowding else PATIENCE_SECONDS
        since = max(channel.free_since, channel.creation_time)
        if now - since > patience + _received(channel) / BYTES_A_SECOND:
            channel.will_close = True


def _crowder(held: list[Channel]) -> str | None:
    """The address that holds the most connections; None while enough are left for others."""
    if len(held) < _CROWDED:
        return None
    return Counter(map(_address, held)).most_common(1)[0][0]


def _address(channel: Channel) -> str:
    return str(channel.addr[0])


def _received(channel: Channel) -> int:
    """Bytes of the request that is coming."""
    request: Any = channel.request
    return request.header_bytes_received + request.body_bytes_received if request else 0
