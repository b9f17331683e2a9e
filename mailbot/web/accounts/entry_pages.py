"""What people enter into an account: readings and their corrections, payments, grounds of recalculation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mailbot.model import RequestRefused, Resource, StaffRole
from mailbot.model.ledger.charges import Adjustment, RecalculationGround
from mailbot.services.desk.accounts.account_page import reading_page
from mailbot.services.desk.readings.reading_entry import (
    NewReading,
    NewValue,
    SavedReading,
    add_reading,
    correct_reading,
    withdraw_reading,
)
from mailbot.services.desk.readings.value_doubts import DoubtfulReading
from mailbot.services.ledger import payments, recalculation
from mailbot.services.ledger.accounts.client_card import NoSuchAccount
from mailbot.services.ledger.tables.written_values import parse_amount, parse_day, parse_month, parse_number
from mailbot.web.access import needs
from mailbot.web.accounts.account_pages import EntryForm, FormFault, shown, when
from mailbot.web.request_context import active_rules, member, now, store
from mailbot.wording.charge_reasons import format_month

pages = Blueprint("entry", __name__)

Answer = Response | tuple[str, int]


@pages.post("/account/<path:number>/readings")
@needs(StaffRole.OPERATOR)
def add(number: str) -> Answer:
    """Take a reading brought or told; a doubtful one comes back with the question, whether it is right all the same."""
    form = request.form
    try:
        new = NewReading(
            form.get("serial", ""),
            form.get("value", ""),
            parse_day(form.get("day", "")),
            form.get("source", ""),
            form.get("reason", ""),
            sure="sure" in form,
        )
        kept = add_reading(store(), active_rules().tariffs, number, new, by=member().login, when=when())
    except NoSuchAccount:
        raise
    except RequestRefused as error:
        return shown(
            number, FormFault(EntryForm.READING, str(error), doubt=isinstance(error, DoubtfulReading))
        ), 409
    return _done(number, f"Показание принято за {format_month(kept.month)}", kept, "readings")


def _done(number: str, words: str, kept: SavedReading | None, place: str) -> Response:
    """Back to the account, with what was done."""
    later = " Месяц закрыт: исправление войдёт в следующий расчёт." if kept and kept.closed else ""
    flash(f"{words}.{later}")
    return redirect(url_for("account.show", number=number) + f"#{place}")


@pages.get("/account/<path:number>/reading/<int:row_id>")
@needs(StaffRole.OPERATOR)
def reading(number: str, row_id: int) -> str:
    return _reading(number, row_id, FormFault(), {})


def _reading(number: str, row_id: int, fault: FormFault, typed: Any) -> str:
    page = reading_page(store(), number, row_id)
    return render_template("account_reading.html", page=page, row=page.row, fault=fault, typed=typed)


@pages.post("/account/<path:number>/reading/<int:row_id>")
@needs(StaffRole.OPERATOR)
def correct(number: str, row_id: int) -> Answer:
    """Another value, or none; where it cannot be kept the form comes back as it was filled."""
    form, by = request.form, member().login
    try:
        if form.get("act") == "withdraw":
            kept = withdraw_reading(store(), number, row_id, form.get("reason", ""), by=by, when=when())
            return _done(number, "Показание отозвано", kept, "readings")
        new = NewValue(form.get("value", ""), form.get("reason", ""), sure="sure" in form)
        kept = correct_reading(store(), active_rules().tariffs, number, row_id, new, by=by, when=when())
    except NoSuchAccount:
        raise
    except RequestRefused as error:
        return _reading(
            number,
            row_id,
            FormFault(EntryForm.CORRECTION, str(error), isinstance(error, DoubtfulReading)),
            form,
        ), 409
    return _done(number, "Показание исправлено", kept, "readings")


@pages.post("/account/<path:number>/payments")
@needs(StaffRole.OPERATOR)
def pay(number: str) -> Answer:
    """Money taken at the office."""
    form, month = request.form, request.form.get("month", "").strip()
    try:
        payments.add(
            store(),
            number,
            parse_amount(form.get("amount", "")),
            parse_day(form.get("day", "")),
            form.get("document", ""),
            by=member().login,
            now=now(),
            today=when().today,
            month=parse_month(month) if month else None,
            payer=form.get("payer", ""),
        )
    except RequestRefused as error:
        return shown(number, FormFault(EntryForm.PAYMENT, str(error))), 409
    return _done(number, "Оплата внесена", None, "payments")


@pages.post("/account/<path:number>/payment/<int:payment_id>/cancel")
@needs(StaffRole.MANAGER)
def cancel_payment(number: str, payment_id: int) -> Answer:
    try:
        payments.cancel_of_account(
            store(), number, payment_id, by=member().login, why=request.form.get("why", ""), now=now()
        )
    except RequestRefused as error:
        return shown(number, FormFault(EntryForm.CANCEL, str(error))), 409
    return _done(number, f"Платёж № {payment_id} отменён", None, "payments")


@pages.post("/account/<path:number>/grounds")
@needs(StaffRole.OPERATOR)
def add_ground(number: str) -> Answer:
    """A ground of recalculation, with the paper that proves it."""
    try:
        recalculation.enter(store(), number, _ground(), by=member().login, now=now(), today=when().today)
    except RequestRefused as error:
        return shown(number, FormFault(EntryForm.GROUND, str(error))), 409
    return _done(number, "Основание внесено: учтём в следующем расчёте", None, "grounds")


def _ground() -> Adjustment:
    form = request.form
    if form.get("resource") not in tuple(Resource) or form.get("ground") not in tuple(RecalculationGround):
        raise RequestRefused("Выберите услугу и основание перерасчёта из списка.")
    residents = form.get("residents", "").strip() or "0"
    if not (residents.isascii() and residents.isdecimal() and len(residents) < 4):
        raise RequestRefused(f"«{residents}» — не число жильцов; напишите, например, 2")
    return Adjustment(
        resource=Resource(form["resource"]),
        ground=RecalculationGround(form["ground"]),
        first=parse_day(form.get("first", "")),
        last=parse_day(form.get("last", "")),
        document=" ".join(form.get("document", "").split()),
        residents=int(residents),
        hours=parse_number(form.get("hours", "").strip() or "0"),
        degrees=parse_number(form.get("degrees", "").strip() or "0"),
        dead_end="dead_end" in form,
    )


@pages.post("/account/<path:number>/ground/<int:ground_id>/cancel")
@needs(StaffRole.MANAGER)
def cancel_ground(number: str, ground_id: int) -> Answer:
    try:
        recalculation.cancel_of_account(
            store(), number, ground_id, by=member().login, why=request.form.get("why", ""), now=now()
        )
    except RequestRefused as error:
        return shown(number, FormFault(EntryForm.CANCEL, str(error))), 409
    return _done(number, f"Основание № {ground_id} отменено", None, "grounds")
