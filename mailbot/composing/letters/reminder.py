"""A reminder: short, polite, and stopped with one click (RFC 8058)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote

from mailbot.composing import money_wording as words
from mailbot.composing import wording
from mailbot.composing.message.message_bytes import Header, build_message
from mailbot.composing.message.message_ids import reminder_message_id
from mailbot.composing.message.recipient import NoRecipient, to_ascii_address
from mailbot.composing.message.standing_headers import own_headers
from mailbot.composing.message.unsolicited_headers import UNSOLICITED_HEADERS
from mailbot.composing.templates.loaded_templates import REMINDERS, MailTemplates
from mailbot.composing.views.reminder_view import ReminderView
from mailbot.model import LetterPurpose, OutgoingLetter
from mailbot.model.ledger.accounts_and_meters import RegisteredAccount
from mailbot.model.outgoing.reminder import Reminder
from mailbot.wording.resources import RESOURCES

STOP_WORDS = "Не присылайте напоминания"
"""The subject of the letter by which they are stopped; `answers.toml` understands it."""


def compose_reminder(
    one: Reminder,
    held: RegisteredAccount,
    templates: MailTemplates,
    *,
    to: str,
    until: date,
    overdue: Decimal = Decimal(0),
    stop_url: str,
    now: datetime,
) -> OutgoingLetter:
    """The reminder to `to`, which the caller has made sure is the client's own address.

    `until`: the last day for readings, or the day the bill was due; `overdue` roubles. `stop_url` (https) stops
    reminders by a POST without more; empty where the pages have no address that a stranger's browser reaches. The
    same reminder has the same Message-ID. NoRecipient where SMTP would not take the address.
    """
    recipient = to_ascii_address(to)
    if recipient is None:
        raise NoRecipient(f"На адрес «{to}» письмо отправить нельзя: проверьте его.")
    template = REMINDERS[one.kind]
    rendered = templates.render(template, _view(one, held, until, overdue, stop_url, templates))
    id = reminder_message_id(one, templates.domain)
    headers: tuple[Header, ...] = (
        *own_headers(
            templates.channels, templates.zone, to=recipient, subject=rendered.subject, id=id, at=now
        ),
        *UNSOLICITED_HEADERS,
        *_stopping(stop_url, templates.channels.mail),
    )
    content = build_message(headers, rendered.text, rendered.html, id)
    return OutgoingLetter(
        LetterPurpose.REMINDER, template, recipient, rendered.subject, id, rendered.text, content
    )


def _stopping(stop_url: str, mail: str) -> tuple[Header, ...]:
    """RFC 8058 2: a one-click header stands only beside an https address."""
    by_mail = f"<mailto:{mail}?subject={quote(STOP_WORDS)}>"
    if not stop_url:
        return (("List-Unsubscribe", by_mail),)
    return (
        ("List-Unsubscribe", f"<{stop_url}>,\r\n {by_mail}"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


def _view(
    one: Reminder,
    held: RegisteredAccount,
    until: date,
    overdue: Decimal,
    stop_url: str,
    templates: MailTemplates,
) -> ReminderView:
    return ReminderView(
        greeting=wording.format_greeting(wording.single_line(held.name)),
        account=wording.single_line(held.account.number),
        address=wording.single_line(held.account.premises.address),
        month=words.format_month(one.month),
        until=words.format_day(until),
        overdue=words.format_money(overdue) if overdue > 0 else "",
        meters=tuple(
            f"{RESOURCES[meter.resource]}, счётчик № {wording.single_line(meter.serial)}"
            for meter in held.account.meters
            if meter.removed is None and meter.resource.charged
        ),
        again=one.nth > 1,
        stop_url=stop_url,
        stop_words=STOP_WORDS,
        channels=templates.channels,
    )
