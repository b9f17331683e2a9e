"""The rulebook with all that the ledger is kept by: one loading, so that the faults of every file are told at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from mailbot.billing import bank_file, notice_file, tariff_file
from mailbot.billing.tariffs import Tariffs
from mailbot.model import LedgerRules, Rulebook, RulebookError, SourceFile
from mailbot.model.bill.bill import BillNotice, Payee
from mailbot.policy import load_rulebook

T = TypeVar("T")


def load_rules(
    sources: tuple[SourceFile, ...],
) -> tuple[Rulebook, Tariffs, Payee, tuple[BillNotice, ...]]:
    """All of `rules/`: the rulebook with what readings are judged by of the tariffs, and what bills are made of.

    RulebookError holds a line a fault of any of the files.
    """
    faults: list[str] = []

    def loaded(load: Callable[[], T]) -> T | None:
        try:
            return load()
        except RulebookError as error:
            faults.extend(error.faults)
            return None

    def file(name: str) -> SourceFile:
        return next((source for source in sources if source.name == name), SourceFile(name, ""))

    rulebook = loaded(lambda: load_rulebook(sources))
    tariffs = loaded(lambda: tariff_file.load_tariffs(file(tariff_file.FILE)))
    payee = loaded(lambda: bank_file.load_payee(file(bank_file.FILE)))
    areas = tuple(tariffs.hot_water) if tariffs else ()
    notices = loaded(lambda: notice_file.load_notices(file(notice_file.FILE), areas))
    if rulebook is None or tariffs is None or payee is None or notices is None:
        raise RulebookError(tuple(faults))
    ledger = LedgerRules(tariffs.terms, tariffs.norms)
    return replace(rulebook, ledger=ledger), tariffs, payee, notices
