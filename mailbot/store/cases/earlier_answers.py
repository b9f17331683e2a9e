"""What was answered before: the case that a joined one waited for, and the one that a letter may repeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from mailbot.model import CaseState
from mailbot.store.schema.letters_and_cases import case


@dataclass(frozen=True, slots=True)
class AnsweredCase:
    """A case answered on substance: `asked` are its writer's own words, `answer` are ours."""

    number: str
    received_at: datetime
    asked: str
    answered_at: datetime | None
    answer: str


def answered_case(connection: Connection, number: str) -> AnsweredCase | None:
    """The case of that number; None where it does not count as answered on substance (any longer)."""
    columns = (case.c.number, case.c.received_at, case.c.written_text, case.c.answered_at, case.c.answer_text)
    query = select(*columns).where(case.c.number == number, case.c.answered_on_substance.is_(True))
    row = connection.execute(query).one_or_none()
    return AnsweredCase(*row) if row is not None else None


def written_text(connection: Connection, case_id: int) -> str:
    """The writer's own words of a case, the subject first."""
    return connection.scalar(select(case.c.written_text).where(case.c.id == case_id)) or ""


def answer_owed(connection: Connection, case_id: int) -> bool:
    """Has a person said that an answer is owed, whatever the rules propose?"""
    return bool(connection.scalar(select(case.c.answer_owed).where(case.c.id == case_id)))


def joined_answer(connection: Connection, case_id: int) -> tuple[str, str]:
    """(number, answer) of the case that this one was joined to, once that is answered on substance; empty before."""
    other = case.alias("other")
    query = (
        select(other.c.number, other.c.answer_text)
        .join(case, case.c.joined_to == other.c.number)
        .where(
            case.c.id == case_id,
            other.c.state == CaseState.ANSWERED,
            other.c.answered_on_substance.is_(True),
        )
    )
    row = connection.execute(query).one_or_none()
    return (str(row.number), row.answer_text) if row else ("", "")
