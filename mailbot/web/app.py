"""The application: its parts put together, and what a page looks like when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import FileSystemLoader, StrictUndefined
from werkzeug.exceptions import HTTPException

from mailbot.command_setup import load_files
from mailbot.config import Settings, resource_folder
from mailbot.model import RequestRefused
from mailbot.services.client_links.answer_rating import RateLinks
from mailbot.services.in_force.rules_and_templates import ActiveRulesCache
from mailbot.services.store_handle import Store, StoreUnavailable
from mailbot.web import access, api, hostile_content, login_pages, template_sets, value_display  # fmt: skip
from mailbot.web.accounts import account_pages, account_words, bill_pages, entry_pages  # fmt: skip
from mailbot.web.cases import case_acts, case_letters, case_pages, queue_pages, second_look_pages  # fmt: skip
from mailbot.web.clients import rating_pages, reminder_stop_pages  # fmt: skip
from mailbot.web.management import board_pages, report_pages, settings_pages, staff_pages  # fmt: skip
from mailbot.web.office import appeal_pages, survey_pages  # fmt: skip
from mailbot.web.request_context import EXTENSION, WebContext

MAX_BYTES = 8_000_000
"""A form or an API call is never larger."""


def create_app(settings: Settings, store: Store, clock: Callable[[], datetime], secret: str) -> Flask:
    """The pages over a store. `secret` signs cookies and form tokens; at least 32 characters, the same on all machines."""
    app = Flask("mailbot.web", static_folder="static", static_url_path="/static")
    web = settings.web
    app.config.update(
        SECRET_KEY=secret,
        MAX_CONTENT_LENGTH=MAX_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BYTES,
        SESSION_COOKIE_NAME="__Host-mailbot" if web.https else "mailbot",
        SESSION_COOKIE_SECURE=web.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a page stays open over lunch
        WTF_CSRF_SSL_STRICT=web.https,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
    )
    current = ActiveRulesCache(store, lambda: load_files(settings), RateLinks(secret, web.address))
    app.extensions[EXTENSION] = WebContext(store, current, clock, web.address)
    app.jinja_loader = FileSystemLoader(resource_folder("templates") / "web")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    value_display.teach(app)
    account_words.teach(app)
    board_pages.teach(app)
    template_sets.teach(app)
    access.guard(app)
    csrf = CSRFProtect(app)
    csrf.exempt(api.pages)
    csrf.exempt(reminder_stop_pages.pages)
    csrf.exempt(rating_pages.pages)
    for part in (
        login_pages,
        queue_pages,
        case_pages,
        case_letters,
        case_acts,
        hostile_content,
        appeal_pages,
        account_pages,
        entry_pages,
        bill_pages,
        board_pages,
        report_pages,
        second_look_pages,
        staff_pages,
        settings_pages,
        reminder_stop_pages,
        rating_pages,
        survey_pages,
        api,
    ):
        app.register_blueprint(part.pages)
    _tell_faults(app)
    return app


def _tell_faults(app: Flask) -> None:
    """Every fault says what to do; the API says it in JSON."""

    @app.errorhandler(RequestRefused)
    def refused(error: RequestRefused) -> tuple[str | Response, int]:
        return _told(409, str(error))

    @app.errorhandler(StoreUnavailable)
    def away(_: StoreUnavailable) -> tuple[str | Response, int]:
        return _told(
            503, "База данных сейчас недоступна. Ничего не потеряно; обновите страницу через минуту."
        )

    @app.errorhandler(CSRFError)
    def forged(_: CSRFError) -> tuple[str | Response, int]:
        return _told(
            400, "Страница устарела. Вернитесь назад, обновите её и повторите; набранный текст сохранён."
        )

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[str | Response, int]:
        words = {
            400: "Запрос не понят. Вернитесь назад и повторите.",
            403: "Для этого действия нужны другие права. Обратитесь к администратору.",
            404: "Такой страницы нет.",
            405: "Так обратиться к этой странице нельзя.",
            413: "Слишком много данных за один раз.",
        }
        code = error.code or 500
        return _told(code, words.get(code, "Ошибка программы. Она записана в журнал; повторите действие."))

    @app.errorhandler(Exception)
    def broken(_: Exception) -> tuple[str | Response, int]:
        app.logger.exception("Страница %s", request.path)
        return _told(500, "Ошибка программы. Она записана в журнал; повторите действие.")


def _told(code: int, words: str) -> tuple[str | Response, int]:
    if request.path.startswith("/api/"):
        return api.fault(code, words), code
    return render_template("fault.html", code=code, words=words), code
