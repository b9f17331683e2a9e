"""Who may see what: the login of a request, roles, and the headers that keep a hostile letter harmless."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, Response, abort, redirect, request, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response as AnyResponse

from mailbot.model import StaffRole
from mailbot.services.desk.logins import member_of
from mailbot.web.request_context import LoggedIn, member, now, store

P = ParamSpec("P")
T = TypeVar("T")

ROLE = "mailbot_role"
"""The attribute of a view that names the role it needs; `PUBLIC` needs none."""

PUBLIC = "public"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing runs but our own files, nothing loads from elsewhere (CSP level 3)."""

LETTER_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'; "
    "form-action 'none'; base-uri 'none'"
)
"""For what a stranger wrote: no script, no form, no origin, nothing from elsewhere."""


def needs(role: StaffRole) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A view for members of the role and of those above it; others are refused, strangers sent to the login."""

    def wrapped(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def guarded(*args: P.args, **named: P.kwargs) -> T:
            if not member().may(role):
                abort(403)
            return view(*args, **named)

        setattr(guarded, ROLE, role)
        return guarded

    return wrapped


def public(view: Callable[P, T]) -> Callable[P, T]:
    """A view that needs no login."""
    setattr(view, ROLE, PUBLIC)
    return view


def guard(app: Flask) -> None:
    """Every view says whom it is for; one that does not is reachable by nobody."""
    logins = LoginManager(app)
    logins.session_protection = None  # our sessions end in the database, for all machines at once

    @logins.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> LoggedIn | None:
        polls = request.headers.get("HX-Request") == "true" and not request.form.get("text")
        found = member_of(store(), token, now(), acts=not polls)
        return LoggedIn(found, token) if found else None

    @app.before_request
    def check() -> AnyResponse | None:
        view = app.view_functions.get(request.endpoint or "")
        if view is None or request.endpoint == "static":
            return None
        role = getattr(view, ROLE, None)
        if role is None:
            abort(403)
        if role == PUBLIC or current_user.is_authenticated:
            return None
        if request.headers.get("HX-Request"):
            return Response(status=204, headers={"HX-Redirect": url_for("login.show")})
        wanted = request.full_path.rstrip("?") if request.method == "GET" else "/queue"
        return redirect(url_for("login.show", to=wanted))

    @app.after_request
    def harden(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        sandboxed = "sandbox" in headers["Content-Security-Policy"]
        headers["X-Frame-Options"] = "SAMEORIGIN" if sandboxed else "DENY"
        if request.is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.endpoint != "static":
            headers["Cache-Control"] = "no-store"  # a shared computer's «back» must not show letters
        return response
