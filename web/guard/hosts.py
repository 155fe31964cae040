"""The names under which a server on this machine is asked."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PORT = re.compile(r":\d*\Z")
_REFUSED = (
    b"This server answers to localhost and 127.0.0.1 alone. Behind a proxy start it with "
    b"--behind-proxy, for others with --host.\n"
)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address_of(host: str, port: int) -> str:
    """What a browser opens: an address of IPv6 stands in brackets (RFC 3986, 3.2.2)."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def asked_by_name(app: WSGIApplication) -> WSGIApplication:
    """The application for requests whose Host is localhost or a loopback address; 400 for others.

    Another site may have its own name resolved to 127.0.0.1 once its page is open (DNS rebinding),
    and its page could then read what this server answers. The browser still sends the site's name.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        name = _PORT.sub("", environ.get("HTTP_HOST", "localhost").lower())
        if is_loopback(name.removeprefix("[").removesuffix("]")):
            return app(environ, start_response)
        headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(_REFUSED)))]
        start_response("400 Bad Request", headers)
        return [_REFUSED]

    return answer
