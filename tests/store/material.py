"""Letters, facts and decisions as the other rooms hand them over, each with only what a test says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from mailbot.model import (
    Action,
    Address,
    CaseContext,
    Certainty,
    Channel,
    Contacts,
    Decision,
    Envelope,
    ExtractedValue,
    Facts,
    GateHold,
    Judgement,
    Letter,
    LetterKind,
    LetterPart,
    LetterPurpose,
    MailboxLocation,
    OutgoingLetter,
    Priority,
    RawLetter,
    Reading,
    Resource,
    ReturnedLetters,
    RuleTrial,
    Segment,
    SegmentRole,
    Span,
    Unit,
)
from mailbot.store import Store
from mailbot.store.decisions import context as stored_context
from mailbot.store.decisions import recording
from mailbot.store.mail import incoming

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ZONE = "Asia/Yekaterinburg"
ANNA = "anna@mail.example"


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def raw(text: str = "Нет отопления", sender: str = ANNA, at: datetime = NOW) -> RawLetter:
    return RawLetter(f"From: {sender}\r\n\r\n{text}\r\n".encode(), at)


def take_in(
    store: Store,
    text: str = "Нет отопления",
    sender: str = ANNA,
    at: datetime = NOW,
    place: MailboxLocation | None = None,
    *,
    urgent: bool = False,
) -> int:
    """The id of a letter freshly kept."""
    envelope = Envelope(sender, f"<{abs(hash(text))}@mail.example>", text[:40])
    kept = store.do(incoming.save_letter, raw(text, sender, at), envelope, place, "test", at, urgent=urgent)
    assert kept.fresh
    return kept.letter_id


def letter(text: str = "Нет отопления", sender: str = ANNA, cites: tuple[str, ...] = ()) -> Letter:
    """A parsed letter; `cites` is its In-Reply-To."""
    parts = tuple(
        LetterPart(name, words, (Segment(0, len(words), SegmentRole.WRITTEN),))
        for name, words in (("subject", "обращение"), ("body", text))
    )
    return Letter(
        message_id="<1@mail.example>",
        from_=Address("", sender),
        reply_to=(),
        to=(),
        cc=(),
        sent_at=None,
        in_reply_to=cites,
        references=(),
        parts=parts,
        html="",
        attachments=(),
        automatic=(),
        damage=(),
        authentication_results=(),
        received_at=NOW,
    )


def facts(*, accounts: tuple[str, ...] = (), arguments: tuple[str, ...] = ()) -> Facts:
    span = (Span("body", 0, 3),)
    yes = Judgement(Certainty.YES, "есть")
    return Facts(
        kinds=(ExtractedValue(LetterKind.QUESTION, span),),
        topics=(ExtractedValue("no_heating", span),),
        urgent=(),
        readings=(),
        contacts=Contacts(accounts=tuple(ExtractedValue(account, span) for account in accounts)),
        abuse=(),
        substance=yes,
        readable=yes,
        client=yes,
        arguments=tuple(ExtractedValue(argument, span) for argument in arguments),
    )


def reading(value: str, account: str | None = "440215", meter: str | None = None) -> Reading:
    return Reading(
        Decimal(value), account, meter, Resource.HOT_WATER, Unit.M3, (Span("body", 0, len(value)),)
    )


def decision(
    action: Action = Action.ANSWER,
    *,
    rule: str | None = "office_hours",
    on_substance: str = "",
    accepted: tuple[Reading, ...] = (),
    doubts: tuple[str, ...] = (),
    respond_by: datetime | None = None,
) -> Decision:
    """`on_substance`: any word where the letter to be sent answers the question itself."""
    return Decision(
        action=action,
        rule=rule,
        clause="2.2.email",
        because="часы работы спрашивают прямо",
        trials=(RuleTrial("abuse", "2.2.email.2", Judgement(Certainty.NO, "брани нет")),),
        template="office_hours" if action is not Action.REVIEW else None,
        proposed=None,
        on_substance=bool(on_substance),
        accepted=accepted,
        refused=(),
        doubts=doubts,
        priority=Priority.NORMAL,
        topic="office_hours",
        respond_by=respond_by,
        deadline_source="",
        confidence=0.9,
        rulebook_version="0123456789ab",
        decided_at=NOW,
    )


def outgoing(
    id: str = "<mailbot.1@bk.ru>",
    purpose: LetterPurpose = LetterPurpose.ANSWER,
    recipient: str = ANNA,
    text: str = "Мы работаем с 8 до 17.",
) -> OutgoingLetter:
    return OutgoingLetter(
        purpose, "office_hours", recipient, "Re: обращение", id, text, f"To: {recipient}\r\n\r\n".encode()
    )


def returned(*message_ids: str, to: str = ANNA, at: datetime = NOW) -> ReturnedLetters:
    """What a report of non-delivery says: these letters of ours did not reach that address."""
    return ReturnedLetters(at, (to,), message_ids)


def decide(
    store: Store,
    letter_id: int,
    decided: Decision,
    reply: OutgoingLetter | None = None,
    *,
    read: Letter | None = None,
    found: Facts | None = None,
    held: GateHold | None = None,
    now: datetime = NOW,
    worker: str | None = None,
    channel: Channel = Channel.MAIL,
) -> CaseContext:
    """The deciding transaction, as `services.handle` makes it; the context that it saw."""
    read, found = read or letter(), found or facts()
    with store.write() as transaction:
        context = stored_context.context(transaction, letter_id, read, found, now, ZONE)
        recording.record(
            transaction, letter_id, read, found, context, decided, reply, held, now, worker, channel
        )
    return context


def answered(
    store: Store,
    text: str = "Когда вы работаете?",
    sender: str = ANNA,
    id: str = "<mailbot.1@bk.ru>",
    at: datetime = NOW,
    found: Facts | None = None,
) -> str:
    """The number of a case that the machine answered on substance; its letter is ready to be sent."""
    letter_id = take_in(store, text, sender, at)
    reply = outgoing(id, recipient=sender)
    read = letter(text, sender)
    decided = decision(on_substance="yes")
    return decide(store, letter_id, decided, reply, read=read, found=found, now=at).number
