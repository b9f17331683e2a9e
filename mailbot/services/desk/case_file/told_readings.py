"""The readings of a case as a letter to its sender may show them: to anybody but the proven client, only their own words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mailbot.model import Rulebook
from mailbot.policy import disclosable_reason, find_owner_doubt
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.store import RecordedDecision
from mailbot.store.cases.review_queue import CaseReading

CORRECTED = "значение исправил сотрудник"
"""What stands in place of a value that the letter does not write."""


def why_unproven(file: CaseFile, rulebook: Rulebook) -> str:
    """Why the sender may not be told what the register knows of the readings' meters (Russian); empty where they may."""
    if file.letter is None:
        return "письмо не разобрано"
    if doubt := find_owner_doubt(file.letter, file.client, rulebook):
        return doubt
    own = file.client.accounts if file.client else ()
    foreign = [reading.account for reading in file.readings if reading.account and reading.account not in own]
    return f"лицевой счёт {foreign[0]} не записан за отправителем" if foreign else ""


def disclosed_readings(file: CaseFile, rulebook: Rulebook) -> tuple[CaseReading, ...]:
    """The readings as they stand, or, for a sender who is not proven, with nothing that the letter does not write."""
    if not why_unproven(file, rulebook):
        return file.readings
    return as_written(file.readings, file.judged, file.letter.part("body").text if file.letter else "")


def as_written(
    readings: tuple[CaseReading, ...], judged: RecordedDecision | None, text: str
) -> tuple[CaseReading, ...]:
    """No account, meter or value but those in the letter (its facts, or its `text`), and no reason that the register gives."""
    written = judged.facts.readings if judged else ()
    accounts = {reading.account for reading in written}
    accounts |= {account.value for account in judged.facts.contacts.accounts} if judged else set()
    meters, values = {reading.meter for reading in written}, {reading.value for reading in written}
    return tuple(
        replace(
            reading,
            account=reading.account if reading.account in accounts else None,
            meter=reading.meter if reading.meter in meters else None,
            value=reading.value
            if Decimal(reading.value) in values or _is_written(reading.value, text)
            else "",
            reason=disclosable_reason(reading.reason),
        )
        for reading in readings
    )


def _is_written(value: str, text: str) -> bool:
    plain = value.rstrip("0").rstrip(".") if "." in value else value
    return bool(plain) and (plain in text or plain.replace(".", ",") in text)
