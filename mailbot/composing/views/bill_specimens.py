"""Specimens of the bill's mail: one with everything, one of an account that has paid ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo

from mailbot.composing import wording
from mailbot.composing.views.bill_view import BillView, ConsumptionLine
from mailbot.model import ContactChannels


def bill_specimens(channels: ContactChannels, _zone: tzinfo) -> tuple[BillView, ...]:
    """Fictional bills, so that each branch of the template is run before a client's bill is."""
    full = BillView(
        title="Квитанция",
        greeting=wording.format_greeting("Зырянова Светлана Юрьевна"),
        account="7023188",
        address="п. Прикамский, ул. Мира, 5-12",
        month="октябрь 2026",
        to_pay="4 523,53 ₽",
        asked=True,
        overpaid=False,
        due="15.11.2026",
        charged="3 023,53 ₽",
        owed="2 506,16 ₽",
        ahead="",
        paid="1 006,16 ₽",
        since="01.10.2026",
        issued="05.11.2026",
        uses=(
            ConsumptionLine(
                "Горячая вода",
                "4,5 м³",
                "по показаниям",
                "на 0,8 м³ больше, чем в сентябре; на 1,2 м³ меньше, чем в октябре 2025 года",
            ),
            ConsumptionLine("Отопление", "0,85 Гкал", "по нормативу", ""),
        ),
        picture="cid:qr.specimen@mail.example",
        again=True,
        channels=channels,
    )
    ahead = replace(
        full,
        to_pay="120,00 ₽",
        asked=False,
        overpaid=True,
        owed="",
        ahead="3 143,53 ₽",
        paid="",
        uses=(),
        picture="",
        again=False,
    )
    return full, ahead
