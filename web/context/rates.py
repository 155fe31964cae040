"""How much one reader may ask: a token bucket for each address, and long work in few threads.

Off where only this machine can reach the server, unless asked for (`waymark serve --rate`).
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from flask import Flask, g, request
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests

from index.plurals import counted
from search.find import plain

USUAL_RATE = 120
"""Questions a minute of one address, where others can reach the server: an office behind one
address asks a question every half second."""

BURST_SECONDS = 30
"""An address that has rested may ask so many seconds' worth at once: 60 questions."""

LONG = 20
"""What a long call costs, in questions, that asks for as much as it may: it can take a second or
more."""

COSTS = {
    "api.search": 1,
    "pages.search": 1,
    "pages.results": 2,
    "pages.guide": 1,
    "brief.page": 2,
    "news.page": 1,
    "news.feed": 1,
    "note.page": 1,
    "note.file": 1,
    "documents.documents": 1,
    "documents.document": 1,
    "documents.page": 1,
    "documents.picture": 1,
    "api.documents": 1,
    "api.passages": 1,
    "initiatives.initiative": 5,
    "posted.batch": LONG,
    "posted.classify": LONG,
}
"""What a request to each endpoint costs, in questions. A long call costs at most `LONG`: `ask`
takes a share of it for what the call asks for.

- The brief asks up to eight questions, always the same few, whose answers are kept.
- The guide looks for the surest passages of each activity.
- The list of documents writes all of them, and a document's page looks for documents like it.
- A page of a document, and its passages through the API, read all passages of the document: of
  1,025 that took 126 and 24 ms of processor time.
- An initiative's page looks through every passage: 2 to 8 s over 100,000 made-up ones, less than a
  tenth of a second over 1,271.

All other endpoints read rows by their ids or count in memory, and are free. Over 24,900 passages of
1,200 documents a new question's page took 35 ms of processor time, the guide for a goal 35, the
list of documents 44 to 58, and a free page, the search page with filters alone among them, at most
20."""

WITHOUT_QUESTION = {"pages.search": 0, "news.page": LONG, "news.feed": LONG}
"""What these cost when `q` is missing or holds no question: the search page before a search, and
the news, which then asks up to fifty saved questions."""

LONG_AT_ONCE = 2
"""Long calls answered at once: two of the four threads stay for questions."""

_MOST_ADDRESSES = 10_000
"""Addresses whose buckets are kept, so that many addresses cannot fill the memory."""


@dataclass(slots=True)
class _Bucket:
    """level: what was in the bucket at a moment. at: that moment, seconds of a monotonic clock."""

    level: float
    at: float


class Buckets:
    """Token buckets by address. Safe to share between threads.

    per_minute: what is refilled each minute. at_once: what a full bucket holds. The buckets of the
    last 10,000 addresses are kept.
    """

    def __init__(self, per_minute: float, at_once: float) -> None:
        self._per_second = per_minute / 60
        self._most = at_once
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._guard = threading.Lock()

    def take(self, address: str, cost: float, now: float) -> float:
        """Take `cost` from an address's bucket and return 0.0. Where it holds less, take nothing
        and return the seconds until it will hold enough.

        now: seconds, by a clock that never goes back.
        """
        with self._guard:
            bucket = self._buckets.pop(address, None) or _Bucket(self._most, now)
            level = min(self._most, bucket.level + (now - bucket.at) * self._per_second)
            granted = level >= cost
            self._buckets[address] = _Bucket(level - cost if granted else level, now)
            if len(self._buckets) > _MOST_ADDRESSES:
                self._buckets.popitem(last=False)
            return 0.0 if granted else (cost - level) / self._per_second


def reader_of(address: str) -> str:
    """Whose bucket an address draws on: the address, or its /64 for IPv6, as one reader has all of
    a /64 to choose from.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def of_questions(per_minute: int) -> Buckets:
    """Buckets that hold `BURST_SECONDS` worth of questions, and at least the dearest call."""
    return Buckets(per_minute, max(per_minute / 60 * BURST_SECONDS, *COSTS.values()))


def register(app: Flask, per_minute: int) -> None:
    """Limit what each address may ask of the application; 0: no limit.

    A question too many is answered with status 429. A long call beyond `LONG_AT_ONCE` is answered
    with 503 and costs nothing. Both say in Retry-After when to try again.
    """
    if per_minute <= 0:
        return
    buckets, long_calls = of_questions(per_minute), threading.BoundedSemaphore(LONG_AT_ONCE)

    def take(cost: int) -> None:
        wait = buckets.take(reader_of(request.remote_addr or ""), cost, time.monotonic())
        if wait:
            raise _too_many(per_minute, wait)

    @app.before_request
    def limit() -> None:
        cost = _cost(request.endpoint or "", request.args.get("q", ""))
        if cost >= LONG:
            if not long_calls.acquire(blocking=False):
                raise ServiceUnavailable("Other long calls are being answered.", retry_after=2)
            g.long_call, g.take = long_calls, take
        elif cost:
            take(cost)

    @app.teardown_request
    def done(_error: BaseException | None) -> None:
        held = g.pop("long_call", None)
        if held is not None:
            held.release()


def ask(count: int, most: int) -> None:
    """Take the cost of a long call that asks `count` questions, or sends as many texts, where it
    may send `most`: one question's worth at least.

    :raise 429: when the address has asked too much.
    """
    if take := g.get("take"):
        take(max(1, math.ceil(LONG * count / most)))


def _cost(endpoint: str, question: str) -> int:
    usual = COSTS.get(endpoint, 0)
    return usual if plain(question) else WITHOUT_QUESTION.get(endpoint, usual)


def _too_many(per_minute: int, wait: float) -> TooManyRequests:
    seconds = math.ceil(wait)
    return TooManyRequests(
        f"This computer or office may ask {per_minute} questions a minute."
        f" Try again in {counted(seconds, 'second')}.",
        retry_after=seconds,
    )
