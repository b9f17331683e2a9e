"""What a letter gets that no rule silences: readings taken, an answer, or a person and an acknowledgement."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from mailbot.model import (
    Action,
    AnswerNeeds,
    AnswerRule,
    DocumentRequest,
    LetterKind,
    Priority,
    RuleAuthority,
    Rulebook,
    Topic,
)
from mailbot.policy.verdict import LetterWithReadings, Verdict

COURTESY = frozenset({"thanks"})
"""Topics that stand beside a question without changing it («заранее спасибо»)."""

KIND_WORDS = {
    LetterKind.READING: "передача показаний",
    LetterKind.COMPLAINT: "жалоба",
    LetterKind.QUESTION: "вопрос",
    LetterKind.OTHER: "иное обращение",
}

KIND_CLAUSE = "2.2.email"
"""Questions, complaints and other appeals by mail are answered by this clause; readings by chapter 3."""


REST = "reading:rest"
"""The condition of the letter that takes the readings, and leaves other words to a person."""


REFUSED = "reading:refused"
"""The condition of the letter that tells which readings are not taken yet."""


def find_answer_row(when: str, rulebook: Rulebook) -> AnswerRule | None:
    """The first row of `answers.toml` with that condition that needs nothing but the letter (`ledger_answers`)."""
    rows = (answer for answer in rulebook.answers if answer.needs is AnswerNeeds.NOTHING)
    return next((answer for answer in rows if answer.when == when), None)


def route(matter: LetterWithReadings) -> Verdict:
    """The outcome for a letter that is owed an answer and of which nothing is in doubt."""
    kinds = {kind.value for kind in matter.facts.kinds}
    if kinds == {LetterKind.READING}:
        return _only_readings(matter)
    if LetterKind.READING in kinds or matter.facts.readings:
        return _readings_and_more(matter)
    if kinds == {LetterKind.QUESTION}:
        return _question(matter)
    if kinds == {LetterKind.OTHER} and _topics(matter) == COURTESY:
        return _thanks(matter)
    return _by_kind(matter, matter.facts.primary)


def _only_readings(matter: LetterWithReadings) -> Verdict:
    """Chapter 3: taken whole and answered, or before a person with what is wrong with them.

    A value that is no business of ours is told so in the same answer, and holds up no other.
    """
    accepted, refused = matter.readings.accepted, matter.readings.refused
    row = find_answer_row("reading:accepted", matter.rulebook)
    if not accepted and not refused:
        doubt = "письмо передаёт показания, но самих показаний машина не нашла"
        verdict = _review(None, "показания не найдены", (doubt,))
    elif matter.readings.to_check or not accepted:
        doubts = tuple(f"показание {item.reading.value}: {item.reason}" for item in refused)
        verdict = _review(find_answer_row(REFUSED, matter.rulebook), "показания приняты не все", doubts)
    elif row is None or row.authority is RuleAuthority.PROPOSE:
        verdict = _review(row, "показания прочитаны, принимает их сотрудник", ())
        return replace(_with(verdict, matter, LetterKind.READING, clause="3"), accepted=())
    else:
        because = f"показания прочитаны полностью и правдоподобны: {len(accepted)}"
        verdict = _finished_by(row, Action.READING_ACCEPTED, because)
    return _with(verdict, matter, LetterKind.READING, clause="3")


def _readings_and_more(matter: LetterWithReadings) -> Verdict:
    """Readings beside a question or a complaint are taken; a plain question is answered in the same letter, if no reading is
    left to check; the rest waits for a person, acknowledged."""
    if {kind.value for kind in matter.facts.kinds} == {LetterKind.READING, LetterKind.QUESTION} and _taken(
        matter
    ):
        both = _question(matter)
        if both.action is Action.ANSWER:
            return replace(both, because="показания приняты; на вопрос рядом есть готовый ответ по существу")
    other = next(
        (kind.value for kind in matter.facts.kinds if kind.value is not LetterKind.READING),
        LetterKind.OTHER,
    )
    return review_by_kind(matter, other, f"в письме показания и ещё {KIND_WORDS[other]}; отвечает сотрудник")


def _taken(matter: LetterWithReadings) -> bool:
    """Are there readings, each fit, which the machine may take?"""
    row = find_answer_row("reading:accepted", matter.rulebook)
    readings = matter.readings
    return (
        bool(readings.accepted)
        and not readings.to_check
        and row is not None
        and row.authority is RuleAuthority.ACT
    )


def review_by_kind(matter: LetterWithReadings, kind: LetterKind, because: str) -> Verdict:
    """A person answers, the row of the kind acknowledges; readings that are fit are taken."""
    return _with(_by_kind(matter, kind), matter, kind, because=because)


def review_of_the_rest(matter: LetterWithReadings, *, may_be_talk: bool) -> Verdict:
    """The readings are taken; a person reads the other words. Where these may be mere talk no answer to them is promised;
    else, or where the company has no letter for that, they are acknowledged like a question."""
    because = "показания приняты; остальное в письме прочитает сотрудник"
    row = find_answer_row(REST, matter.rulebook) if may_be_talk else None
    if row is None:
        return review_by_kind(matter, LetterKind.QUESTION, because)
    return _with(_review(row, because, ()), matter, LetterKind.QUESTION)


def _question(matter: LetterWithReadings) -> Verdict:
    """The topic's row: by the machine where it answers a simple question, else as the acknowledgement."""
    topic = matter.facts.topics[0].value if matter.facts.topics else None
    row = find_answer_row(f"topic:{topic}", matter.rulebook) if topic else None
    if row is None or (row.on_substance and _unsure(matter)):
        return _by_kind(matter, LetterKind.QUESTION)
    if not row.on_substance or row.authority is RuleAuthority.PROPOSE:
        verdict = _review(row, "вопрос по известной теме, по существу отвечает сотрудник", ())
    else:
        because = "простой вопрос, на который есть готовый ответ по существу"
        verdict = _finished_by(row, Action.ANSWER, because)
    return _with(verdict, matter, LetterKind.QUESTION)


