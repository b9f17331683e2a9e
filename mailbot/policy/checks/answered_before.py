"""Clause 2.2.email.4: answered on substance before, «и при этом … не приведены новые доводы».

The machine is silent only where the letter is nearly word for word the answered one. Excluded must be: any word or
figure that the answered letter did not say (set phrases of courtesy and feeling aside: `rules/words/courtesy.txt`),
another account or address, an attachment, anything unread or damaged, a deed that our answer reported or promised, a
newer case without an answer, a formal answer, a letter written before our answer left, words of a day that is over, and so
long a time that the same may have happened again. A repeat in other words is proposed to a person, who sees both letters.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from mailbot.model import (
    AttachmentText,
    Certainty,
    EarlierCase,
    Judgement,
    Letter,
    LetterKind,
    Priority,
)
from mailbot.policy.answers.ledger_answers import asked_recently
from mailbot.policy.case_folding import fold_case
from mailbot.policy.checks.unseen import why_undecoded, why_unseen
from mailbot.policy.repeats import (
    MAX_LENGTH,
    LaterLetter,
    SimilarityScore,
    answers_on_substance,
    find_new_content,
    find_pending_cases,
    find_unkept_promises,
    is_whole,
    later_letter,
    measure_sameness,
    tells_figures,
)
from mailbot.policy.verdict import LetterInContext

NEAR = 0.75
"""The share of the threshold from which a likeness is worth a person's look."""

MOSTLY = 0.5
"""Share of new words from which a letter is a new one, however much else it says again."""

LOOKED = (
    "слова, числа и даты, которых не было в отвеченном письме",
    "другой лицевой счёт, адрес или телефон",
    "вложения",
    "обещанное или сделанное нами по прежнему ответу",
    "обращения, на которые ответа ещё нет",
)
"""What is searched for before a letter is called a repeat."""


def answered_repeat(matter: LetterInContext) -> Judgement:
    """YES where an earlier answer on substance settles the same question and nothing new is said."""
    answered = [case for case in matter.context.earlier if case.answered_on_substance]
    if not answered:
        return _no("прежнего ответа по существу нет")
    if matter.facts.readings:
        return _no("показания — не повторный вопрос")
    if matter.facts.primary is LetterKind.OTHER:
        return _no("письмо ни о чём не спрашивает и ничего не просит")
    later = later_letter(matter)
    judged = [_against(case, later) for case in answered]
    for wanted in (Certainty.YES, Certainty.DOUBT):
        for judgement in judged:
            if judgement.answer is wanted:
                return _by_the_day(judgement, matter)
    return judged[0]


def _by_the_day(judgement: Judgement, matter: LetterInContext) -> Judgement:
    """What is owed, charged and read changes by the month: an old answer settles no new question of it."""
    lately = asked_recently(matter)
    if lately is None:
        return judgement
    if lately:
        because = f"о счёте спрашивали меньше месяца назад, но суммы могли измениться: {judgement.because}"
        return replace(judgement, answer=Certainty.DOUBT, because=because)
    return replace(judgement, answer=Certainty.NO, because="о счёте спрашивали давно: суммы с тех пор другие")


def _no(because: str) -> Judgement:
    return Judgement(Certainty.NO, because, looked=LOOKED)


def _against(case: EarlierCase, later: LaterLetter) -> Judgement:
    """The letter held against one earlier case."""
    which = _which(case, later)
    if not answers_on_substance(case.answer, case.text):
        return _no(f"ответ на {which} был только формальным")
    same, new = measure_sameness(later, case), find_new_content(later, case)
    if not new and not _files(later) and is_whole(later, case):
        return _word_for_word(case, later, same, which)
    if same.score < later.rulebook.thresholds.repeat * NEAR:
        return _no(f"вопрос другой, чем в {which} (сходство {same.score:.2f})")
    if fact := _fact(later, case, new):
        places = tuple(later.plain.span(*place) for place in new)
        return Judgement(Certainty.NO, f"вопрос похож на {which}, но есть новое: {fact}", places, LOOKED)
    return _proposed(case, same, _first_said(later, new), which)


def _word_for_word(case: EarlierCase, later: LaterLetter, same: SimilarityScore, which: str) -> Judgement:
    if doubts := _doubts(later, case):
        return _proposed(case, same, "; ".join(doubts[:3]), which)
    because = (
        f"слово в слово {which}, на которое отвечено по существу; искали: {', '.join(LOOKED)} — не нашли"
    )
    return Judgement(Certainty.YES, because, same.places, LOOKED, case.number)


