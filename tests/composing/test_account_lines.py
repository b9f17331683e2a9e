"""Figures in our letters: how they read, and that composing by itself shows them to nobody but the client."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mailbot.composing import compose, money_wording
from mailbot.composing.views.account_lines import build_account_lines, format_account
from mailbot.composing.views.charge_comparison import compare_charges
from mailbot.model import (
    AccountState,
    Action,
    CaseContext,
    Client,
    Decision,
    DeliveryMethodChange,
    Resource,
    Unit,
)
from mailbot.model.case.context import ClientProof
from mailbot.model.ledger.accounts_and_meters import Account, ClientGroup, DeliveryMethod, Month, Premises
from mailbot.model.ledger.charges import Charge, ChargeLine, LineKind, Payment, PriceComponent, VolumeBasis
from mailbot.model.ledger.money import Money, Quantity
from tests.composing.material import CONTEXT, DECISION, DIGEST, FACTS, RECEIVED, Room, a_letter

LETTER = a_letter("Вопрос")
SENDER = LETTER.from_.email
HELD = Account(
    "450123",
    ClientGroup.INDIVIDUAL,
    "Прикамский",
    Premises("Мира, 5-12", Decimal(54), 2),
    (Resource.HEATING,),
)
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def line(volume: str, sum_: str, price: str = "2345.60", kind: LineKind = LineKind.CHARGE) -> ChargeLine:
    because = "среднее за 6 мес., 2026-03…2026-08 (ПП 354 п. 59, 60)"
    return ChargeLine(
        kind=kind,
        month=OCTOBER,
        resource=Resource.HEATING,
        component=PriceComponent.HEAT,
        meter=None,
        basis=VolumeBasis.AVERAGE,
        volume=Quantity(Decimal(volume)),
        unit=Unit.GCAL,
        price=Decimal(price),
        net=Money(Decimal(sum_)),
        vat=Money(Decimal(0)),
        benefit=Money(Decimal(0)),
        sum=Money(Decimal(sum_)),
        because=because,
        source="тариф",
    )


STATE = AccountState(
    HELD,
    DeliveryMethod.PAPER,
    date(2026, 11, 21),
    Decimal("2345.60"),
    Charge(HELD, OCTOBER, (line("1", "2345.60"),)),
    date(2026, 11, 25),
    Charge(HELD, SEPTEMBER, (line("0.5", "1172.80"),)),
    (Payment(date(2026, 11, 3), Decimal("1172.80"), "п-1"),),
)
CLIENT = Client("Кошкина Анна", ("450123",), (SENDER,), ClientProof.SENDER)
KNOWN = replace(CONTEXT, client=CLIENT, states=(STATE,))
TELLS = replace(
    DECISION, action=Action.ANSWER, template="ledger_balance", on_substance=True, accounts=("450123",), accepted=(), refused=()
)  # fmt: skip


def written(room: Room, context: CaseContext, decision: Decision = TELLS) -> str | None:
    found = compose(decision, LETTER, FACTS, context, room.templates, received_at=RECEIVED, raw_digest=DIGEST)
    return found.text if found else None


def test_the_client_is_told(room: Room) -> None:
    text = written(room, KNOWN)
    assert text is not None
    assert "2\u00a0345,60\u00a0₽" in text


@pytest.mark.parametrize(
    "context",
    [
        replace(KNOWN, client=None),
        replace(KNOWN, client=replace(CLIENT, emails=("another@mail.example",))),
        replace(KNOWN, client=replace(CLIENT, accounts=("450124",))),
        replace(KNOWN, states=()),
    ],
)
def test_whatever_was_decided_no_letter_is_composed_to_an_address_that_is_not_the_accounts(
    room: Room, context: CaseContext
) -> None:
    assert written(room, context) is None
    change = DeliveryMethodChange("450123", DeliveryMethod.EMAIL, confirmed=True)
    assert written(room, context, replace(TELLS, template="e_bill_done", accounts=(), change=change)) is None


def test_figures_that_the_decision_does_not_tell_are_in_no_letter(room: Room) -> None:
    assert build_account_lines(replace(TELLS, accounts=()), KNOWN, SENDER, room.templates.zone) == ()
    text = written(room, KNOWN, replace(TELLS, accounts=()))
    assert text is not None
    assert "345,60" not in text


def test_a_charge_that_is_not_due_yet_is_no_arrears(room: Room) -> None:
    assert format_account(STATE, room.templates.zone).overdue == ""
    older = replace(STATE, balance=Decimal("2845.60"))
    assert format_account(older, room.templates.zone).overdue == "500,00\u00a0₽"
    passed = replace(STATE, as_of=date(2026, 11, 26))
    assert format_account(passed, room.templates.zone).overdue == "2\u00a0345,60\u00a0₽"


@pytest.mark.parametrize(("balance", "standing"), [("0.00", "even"), ("-12.30", "ahead"), ("12.30", "debt")])
def test_debt_and_money_paid_ahead_are_told_apart(room: Room, balance: str, standing: str) -> None:
    found = format_account(replace(STATE, balance=Decimal(balance)), room.templates.zone)
    assert (found.standing, found.balance.startswith("−")) == (standing, False)


def test_what_changed_most_is_named_with_its_volume_and_price() -> None:
    told = compare_charges(Charge(HELD, OCTOBER, (line("1", "2345.60"),)), STATE.before)
    assert "Это на 1\u00a0172,80\u00a0₽ больше, чем за сентябрь 2026 (1\u00a0172,80\u00a0₽)." in told
    assert "отопление (+1\u00a0172,80\u00a0₽): объём 1 Гкал, был 0,5 Гкал" in told
    dearer = compare_charges(Charge(HELD, OCTOBER, (line("0.5", "1300.00", "2600"),)), STATE.before)
    assert "цена 2\u00a0600,00\u00a0₽, была 2\u00a0345,60\u00a0₽" in dearer
    fined = Charge(HELD, OCTOBER, (line("0.5", "1172.80"), line("1", "50.00", kind=LineKind.CORRECTION)))
    told = compare_charges(fined, STATE.before)
    assert "отопление: перерасчёт прошлого месяца (+50,00\u00a0₽), в прошлый раз этой строки не было" in told
    assert compare_charges(fined, None) == ""


def test_the_reason_of_a_line_is_told_in_plain_words() -> None:
    assert money_wording.format_reason(line("1", "1").because) == (
        "среднее за 6 мес., март 2026…август 2026 (Правила № 354, пункты 59, 60)"
    )
    assert money_wording.format_reason("показания 12.5 от 20.09.2026 и 13.35 от 20.10.2026") == (
        "показания 12,5 от 20.09.2026 и 13,35 от 20.10.2026"
    )
    assert money_wording.format_reason("норматив 0.0366 Гкал × 54.3 м² (ПП 354 п. 60)") == (
        "норматив 0,0366 Гкал × 54,3 м² (Правила № 354, пункт 60)"
    )


def test_money_below_zero_and_thousands() -> None:
    assert money_wording.format_money(Decimal("-1234567.5")) == "−1\u00a0234\u00a0567,50\u00a0₽"
