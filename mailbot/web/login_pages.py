"""Log in, log out, and the one-time link by which a member chooses a password."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from mailbot.model import RequestRefused, StaffRole
from mailbot.services.desk import logins
from mailbot.web.access import needs, public
from mailbot.web.request_context import LoggedIn, inside, member, now, store
from mailbot.web.value_display import begin_acts

pages = Blueprint("login", __name__)


@pages.get("/login")
@public
def show() -> str:
    return render_template("login.html", to=inside(request.args.get("to", "/queue")), fault="", login="")


@pages.post("/login")
@public
def enter() -> Response | tuple[str, int]:
    login, to = request.form.get("login", ""), inside(request.form.get("to", "/queue"))
    try:
        opened = logins.log_in(
            store(), login, request.form.get("password", ""), request.remote_addr or "", now()
        )
    except RequestRefused as error:
        return render_template("login.html", to=to, fault=str(error), login=login), 403
    _enter(opened)
    return redirect(to)


def _enter(opened: logins.StaffSession) -> None:
    session.clear()  # nothing of a stranger's session lives on (session fixation, CWE-384)
    session.permanent = False
    login_user(LoggedIn(opened.member, opened.token))
    begin_acts()


@pages.post("/logout")
@needs(StaffRole.OPERATOR)
def leave() -> Response:
    logins.log_out(store(), str(session.get("_user_id", "")), member(), now())
    logout_user()
    session.clear()
    return redirect(url_for("login.show"))


@pages.get("/welcome/<token>")
@public
def welcome(token: str) -> str:
    owner = logins.owner_of_link(store(), token, now())
    return render_template("welcome.html", owner=owner, token=token, fault="", least=logins.MIN_PASSWORD)


@pages.post("/welcome/<token>")
@public
def choose(token: str) -> Response | tuple[str, int]:
    owner = logins.owner_of_link(store(), token, now())
    password = request.form.get("password", "")
    try:
        if password != request.form.get("again", ""):
            raise RequestRefused("Пароли не совпали. Напишите один и тот же дважды.")
        logins.choose_password(store(), token, password, now())
        opened = logins.log_in(store(), owner.login, password, request.remote_addr or "", now())
    except RequestRefused as error:
        shown = render_template(
            "welcome.html", owner=owner, token=token, fault=str(error), least=logins.MIN_PASSWORD
        )
        return shown, 409
    _enter(opened)
    return redirect(url_for("queue.show"))


@pages.get("/")
@public
def start() -> Response:
    return redirect(url_for("queue.show"))
