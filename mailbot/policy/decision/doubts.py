"""Why the machine may not decide a letter by itself: each reason in Russian, for the person who will."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailbot.model import Action, Certainty, LetterDamage, LetterKind
from mailbot.policy.checks.unseen import only_a_picture, why_undecoded
from mailbot.policy.decision.rule_hits import TriedRule
from mailbot.policy.routing import KIND_WORDS
from mailbot.policy.verdict import LetterInContext, Verdict


def find_doubts(matter: LetterInContext, tried: Sequence[TriedRule]) -> tuple[str, ...]:
    """Every doubt, each once; empty where the machine may go on."""
    return tuple(dict.fromkeys(_doubts(matter, tried)))


def _doubts(matter: LetterInContext, tried: Sequence[TriedRule]) -> Iterator[str]:
    facts, letter = matter.facts, matter.letter
    for rule in tried:
        if rule.answer is Certainty.DOUBT:
            yield rule.trial.finding.because
    if letter.automatic:
        yield f"письмо похоже на автоматическое: {letter.automatic[0].evidence}"
    if picture := only_a_picture(letter):
        yield picture
    if LetterDamage.CUT in letter.damage:
        yield "письмо слишком большое и прочитано не целиком"
    if LetterDamage.UNDECODED in letter.damage:
        yield why_undecoded(letter)
    if "@" in letter.from_.name and not any(address.email for address in (letter.from_, *letter.reply_to)):
        yield f"адрес отправителя записан неверно, ответить некуда: {letter.from_.name}"
    if facts.client.answer is not Certainty.YES:
        yield f"обращение ли это клиента, неясно: {facts.client.because}"
    if facts.readable.answer is not Certainty.YES:
        yield f"текст читается не полностью: {facts.readable.because}"
    if facts.substance.answer is Certainty.NO and not facts.has(LetterKind.READING):
        yield f"суть обращения не найдена: {facts.substance.because}"
    if facts.kinds[0].confidence < matter.rulebook.thresholds.kind:
        likely = f"{KIND_WORDS[facts.primary]} ({facts.kinds[0].confidence:.2f})"
        yield f"вид обращения неясен; скорее всего {likely}"


def propose_for_review(routed: Verdict, doubts: tuple[str, ...]) -> Verdict:
    """The verdict as a proposal: nothing is sent or taken until a person has looked."""
    values = ", ".join(str(reading.value) for reading in routed.accepted)
    waiting = (f"показания ждут сотрудника: {values}",) if values else ()
    return replace(
        routed,
        action=Action.REVIEW,
        because=f"решает сотрудник: {doubts[0]}",
        template=None,
        proposed=routed.proposed if routed.proposed or routed.change else routed.template,
        on_substance=False,
        accepted=(),
        refused=(),
        doubts=(*doubts, *waiting, *routed.doubts),
        accounts=(),
        change=None,
        documents=(),
    )
