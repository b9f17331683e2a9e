"""Clause 2.2.email.4: answered on substance before, «и при этом … не приведены новые доводы»."""

from __future__ import annotations

from dataclasses import replace

from mailbot.model import Certainty, Context, EarlierCase, Facts, Judgement, Kind, Letter, Rulebook
from mailbot.policy.ledger_answers import asked_lately
from mailbot.policy.repeats import (
    LOOKED,
    Later,
    Novelty,
    Sameness,
    answers_on_substance,
    later_letter,
    news,
    pending,
    sameness,
)

NEAR = 0.75
"""The share of the threshold from which a likeness is worth a person's look."""

ENOUGH = 1.0
"""The weight of what may be new from which a person looks; below it stands a word or two of feeling."""


def answered_repeat(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Judgement:
    """YES where an earlier answer on substance settles the same question and nothing new is said."""
    answered = [case for case in context.earlier if case.answered_on_substance]
    if not answered:
        return _no("прежнего ответа по существу нет")
    if facts.readings:
        return _no("показания — не повторный вопрос")
    if facts.primary is Kind.OTHER:
        return _no("письмо ни о чём не спрашивает и ничего не просит")
    later = later_letter(letter, facts, context, rulebook)
    judged = [_against(case, later) for case in answered]
    for wanted in (Certainty.YES, Certainty.DOUBT):
        for judgement in judged:
            if judgement.answer is wanted:
                return _by_the_day(judgement, letter, facts, context, rulebook)
    return judged[0]


def _by_the_day(
    judgement: Judgement, letter: Letter, facts: Facts, context: Context, rulebook: Rulebook
) -> Judgement:
    """What is owed, charged and read changes by the month: an old answer settles no new question of it."""
    lately = asked_lately(letter, facts, context, rulebook)
    if lately is None:
        return judgement
    if lately:
        because = f"о счёте спрашивали меньше месяца назад, но суммы могли измениться: {judgement.because}"
        return replace(judgement, answer=Certainty.DOUBT, because=because)
    return replace(judgement, answer=Certainty.NO, because="о счёте спрашивали давно: суммы с тех пор другие")


def _no(because: str) -> Judgement:
    return Judgement(Certainty.NO, because, looked=LOOKED)


def _against(case: EarlierCase, later: Later) -> Judgement:
    """The letter held against one earlier case."""
    which, threshold = _which(case, later), later.rulebook.thresholds.repeat
    if not answers_on_substance(case.answer, case.text):
        return _no(f"ответ на {which} был только формальным")
    same = sameness(later, case)
    if same.score < threshold * NEAR and not (same.silent and later.context.follows == case.number):
        return _no(f"вопрос другой, чем в {which} (сходство {same.score:.2f})")
    new = news(later, case)
    if new.sure:
        told, places = new.sure, new.places
        return Judgement(
            Certainty.NO, f"вопрос тот же, что в {which}, но есть новое: {_listed(told)}", places, LOOKED
        )
    doubts = _doubts(later, case, same, new, threshold)
    if doubts:
        places = new.places or same.places
        because = f"вопрос похож на {which} ({same.told}), но {_listed(doubts)}"
        return Judgement(Certainty.DOUBT, because, places, LOOKED)
    slight = f", кроме мелочи ({_listed(new.unsure)})" if new.unsure else ""
    because = (
        f"на этот вопрос отвечено по существу: {which}; то же самое: {same.told}; нового не сказано{slight}"
    )
    return Judgement(Certainty.YES, because, same.places, LOOKED)


def _doubts(
    later: Later, case: EarlierCase, same: Sameness, new: Novelty, threshold: float
) -> tuple[str, ...]:
    found = [f"может быть новое: {what}" for what in new.unsure if new.weight >= ENOUGH]
    if same.score < threshold:
        found.append(f"сходство неполное ({same.score:.2f})")
    found += [f"на более новое обращение № {other.number} ответа ещё нет" for other in pending(later, case)]
    return tuple(found)


def _listed(what: tuple[str, ...]) -> str:
    return "; ".join(what[:3])


def _which(case: EarlierCase, later: Later) -> str:
    """«№ 26-000417 от 03.11.2026 (ответ 04.11.2026)», by the company's own clock."""
    received = later.day(case.received_at)
    answered = f" (ответ {later.day(case.answered_at):%d.%m.%Y})" if case.answered_at else ""
    return f"№ {case.number} от {received:%d.%m.%Y}{answered}"
