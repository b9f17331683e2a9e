"""Compose our letter: the machine's answer to a decision, or a person's answer in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from mailbot.composing.message.header_fields import in_reply_to, references, reply_subject
from mailbot.composing.message.message_bytes import AttachedFile, Header, build_message
from mailbot.composing.message.message_ids import message_id, person_message_id
from mailbot.composing.message.recipient import NoRecipient, choose_recipient, to_ascii_address
from mailbot.composing.message.standing_headers import own_headers
from mailbot.composing.templates.loaded_templates import PERSON_ANSWER, MailTemplates, RenderedMail
from mailbot.composing.views.account_lines import may_disclose
from mailbot.composing.views.answer_view import MailView, build_mail_view, build_person_view
from mailbot.composing.views.document_lines import RenderedDocument, paper_attachment
from mailbot.model import (
    AbuseKind,
    Action,
    CaseContext,
    Decision,
    ExtractedValue,
    Facts,
    Letter,
    LetterPurpose,
    OutgoingLetter,
)
from mailbot.model.report.survey import RatingLinks

AUTO_REPLY_HEADERS: tuple[Header, ...] = (
    ("Auto-Submitted", "auto-replied"),  # RFC 3834 5: no robot answers this letter
    ("X-Auto-Response-Suppress", "All"),  # Exchange heeds only this one
)


def compose(
    decision: Decision,
    letter: Letter,
    facts: Facts,
    context: CaseContext,
    templates: MailTemplates,
    *,
    received_at: datetime,
    raw_digest: str,
    papers: Sequence[RenderedDocument] = (),
    rating: RatingLinks | None = None,
) -> OutgoingLetter | None:
    """The letter that the decision sends now; None where it sends none.

    `received_at` is aware; `raw_digest` is the SHA-256 (hex) of the raw letter. The same input gives
    the same bytes. None also where the letter has no address to answer to: whoever records the decision
    puts such a case before a person, for an answer that cannot be sent must not pass for an answer. So it is with
    an account's figures where the address is not its client's in the register, whatever was decided before, and
    where `papers` are not those that the decision promises. `rating`: links by which the reader rates the answer; they
    stand in the bytes alone, for the text that staff see must not let them rate it.
    """
    if decision.template is None or tuple(paper.wanted for paper in papers) != decision.documents:
        return None
    purpose = purpose_of(decision)
    to = choose_recipient(letter, templates.channels.own_addresses)
    if to is None or not may_disclose(decision, context, to):
        return None
    shown = build_mail_view(
        decision,
        facts,
        context,
        templates.channels,
        received_at=received_at,
        recipient=to,
        zone=templates.zone,
        alarmed=templates.alarmed,
        due_day=templates.due_day,
    )
    return _outgoing(
        shown,
        rating,
        letter,
        templates,
        purpose=purpose,
        template=decision.template,
        to=to,
        abuse=facts.abuse,
        number=context.number,
        id=message_id(context.number, purpose, raw_digest, templates.domain),
        at=decision.decided_at,
        extra=AUTO_REPLY_HEADERS,
        files=tuple(paper_attachment(paper) for paper in papers),
    )


def purpose_of(decision: Decision) -> LetterPurpose:
    """Why the decision writes; ValueError for a decision not to write that names a template."""
    match decision.action:
        case Action.NO_REPLY | Action.IGNORE:
            raise ValueError(f"decision {decision.action} must not name a template")
        case Action.READING_ACCEPTED:
            return LetterPurpose.ANSWER
        case Action.ANSWER:
            return LetterPurpose.ANSWER if decision.on_substance else LetterPurpose.REQUEST
        case Action.REVIEW:
            return LetterPurpose.ANSWER if decision.on_substance else LetterPurpose.ACKNOWLEDGEMENT
        case _:
            assert_never(decision.action)


def compose_person_answer(
    text: str,
    *,
    number: str,
    letter: Letter,
    templates: MailTemplates,
    raw_digest: str,
    now: datetime,
    recipient: str | None = None,
    received_at: datetime | None = None,
    revision: int = 1,
    papers: Sequence[RenderedDocument] = (),
    rating: RatingLinks | None = None,
) -> OutgoingLetter:
    """A person's answer in plain text (blank lines part paragraphs), sent as the company.

    `recipient` None: where the letter itself asks for the answer. `revision` counts a person's answers
    to this letter from 1: each has its own Message-ID. There is no Auto-Submitted: a person wrote it
    (RFC 3834 2). `papers` are of the recipient's own accounts: the caller has made sure. ValueError where
    the text is blank, NoRecipient where there is no valid address.
    """
    to = _person_recipient(recipient, letter, templates)
    return _outgoing(
        build_person_view(text, number, templates.channels, received_at, templates.zone),
        rating,
        letter,
        templates,
        purpose=LetterPurpose.ANSWER,
        template=PERSON_ANSWER,
        to=to,
        abuse=(),
        number=number,
        id=person_message_id(number, raw_digest, revision, templates.domain),
        at=now,
        extra=(),
        files=tuple(paper_attachment(paper) for paper in papers),
    )


def _person_recipient(wanted: str | None, letter: Letter, templates: MailTemplates) -> str:
    to = (
        choose_recipient(letter, templates.channels.own_addresses)
        if wanted is None
        else to_ascii_address(wanted)
    )
    if to is None:
        raise NoRecipient(
            f"На адрес «{wanted or letter.from_.email}» письмо отправить нельзя: проверьте его."
        )
    return to


def _asking(
    templates: MailTemplates, template: str, shown: MailView, rating: RatingLinks | None
) -> RenderedMail | None:
    """The letter with its links of rating; None where there are none, or a template of the company's own shows none."""
    if rating is None:
        return None
    rendered = templates.render(template, replace(shown, rating=rating))
    urls = (rating.stop_url, *(url for _, url in rating.scores))
    return rendered if all(url in rendered.text and url in rendered.html for url in urls) else None


def _outgoing(
    shown: MailView,
    rating: RatingLinks | None,
    letter: Letter,
    templates: MailTemplates,
    *,
    purpose: LetterPurpose,
    template: str,
    to: str,
    abuse: Sequence[ExtractedValue[AbuseKind]],
    number: str,
    id: str,
    at: datetime,
    extra: tuple[Header, ...],
    files: tuple[AttachedFile, ...] = (),
) -> OutgoingLetter:
    """Headers, then bytes; the text that is kept is that without the links of rating."""
    plain = templates.render(template, shown)
    rendered = _asking(templates, template, shown, rating) or plain
    subject = reply_subject(letter, abuse, number, plain.subject)
    headers: tuple[Header, ...] = (
        *own_headers(templates.channels, templates.zone, to=to, subject=subject, id=id, at=at),
        ("In-Reply-To", in_reply_to(letter)),
        ("References", references(letter)),
        *extra,
    )
    content = build_message(headers, rendered.text, rendered.html, id, attached=files)
    return OutgoingLetter(purpose, template, to, subject, id, plain.text, content)
