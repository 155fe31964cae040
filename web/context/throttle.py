"""How many suggestions are taken, of one address and of all together."""

from __future__ import annotations

import time
from collections.abc import Callable

from web.context.rates import Buckets, reader_of

PER_HOUR, PER_DAY = 5, 100
"""Forms that one address may send in an hour, and all addresses together in a day. After a rest all
of them may come at once."""


class Throttle:
    """Counts forms by address and all together, in memory alone: the counts end with the server,
    and each of several processes has its own. Safe to share between threads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._own = Buckets(PER_HOUR / 60, PER_HOUR)
        self._all = Buckets(PER_DAY / (24 * 60), PER_DAY)

    def take(self, address: str) -> float:
        """Count a form from an address and return 0.0; where it is one too many, return the seconds
        until one will be taken.
        """
        now = self._clock()
        return self._own.take(reader_of(address), 1, now) or self._all.take("all", 1, now)
