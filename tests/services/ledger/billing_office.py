"""A company that may send bills: its requisites and channels are confirmed, its months are closed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from functools import cache

from pypdf import PdfReader
from sqlalchemy import select

from mailbot.command_setup import load_files
from mailbot.config import Settings
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, RegisteredAccount
from mailbot.model.outgoing.sending_pace import BillLimits
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules
from mailbot.services.ledger.bills.month_sending import BillSendingResult, send_month
from mailbot.store import Store
from mailbot.store.schema.letters_and_cases import outbox
from tests.services.ledger.town import OCTOBER, SEPTEMBER, close, flat, settle

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
AT_ONCE = BillLimits(
    per_minute=10**6, per_day=10**6, all_per_minute=10**6, all_per_day=10**6, ramp=(),
    address_per_day=50, quiet_from=time(0), quiet_until=time(0),
)  # fmt: skip


@cache
def example_rules() -> ActiveRules:
    """The rules as shipped: examples stand in them."""
    return load_checked_rules(0, load_files(Settings()))


def confirmed_rules(limits: BillLimits = AT_ONCE) -> ActiveRules:
    rules = example_rules()
    channels = replace(rules.rulebook.channels, confirmed=True)
    rulebook = replace(rules.rulebook, channels=channels, bills=limits)
    return replace(rules, rulebook=rulebook, payee=replace(rules.payee, confirmed=True))


def resident(
    number: str, *emails: str, delivery: DeliveryMethod = DeliveryMethod.EMAIL, address: str | None = None
) -> RegisteredAccount:
    one = flat(number, serial=f"s{number}")
    premises = replace(one.account.premises, address=address or f"ул. Мира, д. 5, кв. {int(number) % 1000}")
    return replace(
        one,
        account=replace(one.account, premises=premises),
        name="Кошкина Анна Петровна",
        emails=emails,
        delivery=delivery,
    )


def charged(store: Store, *people: RegisteredAccount) -> None:
    """Residents of a town whose September and October are closed."""
    settle(store, *people)
    for month in (SEPTEMBER, OCTOBER):
        assert close(store, month).finished


def send(
    store: Store,
    *only: str,
    at: datetime = NOW,
    rules: ActiveRules | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> BillSendingResult:
    return send_month(
        store, OCTOBER, rules or confirmed_rules(), by="Зуева", clock=lambda: at, only=only, told=told
    )


def letters(store: Store) -> list[tuple[str, str, bytes]]:
    """(recipient, state, bytes) of all in the outbox, oldest first."""
    with store.write() as transaction:
        query = select(outbox.c.recipient, outbox.c.state, outbox.c.content).order_by(outbox.c.id)
        rows = transaction.execute(query).all()
    return [(row.recipient, row.state, bytes(row.content)) for row in rows]


def pdf_of(content: bytes) -> bytes:
    """The paper attached to a mail."""
    (found,) = [
        part for part in message_from_bytes(content).walk() if part.get_content_type() == "application/pdf"
    ]
    payload = found.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def accounts_in(text: str, numbers: Iterable[str]) -> set[str]:
    """Which of the accounts the paper names, as whole words."""
    words = set("".join(one if one.isalnum() else " " for one in text).split())
    return {number for number in numbers if number in words}


def later(days: float) -> datetime:
    return NOW + timedelta(days=days)
