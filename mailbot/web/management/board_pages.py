"""The manager's board: one page that keeps itself fresh, each number the way to its letters."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, render_template, request

from mailbot.model import StaffRole
from mailbot.services.desk import second_look
from mailbot.services.desk.case_lists import BOARD, DueBucket
from mailbot.services.desk.manager_board import board
from mailbot.web.access import needs
from mailbot.web.request_context import active_rules, now, store
from mailbot.web.value_display import zone
from mailbot.wording.report.cell_titles import AGES

pages = Blueprint("board", __name__)

DUES = {
    DueBucket.OVERDUE: "просрочено",
    DueBucket.HOUR: "в течение часа",
    DueBucket.FOUR: "через 1–4 часа",
    DueBucket.DAY: "сегодня, позже",
    DueBucket.LATER: "в другой день",
    DueBucket.NONE: "без срока",
    DueBucket.SOON: "в ближайшие 4 часа",
    DueBucket.AHEAD: "срок ещё не прошёл",
    DueBucket.TODAY: "сегодня и просрочено",
}


@pages.get("/board")
@needs(StaffRole.MANAGER)
def show() -> str:
    """A whole page, or, for the live update of an open one, the board alone."""
    live = request.headers.get("HX-Request") == "true"
    return render_template("_board.html" if live else "board.html", **_found())


def _found() -> dict[str, Any]:
    return {
        "board": board(store(), zone(), now()),
        "dues": BOARD,
        "alarmed": active_rules().rulebook.alarm.people,
        "looks": second_look.count_waiting(store()),
    }


def span(time: timedelta) -> str:
    """«2 дн. 4 ч», «1 ч 40 мин», «12 мин», with no-break spaces; less than a minute is «меньше минуты»."""
    minutes = int(abs(time).total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "дн."), (hours, "ч"), (rest, "мин")]
    shown = [f"{count}\u00a0{unit}" for count, unit in parts if count]
    return " ".join(shown[:2]) if shown else "меньше минуты"


def teach(app: Flask) -> None:
    """Give all templates these words."""
    app.jinja_env.filters.update(span=span)
    app.jinja_env.globals.update(DUES=DUES, AGES=AGES)
