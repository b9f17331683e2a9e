"""Appeals that staff register, whatever way they came; their receipt."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mailbot.model import Channel, RequestRefused, StaffRole
from mailbot.services.desk.case_file.case_file import case_file
from mailbot.services.desk.office_appeals import MAX_TEXT_LENGTH, Appeal, register
from mailbot.web.access import needs
from mailbot.web.request_context import active_rules, member, now, store
from mailbot.wording.case_titles import CHANNELS

pages = Blueprint("office", __name__)

TYPED_CHANNELS = tuple(channel for channel in Channel if channel.registered_by_staff)


@pages.get("/office")
@needs(StaffRole.OPERATOR)
def show() -> str:
    return _form(Appeal(Channel.OFFICE, "", ""))


def _form(appeal: Appeal, fault: str = "") -> str:
    channels = [(channel, CHANNELS[channel]) for channel in TYPED_CHANNELS]
    return render_template("office.html", appeal=appeal, channels=channels, fault=fault, most=MAX_TEXT_LENGTH)


@pages.post("/office")
@needs(StaffRole.OPERATOR)
def take() -> Response | tuple[str, int]:
    """Register; where something is wrong, the form comes back as it was filled."""
    form = request.form
    channel = Channel(form["channel"]) if form.get("channel") in TYPED_CHANNELS else Channel.OFFICE
    fields = {name: form.get(name, "").strip() for name in ("name", "account", "phone", "address", "email")}
    appeal = Appeal(channel, form.get("subject", "").strip(), form.get("text", ""), **fields)
    rules = active_rules()
    try:
        case = register(store(), rules.rulebook, rules.templates, appeal, by=member().login, now=now())
    except RequestRefused as error:
        return _form(appeal, str(error)), 409
    return redirect(url_for("office.receipt", reference=case.number))


@pages.get("/case/<reference>/receipt")
@needs(StaffRole.OPERATOR)
def receipt(reference: str) -> str:
    """To be printed and handed to the client: number, date, deadline."""
    file = case_file(store(), reference, member(), now())
    return render_template(
        "receipt.html", file=file, line=file.line, channels=active_rules().rulebook.channels
    )
