"""What a person does with a case beyond its states: each act is tied to the page it was done on, and can be undone.

`begin` stands before every act. It refuses the save of a page that a colleague has overtaken, and keeps what
the case was, so that `undo` can bring it back while nothing has left the house.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from mailbot.model import CaseState, ClockMark, RequestRefused
from mailbot.store.case_log.events import lock_case, log_event, step
from mailbot.store.cases.summaries import case_of
from mailbot.store.casework.repeated_answers import check_not_sent
from mailbot.store.decisions.recording import mark_answered
from mailbot.store.ledger import case_readings
from mailbot.store.ledger.case_readings import DialReading
from mailbot.store.mail.incoming_claims import TIME_ZONE
from mailbot.store.schema.letters_and_cases import case, reading
from mailbot.store.schema.staff_and_casework import case_note, undo

UNDO_WINDOW = timedelta(seconds=30)
"""How long a person's letter waits before it leaves: so long it can surely be undone."""

READING_JUDGED = "показание:"
"""How the line of the log begins that tells of a person's word on a reading."""


class StaleCase(RequestRefused):
    """A colleague has acted on the case since the page was opened; nothing was changed."""


_KEPT = (
    "state", "assignee", "put_off_until", "joined_to", "primary_kind", "kinds", "topic", "topics", "priority", "rank",
    "answered_on_substance", "answered_at", "answer_text", "error", "respond_by", "correspondent", "answer_owed",
)  # fmt: skip
_READING = ("account", "meter", "resource", "value", "unit", "state", "reason")


def begin(
    connection: Connection,
    reference: str,
    version: int | None,
    what: str,
    by: str,
    now: datetime,
    words: str = "",
) -> int:
    """Hold the case for one act on the page of `version` (None: whatever it is); its id.

    `words` of a letter that were sent before are told so (TextAlreadySent) rather than that the page is stale.
    """
    summary = case_of(connection, reference)
    lock_case(connection, summary.id)
    check_not_sent(connection, summary.id, words, now)
    row = connection.execute(select(case).where(case.c.id == summary.id)).one()._mapping
    if row["state"] == CaseState.COLLECTED:
        # the machine may answer in this very second: two answers to one letter
        raise RequestRefused(
            f"Обращение {reference} ещё разбирает программа. Подождите немного и обновите страницу."
        )
    if version is not None and row["version"] != version:
        raise StaleCase(
            f"Пока вы работали, обращение {reference} изменил другой сотрудник. Ничего не сохранено; "
            "ваш текст остался на странице. Посмотрите, что изменилось, и повторите."
        )
    before: dict[str, Any] = {name: _plain(row[name]) for name in _KEPT}
    rows = connection.execute(select(reading).where(reading.c.case_id == summary.id)).all()
    before["readings"] = {str(row.id): {name: row._mapping[name] for name in _READING} for row in rows}
    before["ledger"] = case_readings.state_of(connection, [row.id for row in rows])
    connection.execute(update(case).where(case.c.id == summary.id).values(version=row["version"] + 1))
    connection.execute(
        insert(undo).values(
            case_id=summary.id,
            by=by,
            at=now,
            until=now + UNDO_WINDOW,
            version=row["version"] + 1,
            what=what,
            before=json.dumps(before, ensure_ascii=False),
        )
    )
    return summary.id


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def assign(connection: Connection, case_id: int, assignee: str | None, by: str, now: datetime) -> None:
    """Hand the case to a colleague, or to nobody."""
    connection.execute(update(case).where(case.c.id == case_id).values(assignee=assignee))
    log_note(connection, case_id, by, f"передано: {assignee}" if assignee else "снято с сотрудника", now)


def release(connection: Connection, login: str) -> None:
    """Nobody has the member's waiting cases in hand any longer: others are given them."""
    waiting = (case.c.assignee == login, case.c.state == CaseState.AWAITING_REVIEW)
    connection.execute(update(case).where(*waiting).values(assignee=None))


def put_off(connection: Connection, case_id: int, until: datetime | None, by: str, now: datetime) -> None:
    """Let the case wait until a moment; whether it leaves the lists for so long, `putting_off` says."""
    connection.execute(update(case).where(case.c.id == case_id).values(put_off_until=until))
    log_note(
        connection,
        case_id,
        by,
        f"отложено до {until.astimezone(ZoneInfo(TIME_ZONE)):%d.%m.%Y %H:%M}"
        if until
        else "возвращено в очередь",
        now,
    )


def join(connection: Connection, case_id: int, to: str, by: str, now: datetime) -> None:
    """Tie the case to another that is answered in its stead; both keep their numbers."""
    target = case_of(connection, to)
    if target.id == case_id:
        raise RequestRefused("Обращение нельзя присоединить к нему самому.")
    joined = connection.scalar(select(case.c.joined_to).where(case.c.id == target.id))
    if target.state is not CaseState.AWAITING_REVIEW or joined is not None:
        # two cases that wait for each other would both be hidden for ever
        raise RequestRefused(
            f"К обращению {to} присоединить нельзя: оно закрыто или само присоединено к другому."
        )
    connection.execute(
        update(case).where(case.c.id == case_id).values(joined_to=target.number or str(target.id))
    )
    log_note(connection, case_id, by, f"присоединено к обращению {to}", now)


def decline_silence(connection: Connection, case_id: int, by: str, now: datetime) -> None:
    """An answer is owed, whatever a rule proposes: it is not proposed again."""
    connection.execute(update(case).where(case.c.id == case_id).values(answer_owed=True))
    log_note(connection, case_id, by, "повтор не подтверждён: ответ нужен", now)


def answer_otherwise(
    connection: Connection, case_id: int, how: str, text: str, by: str, now: datetime
) -> None:
    """The client has been answered on substance by telephone, in person or on paper; `text` is what they were told."""
    lock_case(connection, case_id)
    step(connection, case_id, CaseState.ANSWERED, by, f"ответ дан клиенту: {how}", now, ClockMark.ANSWERED)
    mark_answered(connection, case_id, text, now)
    connection.execute(update(case).where(case.c.id == case_id).values(error=None))


def add_note(connection: Connection, case_id: int, text: str, by: str, now: datetime) -> None:
    """Write an internal note."""
    connection.execute(insert(case_note).values(case_id=case_id, at=now, by=by, text=text))


def judge_reading(
    connection: Connection,
    case_id: int,
    reading_id: int,
    values: dict[str, str | None],
    by: str,
    now: datetime,
    ledger: DialReading | None = None,
) -> None:
    """Accept, correct or refuse a reading of the case; `values` are columns of `reading`.

    `ledger` is what the ledger is to hold of it, None for nothing: refused, or no register is imported.
    """
    own = (reading.c.id == reading_id, reading.c.case_id == case_id)
    row = connection.execute(select(reading).where(*own)).one_or_none()
    if row is None:
        raise RequestRefused("Такого показания в этом обращении нет.")
    connection.execute(update(reading).where(*own).values(**values))
    if ledger is None:
        case_readings.withdraw(connection, reading_id, by, values.get("reason") or "не принято", now)
    else:
        case_readings.put(connection, reading_id, ledger, by, now)
    changes = ", ".join(f"{name}: {row._mapping[name]} → {value}" for name, value in values.items())
    log_note(connection, case_id, by, f"{READING_JUDGED} {changes}", now)


def log_note(connection: Connection, case_id: int, by: str, why: str, now: datetime) -> None:
    """A line of the log that moves nothing."""
    state = lock_case(connection, case_id)
    log_event(connection, case_id, state, state, by, why, now)
