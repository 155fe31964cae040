"""How many suggestions are taken, of one address and of all together."""

from __future__ import annotations

import time
from collections.abc import Callable

from web.context.rates import Buckets, reader_of

PER_HOUR, PER_DAY = 5, 100
"""Forms that come in again for one address in an hour, and for all together in a day; so many are
taken at once after a rest."""


class Throttle:
    """Counts forms by address and all together, in memory alone: it forgets when the server ends,
    and a server of several processes counts in each. Safe to share between threads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._own = Buckets(PER_HOUR / 60, PER_HOUR)
        self._all = Buckets(PER_DAY / (24 * 60), PER_DAY)

    def wait(self, address: str) -> float:
        """Count a form from an address; seconds until the next is taken, 0 when this one is."""
        now = self._clock()
        return self._own.take(reader_of(address), 1, now) or self._all.take("all", 1, now)