def _proposed(case: EarlierCase, same: SimilarityScore, doubt: str, which: str) -> Judgement:
    """A person compares; the doubt names the case, its answer, the likeness and what is said for the first time."""
    answer = " ".join(case.answer.split())[:120]
    because = (
        f"похоже на повтор {which} (сходство {same.score:.2f}: {same.told}); {doubt}; мы ответили: «{answer}»"
    )
    return Judgement(Certainty.DOUBT, because, same.places, LOOKED, case.number)


def _fact(later: LaterLetter, case: EarlierCase, new: tuple[tuple[int, int], ...]) -> str:
    """What makes the letter a new one for certain (Russian); empty where only words are new."""
    if files := _files(later):
        return f"вложение «{files[0]}»"
    if tells_figures(later, case) or any(place == (0, 0) for place in new):
        return _first_said(later, new)
    matter = [word for word in later.words if word.matter]
    fresh = [word for word in matter if (word.start, word.end) in new and word.key[0] != "≈"]
    return _first_said(later, new) if len(fresh) > MOSTLY * len(matter) and len(fresh) > 1 else ""


def _files(later: LaterLetter) -> tuple[str, ...]:
    full = (
        attachment for attachment in later.letter.attachments if attachment.text is not AttachmentText.EMPTY
    )
    return tuple(attachment.filename or "без имени" for attachment in full)


def _first_said(later: LaterLetter, new: tuple[tuple[int, int], ...]) -> str:
    quotes = list(dict.fromkeys(later.whole[start:end] for start, end in new if end > start))[:6]
    return f"впервые сказано: «{'», «'.join(quotes)}»" if quotes else "сказано не всё, что в прежнем письме"


def _doubts(later: LaterLetter, case: EarlierCase) -> tuple[str, ...]:
    """Why even the same words may say something new today."""
    doubts = [CROSSED] if _crossed(later.letter, case) else []
    today, answered = later.day(later.letter.received_at), later.day(case.answered_at or case.received_at)
    doubts += [doubt for doubt in (why_unseen(later.letter), why_undecoded(later.letter)) if doubt]
    if len(later.whole) > MAX_LENGTH:
        doubts.append("письмо слишком длинное, чтобы сверить его целиком")
    doubts += find_unkept_promises(case.answer[:MAX_LENGTH], answered, today)
    if today - answered > (SAME_STATE if _tells_of_supply(later) else SAME_MONTH):
        doubts.append("с нашего ответа прошло много дней: то же могло случиться снова")
    if today != later.day(case.received_at) and _OF_A_DAY.search(fold_case(later.whole)):
        doubts.append("в письме сказано о сегодняшнем дне, а он уже другой")
    doubts += [
        f"на более новое обращение № {other.number} ответа ещё нет"
        for other in find_pending_cases(later, case)
    ]
    return tuple(doubts)


SAME_STATE, SAME_MONTH = timedelta(days=7), timedelta(days=31)
"""After so long the same words tell of a new outage, or ask about a new month."""

_OF_A_DAY = re.compile(
    r"(?<!\w)(?:сегодня|вчера|позавчера|сейчас|утром|вечером|ночью|дн[её]м|опять|снова|завтра|недавно)(?!\w)"
)
"""Words that mean another day in every letter."""


def _tells_of_supply(later: LaterLetter) -> bool:
    """Is it about heat or water that fails, and may fail again, rather than about papers?"""
    topics = (later.rulebook.topic(topic.value) for topic in later.facts.topics)
    complains = later.facts.primary is LetterKind.COMPLAINT
    return complains and any(topic is not None and topic.priority is not Priority.NORMAL for topic in topics)


MAX_TRANSIT = timedelta(days=5)
"""Servers give a letter up after so long (RFC 5321 4.5.4.1): a `Date` still older is a clock that is wrong."""

CROSSED = "клиент написал раньше, чем ушёл наш ответ: он мог его ещё не видеть"


def _crossed(letter: Letter, case: EarlierCase) -> bool:
    """Did the letter come, or was it written by its own word, before our answer left?"""
    received, sent = letter.received_at, letter.sent_at
    on_its_way = sent is not None and received - MAX_TRANSIT < sent < received
    written = sent if on_its_way and sent is not None else received
    return case.answered_at is not None and written < case.answered_at


def _which(case: EarlierCase, later: LaterLetter) -> str:
    """«№ 26-000417 от 03.11.2026 (ответ 04.11.2026)», by the company's own clock."""
    received = later.day(case.received_at)
    answered = f" (ответ {later.day(case.answered_at):%d.%m.%Y})" if case.answered_at else ""
    return f"№ {case.number} от {received:%d.%m.%Y}{answered}"
