"""One row of a rule file as the model knows it: field by field, no look at other files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mailbot.model import (
    Action,
    AnswerNeeds,
    AnswerRule,
    Clause,
    ConfidenceThresholds,
    ContactChannels,
    DayKind,
    DeadlineRule,
    DocumentKind,
    GateLimits,
    LetterKind,
    Priority,
    ReplyEffect,
    Rule,
    RuleAccuracy,
    RuleAuthority,
    Topic,
)
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod
from mailbot.model.rules.rulebook import BILL_DAYS
from mailbot.policy.rulebook.protection_bounds import check_caps, check_deadline, check_thresholds
from mailbot.toml import TableFields

E = TypeVar("E", bound=StrEnum)

NO_REPLY_ACTIONS = (Action.NO_REPLY, Action.REVIEW, Action.ANSWER)
IGNORE_ACTIONS = (Action.IGNORE, Action.REVIEW)


def clause(row: TableFields) -> Clause:
    return Clause(id=row.text("id"), wording=row.text("wording"))


def no_reply_rule(row: TableFields) -> Rule:
    return _rule(row, NO_REPLY_ACTIONS)


def ignore_rule(row: TableFields) -> Rule:
    return _rule(row, IGNORE_ACTIONS)


def _rule(row: TableFields, actions: tuple[Action, ...]) -> Rule:
    """A rule that asks the client for what is missing needs the letter to ask with; others send none."""
    rule = Rule(
        name=row.text("name"),
        short=row.text("short"),
        clause=row.text("clause"),
        check=row.text("check"),
        action=row.choice("action", Action, actions),
        authority=row.choice("authority", RuleAuthority),
        template=row.optional_text("template"),
        measured=_measured(row),
    )
    if rule.action is Action.ANSWER and rule.template is None:
        row.fault(
            "action", "действие «answer» отправляет письмо: допишите template, например contacts_missing"
        )
    if rule.action is not Action.ANSWER and rule.template is not None:
        row.fault(
            "template", f"при действии «{rule.action}» письмо не отправляется: уберите template или action"
        )
    return rule


def _measured(row: TableFields) -> RuleAccuracy:
    """Both numbers, or neither: a rule that nobody has measured is as sure as a coin."""
    if not row.has("measured_right") and not row.has("measured_of"):
        return RuleAccuracy()
    accuracy = RuleAccuracy(row.whole("measured_right", 0), row.whole("measured_of", 0))
    if accuracy.right > accuracy.of:
        row.fault("measured_right", f"верных писем больше, чем всех ({accuracy.of}): проверьте оба числа")
    return accuracy


def topic(row: TableFields) -> Topic:
    return Topic(
        name=row.text("name"),
        title=row.text("title"),
        kind=row.choice("kind", LetterKind),
        deadline=row.text("deadline"),
        priority=row.choice("priority", Priority),
        emergency=row.flag("emergency"),
        patterns=tuple(patterns(row, "patterns")),
        plain=row.texts("plain") if row.has("plain") else (),
    )


def patterns(row: TableFields, key: str) -> Iterator[str]:
    """Regular expressions, each of which compiles."""
    for pattern in row.texts(key):
        if complaint := regex_fault(pattern):
            row.fault(key, f"выражение «{pattern}» не разбирается ({complaint}); исправьте его")
        yield pattern


@lru_cache(maxsize=8_192)
def regex_fault(pattern: str) -> str:
    """What `re` says against a pattern; empty where it compiles."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
    return ""


def answer(row: TableFields) -> AnswerRule:
    """Patterns, topics beside, a way of delivery and a paper have a meaning only in a row that needs the ledger."""
    rule = AnswerRule(
        name=row.text("name"),
        when=row.text("when"),
        template=row.text("template"),
        authority=row.choice("authority", RuleAuthority),
        does=_effect(row),
        needs=_optional_choice(row, "needs", AnswerNeeds) or AnswerNeeds.NOTHING,
        asks=optional_patterns(row, "asks"),
        unless=optional_patterns(row, "unless"),
        beside=row.texts("beside") if row.has("beside") else (),
        sets=_optional_choice(row, "sets", DeliveryMethod),
        sends=_optional_choice(row, "sends", DocumentKind),
    )
    if rule.needs is AnswerNeeds.NOTHING:
        for key in ("asks", "unless", "beside", "sets", "sends"):
            if row.has(key):
                row.fault(
                    key,
                    f"поле «{key}» бывает только рядом с needs; допишите needs или уберите его",
                )
    return rule


