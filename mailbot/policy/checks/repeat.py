"""Clause 2.2.email.4: answered on substance before, «и при этом … не приведены новые доводы»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailbot.model import (
    AttachmentText,
    Certainty,
    Context,
    EarlierCase,
    Facts,
    Found,
    Judgement,
    Kind,
    Letter,
    Role,
    Rulebook,
    Span,
)
from mailbot.policy.checks.unseen import undecoded, unseen
from mailbot.policy.markers import DONE, FEELING, PROMISE
from mailbot.policy.novelty import LOOKED, Novelty, novelty, repeats_itself
from mailbot.policy.similarity import folded, likeness, stems
from mailbot.policy.substance import answers_on_substance

SAYS_SO, SAME_TOPIC, SAME_THREAD = 0.2, 0.15, 0.15
"""What the writer's own «повторно», a shared topic, and our thread add to the likeness of words (0…1)."""

NEAR = 0.75
"""The share of the threshold from which a likeness is worth a person's look."""

UNHEARD = 2
"""Words of matter, heard in neither the earlier letter nor our answer, that may make a new circumstance."""

UNHEARD_IN_A_REPEAT = 3
"""The same where the writer calls the letter a repeat."""


def answered_repeat(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Judgement:
    """YES where an earlier answer on substance settles the same question and nothing new is said."""
    answered = [case for case in context.earlier if case.answered_on_substance]
    if not answered or facts.has(Kind.READING) or facts.readings:
        why = "прежнего ответа по существу нет" if not answered else "показания — не повторный вопрос"
        return Judgement(Certainty.NO, why, looked=LOOKED)
    judged = [_against(case, letter, facts, context, rulebook.thresholds.repeat) for case in answered]
    for wanted in (Certainty.YES, Certainty.DOUBT):
        for judgement in judged:
            if judgement.answer is wanted:
                return judgement
    return judged[0]


def _against(
    case: EarlierCase, letter: Letter, facts: Facts, context: Context, threshold: float
) -> Judgement:
    """The letter held against one earlier case."""
    if not answers_on_substance(case.answer):
        return Judgement(Certainty.NO, f"ответ на № {case.number} был только формальным", looked=LOOKED)
    same, shared = _sameness(case, letter, facts, context)
    number = f"№ {case.number}"
    if same < threshold * NEAR:
        return Judgement(Certainty.NO, f"вопрос другой, чем в {number} (сходство {same:.2f})", looked=LOOKED)
    new = _news(case, letter, facts, context)
    if new.sure:
        because = f"вопрос похож на {number}, но есть новое: {'; '.join(new.sure[:3])}"
        return Judgement(Certainty.NO, because, looked=new.looked)
    words = f"общие слова: {', '.join(shared)}" if shared else "общих слов нет"
    if new.unsure or same < threshold:
        why = f"может быть новое: {'; '.join(new.unsure[:3])}" if new.unsure else "сходство неполное"
        because = f"вопрос похож на {number} ({same:.2f}; {words}), но {why}"
        return Judgement(Certainty.DOUBT, because, looked=new.looked)
    because = f"на этот вопрос отвечено по существу ({number}; {words}), нового не сказано"
    return Judgement(Certainty.YES, because, looked=new.looked)


def _sameness(
    case: EarlierCase, letter: Letter, facts: Facts, context: Context
) -> tuple[float, tuple[str, ...]]:
    """How much the letter asks what the case asked (0…1): both ways, then what supports it."""
    names = _contact_stems(facts)
    later, question = _matter(_text(letter, facts)) - names, _matter(case.text) - names
    alike = likeness(later, question)
    heard = len(later & (question | stems(case.answer))) / len(later) if later else 0.0
    score = (alike.score + heard) / 2
    says_so = repeats_itself(_text(letter, facts))
    if len(alike.shared) < 2 and not says_so:
        score /= 2  # one common word («батарея») is no common question
    score += SAYS_SO if says_so else 0.0
    score += SAME_TOPIC if {found.value for found in facts.topics} & set(case.topics) else 0.0
    score += SAME_THREAD if context.follows == case.number else 0.0
    return min(1.0, score), alike.shared


def _news(case: EarlierCase, letter: Letter, facts: Facts, context: Context) -> Novelty:
    """Everything new: own markers, understanding's arguments and topics, files, deeds, words unheard."""
    text, known = (
        _text(letter, facts, context),
        f"{case.number}\n{case.text}\n{case.answer}",
    )  # our number stands in «Re: …»
    heard = stems(known) | _contact_stems(facts)
    found = novelty(text, known)
    arguments = [item for item in facts.arguments if item.value not in case.arguments]
    sure = tuple(f"довод: «{_quote(letter, item)}»" for item in _unheard(arguments, letter, facts, known))
    topics = [item for item in facts.topics if item.value not in case.topics] if case.topics else []
    unsure = tuple(f"тема: «{_quote(letter, item)}»" for item in _unheard(topics, letter, facts, known))
    files = [
        item.filename or "без имени" for item in letter.attachments if item.text is not AttachmentText.EMPTY
    ]
    return Novelty(
        sure=(*found.sure, *sure, *(f"вложение «{name}»" for name in files)),
        unsure=(
            *found.unsure,
            *unsure,
            *filter(None, (unseen(letter), undecoded(letter))),
            *_settled_by_deed(case),
            *_unheard_words(text, heard),
        ),
        looked=found.looked,
    )


def _unheard(items: Sequence[Found[str]], letter: Letter, facts: Facts, known: str) -> Iterator[Found[str]]:
    """Those whose words the known texts do not hold: a date normalised otherwise is no new date."""
    heard = stems(known) | _contact_stems(facts)
    own = {span for found in (*facts.contacts.names, *facts.contacts.phones) for span in found.spans}
    for item in items:
        words = _quote(letter, item) if item.spans else item.value
        if item.spans and set(item.spans) <= own:
            continue
        if stems(words) - heard or any(novelty(words, known).sure):
            yield item


def _settled_by_deed(case: EarlierCase) -> Iterator[str]:
    """Our answer spoke of a deed: done, or promised by a day. Asking again may deny it."""
    answer = folded(case.answer)
    for pattern, name in ((DONE, "мы ответили, что сделано"), (PROMISE, "мы обещали к сроку")):
        if match := pattern.search(answer):
            yield f"{name}: «{match[0][:60]}»"


def _unheard_words(text: str, heard: frozenset[str]) -> Iterator[str]:
    fresh = sorted(_matter(text) - heard)
    if len(fresh) >= (UNHEARD_IN_A_REPEAT if repeats_itself(text) else UNHEARD):
        yield f"впервые слова: {', '.join(fresh[:6])}"


def _matter(text: str) -> frozenset[str]:
    """The stems that say something of the matter: «сколько можно издеваться» says nothing of it."""
    return frozenset(word for word in stems(text) if not FEELING.match(word))


def _quote(letter: Letter, found: Found[str]) -> str:
    words = " ".join(letter.quote(span) for span in found.spans).split()
    return " ".join(words)[:80] or found.value


def _contact_stems(facts: Facts) -> frozenset[str]:
    contacts = facts.contacts
    return stems(" ".join(found.value for found in (*contacts.names, *contacts.addresses)))


def _text(letter: Letter, facts: Facts, context: Context | None = None) -> str:
    """The writer's words in body and subject, without names and phones.

    With a context, also without the accounts that are known to be the client's: another account
    than before may be another flat, which is new.
    """
    contacts = facts.contacts
    own = context.client.accounts if context and context.client else ()
    blank = [*contacts.names, *contacts.phones, *(found for found in contacts.accounts if found.value in own)]
    texts = []
    for part in (letter.part("body"), letter.part("subject")):
        text = part.view(Role.WRITTEN, Role.FORWARDED)
        for span in (span for found in blank for span in found.spans if span.part == part.name):
            text = _blanked(text, span)
        texts.append(text)
    return "\n".join(texts)


def _blanked(text: str, span: Span) -> str:
    return text[: span.start] + " " * (span.end - span.start) + text[span.end :]
