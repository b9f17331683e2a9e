"""The closed sets whose members the templates name, as `ClockMark.ANSWERED`: a member that is renamed fails, and is not merely
never met."""

from __future__ import annotations

from enum import StrEnum

from flask import Flask

from mailbot.model.case.answer_effect import ReplyEffect
from mailbot.model.case.life_cycle import ClockMark
from mailbot.model.letter.letter import SegmentRole
from mailbot.model.outgoing import sending_pace
from mailbot.services.desk import case_lists
from mailbot.services.ledger.accounts.client_card import VerificationState
from mailbot.web.accounts.account_pages import EntryForm
from mailbot.web.accounts.consumption_chart import ColumnLook
from mailbot.web.clients.rating_pages import StopAsking
from mailbot.wording.report.charts import ChartLook

TEMPLATE_SETS: tuple[type[StrEnum], ...] = (
    ChartLook,
    ClockMark,
    ColumnLook,
    case_lists.DueBucket,
    EntryForm,
    ReplyEffect,
    SegmentRole,
    StopAsking,
    VerificationState,
)


def teach(app: Flask) -> None:
    """Give all templates these sets, and the words of an address that stand for nobody and for all."""
    app.jinja_env.globals.update({members.__name__: members for members in TEMPLATE_SETS})
    app.jinja_env.globals.update(
        ALL_PROVIDERS=sending_pace.ALL,
        NOBODY=case_lists.NOBODY,
        CLIENTS=case_lists.CLIENTS,
        CORRESPONDENTS=case_lists.CORRESPONDENTS,
    )
