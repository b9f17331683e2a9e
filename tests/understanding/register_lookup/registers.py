"""Registers built by hand for the tests of understanding: what the company knows, in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mailbot.model import Resource, Unit
from mailbot.model.ledger.register import Register, RegisterColumns, RegisterMeter, build_register
from mailbot.model.written_forms.address import address_key
from mailbot.model.written_forms.phone import normalize_phone


@dataclass(frozen=True, slots=True)
class Client:
    """A client of one account; `dials` are the last values of its meters: hot water in m³, else heating in Гкал."""

    account: str
    name: str = "Кокшаров Пётр Ильич"
    address: str = ""
    email: str = ""
    phone: str = ""
    serial: str = ""
    hot: str = ""
    heat: str = ""

    @property
    def dials(self) -> tuple[RegisterMeter, ...]:
        found = []
        if self.hot:
            found.append(RegisterMeter(self.serial or "111", Resource.HOT_WATER, Unit.M3, Decimal(self.hot)))
        if self.heat:
            found.append(RegisterMeter(self.serial or "222", Resource.HEATING, Unit.GCAL, Decimal(self.heat)))
        return tuple(found)


def register(*clients: Client) -> Register:
    """The register of these clients, with the dials and the names of all of them."""
    return replace(
        _compiled(clients),
        dials={one.account: one.dials for one in clients},
        clients={one.account: one.name for one in clients},
    )


def _compiled(clients: Sequence[Client]) -> Register:
    return build_register(
        "",
        RegisterColumns(
            ((one.account, one.name, address_key(one.address), at) for at, one in enumerate(clients)),
            ((one.account, one.serial) for one in clients if one.serial),
            ((at, normalize_phone(one.phone)) for at, one in enumerate(clients) if one.phone),
            ((at, one.email) for at, one in enumerate(clients) if one.email),
        ),
    )
