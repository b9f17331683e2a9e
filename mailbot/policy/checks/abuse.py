"""Clause 2.2.email.2: abuse or threats «и одновременно отсутствует суть обращения».

Excluded must be, before the machine is silent: any matter of the company's, and any thing, deed, request, question or
number named beside the abuse (`Facts.substance`); readings; an emergency; an attachment that was not read; damage;
earlier letters quoted or answered, for the dispute may be theirs. All else goes before a person.
"""

from __future__ import annotations

from mailbot.model import AbuseKind, Certainty, Facts, Judgement, Span
from mailbot.policy.checks.unseen import why_quoted, why_undecoded, why_unseen
from mailbot.policy.verdict import LetterInContext

WORDS = {
    AbuseKind.OBSCENE: "нецензурные выражения",
    AbuseKind.INSULT: "оскорбления",
    AbuseKind.THREAT: "угрозы",
}


def abuse_without_substance(matter: LetterInContext) -> Judgement:
    """YES only where both halves of the clause hold: abuse with a cold flat in it is answered."""
    facts = matter.facts
    if not facts.abuse:
        return Judgement(Certainty.NO, "нецензурных слов, оскорблений и угроз не найдено", looked=_looked())
    spans = tuple(span for abuse in facts.abuse for span in abuse.spans)
    kinds = ", ".join(dict.fromkeys(WORDS[abuse.value] for abuse in facts.abuse))
    if facts.substance.answer is Certainty.YES:
        return _judged(Certainty.NO, f"есть {kinds}, но есть и суть: {facts.substance.because}", facts, spans)
    reason = _doubt(matter)
    if reason:
        return _judged(Certainty.DOUBT, f"есть {kinds}, но {reason}", facts, spans)
    because = (
        f"есть {kinds}; искали: {', '.join(facts.substance.looked)}, названные предметы и просьбы — не нашли"
    )
    return _judged(Certainty.YES, because, facts, spans)


def _doubt(matter: LetterInContext) -> str:
    """Why the absence of substance is not certain; empty where it is."""
    letter, facts = matter.letter, matter.facts
    if facts.substance.answer is Certainty.DOUBT:
        return f"суть обращения под вопросом: {facts.substance.because}"
    if facts.readings or facts.urgent:
        return "в письме есть показания или сообщение об аварии"
    if max(abuse.confidence for abuse in facts.abuse) < matter.rulebook.thresholds.kind:
        return "уверенности в них мало"
    if matter.context.follows:
        return "письмо отвечает на наше: дело может быть в прежней переписке"
    return why_unseen(letter) or why_undecoded(letter) or why_quoted(letter)


def _judged(answer: Certainty, because: str, facts: Facts, spans: tuple[Span, ...]) -> Judgement:
    return Judgement(answer, because, spans or facts.substance.spans, (*_looked(), *facts.substance.looked))


def _looked() -> tuple[str, ...]:
    return (*WORDS.values(), "суть обращения")
