"""The same words are never sent twice to one case, whoever presses, from whatever page, however often."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from mailbot.model import RequestRefused
from mailbot.model.case.life_cycle import STOPPED
from mailbot.store.mail.incoming_claims import TIME_ZONE
from mailbot.store.schema.letters_and_cases import outbox

"""Undone, kept back or returned: the client has no such letter, and it may be written again."""


class TextAlreadySent(RequestRefused):
    """The case's client has these very words already, or they are on their way."""


def check_not_sent(connection: Connection, case_id: int, words: str, now: datetime) -> None:
    """TextAlreadySent where a person's letter of the same words has left or will leave. The case is held by the caller.

    Blanks and line ends do not make other words. A letter of unknown fate that was given to a person is theirs to
    write again.
    """
    query = select(outbox.c.words, outbox.c.created_at).where(
        outbox.c.case_id == case_id,
        outbox.c.words.is_not(None),
        outbox.c.state.not_in(STOPPED),
        outbox.c.given_to_person_at.is_(None),
    )
    wanted = _plain(words)
    sent = [row.created_at for row in connection.execute(query) if _plain(row.words) == wanted]
    if wanted and sent:
        raise TextAlreadySent(
            f"Это письмо уже отправлено {_moment(max(sent), now)}. Второй раз оно не ушло. "
            "Если нужно написать ещё раз, измените текст."
        )


def _plain(words: str) -> str:
    return " ".join(words.split())


def _moment(at: datetime, now: datetime) -> str:
    """«в 14:05», with the day where it was not today, by the company's clock."""
    zone = ZoneInfo(TIME_ZONE)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    return f"в {local:%H:%M}" if local.date() == today else f"{local:%d.%m.%Y} в {local:%H:%M}"
