"""`mailbot account`: a client's card — register, meters, reconciliation statement, last charge."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from mailbot.commands.shared_options import CONFIG, AsJson, ConfigPath, company_date, open_store, out
from mailbot.config import load_settings


def account(
    number: Annotated[str, typer.Argument(help="Лицевой счёт.")],
    since: Annotated[str, typer.Option(help="Сверка с месяца: 2026-01; без него — за последний год.")] = "",
    until: Annotated[str, typer.Option(help="Сверка по месяц: 2026-10; без него — по нынешний.")] = "",
    as_json: AsJson = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Показать карточку счёта: кто это, показания, сверку начислений и оплат, последнее начисление."""
    from mailbot.command_setup import clock
    from mailbot.console.account_card import show_card
    from mailbot.console.account_json import card_json
    from mailbot.services.ledger.accounts.account_summary import account_card
    from mailbot.services.ledger.tables.written_values import parse_month

    first, last = (parse_month(text) if text else None for text in (since, until))
    settings = load_settings(config)
    with open_store(settings) as store:
        card = account_card(
            store, number, today=company_date(store, settings, clock()), since=first, until=last
        )
    if as_json:
        sys.stdout.write(json.dumps(card_json(card), ensure_ascii=False) + "\n")
    else:
        show_card(out, card)
