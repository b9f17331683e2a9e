"""The last look before any automatic letter leaves: robots, loops, floods (RFC 3834 2 and 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.model import AutomaticTraffic, Decision, GateHold, GateLimits, Priority, Rulebook
from mailbot.model.outgoing.writer_class import WriterClass
from mailbot.policy.verdict import LetterInContext

_ADDRESS = re.compile(
    r"[^@\s<>,;\"\x00-\x1f]{1,64}@[^@\s<>,;\"\x00-\x1f]{1,253}\.[^@\s<>,;\".\x00-\x1f]{2,63}"
)
_MACHINE = re.compile(
    r"(?:mailer[-_.]?daemon|postmaster|no[-_.]?reply|do[-_.]?not[-_.]?reply|not[-_.]?reply|bounces?|notifications?"
    r"|notify|auto[-_.]?(?:reply|responder|answer|mail)|robot|daemon|listserv|majordomo|news[-_.]?letters?|mailing"
    r"|owner|subscribe|unsubscribe)(?:[-_.+=0-9].*)?",
)
"""Local parts behind which nobody reads (RFC 2142 and what mass senders use)."""
_MACHINE_ENDING = re.compile(r".*[-_.](?:no[-_.]?reply|bounces?|owner|request)$")


def check_gate(recipient: str, matter: LetterInContext, decision: Decision, now: datetime) -> GateHold | None:
    """Why an automatic letter may not go to `recipient`; None where it may.

    What is held is kept and shown, never dropped: a person can still send it.
    """
    return next(_objections(recipient.strip().lower(), matter, writer_class(matter, decision), now), None)


def writer_class(matter: LetterInContext, decision: Decision) -> WriterClass:
    """Whose letter it is, for the caps of all addresses."""
    if decision.priority is Priority.EMERGENCY:
        return WriterClass.EMERGENCY
    return WriterClass.CLIENT if matter.context.known_writer else WriterClass.STRANGER


def why_no_room(of: WriterClass, traffic: AutomaticTraffic, limits: GateLimits) -> GateHold | None:
    """Why no more automatic letters leave to writers of that class for now; None where there is room."""
    return next(_caps_of_all(of, traffic, limits), None)


def hold_back(decision: Decision, held: GateHold) -> Decision:
    """The decision where its letter may not leave by itself: a person is shown why, and may send it.

    A change of delivery is not proposed: only a letter that the client confirmed carries it out.
    """
    proposed = decision.proposed or (decision.template if decision.change is None else None)
    return replace(
        decision, proposed=proposed, doubts=(*decision.doubts, f"ответ не ушёл сам. {held.reason}")
    )


def check_unsolicited_gate(recipient: str, sent_today: int, rulebook: Rulebook) -> GateHold | None:
    """Why a letter that answers none (a bill, a reminder) may not go to `recipient`; None where it may.

    `sent_today` such letters went there within 24 hours. The caps of answers are not asked: they are kept for those
    who have written to us.
    """
    if (unfit := why_unfit_address(recipient, rulebook)) is not None:
        return unfit
    cap = rulebook.bills.address_per_day
    if sent_today >= cap:
        return GateHold(
            f"На {recipient} за сутки уже отправлено квитанций и напоминаний: {sent_today} (предел {cap})."
        )
    return None


def why_unfit_address(recipient: str, rulebook: Rulebook) -> GateHold | None:
    """Why nothing automatic may ever go to the address; None where it may."""
    return next(_unfit(recipient.strip().lower(), rulebook), None)


def why_enough(
    recipient: str, traffic: AutomaticTraffic, limits: GateLimits, now: datetime
) -> GateHold | None:
    """Why no more automatic letters leave to that address for now; None where they may."""
    return next(_caps_of_address(recipient, traffic, limits, now), None)


def _objections(
    recipient: str, matter: LetterInContext, of: WriterClass, now: datetime
) -> Iterator[GateHold]:
    letter = matter.letter
    if letter.automatic:
        what = "автоматическое" if letter.strong_signs else "похоже на автоматическое"
        yield GateHold(f"Письмо {what} ({letter.automatic[0].evidence}): программам не отвечаем.")
    yield from _unfit(recipient, matter.rulebook)
    yield from _caps_of_address(recipient, matter.context.traffic, matter.rulebook.limits, now)
    yield from _caps_of_all(of, matter.context.traffic, matter.rulebook.limits)


def _unfit(recipient: str, rulebook: Rulebook) -> Iterator[GateHold]:
    if not _ADDRESS.fullmatch(recipient):
        yield GateHold(f"Адрес «{recipient}» не годится для ответа.")
    if recipient in rulebook.channels.own_addresses:
        yield GateHold(f"{recipient} — наш собственный адрес.")
    if is_machine_address(recipient):
        yield GateHold(f"Адрес {recipient} принадлежит программе: писем на него не читают.")


def is_machine_address(address: str) -> bool:
    """Does the local part of an address (lower case) say that nobody reads it?"""
    local = address.rpartition("@")[0]
    return _MACHINE.fullmatch(local) is not None or _MACHINE_ENDING.fullmatch(local) is not None


def _caps_of_address(
    recipient: str, traffic: AutomaticTraffic, limits: GateLimits, now: datetime
) -> Iterator[GateHold]:
    windows = (
        (timedelta(hours=1), limits.per_hour, "за час"),
        (timedelta(days=1), limits.per_day, "за сутки"),
        (timedelta(days=7), limits.per_week, "за неделю"),
    )
    for window, cap, name in windows:
        sent = sum(now - window < moment for moment in traffic.to_address)
        if sent >= cap:
            yield GateHold(
                f"На {recipient} {name} уже отправлено автоматических писем: {sent} (предел {cap})."
            )


def _caps_of_all(of: WriterClass, traffic: AutomaticTraffic, limits: GateLimits) -> Iterator[GateHold]:
    """Emergencies may use all of the caps, clients all but the reserve, strangers a part of their own of that."""
    kept = 0 if of is WriterClass.EMERGENCY else limits.emergency_reserve
    for sent, cap, name in (
        (traffic.all_last_hour, limits.all_per_hour, "за час"),
        (traffic.all_last_day, limits.all_per_day, "за сутки"),
    ):
        most = cap - cap * kept // 100
        if sent >= most:
            reserve = f", из них {cap - most} оставлены авариям" if most < cap else ""
            yield GateHold(
                f"Всего {name} уже отправлено автоматических писем: {sent} (предел {cap}{reserve}). {_LATER}",
                of,
            )
    if of is not WriterClass.STRANGER:
        return
    for sent, cap, name in (
        (traffic.strangers_last_hour, limits.strangers_per_hour, "за час"),
        (traffic.strangers_last_day, limits.strangers_per_day, "за сутки"),
    ):
        if sent >= cap:
            yield GateHold(
                f"На незнакомые адреса {name} уже отправлено автоматических писем: {sent} (предел {cap}). {_LATER}",
                of,
            )


_LATER = "Письмо уйдёт само, когда предел позволит, если раньше не ответит сотрудник."