def _thanks(matter: LetterWithReadings) -> Verdict:
    """Thanks alone get a line of ours, once: not while the writer waits for an answer, nor in return for the same line."""
    row = find_answer_row("topic:thanks", matter.rulebook)
    waits = any(
        not case.answered_on_substance or COURTESY & set(case.topics) for case in matter.context.earlier
    )
    sure = matter.facts.kinds[0].confidence >= matter.rulebook.thresholds.answer
    if row is None or row.authority is RuleAuthority.PROPOSE or waits or not sure or matter.facts.abuse:
        return _by_kind(matter, LetterKind.OTHER)
    return _with(_finished_by(row, Action.ANSWER, "письмо только благодарит"), matter, LetterKind.OTHER)


def _topics(matter: LetterWithReadings) -> frozenset[str]:
    return frozenset(topic.value for topic in matter.facts.topics)


def _unsure(matter: LetterWithReadings) -> bool:
    """Is it not clear which one question is asked, or was it asked before? What else the letter holds, `accounting` sees."""
    facts = matter.facts
    topics = {topic.value for topic in facts.topics} - COURTESY
    asked_before = any(topics & set(case.topics) for case in matter.context.earlier)
    return (
        facts.kinds[0].confidence < matter.rulebook.thresholds.answer
        or facts.topics[0].confidence < matter.rulebook.thresholds.answer
        or len(topics) != 1
        or asked_before
        or bool(facts.abuse)
    )


def _by_kind(matter: LetterWithReadings, kind: LetterKind) -> Verdict:
    row = find_answer_row(f"kind:{kind.value}", matter.rulebook)
    return _with(_review(row, f"{KIND_WORDS[kind]}: отвечает сотрудник", ()), matter, kind)


def _finished_by(row: AnswerRule, action: Action, because: str) -> Verdict:
    """The machine sends the row's letter."""
    return Verdict(action, because, rule=row.name, template=row.template, on_substance=row.on_substance)


def _review(row: AnswerRule | None, because: str, doubts: tuple[str, ...]) -> Verdict:
    """A person decides; the row's letter is sent at once, or laid ready where the row only proposes."""
    act = row is not None and row.authority is RuleAuthority.ACT
    name = row.template if row else None
    return Verdict(
        Action.REVIEW,
        because,
        rule=row.name if row else None,
        template=name if act else None,
        proposed=None if act else name,
        doubts=doubts,
    )


def _with(
    verdict: Verdict,
    matter: LetterWithReadings,
    kind: LetterKind,
    *,
    because: str = "",
    clause: str = KIND_CLAUSE,
) -> Verdict:
    """The verdict with what its letter brings along: readings, topic, urgency, deadline."""
    facts, rulebook = matter.facts, matter.rulebook
    refused_spans = {
        item.reading.spans for item in matter.readings.refused if item not in matter.readings.to_check
    }
    trusted = (reading.confidence for reading in facts.readings if reading.spans not in refused_spans)
    topic = rulebook.topic(facts.topics[0].value) if facts.topics else None
    return replace(
        verdict,
        because=because or verdict.because,
        clause=clause,
        accepted=matter.readings.accepted,
        refused=matter.readings.refused,
        topic=topic.name if topic else None,
        priority=priority_of(topic),
        deadline=deadline_for(topic, kind),
        confidence=min(facts.kinds[0].confidence, *trusted, 1.0),
    )


def priority_of(topic: Topic | None) -> Priority:
    """An emergency that is only spoken of is looked at before the rest, but is none (`emergency`)."""
    if topic is None:
        return Priority.NORMAL
    return Priority.HIGH if topic.emergency else topic.priority


def deadline_for(topic: Topic | None, kind: LetterKind) -> str:
    """The row of `deadlines.toml`: the topic's, or the kind's where the topic says none that holds here."""
    return (
        deadline_of(kind)
        if topic is None or topic.emergency or kind is LetterKind.READING
        else topic.deadline
    )


def answer_with_row(
    routed: Verdict,
    row: AnswerRule,
    because: str,
    accounts: tuple[str, ...],
    documents: tuple[DocumentRequest, ...] = (),
) -> Verdict:
    """The row's letter in place of what was routed: the ledger answers for these accounts, with these papers."""
    return replace(
        routed,
        action=Action.ANSWER,
        because=because,
        rule=row.name,
        clause=KIND_CLAUSE,
        template=row.template,
        proposed=None,
        on_substance=row.on_substance,
        accounts=accounts,
        documents=documents,
    )


def deadline_of(kind: LetterKind) -> str:
    """The deadline of a kind whose topic is not known; «иное» waits as long as a question."""
    match kind:
        case LetterKind.READING:
            return "reading"
        case LetterKind.COMPLAINT:
            return "complaint"
        case LetterKind.QUESTION | LetterKind.OTHER:
            return "question"
        case _:
            assert_never(kind)
