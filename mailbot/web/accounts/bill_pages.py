"""Bills on the pages: an account's papers in the browser's own viewer, a bill sent again, a month's bills at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from mailbot.model import RequestRefused, StaffRole
from mailbot.model.bill.sending import STATES_BY_METHOD, BillState
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month
from mailbot.services.desk.accounts.account_bills import again_page, confirm_again
from mailbot.services.desk.accounts.opened_papers import PaperFile, account_paper, issued_bill
from mailbot.services.desk.month_bills_page import bills_page
from mailbot.services.ledger.accounts.client_card import NoSuchAccount
from mailbot.web.access import needs
from mailbot.web.hostile_content import PDF_POLICY
from mailbot.web.request_context import active_rules, member, now, store

NEXT_STEPS: Mapping[DeliveryMethod, tuple[tuple[str, str, str], ...]] = {
    DeliveryMethod.EMAIL: (),
    DeliveryMethod.PAPER: (("Собрать файл для печати", "mailbot bill print", "квитанции.pdf"),),
    DeliveryMethod.EDO: (("Выгрузить", "mailbot bill edo", "папка"),),
}
"""What is left to do with bills that go so: the words, the command, its file or folder."""

pages = Blueprint("bill", __name__)

MAX_NUMBER_LENGTH = 64

Page = str | tuple[str, int]


@pages.get("/bills")
@needs(StaffRole.MANAGER)
def month() -> str:
    """A month's bills: the newest charged month, or the one asked for; one list of them where a state is asked for."""
    asked, state = request.args.get("month", ""), request.args.get("state", "")
    of = BillState(state) if state in tuple(BillState) else None
    page = bills_page(
        store(),
        now(),
        _month(asked) if asked else None,
        of,
        request.args.get("after", "")[:MAX_NUMBER_LENGTH],
    )
    return render_template(
        "bills.html", page=page, states=STATES_BY_METHOD, next_steps=NEXT_STEPS, one_state=of is not None
    )


@pages.get("/account/<path:number>/bill/<period>")
@needs(StaffRole.OPERATOR)
def paper(number: str, period: str) -> AnyResponse | Page:
    """The bill of that month as it was issued."""
    try:
        return _shown(issued_bill(store(), number, _month(period), active_rules(), now()))
    except NoSuchAccount as error:
        return _nowhere(error)


@pages.get("/account/<path:number>/statement")
@needs(StaffRole.OPERATOR)
def statement(number: str) -> AnyResponse | Page:
    """The reconciliation statement (акт сверки) of the months `since` to `until`."""
    months = _month(request.args.get("since", "")), _month(request.args.get("until", ""))
    try:
        return _shown(account_paper(store(), number, active_rules(), now(), months))
    except NoSuchAccount as error:
        return _nowhere(error)


@pages.get("/account/<path:number>/certificate")
@needs(StaffRole.OPERATOR)
def certificate(number: str) -> AnyResponse | Page:
    """The certificate that nothing is owed; RequestRefused, with the sum, where something is."""
    try:
        return _shown(account_paper(store(), number, active_rules(), now()))
    except NoSuchAccount as error:
        return _nowhere(error)


@pages.get("/account/<path:number>/bill/<period>/again")
@needs(StaffRole.OPERATOR)
def again(number: str, period: str) -> Page:
    """Ask before anything is sent: which bill, and to whom."""
    try:
        return _asked(number, _month(period))
    except NoSuchAccount as error:
        return _nowhere(error)


@pages.post("/account/<path:number>/bill/<period>/again")
@needs(StaffRole.OPERATOR)
def send_again(number: str, period: str) -> AnyResponse | Page:
    """Send the bill again to the address that was shown; where it cannot go the page says why."""
    wanted = _month(period)
    try:
        address = confirm_again(
            store(), number, wanted, active_rules(), request.form.get("to", ""), by=member().login, now=now()
        )
    except NoSuchAccount as error:
        return _nowhere(error)
    except RequestRefused as error:
        return _asked(number, wanted, str(error)), 409
    flash(f"Квитанция отправляется ещё раз на {address}.")
    return redirect(url_for("account.show", number=number) + "#bills")


def _asked(number: str, wanted: Month, fault: str = "") -> str:
    page = again_page(store(), number, wanted, active_rules())
    return render_template("bill_again.html", page=page, fault=fault or page.fault)


def _nowhere(error: NoSuchAccount) -> tuple[str, int]:
    return render_template("fault.html", code=404, words=str(error)), 404


def _month(text: str) -> Month:
    """Some browsers have no field for a month: people then write it."""
    try:
        return Month.read(text.strip())
    except ValueError as error:
        raise RequestRefused(
            f"{error}".capitalize() if text else "Напишите месяц, например 2026-10."
        ) from None


def _shown(file: PaperFile) -> Response:
    """In the browser's own viewer, where nothing of it can run; saved under a name without a path."""
    plain = "".join(character for character in file.name if character.isprintable())
    return Response(
        file.content,
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(plain, safe='')}",
            "Content-Security-Policy": PDF_POLICY,
        },
    )
