"""What a person may do with a case; every step is lawful, logged, and says who and why."""

from __future__ import annotations

from datetime import datetime

from mailbot.composing import MailTemplates, compose_person_answer
from mailbot.model import CaseState, LetterCorrection, LetterKind, RequestRefused, Rulebook
from mailbot.parsing import parse
from mailbot.policy.deadlines import calculate_deadline, calculate_limit
from mailbot.policy.routing import deadline_of
from mailbot.services.desk.writing.effect_of_text import INSISTED, ClosingInsistence, check_closing
from mailbot.services.training.material.labelled_letters import SPAM
from mailbot.store import RecordedDecision, Store
from mailbot.store.cases import summaries
from mailbot.store.casework import page_acts, second_looks


class UnknownLabel(RequestRefused):
    """A correction names a kind or a topic that there is not; the message (Russian) lists those there are."""


def take_back(store: Store, number: str, *, by: str, why: str, now: datetime) -> None:
    """Put a silenced, ignored or answered case before people again."""
    with store.write() as work:
        work.do(second_looks.note_taken_back, work.case(number).id, by, now)
        work.move(number, CaseState.AWAITING_REVIEW, by, why, now)


def correct(
    store: Store, rulebook: Rulebook, number: str, said: LetterCorrection, *, by: str, now: datetime
) -> None:
    """Say what a letter really is; the model learns from it at its next training.

    UnknownLabel where a topic is no row of `topics.toml`, or no kind is named.
    """
    check_labels(rulebook, said)
    with store.write() as work:
        judged = work.do(summaries.judged, number)
        work.correct(number, said, by, now, respond_by(rulebook, said, work.case(number).received_at, judged))


def respond_by(
    rulebook: Rulebook, said: LetterCorrection, received_at: datetime, judged: RecordedDecision | None = None
) -> datetime:
    """Until when a letter that is this is owed an answer, from its receipt (aware); a correspondent by his own time
    limit, where `judged` tells that the letter sets one."""
    if group := rulebook.correspondent(said.correspondent or ""):
        found = judged.facts.correspondent if judged else None
        if found is not None and found.limit is not None:
            return calculate_limit(found.limit.value, received_at, rulebook)[0]
        return calculate_deadline("emergency" if said.urgent else group.deadline, received_at, rulebook)[0]
    topic = rulebook.topic(said.topics[0]) if said.topics else None
    name = topic.deadline if topic and said.kinds[0] is not LetterKind.READING else deadline_of(said.kinds[0])
    return calculate_deadline("emergency" if said.urgent else name, received_at, rulebook)[0]


def check_labels(rulebook: Rulebook, said: LetterCorrection) -> None:
    """UnknownLabel where a topic is no row of `topics.toml`, a group none of `correspondents.toml`, or no kind is
    named."""
    if said.correspondent and rulebook.correspondent(said.correspondent) is None:
        groups = ", ".join(group.name for group in rulebook.correspondents)
        raise UnknownLabel(f"Корреспондента «{said.correspondent}» нет; есть {groups}.")
    if not said.kinds and not said.correspondent:
        raise UnknownLabel(f"Не назван вид; есть {', '.join(LetterKind)}.")
    known = (*(topic.name for topic in rulebook.topics), SPAM)
    if unknown := [topic for topic in said.topics if topic not in known]:
        raise UnknownLabel(f"Темы «{unknown[0]}» нет; есть {', '.join(known)}.")


def answer(
    store: Store,
    templates: MailTemplates,
    number: str,
    text: str,
    *,
    by: str,
    now: datetime,
    closing: ClosingInsistence = ClosingInsistence.ASKED,
) -> None:
    """Send a person's answer on substance; it closes the case. Refused where the text is known to answer nothing;
    AnswersNothing where it seems to, and the person has not insisted.

    The gate does not stand here: a person decides whom to write to, and answers for it.
    """
    with store.write() as work:
        case = work.case(number)
        insisted = work.do(check_closing, case.id, text, templates, now, closing)
        raw = work.raw(case.letter_id)
        letter = parse(raw)
        outgoing = compose_person_answer(
            text,
            number=number,
            letter=letter,
            templates=templates,
            received_at=raw.received_at,
            raw_digest=work.digest(case.letter_id),
            now=now,
            revision=work.next_revision(number),
        )
        work.queue_answer(number, outgoing, by, text, now)
        if insisted:
            work.do(page_acts.log_note, case.id, by, INSISTED, now)
