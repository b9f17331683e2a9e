"""The company on its papers: requisites, and every way to reach it (the standard, chapters 2 to 4)."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.model import ContactChannels
from mailbot.model.bill.bill import Payee


@dataclass(frozen=True, slots=True)
class Company:
    """`name` is the payee's, as the bank knows it; the rest as `bank.toml` and `channels.toml` have it."""

    name: str
    inn: str
    kpp: str
    account: str
    bank: str
    bic: str
    corr_account: str
    address: str
    phones: str
    emergency: str
    mail: str
    site: str
    cabinet: str
    office: str
    hours: str
    reading_days: str
    ways: tuple[str, ...]


def build_company(payee: Payee, channels: ContactChannels) -> Company:
    return Company(
        name=payee.name,
        inn=payee.inn,
        kpp=payee.kpp,
        account=payee.account,
        bank=payee.bank,
        bic=payee.bic,
        corr_account=payee.corr_account,
        address=payee.address,
        phones=", ".join(channels.phones),
        emergency=channels.emergency_phone,
        mail=channels.mail,
        site=channels.site,
        cabinet=channels.cabinet,
        office=channels.office,
        hours=channels.office_hours,
        reading_days=channels.reading_days,
        ways=channels.payment_ways,
    )
