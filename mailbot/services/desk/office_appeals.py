"""Appeals that come by other channels than mail (chapters 2, 3 and 5): those that staff register, and the company's site.

Each becomes a letter in the form of mail and goes the same way as mail, so all stand in one register with one
numbering. What the standard says of silence it says of e-mail (2.2.email): nothing of these channels is silenced
by the machine.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mailbot.composing import MailTemplates, compose
from mailbot.model import (
    Action,
    CaseState,
    Channel,
    ClockMark,
    Decision,
    Facts,
    Letter,
    RawLetter,
    RequestRefused,
    Rulebook,
)
from mailbot.model.case.staff_act import OfficeAct
from mailbot.parsing import parse, read_envelope
from mailbot.policy import LetterInContext, check_gate, decide, hold_back
from mailbot.policy.sending_gate import writer_class
from mailbot.services.letters.letter_in_context import register_in_hand
from mailbot.store import CaseSummary, Store, StoreTransaction
from mailbot.store.cases.summaries import case_of
from mailbot.store.casework import moves_and_answers
from mailbot.store.decisions import context as stored_context
from mailbot.store.decisions import recording
from mailbot.store.mail import incoming
from mailbot.store.mail.automatic_traffic import count_letter
from mailbot.store.staff import audit_log
from mailbot.understanding import understand
from mailbot.wording.case_titles import CHANNELS

MAX_TEXT_LENGTH = 20_000
"""Characters of an appeal that a form takes."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """What was brought, said or typed; empty fields were not given. `text` is the client's own words.

    `answers`: the Message-ID of the letter of ours that it complains of: the appeal follows that letter's case, and
    the machine acknowledges it, but answers nothing more.
    """

    channel: Channel
    subject: str
    text: str
    name: str = ""
    account: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class ParsedAppeal:
    """An appeal in the form of a letter, understood."""

    appeal: Appeal
    raw: RawLetter
    letter: Letter
    facts: Facts


def check_appeal(appeal: Appeal) -> None:
    """RequestRefused where there is nothing to register, or an address cannot be one."""
    if not appeal.text.strip():
        raise RequestRefused("Напишите, с чем обратился клиент: текст обращения пуст.")
    if len(appeal.text) > MAX_TEXT_LENGTH:
        raise RequestRefused(f"Текст длиннее {MAX_TEXT_LENGTH} знаков. Сократите его.")
    if appeal.email:
        try:
            Address(addr_spec=appeal.email.strip())
        except (ValueError, IndexError, HeaderParseError):
            raise RequestRefused(
                f"«{appeal.email}» — не адрес почты. Исправьте его или оставьте поле пустым."
            ) from None
    long = [value for value in _fields(appeal).values() if len(value) > 300]
    if long:
        raise RequestRefused(f"Слишком длинно: «{long[0][:40]}…». В этих полях до 300 знаков.")


def _fields(appeal: Appeal) -> dict[str, str]:
    return {
        "ФИО": appeal.name,
        "Адрес": appeal.address,
        "Лицевой счёт": appeal.account,
        "Телефон": appeal.phone,
        "Тема": appeal.subject,
        "Почта": appeal.email,
    }


def register(
    store: Store, rulebook: Rulebook, templates: MailTemplates, appeal: Appeal, *, by: str, now: datetime
) -> CaseSummary:
    """Register an appeal and decide it at once; its case, with the number for the receipt.

    An acknowledgement goes by mail where an address was given. Readings that were said are taken; everything
    else waits for a person.
    """
    taken = understand_appeal(store, appeal, rulebook, now)
    with store.write() as transaction:
        return enter_appeal(transaction, rulebook, templates, taken, by=by, now=now)


def understand_appeal(store: Store, appeal: Appeal, rulebook: Rulebook, now: datetime) -> ParsedAppeal:
    """The appeal as a letter, ready to be entered; RequestRefused as `check_appeal` says. Slow, so done before any lock is held."""
    check_appeal(appeal)
    raw = RawLetter(_as_letter(appeal, now), now)
    letter = parse(raw)
    return ParsedAppeal(appeal, raw, letter, understand(letter, rulebook, register_in_hand(store, letter)))


def enter_appeal(
    transaction: StoreTransaction,
    rulebook: Rulebook,
    templates: MailTemplates,
    taken: ParsedAppeal,
    *,
    by: str,
    now: datetime,
) -> CaseSummary:
    """Register and decide an appeal in a transaction of the caller's."""
    appeal, raw, letter, facts = taken.appeal, taken.raw, taken.letter, taken.facts
    kept = incoming.save_letter(
        transaction, raw, read_envelope(raw.content), None, f"{CHANNELS[appeal.channel]}: {by}", now
    )
    context = stored_context.context(
        transaction, kept.letter_id, letter, facts, now, rulebook.channels.time_zone
    )
    known = LetterInContext(letter, facts, context, rulebook)
    decision = _never_silent(decide(known, now), appeal)
    digest = incoming.digest(transaction, kept.letter_id)
    outgoing = compose(decision, letter, facts, context, templates, received_at=now, raw_digest=digest)
    held = check_gate(outgoing.recipient, known, decision, now) if outgoing else None
    if held is not None:
        decision = hold_back(decision, held)
    recording.record(
        transaction,
        kept.letter_id,
        letter,
        facts,
        context,
        decision,
        outgoing,
        held,
        now,
        channel=appeal.channel,
    )
    if outgoing is not None and held is None:
        count_letter(transaction, writer_class(known, decision), now)
    case = case_of(transaction, context.number)
    if decision.action is Action.READING_ACCEPTED and case.state is CaseState.AWAITING_REVIEW:
        said = "показания приняты, клиенту сказано при обращении"
        moves_and_answers.move(
            transaction, context.number, CaseState.ANSWERED, by, said, now, ClockMark.ANSWERED
        )
    audit_log.log_act(transaction, by, OfficeAct.REGISTER, context.number, CHANNELS[appeal.channel], now)
    return case_of(transaction, context.number)


def _never_silent(decision: Decision, appeal: Appeal) -> Decision:
    """What the machine would silence, or answer where only people may, goes before a person."""
    closing = decision.action.is_answer and appeal.answers
    if not decision.action.is_silent and not closing:
        return decision
    because = f"обращение другого канала ({CHANNELS[appeal.channel]}): решает сотрудник. {decision.because}"
    return replace(decision, action=Action.REVIEW, template=None, because=because, on_substance=False)


def _as_letter(appeal: Appeal, now: datetime) -> bytes:
    message = EmailMessage(policy=SMTP)
    if appeal.email.strip():
        message["From"] = appeal.email.strip()
    message["Subject"] = " ".join(appeal.subject.split()) or CHANNELS[appeal.channel].capitalize()
    message["Date"] = format_datetime(now)
    if appeal.answers:
        message["In-Reply-To"] = appeal.answers
    message["Message-ID"] = f"<{secrets.token_hex(16)}@{appeal.channel}.invalid>"
    known = [
        f"{title}: {' '.join(value.split())}"
        for title, value in _fields(appeal).items()
        if value.strip() and title not in ("Тема", "Почта")
    ]
    text = appeal.text.replace("\r\n", "\n").strip()
    message.set_content("\n".join((text, "", *known)) + "\n", cte="base64")
    return message.as_bytes()
