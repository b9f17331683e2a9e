"""Stop reminders with one click, without a login; bills still come (RFC 8058)."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, render_template

from mailbot.services.client_links.reminder_stop import PATH, StopLinks
from mailbot.services.reminders.refusal import stop_reminders
from mailbot.web.access import public
from mailbot.web.request_context import active_rules, now, place, store

pages = Blueprint("stop", __name__)
"""Exempt from form tokens: a mail provider that posts here for its user has none, and the link itself is the proof."""


@pages.get(f"{PATH}<token>")
@public
def show(token: str) -> str:
    """Asks first: programs that look at links must not stop anything (RFC 8058 1)."""
    return _page(token, _email(token), done=False)


@pages.post(f"{PATH}<token>")
@public
def stop(token: str) -> str:
    email = _email(token)
    stop_reminders(store(), email, now())
    return _page(token, email, done=True)


def _email(token: str) -> str:
    email = StopLinks(str(current_app.secret_key), place().address).email_of(token)
    return email if email is not None else abort(404)


def _page(token: str, email: str, *, done: bool) -> str:
    return render_template(
        "stop.html", token=token, email=email, done=done, channels=active_rules().rulebook.channels
    )
