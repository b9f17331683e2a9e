"""Where a page is served: the store and the rules behind it, the clock, and who asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, g, request
from flask_login import UserMixin, current_user

from mailbot.model import StaffMember
from mailbot.services.confirmation import ConfirmationLevel
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.services.in_force.rules_and_templates import ActiveRules, ActiveRulesCache
from mailbot.services.reporting.figures_cache import ReportCache
from mailbot.services.store_handle import Store

EXTENSION = "mailbot"


@dataclass(frozen=True, slots=True)
class WebContext:
    """`address` is how browsers reach the pages («http://127.0.0.1:8080»), for links in invitations. `shelf` keeps
    the reports that were reckoned."""

    store: Store
    rules: ActiveRulesCache
    clock: Callable[[], datetime]
    address: str
    shelf: ReportCache = field(default_factory=ReportCache)


class LoggedIn(UserMixin):  # type: ignore[misc]  # flask_login has no types
    """The member behind a request; the token of the session is the id that Flask-Login keeps."""

    def __init__(self, member: StaffMember, token: str) -> None:
        self.member, self.token = member, token

    def get_id(self) -> str:
        return self.token


def place() -> WebContext:
    return cast(WebContext, current_app.extensions[EXTENSION])


def store() -> Store:
    return place().store


def shelf() -> ReportCache:
    return place().shelf


def active_rules() -> ActiveRules:
    """The rules that hold now; a page that changes nothing asks the database for them once."""
    if request.method != "GET":
        return place().rules.current()
    if "rules" not in g:
        g.rules = place().rules.current()
    return cast(ActiveRules, g.rules)


def now() -> datetime:
    return place().clock()


def member() -> StaffMember:
    """Who asks; only behind a login."""
    return cast(LoggedIn, current_user).member


def page(reference: str) -> ActContext:
    """The page that a form was sent from; its version keeps a colleague's work from being overwritten."""
    version = request.form.get("version", "")
    return ActContext(
        reference, int(version) if version.isascii() and version.isdigit() else None, member().login, now()
    )


def sureness() -> ConfirmationLevel:
    """The button that says «I am sure» stands only beside the question."""
    return (
        ConfirmationLevel.SURE
        if request.form.get("sureness") == ConfirmationLevel.SURE
        else ConfirmationLevel.ONCE
    )


def inside(target: str) -> str:
    """An address of our own to go on to; anything else becomes the queue (open redirect, CWE-601)."""
    parts = urlsplit(target)
    plain = (
        not parts.scheme
        and not parts.netloc
        and target.startswith("/")
        and not target.startswith(("//", "/\\"))
    )
    return target if plain and "\\" not in target else "/queue"
