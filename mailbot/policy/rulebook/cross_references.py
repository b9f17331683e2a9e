"""What the rows of the rulebook say of each other: names are known, and stand once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from mailbot.model import AnswerNeeds, AnswerRule, Clause, DeadlineRule, LetterKind, ReplyEffect, Rule, Topic
from mailbot.policy.answers.delivery_change import CONFIRMED, STANDING
from mailbot.policy.checks import CHECKS
from mailbot.policy.decision.reminder_refusal import STOP
from mailbot.policy.routing import REST, deadline_of
from mailbot.toml import TableFields

T = TypeVar("T")

CONDITIONS = ("emergency", "reading:accepted", REST, "reading:refused", CONFIRMED, STANDING, STOP)
"""The conditions of an answer that name neither a kind nor a topic."""


DEADLINES = (*dict.fromkeys(map(deadline_of, LetterKind)), "emergency")
"""The deadlines that letters get where no topic names one."""


@dataclass(frozen=True, slots=True)
class SourcedRow(Generic[T]):
    """A row with the fields it was read from, to tell a fault at its line."""

    value: T
    fields: TableFields


def check_rules(rules: Sequence[SourcedRow[Rule]], clauses: Sequence[SourcedRow[Clause]]) -> None:
    """Every rule names a check there is, and a clause of the standard or another source by its name."""
    ids = tuple(row.value.id for row in clauses)
    for row in rules:
        if row.value.check not in CHECKS and row.value.check:
            row.fields.unknown("check", row.value.check, tuple(CHECKS))
        if row.value.clause and row.value.clause not in ids and not _is_other_source(row):
            row.fields.unknown("clause", row.value.clause, ids)


def _is_other_source(row: SourcedRow[Rule]) -> bool:
    """«RFC 3834 2»: only a rule that ignores may lean on it; silence to a client needs the standard."""
    return row.value.clause.startswith("RFC ") and "no_reply" not in row.fields.place()


def check_topics(topics: Sequence[SourcedRow[Topic]], deadlines: Sequence[SourcedRow[DeadlineRule]]) -> None:
    """Topics name deadlines there are, and the deadlines of letters without a topic are there."""
    names = tuple(row.value.name for row in deadlines)
    for name in DEADLINES:
        if deadlines and name not in names:
            deadlines[0].fields.fault(
                "", f"нет срока «{name}»: без него не ответить на письма без темы; верните его"
            )
    for row in topics:
        if row.value.deadline and row.value.deadline not in names:
            row.fields.unknown("deadline", row.value.deadline, names)


def check_answers(answers: Sequence[SourcedRow[AnswerRule]], topics: Sequence[SourcedRow[Topic]]) -> None:
    """`when` is one of the words of `CONDITIONS`, `kind:KIND`, or `topic:NAME` of a topic there is."""
    _check_effects(answers)
    names = tuple(row.value.name for row in topics)
    kinds = tuple(f"kind:{kind.value}" for kind in LetterKind)
    for row in answers:
        for beside in row.value.beside:
            if beside not in names:
                row.fields.fault("beside", f"неизвестная тема «{beside}»; уберите её или исправьте имя")
        word, _, name = row.value.when.partition(":")
        if row.value.when in (*CONDITIONS, *kinds, "") or (word == "topic" and name in names):
            continue
        if word == "topic":
            row.fields.fault(
                "when", f"неизвестная тема «{name}»; возможные: {', '.join(names) or 'ни одной'}"
            )
        else:
            row.fields.unknown("when", row.value.when, (*CONDITIONS, *kinds, "topic:ТЕМА"))


KNOWS_NO_QUESTION = ("emergency", REST, "reading:refused", *(f"kind:{kind.value}" for kind in LetterKind))
"""Conditions under which a row that shows nothing of the ledger cannot know what is asked."""


def _check_effects(answers: Sequence[SourcedRow[AnswerRule]]) -> None:
    """One letter does one thing, whatever row sends it; a letter to whatever complaint answers none."""
    for row in answers:
        knows = row.value.needs is not AnswerNeeds.NOTHING or row.value.when not in KNOWS_NO_QUESTION
        if row.value.does is ReplyEffect.ANSWERS and not knows:
            row.fields.fault(
                "does" if row.fields.has("does") else "on_substance",
                f"письмо «{row.value.template}» отправляется на любое такое обращение ({row.value.when}) и ответить по "
                f'существу не может: обращение закрылось бы без ответа; напишите does = "{ReplyEffect.ACKNOWLEDGES}"',
            )
    first: dict[str, SourcedRow[AnswerRule]] = {}
    for row in answers:
        earlier = first.setdefault(row.value.template, row)
        if earlier.value.does is not row.value.does:
            row.fields.fault(
                "does" if row.fields.has("does") else "on_substance",
                f"письмо «{row.value.template}» здесь «{row.value.does}», а в строке «{earlier.value.name}» "
                f"({earlier.fields.place()}) «{earlier.value.does}»; напишите одинаково",
            )


def check_names(rows: Sequence[tuple[str, TableFields]], key: str) -> None:
    """Each name stands once; `rows` are names with their fields, in the order of the file."""
    first: dict[str, str] = {}
    for name, fields in rows:
        if name and name in first:
            fields.fault(
                key, f"«{name}» уже есть ({first[name]}); дайте другое имя или уберите одну из строк"
            )
        first.setdefault(name, fields.place(key))
