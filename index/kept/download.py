"""One PDF from one named host over HTTPS: the only module of Waymark that reaches the network.

Only the command `waymark catalogue get` imports it. A link may be hostile: it may lead to another
host, to this machine or its neighbours, to something endless or to something that is no PDF. So
each step is checked, and the address that was checked is the one that is connected to. A proxy that
the environment names is not used, since it would look up the name by itself.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PDF = b"%PDF-"
_CHUNK = 1 << 16
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_CUT_OFF = "UNEXPECTED_EOF_WHILE_READING"
"""OpenSSL's name for a connection that ends without the message by which TLS ends one."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses with an IPv4 address in their last 32 bits, which a translator on the way would
connect to (RFC 6052)."""
_PLAIN = "%/:=&?~+!$,;'@()*[]"
"""Signs that stand in an address as they are; other ones are percent-encoded."""


class DownloadError(Exception):
    """A download that failed; the message says why in one line."""


def is_public(address: Address) -> bool:
    """Whether an address, and each IPv4 address that it carries, is of the public internet.

    Loopback, private, link-local, shared, reserved and multicast addresses are not (by the IANA
    registries that `ipaddress` keeps).
    """
    if isinstance(address, ipaddress.IPv6Address):
        inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inside.append(ipaddress.IPv4Address(address.packed[-4:]))
        if address.is_site_local or not all(is_public(one) for one in inside if one):
            return False
    return address.is_global and not address.is_multicast


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of a download.

    authorities: a file of certificates (PEM) to trust in place of the system's.
    allows: says whether an address may be connected to.
    most_bytes: the largest file.
    seconds: the longest time for all of it.
    silence: the longest time without a byte, in seconds.
    """

    authorities: Path | None = None
    allows: Callable[[Address], bool] = is_public
    most_bytes: int = 200 << 20
    seconds: float = 600.0
    silence: float = 30.0


