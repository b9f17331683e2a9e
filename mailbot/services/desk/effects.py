"""What a text does to its case: the letters and phrases of the house are known by their words, the rest is a person's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection

from mailbot.composing import Templates
from mailbot.model import Effect, Refused
from mailbot.services.desk.proposal import mail_view
from mailbot.store import desk
from mailbot.store.desk import CaseReading, QueueLine


def effect_of(
    text: str, line: QueueLine, readings: Iterable[CaseReading], templates: Templates, now: datetime
) -> Effect | None:
    """What a letter or phrase of the house, word for word, does; None where the words are a person's own."""
    wanted = _plain(text)
    known = _known(line, tuple(readings), templates, now)
    return next((effect for effect, words in known if wanted and _plain(words) == wanted), None)


def refuse_unanswering(
    connection: Connection, case_id: int, text: str, templates: Templates, now: datetime
) -> None:
    """Refused where the text only acknowledges or asks: such a letter closes nothing (clause 2.2.email.4)."""
    line, readings = desk.line_of(connection, case_id), desk.readings(connection, case_id)
    if effect_of(text, line, readings, templates, now) in (None, Effect.ANSWERS):
        return
    raise Refused(
        "Этот текст не отвечает по существу: он только подтверждает, обещает или спрашивает. "
        "Отправьте его, не закрывая обращение, или допишите ответ."
    )


def _known(
    line: QueueLine, readings: tuple[CaseReading, ...], templates: Templates, now: datetime
) -> Iterator[tuple[Effect, str]]:
    view = mail_view(line, readings, templates, now)
    for snippet in templates.snippets:
        yield snippet.does, templates.phrase(snippet, view)
    for name, effect in templates.effects.items():
        if effect is not Effect.ANSWERS:  # those that answer may need what only the ledger knows
            yield effect, templates.words(name, view)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
