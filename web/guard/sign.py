"""Signing in and out."""

from __future__ import annotations

import math

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from index.curating import curators
from index.curating.curators import TooManyTriesError, WrongPasswordError
from web.context import current
from web.guard import access

blueprint = Blueprint("sign", __name__)


@blueprint.route("/curate/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    """The form; when it is sent with a right name and password, on to `next`.

    :raise 400: when the form's token is wrong. :raise 403: when it comes from another site, or
        the server knows no curator.
    """
    access.refuse_without_curators()
    wanted = _local(request.values.get("next", ""))
    if request.method != "POST":
        return redirect(wanted, 303) if access.curator() else _form(wanted, "", 200)
    name, password = request.form.get("name", ""), request.form.get("password", "")
    try:
        found = curators.sign_in(current.library(), name, password)
    except WrongPasswordError:
        return _form(wanted, "No curator has this name and this password.", 403)
    except TooManyTriesError as error:
        seconds = math.ceil(error.seconds)
        said = f"Too many failed attempts: try again in {seconds} seconds."
        return _form(wanted, said, 429, {"Retry-After": str(seconds)})
    access.start_session(found)
    return redirect(wanted, 303)


def _form(wanted: str, said: str, status: int, headers: dict[str, str] | None = None) -> Response:
    name = request.form.get("name", "")
    wrong = status == 403
    page = render_template("sign_in.html", wanted=wanted, said=said, name=name, wrong=wrong)
    return Response(page, status, headers, mimetype="text/html")


def _local(address: str) -> str:
    """The address if it lies on this server, else the desk's: anybody may have written `next`."""
    local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if local and address.isprintable() else url_for("desk.desk")


@blueprint.post("/curate/sign-out")
def sign_out() -> Response:
    """End the session of this browser."""
    session.clear()
    return redirect(url_for("pages.search"), 303)


@blueprint.post("/curate/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """End every session of this curator, on whatever machine."""
    curators.sign_out_everywhere(current.library(), access.who())
    session.clear()
    return redirect(url_for("sign.sign_in"), 303)
