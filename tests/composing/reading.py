"""Compose a letter for a test, and read it back as a mail program does."""

from __future__ import annotations

from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from mailbot.composing import compose
from mailbot.model import (
    Action,
    Letter,
    OutgoingLetter,
)
from tests.composing.material import (
    CONTEXT,
    DECISION,
    DIGEST,
    FACTS,
    RECEIVED,
    Room,
    a_letter,
)

ACKNOWLEDGED = replace(
    DECISION, action=Action.REVIEW, template="complaint_received", on_substance=False, accepted=()
)


def composed(room: Room, letter: Letter | None = None, **changes: object) -> OutgoingLetter:
    given_ = {"decision": DECISION, "facts": FACTS, "context": CONTEXT} | changes
    outgoing = compose(
        given_["decision"],  # type: ignore[arg-type]  # the tests name the arguments they change
        letter or a_letter(),
        given_["facts"],  # type: ignore[arg-type]
        given_["context"],  # type: ignore[arg-type]
        room.templates,
        received_at=RECEIVED,
        raw_digest=DIGEST,
    )
    assert outgoing is not None
    return outgoing


def read(outgoing: OutgoingLetter) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(outgoing.content)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    assert part is not None
    return str(part.get_content())
