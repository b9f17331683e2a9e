"""The Russian words for what stands in a charge: in the terminal, on the pages, in the bookkeeper's table."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.model.ledger.charges import ChargeLine, LineKind, PriceComponent
from mailbot.wording.charge_reasons import BASES

__all__ = ["BASES", "COMPONENTS", "KINDS", "line_title"]

COMPONENTS: Mapping[str, str] = {
    PriceComponent.HEAT: "отопление",
    PriceComponent.COLD_WATER: "холодная вода для ГВС",
    PriceComponent.HEAT_CARRIER: "теплоноситель",
    PriceComponent.HOT_WATER: "горячая вода",
}
KINDS: Mapping[str, str] = {
    LineKind.CHARGE: "начислено",
    LineKind.ABSENCE: "перерасчёт за отсутствие",
    LineKind.QUALITY: "перерасчёт за качество",
    LineKind.TAKEN_BACK: "снято начисленное по расчёту",
    LineKind.CORRECTION: "исправление прошлого месяца",
    LineKind.PENALTY: "пеня",
}


def line_title(line: ChargeLine) -> str:
    """What a line is for, in words: the heat in hot water is no heating."""
    kind = KINDS[line.kind]
    if line.component is None:
        return kind
    heats_water = line.component is PriceComponent.HEAT and line.of_component
    return f"{'нагрев воды' if heats_water else COMPONENTS[line.component]}: {kind}"
