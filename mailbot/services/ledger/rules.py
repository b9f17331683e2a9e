"""The rulebook with what readings are judged by of `tariffs.toml`: one loading, so that faults of both are told at once."""

from __future__ import annotations

from dataclasses import replace

from mailbot.billing.tariff_file import FILE, load_tariffs
from mailbot.billing.tariffs import Tariffs
from mailbot.model import LedgerRules, Rulebook, RulebookError, Source
from mailbot.policy import load_rulebook


def load_rules(sources: tuple[Source, ...]) -> tuple[Rulebook, Tariffs]:
    """Rules and tariffs of these files; RulebookError holds a line a fault of either."""
    faults: list[str] = []
    rulebook = tariffs = None
    try:
        rulebook = load_rulebook(sources)
    except RulebookError as error:
        faults += error.faults
    try:
        tariffs = load_tariffs(next((one for one in sources if one.name == FILE), Source(FILE, "")))
    except RulebookError as error:
        faults += error.faults
    if rulebook is None or tariffs is None:
        raise RulebookError(tuple(faults))
    return replace(rulebook, ledger=LedgerRules(tariffs.terms, tariffs.norms)), tariffs