@dataclass(frozen=True, slots=True)
class _Place:
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class _Clock:
    """deadline: when the download has to be done, by `time.monotonic`. silence: the most seconds in
    which nothing comes.
    """

    deadline: float
    silence: float

    def wait(self) -> float:
        """Seconds to wait for what comes next. Raises TimeoutError after the deadline."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, self.silence)


class _TimedSocket(ssl.SSLSocket):
    """A connection each of whose reads keeps to the deadline. A timeout of its own would begin anew
    with each byte.
    """

    clock: _Clock

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """As for any socket; raises TimeoutError after the deadline."""
        self.settimeout(self.clock.wait())
        return super().recv_into(*args, **kwargs)


def download(link: str, path: Path, rules: Rules | None = None) -> None:
    """Write the PDF that `link` leads to into `path`, a new file, whole or not at all.

    Redirects are followed on the link's own host and port, over HTTPS, five at most.
    Raises DownloadError when it cannot be had, OSError when `path` cannot be written.
    """
    rules = rules or Rules()
    clock = _Clock(time.monotonic() + rules.seconds, rules.silence)
    first = _place(link)
    for _ in range(_MOST_REDIRECTS + 1):
        with _asked(link, rules, clock) as response:
            if response.status not in _REDIRECTS:
                _write(_pdf(response, first.host, rules, clock), path)
                return
            link = _onward(link, response.getheader("Location", ""))
        if _place(link) != first:
            raise DownloadError(
                f"{first.host} leads on to another place: {_shown(link)}; see in a browser whether "
                "it is the right one, save it and add it with 'waymark add'"
            )
    raise DownloadError(f"{first.host} leads on more than {_MOST_REDIRECTS} times")


def _onward(link: str, location: str) -> str:
    try:
        return urljoin(link, location)
    except ValueError:
        raise DownloadError(f"{_shown(location)} is no address") from None


def _place(link: str) -> _Place:
    """Host and port of a link. Raises DownloadError unless it is an https link without a user."""
    try:
        parts = urlsplit(link)
        place = _Place(parts.hostname or "", parts.port or 443)
    except ValueError:
        raise DownloadError(f"{_shown(link)} is no address") from None
    if parts.scheme != "https":
        raise DownloadError(f"{_shown(link)} is not https://, and nothing else is fetched")
    if not place.host or "@" in parts.netloc:
        raise DownloadError(f"{_shown(link)} does not name a host, or a user beside it")
    return place


@contextmanager
def _asked(link: str, rules: Rules, clock: _Clock) -> Iterator[http.client.HTTPResponse]:
    """What a host answers to a GET; the connection is closed after the block."""
    parts, place = urlsplit(link), _place(link)
    target = quote(parts.path or "/", _PLAIN)
    if parts.query:
        target += "?" + quote(parts.query, _PLAIN)
    with ExitStack() as opened:
        with _in_words(place.host, clock):
            connection = http.client.HTTPSConnection(place.host, place.port)
            connection.sock = opened.enter_context(_connected(place, rules, clock))
            connection.request("GET", target, headers=_headers())
            response = connection.getresponse()
        with response:
            yield response


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"Waymark/{metadata.version('waymark')}",
        "Accept": "application/pdf",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


@contextmanager
def _connected(place: _Place, rules: Rules, clock: _Clock) -> Iterator[ssl.SSLSocket]:
    """A TLS connection to a host. Raises DownloadError unless all its addresses are allowed."""
    context = ssl.create_default_context(cafile=rules.authorities)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = _TimedSocket
    # Python 3.11.2 sets it, 3.11.7 does not (https://github.com/python/cpython/pull/95495): with it
    # a connection that is cut is an end like any other. OpenSSL before 3 has no such option.
    context.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)
    plain = _first_that_answers(place, rules, clock)
    with plain:
        plain.settimeout(clock.wait())
        # A connection that is cut is to be an error, not the end of the file.
        secure = context.wrap_socket(plain, server_hostname=place.host, suppress_ragged_eofs=False)
    with secure:
        if isinstance(secure, _TimedSocket):
            secure.clock = clock
        yield secure


def _first_that_answers(place: _Place, rules: Rules, clock: _Clock) -> socket.socket:
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    for *_, sockaddr in found:
        if not rules.allows(ipaddress.ip_address(sockaddr[0])):
            raise DownloadError(
                f"{place.host} is {sockaddr[0]}, which is no address of the public internet"
            )
    last: OSError = OSError("it has no address")
    for family, kind, protocol, _, sockaddr in found:
        tried = socket.socket(family, kind, protocol)
        try:
            tried.settimeout(clock.wait())
            tried.connect(sockaddr)
        except OSError as error:
            tried.close()
            last = error
        else:
            return tried
    raise last


@contextmanager
def _in_words(host: str, clock: _Clock) -> Iterator[None]:
    """Turns what goes wrong on the way into a DownloadError of one line."""
    try:
        yield
    except TimeoutError:
        if time.monotonic() < clock.deadline:
            raise DownloadError(f"{host} said nothing for {clock.silence:g} s") from None
        raise DownloadError(f"{host} took too long") from None
    except ssl.SSLCertVerificationError as error:
        said = error.verify_message
        raise DownloadError(f"{host} does not prove that it is {host}: {said}") from None
    except (http.client.IncompleteRead, ssl.SSLEOFError):
        raise DownloadError(f"{host} broke off") from None
    except ssl.SSLError as error:
        # Python 3.11.2 raises this where later versions raise an SSLEOFError.
        said = "broke off" if error.reason == _CUT_OFF else f"cannot be read: {error}"
        raise DownloadError(f"{host} {said}") from None
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise DownloadError(f"{host} cannot be read: {error}") from None


def _pdf(
    response: http.client.HTTPResponse, host: str, rules: Rules, clock: _Clock
) -> Iterator[bytes]:
    """The bytes of a PDF as they come. Raises DownloadError where the answer is something else or
    too large.
    """
    if response.status != http.client.OK:
        raise DownloadError(f"{host} answers {response.status} {_shown(response.reason)}")
    if response.getheader("Content-Encoding", "identity") != "identity":
        raise DownloadError(f"{host} sends it packed, though it was asked not to")
    if (response.length or 0) > rules.most_bytes:
        raise _too_large(rules)
    chunks = _chunks(response, host, clock)
    start = b""
    while len(start) < len(_PDF) and (chunk := next(chunks, b"")):
        start += chunk
    if not start.startswith(_PDF):
        kind = _shown(response.getheader("Content-Type", "of no type"))
        raise DownloadError(f"what {host} sends is no PDF ({kind})")
    received = 0
    for chunk in chain([start], chunks):
        received += len(chunk)
        if received > rules.most_bytes:
            raise _too_large(rules)
        yield chunk


def _chunks(response: http.client.HTTPResponse, host: str, clock: _Clock) -> Iterator[bytes]:
    while True:
        with _in_words(host, clock):
            chunk = response.read1(_CHUNK)
        if not chunk:
            break
        yield chunk
    if response.length:  # bytes that were announced and have not come
        raise DownloadError(f"{host} broke off")


def _too_large(rules: Rules) -> DownloadError:
    return DownloadError(f"it is larger than {rules.most_bytes >> 20} MB")


def _write(chunks: Iterator[bytes], path: Path) -> None:
    with path.open("xb") as out:
        try:
            out.writelines(chunks)
        except BaseException:
            out.close()  # Windows removes no open file
            path.unlink(missing_ok=True)
            raise


def _shown(text: str) -> str:
    """Text from elsewhere as it may be printed on a terminal."""
    return "".join(char if char.isprintable() else "?" for char in text[:200])
