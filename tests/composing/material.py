"""A letter, facts and a decision to vary; the package's own channels, answers and templates."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from mailbot.composing import MailTemplates
from mailbot.model import (
    Action,
    Address,
    AnswerRule,
    CaseContext,
    Certainty,
    ConfidenceThresholds,
    ContactChannels,
    Contacts,
    Decision,
    ExtractedValue,
    Facts,
    GateLimits,
    Judgement,
    Letter,
    LetterKind,
    LetterPart,
    Priority,
    Reading,
    Resource,
    RuleAuthority,
    Rulebook,
    Segment,
    SegmentRole,
    SourceFile,
    Unit,
)
from mailbot.model.trained.linear_classifier import classifier_of

TOP = Path(__file__).parents[2]
DIGEST = "0" * 63 + "1"
RECEIVED = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
DECIDED = datetime(2026, 11, 21, 7, 31, tzinfo=UTC)
DEADLINE = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def mail_sources() -> tuple[SourceFile, ...]:
    return tuple(
        SourceFile(f"templates/mail/{path.name}", path.read_text(encoding="utf-8"))
        for path in sorted((TOP / "templates/mail").iterdir())
    )


def package_rulebook() -> Rulebook:
    rules = TOP / "rules"
    channels = tomllib.loads((rules / "channels.toml").read_text(encoding="utf-8"))
    known: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in channels.items()}
    answers = tomllib.loads((rules / "answers.toml").read_text(encoding="utf-8"))["answer"]
    return Rulebook(
        version="0" * 12,
        clauses=(),
        ignore=(),
        no_reply=(),
        topics=(),
        answers=tuple(AnswerRule(**row | {"authority": RuleAuthority(row["authority"])}) for row in answers),
        deadlines=(),
        channels=ContactChannels(**known),
        limits=GateLimits(3, 5, 10, 100, 500),
        thresholds=ConfidenceThresholds(
            kind=0.5,
            also=0.5,
            topic=0.4,
            passes=0.5,
            argues=0.05,
            reading=0.5,
            nameless=0.7,
            answer=0.5,
            repeat=0.5,
        ),
        classifier=classifier_of((), {}),
        lexicons=(),
        trusted_authservers=(),
    )


def a_part(name: str, text: str) -> LetterPart:
    return LetterPart(name, text, (Segment(0, len(text), SegmentRole.WRITTEN),))


def a_letter(subject: str = "Показания", **fields: object) -> Letter:
    letter = Letter(
        message_id="<abc@mail.ru>",
        from_=Address("Светлана", "sveta@mail.ru"),
        reply_to=(),
        to=(Address("", "8666@bk.ru"),),
        cc=(),
        sent_at=None,
        in_reply_to=(),
        references=(),
        parts=(a_part("subject", subject), a_part("body", "лс 7023188 гвс 148,50")),
        html="",
        attachments=(),
        automatic=(),
        damage=(),
        authentication_results=(),
        received_at=RECEIVED,
    )
    return replace(letter, **fields)  # type: ignore[arg-type]  # the tests name the fields they change


YES = Judgement(Certainty.YES, "ясно")
HOT = Reading(Decimal("148.50"), "7023188", "08123456", Resource.HOT_WATER, Unit.M3, ())
FACTS = Facts(
    kinds=(ExtractedValue(LetterKind.READING, ()),),
    topics=(),
    urgent=(),
    readings=(HOT,),
    contacts=Contacts(names=(ExtractedValue("Зырянова Светлана Юрьевна", (), 0.95),)),
    abuse=(),
    substance=YES,
    readable=YES,
    client=YES,
)
CONTEXT = CaseContext(number="26-000123", register_known=True)
DECISION = Decision(
    action=Action.READING_ACCEPTED,
    rule="reading-accepted",
    clause="3",
    because="показания приняты",
    trials=(),
    template="reading_accepted",
    proposed=None,
    on_substance=True,
    accepted=(HOT,),
    refused=(),
    doubts=(),
    priority=Priority.NORMAL,
    topic=None,
    respond_by=DEADLINE,
    deadline_source="проект",
    confidence=0.95,
    rulebook_version="0" * 12,
    decided_at=DECIDED,
)


@dataclass(frozen=True)
class Room:
    """Everything `compose` takes besides what a test varies."""

    rulebook: Rulebook
    templates: MailTemplates
