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
"""Of a sign-in, however much it is used: a working day."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

READERS_MAY_POST = frozenset(
    {"posted.batch", "posted.classify", "sign.sign_in", "suggestions.suggest"}
)
"""Endpoints that change nothing in the library but the list of what readers miss."""

_ALWAYS_OPEN = frozenset({"static", "sign.sign_in", "pages.icon", "health.alive", "health.ready"})
"""What a private library shows to everybody."""

TOKEN_FIELD, TOKEN_HEADER = "token", "X-Waymark-Token"


class SignedOutError(Forbidden):
    """A form of somebody who is signed in no longer. sign_in: where to sign in, and go on from
    there to the page that the form stood on. typed: what was in it, name and text.
    """

    def __init__(self, sign_in: str, typed: list[tuple[str, str]]) -> None:
        super().__init__("Only a curator who has signed in can do this. Nothing was changed.")
        self.sign_in = sign_in
        self.typed = typed


class _Cookies(SecureCookieSessionInterface):
    """Cookies that are for TLS alone when they are given over TLS."""

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
    app.after_request(_keep_to_oneself)
    app.jinja_env.globals.update(curator=curator, token_field=token_field, can_sign_in=can_sign_in)


def can_sign_in() -> bool:
    """Whether this server knows curators at all."""
    return bool(current.state().access.secret)


def refuse_without_curators() -> None:
    """Say what mends it. :raise 403: when this server knows no curator."""
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

    :raise 401: when nobody is: a route that the guard does not guard.
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
    """Give the browser a session of its own, with a token of its own."""
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
    """The session's token, for a form; a session begins with the first one."""
    if "token" not in session:
        session["token"] = secrets.token_urlsafe(32)
    return str(session["token"])


def token_field() -> Markup:
    """The token as a field that every form carries."""
    g.shows_token = True
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN_FIELD, token())


def _guard() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None:  # no such address, or another method: answered as such
        return None
    for_scripts = request.path.startswith(FOR_SCRIPTS)
    if request.method in SAFE or endpoint in READERS_MAY_POST:
        hidden = request.path.startswith("/curate") or current.state().access.private
        if hidden and endpoint not in _ALWAYS_OPEN and curator() is None:
            return _sent_to_sign_in(for_scripts)
        if endpoint == "sign.sign_in" and request.method == "POST":
            check_form()
        return None
    if for_scripts:
        _refuse_without_key()
    else:
        if curator() is None:
            raise _signed_out()
        check_form()
    return None


def _sent_to_sign_in(for_scripts: bool) -> Response:
    if for_scripts:
        raise _without_key()
    refuse_without_curators()
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("sign.sign_in", next=here), 303)


def _signed_out() -> SignedOutError:
    page = _page_before()
    # Of files nothing is read, and nothing is shown that another site sent.
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
    """What a person typed or chose in the form that was sent, name and text."""
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
            "This form is no longer good, or the browser keeps no cookies. Nothing was changed: "
            "go back, load the page anew and send it again."
        )


def _is_from_here() -> bool:
    """What browsers say of where a request comes from; both headers are missing in scripts."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    try:
        # The host alone: behind a proxy that does TLS the scheme is not what the browser sees.
        return origin is None or urlsplit(origin).netloc == request.host
    except ValueError:  # no address at all, which no browser sends
        return False


def _keep_to_oneself(response: Response) -> Response:
    """Answers of a private library, and of anybody who is signed in, are kept by no cache, the
    browser's on its disk among them; a reader's form by none that others share, as its token and
    the cookie beside it are one reader's.
    """
    private = current.state().access.private and request.endpoint not in _ALWAYS_OPEN
    if private or request.path.startswith("/curate") or g.get("curator") is not None:
        response.headers["Cache-Control"] = "no-store"
    elif "shows_token" in g:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def holds_secret(response: Response) -> bool:
    """Whether an answer is one person's own: it is kept by no cache, or a token stands in it."""
    return response.cache_control.no_store or "shows_token" in g
