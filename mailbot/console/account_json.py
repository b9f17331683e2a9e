"""An account's card as the keys of `mailbot account --json`: sums, volumes and readings are exact text."""

from __future__ import annotations

from mailbot.model.ledger.charges import Charge, ChargeLine, Payment
from mailbot.model.ledger.reconciliation import Statement
from mailbot.services.ledger.accounts.account_summary import AccountCard, MeterStatus


def card_json(card: AccountCard) -> dict[str, object]:
    """The whole card; `balance` above zero is owed, below zero paid ahead."""
    held = card.held.account
    return {
        "account": held.number,
        "name": card.held.name,
        "group": held.group,
        "service_area": held.service_area,
        "address": held.premises.address,
        "area": str(held.premises.area),
        "residents": held.premises.residents,
        "resources": list(held.resources),
        "benefit_percent": str(held.benefit_percent),
        "emails": list(card.held.emails),
        "phones": list(card.held.phones),
        "delivery": card.held.delivery,
        "meters": [_meter(meter) for meter in card.meters],
        "balance": str(card.balance),
        "statement": _statement(card.statement),
        "last_charge": _charge(card.last) if card.last else None,
    }


def _meter(one: MeterStatus) -> dict[str, object]:
    meter, last = one.meter, one.last
    return {
        "serial": meter.serial,
        "resource": meter.resource,
        "unit": meter.unit,
        "digits": meter.digits,
        "installed": meter.installed.isoformat(),
        "removed": meter.removed.isoformat() if meter.removed else None,
        "verified_until": meter.verified_until.isoformat() if meter.verified_until else None,
        "in_order": one.in_order,
        "last": {"value": str(last.value), "day": last.day.isoformat(), "month": str(last.month)}
        if last
        else None,
    }


def _statement(statement: Statement) -> dict[str, object]:
    return {
        "opening": str(statement.opening),
        "charged": str(statement.charged),
        "paid": str(statement.paid),
        "closing": str(statement.closing),
        "months": [
            {
                "month": str(month.month),
                "opening": str(month.opening),
                "charged": str(month.charged),
                "penalty": str(month.penalty),
                "corrections": str(month.corrections),
                "paid": str(month.paid),
                "closing": str(month.closing),
                "payments": [_payment(paid) for paid in month.payments],
            }
            for month in statement.months
        ],
    }


def _payment(one: Payment) -> dict[str, object]:
    return {
        "paid_on": one.paid_on.isoformat(),
        "amount": str(one.amount),
        "document": one.document,
        "month": str(one.month) if one.month else None,
    }


def _charge(one: Charge) -> dict[str, object]:
    return {"month": str(one.month), "total": str(one.total), "lines": [_line(line) for line in one.lines]}


def _line(line: ChargeLine) -> dict[str, object]:
    return {
        "kind": line.kind,
        "month": str(line.month),
        "resource": line.resource,
        "component": line.component,
        "meter": line.meter,
        "basis": line.basis,
        "volume": str(line.volume),
        "unit": line.unit,
        "price": None if line.price is None else str(line.price),
        "net": str(line.net),
        "vat": str(line.vat),
        "benefit": str(line.benefit),
        "sum": str(line.sum),
        "because": line.because,
        "source": line.source,
    }