def _effect(row: TableFields) -> ReplyEffect:
    """`does`; files written before there was one say `on_substance = true` or `false`."""
    if not row.has("does") and row.has("on_substance"):
        return ReplyEffect.ANSWERS if row.flag("on_substance") else ReplyEffect.ACKNOWLEDGES
    return row.choice("does", ReplyEffect)


def _optional_choice(row: TableFields, key: str, words: type[E]) -> E | None:
    return row.choice(key, words) if row.has(key) else None


def optional_patterns(row: TableFields, key: str) -> tuple[str, ...]:
    """None where the field is left out."""
    return tuple(patterns(row, key)) if row.has(key) else ()


def deadline(row: TableFields) -> DeadlineRule:
    """The deadline; a fault where it is so long that nothing is ever late."""
    rule = DeadlineRule(
        name=row.text("name"),
        amount=row.whole("amount", 1),
        unit=row.choice("unit", DayKind),
        source=row.text("source"),
    )
    check_deadline(row, rule)
    return rule


_NOTES = ("office_notes", "payment_notes", "reading_notes")


def channels(row: TableFields) -> ContactChannels:
    """Addresses come out in lower case, our own mail address always among `own_addresses`."""
    mail = row.text("mail").lower()
    own = (mail, *(address.strip().lower() for address in row.texts("own_addresses")))
    contact_channels = ContactChannels(
        confirmed=row.flag("confirmed"),
        company=row.text("company"),
        signature=row.text("signature"),
        mail=mail,
        own_addresses=tuple(dict.fromkeys(address for address in own if address)),
        office=row.text("office"),
        office_hours=row.text("office_hours"),
        phones=row.texts("phones"),
        emergency_phone=row.text("emergency_phone"),
        site=row.text("site"),
        cabinet=row.text("cabinet"),
        reading_days=row.text("reading_days"),
        bill_days=row.text("bill_days") if row.has("bill_days") else BILL_DAYS,
        payment_ways=row.texts("payment_ways"),
        days=row.wholes("days"),
        opens=row.moment("opens"),
        closes=row.moment("closes"),
        time_zone=row.text("time_zone"),
        **{name: row.texts(name) for name in _NOTES if row.has(name)},
    )
    _check_channels(row, contact_channels)
    return contact_channels


_MIN_DIGITS = 3
"""Of a telephone: «112»."""


def _check_channels(row: TableFields, found: ContactChannels) -> None:
    if found.mail and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", found.mail):
        row.fault("mail", f"«{found.mail}» — не адрес почты; впишите адрес вида name@example.ru")
    if not found.phones or not all(sum(map(str.isdigit, phone)) >= _MIN_DIGITS for phone in found.phones):
        row.fault(
            "phones", "поле «phones»: нужен хотя бы один телефон цифрами; он стоит в каждом письме клиенту"
        )
    if not found.days or not set(found.days) <= set(range(1, 8)):
        row.fault("days", "поле «days»: нужны дни недели от 1 (понедельник) до 7, например [1, 2, 3, 4, 5]")
    if found.opens >= found.closes:
        row.fault("closes", "компания закрывается раньше, чем открывается; исправьте opens и closes")
    if found.time_zone and not _is_zone(found.time_zone):
        row.unknown("time_zone", found.time_zone, ("Asia/Yekaterinburg", "Europe/Moscow", "Asia/Novosibirsk"))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


_OPTIONAL_CAPS = ("strangers_per_hour", "strangers_per_day", "emergency_reserve")
"""A file of before has none of them: what they are then, `GateLimits` says."""


def limits(row: TableFields) -> GateLimits:
    """The caps; a fault where they would stop all letters, or none."""
    gate_limits = GateLimits(
        per_hour=row.whole("per_hour", 0),
        per_day=row.whole("per_day", 0),
        per_week=row.whole("per_week", 0),
        all_per_hour=row.whole("all_per_hour", 0),
        all_per_day=row.whole("all_per_day", 0),
        **{field: row.whole(field, 0) for field in _OPTIONAL_CAPS if row.has(field)},
    )
    check_caps(row, gate_limits)
    return gate_limits


def thresholds(row: TableFields) -> ConfidenceThresholds:
    """The thresholds; a fault where they would protect nobody."""
    confidence_thresholds = ConfidenceThresholds(
        kind=row.share("kind"),
        also=row.share("also"),
        topic=row.share("topic"),
        passes=row.share("passes"),
        argues=row.share("argues"),
        reading=row.share("reading"),
        nameless=row.share("nameless"),
        answer=row.share("answer"),
        repeat=row.share("repeat"),
        talk=row.share("talk"),
        grave_talk=row.share("grave_talk"),
        seeming_talk=row.share("seeming_talk"),
        answered=row.share("answered"),
    )
    check_thresholds(row, confidence_thresholds)
    return confidence_thresholds
