"""The reconciliation statement and the certificate of no debt: from the ledger, to the kopeck."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from mailbot.documents import render_certificate, render_statement
from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.accounts.statement_and_certificate import (
    account_paper,
    certificate_pdf,
    statement_pdf,
)
from mailbot.store import Store
from mailbot.wording.amounts import format_money
from tests.documents.paper_reading import words
from tests.material import flat

TODAY = date(2026, 11, 4)


def test_a_statement_has_every_charge_and_payment_of_its_months(
    flat_store: Store, rules: ActiveRules
) -> None:
    text = words(statement_pdf(flat_store, flat.NUMBER, rules, TODAY, Month(2026, 3), Month(2026, 10)))
    paper = account_paper(flat_store, flat.NUMBER, rules, TODAY, Month(2026, 3), Month(2026, 10))
    assert len(paper.statement.months) == 8
    for month in paper.statement.months:
        assert f"{month.month.last:%d.%m.%Y} Начислено за" in text
        assert format_money(month.charged).replace("\u00a0", " ") in text
        for paid in month.payments:
            row = f"{paid.paid_on:%d.%m.%Y} Оплата, документ {paid.document} {format_money(paid.amount)}"
            assert row.replace("\u00a0", " ") in text
    totals = f"{format_money(paper.statement.charged)} {format_money(paper.statement.paid)}".replace(
        "\u00a0", " "
    )
    assert f"Обороты за период {totals}" in text
    assert (
        f"Сальдо на 31.10.2026: долг плательщика {format_money(paper.statement.closing)}".replace(
            "\u00a0", " "
        )
        in text
    )


def test_a_long_statement_goes_on_over_the_page(flat_store: Store, rules: ActiveRules) -> None:
    paper = account_paper(flat_store, flat.NUMBER, rules, TODAY)
    months = paper.statement.months * 4
    pdf = render_statement(replace(paper, statement=replace(paper.statement, months=months)), rules.documents)
    assert len(pypdfium2.PdfDocument(pdf)) > 1
    assert words(pdf).count("Начислено за октябрь 2026") == 4


def test_no_certificate_for_who_owes(flat_store: Store, rules: ActiveRules) -> None:
    with pytest.raises(RequestRefused, match="есть долг: 1\u00a0411,09 ₽"):
        certificate_pdf(flat_store, flat.NUMBER, rules, TODAY)


@pytest.mark.parametrize(("balance", "told"), [("0.00", ""), ("-12.50", "Внесено вперёд: 12,50 руб.")])
def test_a_certificate_for_who_owes_nothing(
    flat_store: Store, rules: ActiveRules, balance: str, told: str
) -> None:
    paper = replace(account_paper(flat_store, flat.NUMBER, rules, TODAY), balance=Decimal(balance))
    text = words(render_certificate(paper, rules.documents))
    assert "Справка об отсутствии задолженности № 7023144-041126 от 04.11.2026" in text
    assert "Каменева Светлана Юрьевна" in text
    assert told in text
    assert ("Внесено вперёд" in text) == bool(told)


def test_a_kopeck_owed_refuses_it(flat_store: Store, rules: ActiveRules) -> None:
    paper = replace(account_paper(flat_store, flat.NUMBER, rules, TODAY), balance=Decimal("0.01"))
    with pytest.raises(RequestRefused):
        render_certificate(paper, rules.documents)
