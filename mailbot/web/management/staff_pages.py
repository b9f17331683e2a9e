"""Staff, keys of the API, and the log of what everybody did."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from mailbot.model import RequestRefused, StaffRole
from mailbot.services.api import keys
from mailbot.services.desk import logins, staff_list
from mailbot.web.access import needs
from mailbot.web.request_context import member, now, place, store

pages = Blueprint("people", __name__)


@pages.get("/people")
@needs(StaffRole.ADMINISTRATOR)
def show() -> str:
    return render_template(
        "people.html",
        people=staff_list.members(store()),
        keys=keys.keys(store()),
        once=session.pop("once", None),
        roles=tuple(StaffRole),
    )


def _once(title: str, words: str) -> Response:
    """Show a secret on the next page, and never again."""
    session["once"] = {"title": title, "words": words}
    return redirect(url_for("people.show"))


@pages.post("/people")
@needs(StaffRole.ADMINISTRATOR)
def invite() -> Response:
    login, name = request.form.get("login", ""), request.form.get("name", "")
    token = logins.invite(store(), login, name, _role(), by=member().login, now=now())
    return _once(f"Ссылка для входа, {name}. Действует двое суток, один раз:", _link(token))


def _role() -> StaffRole:
    role = request.form.get("role", "")
    if role not in tuple(StaffRole):
        raise RequestRefused("Выберите роль сотрудника.")
    return StaffRole(role)


def _link(token: str) -> str:
    return place().address.rstrip("/") + url_for("login.welcome", token=token)


@pages.post("/people/<login>/reset")
@needs(StaffRole.ADMINISTRATOR)
def reset(login: str) -> Response:
    token = logins.reset(store(), login, by=member().login, now=now())
    return _once(f"Ссылка для нового пароля, {login}. Действует двое суток, один раз:", _link(token))


@pages.post("/people/<login>/role")
@needs(StaffRole.ADMINISTRATOR)
def change_role(login: str) -> Response:
    logins.set_role(store(), login, _role(), by=member().login, now=now())
    return redirect(url_for("people.show"))


@pages.post("/people/<login>/disable")
@needs(StaffRole.ADMINISTRATOR)
def disable(login: str) -> Response:
    logins.set_disabled(store(), login, disabled="on" not in request.form, by=member().login, now=now())
    return redirect(url_for("people.show"))


@pages.post("/people/keys")
@needs(StaffRole.ADMINISTRATOR)
def add_key() -> Response:
    name = request.form.get("name", "").strip()[:60]
    key = keys.issue_key(store(), name, by=member().login, now=now())
    return _once(f"Ключ «{name}». Сохраните его: больше он показан не будет:", key)


@pages.post("/people/keys/<int:key_id>/disable")
@needs(StaffRole.ADMINISTRATOR)
def disable_key(key_id: int) -> Response:
    keys.disable_key(store(), key_id, by=member().login, now=now())
    return redirect(url_for("people.show"))


@pages.get("/log")
@needs(StaffRole.MANAGER)
def log() -> str:
    return render_template("log.html", told=staff_list.acts_done(store(), 300))
