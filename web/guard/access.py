"""Who may do what: one guard before every request, so that no route can forget it.

Whatever is not a GET, HEAD or OPTIONS is refused unless it is on the short list of what readers
may post, or comes from somebody who signed in, from a page of this server, with the session's
token; below /api/ a key takes the place of all three.
"""

from __future__ import annotations

import hmac
import secrets
import time
from urllib.parse import urlsplit

from flask import Flask, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from markupsafe import Markup
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import BadRequest, Forbidden, Unauthorized
from werkzeug.wrappers import Response

from index.curating import curators
from index.curating.curators import Curator
from web.context import current
from web.context.problems import FOR_SCRIPTS

LIFETIME_SECONDS = 12 * 3600
"""A sign-in ends after this time, however much it is used: a working day."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

READERS_MAY_POST = frozenset(
    {"posted.batch", "posted.classify", "sign.sign_in", "suggestions.suggest"}
)
"""Endpoints that change nothing in the library, but for the list of reports that readers miss."""

_ALWAYS_OPEN = frozenset({"static", "sign.sign_in", "pages.icon", "health.alive", "health.ready"})
"""What a private library shows to everybody."""

TOKEN_FIELD, TOKEN_HEADER = "token", "X-Waymark-Token"


class SignedOutError(Forbidden):
    """A form that was sent by somebody who is not signed in, or not any more.

    sign_in: an address to sign in at, which leads on to the page that the form stood on.
    typed: names and texts of the form's fields, to be shown again.
    """

    def __init__(self, sign_in: str, typed: list[tuple[str, str]]) -> None:
        super().__init__("Only a curator who has signed in can do this. Nothing was changed.")
        self.sign_in = sign_in
        self.typed = typed


class _Cookies(SecureCookieSessionInterface):
    """Session cookies that browsers send over TLS alone if they were set over TLS."""

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether this request came over TLS."""
        return request.is_secure


def register(app: Flask, secret: str) -> None:
    """Put the guard before every request of the application, whose cookies `secret` signs."""
    app.secret_key = secret or None
    app.session_interface = _Cookies()
    app.config.update(
        SESSION_COOKIE_NAME="waymark",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LIFETIME_SECONDS,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    app.before_request(_guard)
    app.after_request(_limit_caching)
    app.jinja_env.globals.update(curator=curator, token_field=token_field, can_sign_in=can_sign_in)


def can_sign_in() -> bool:
    """Whether this server knows curators at all."""
    return bool(current.state().access.secret)


def refuse_without_curators() -> None:
    """:raise 403: when this server knows no curator; the message says how to make one."""
    if not can_sign_in():
        raise Forbidden(
            "This server knows no curator. Make one with: waymark curator add NAME. Where there is "
            "one but no secret: waymark curator password NAME. Then start the server again."
        )


def curator() -> Curator | None:
    """Who is signed in; None for a reader."""
    if "curator" not in g:
        g.curator = _curator()
    found: Curator | None = g.curator
    return found


def who() -> str:
    """The name of whoever is signed in, or of whoever the key belongs to.

    :raise 401: when nobody is, which the guard lets happen on readers' routes alone.
    """
    found = curator()
    if found is None:
        raise Unauthorized("Sign in first.")
    return found.name


def _curator() -> Curator | None:
    if request.path.startswith(FOR_SCRIPTS):
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return curators.of_key(current.library(), key.strip())
    name, sessions = session.get("curator"), session.get("sessions")
    if not can_sign_in() or not isinstance(name, str):
        return None
    if not 0 <= time.time() - session.get("at", 0) < LIFETIME_SECONDS:
        return None
    found = curators.named(current.library(), name)
    return found if found is not None and found.sessions == sessions else None


def start_session(signed_in: Curator) -> None:
    """Begin a new session, with a new token, for a curator who has just signed in."""
    session.clear()
    session.permanent = True
    session.update(
        curator=signed_in.name,
        sessions=signed_in.sessions,
        at=int(time.time()),
        token=secrets.token_urlsafe(32),
    )
    g.curator = signed_in


def token() -> str:
    """The session's token, for a form. A browser without a session gets one with it."""
    if "token" not in session:
        session["token"] = secrets.token_urlsafe(32)
    return str(session["token"])


def token_field() -> Markup:
    """The token as a hidden field, which every form carries."""
    g.shows_token = True
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, token())


def _guard() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None:  # no such address, or not by this method: answered as such
        return None
    if request.method in SAFE or endpoint in READERS_MAY_POST:
        return _guard_reading(endpoint)
    _guard_changing()
    return None


def _guard_reading(endpoint: str) -> Response | None:
    hidden = request.path.startswith("/curate") or current.state().access.private
    if hidden and endpoint not in _ALWAYS_OPEN and curator() is None:
        return _sent_to_sign_in()
    # Whoever signs in has no session yet, but another site must not sign anybody in.
    if endpoint == "sign.sign_in" and request.method == "POST":
        check_form()
    return None


def _guard_changing() -> None:
    if request.path.startswith(FOR_SCRIPTS):
        _refuse_without_key()
        return
    if curator() is None:
        raise _signed_out()
    check_form()


def _sent_to_sign_in() -> Response:
    if request.path.startswith(FOR_SCRIPTS):
        raise _without_key()
    refuse_without_curators()
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("sign.sign_in", next=here), 303)


def _signed_out() -> SignedOutError:
    page = _page_before()
    # Uploaded files are not read here, and nothing is shown again that another site sent.
    of_text = request.mimetype == "application/x-www-form-urlencoded"
    shown = page is not None and _is_from_here() and of_text
    return SignedOutError(url_for("sign.sign_in", next=page or ""), typed() if shown else [])


def _page_before() -> str | None:
    """Path and query of the page that the form stood on; None if it was no page of this server."""
    try:
        page = urlsplit(request.referrer or "")
    except ValueError:
        return None
    return page._replace(scheme="", netloc="").geturl() if page.netloc == request.host else None


def typed() -> list[tuple[str, str]]:
    """Name and text of each field of the form that a person filled in."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if value and name not in (TOKEN_FIELD, "do") and not name.startswith("shown")
    ]


def _refuse_without_key() -> None:
    # A cookie is sent by a browser of its own accord, a key never is.
    has_key = request.headers.get("Authorization", "").lower().startswith("bearer ")
    if not has_key or curator() is None:
        raise _without_key()


def _without_key() -> Unauthorized:
    return Unauthorized(
        "This needs a key, sent as 'Authorization: Bearer wmk_…'; a curator makes one with: "
        "waymark curator key NAME.",
        www_authenticate=WWWAuthenticate("bearer"),
    )


def check_form() -> None:
    """Refuse what was not sent from a page of this server, with its session's token.

    :raise 403: when another site sent it. :raise 400: when the token is missing or wrong.
    """
    if not _is_from_here():
        raise Forbidden("This was sent from a page of another site. Nothing was changed.")
    given = request.headers.get(TOKEN_HEADER) or request.form.get(TOKEN_FIELD, "")
    kept = session.get("token", "")
    if not kept or not hmac.compare_digest(kept.encode(), given.encode("utf-8", "replace")):
        raise BadRequest(
            "This form has expired, or the browser keeps no cookies. Nothing was changed: "
            "go back, reload the page and send it again."
        )


def _is_from_here() -> bool:
    """Whether the browser says that a page of this server sent the request. Scripts send neither
    header and are let through: they have to know the token.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    try:
        # The host alone: behind a proxy that does TLS the scheme is not what the browser sees.
        return origin is None or urlsplit(origin).netloc == request.host
    except ValueError:  # no address at all, which no browser sends
        return False


def _limit_caching(response: Response) -> Response:
    """Keep answers out of caches: those of a private library, and all that a curator gets, out of
    every cache, even the browser's own on its disk; a page with a reader's form out of caches that
    several people share, since its token and the cookie beside it belong to one reader.
    """
    private = current.state().access.private and request.endpoint not in _ALWAYS_OPEN
    if private or request.path.startswith("/curate") or g.get("curator") is not None:
        response.headers["Cache-Control"] = "no-store"
    elif "shows_token" in g:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def holds_secret(response: Response) -> bool:
    """Whether an answer is meant for one person: no cache may keep it, or a token stands in it."""
    return response.cache_control.no_store or "shows_token" in g
