"""What follows where a rule of `ignore.toml` or `no_reply.toml` holds for a letter."""

from __future__ import annotations

from typing import assert_never

from mailbot.model import Action, Certainty, RuleAuthority
from mailbot.policy.decision.rule_hits import TriedRule
from mailbot.policy.verdict import LetterInContext, Verdict

PROPOSALS = {
    Action.IGNORE: "не считать письмо обращением клиента",
    Action.NO_REPLY: "оставить письмо без ответа",
    Action.ANSWER: "спросить недостающие сведения",
}


def apply_silencing_rule(hit: TriedRule, matter: LetterInContext) -> Verdict:
    """The rule's own action where it may act, else a person with the rule's finding as the doubt."""
    rule, because = hit.rule, hit.trial.finding.because
    if rule.authority is RuleAuthority.PROPOSE or rule.action is Action.REVIEW:
        proposal = PROPOSALS.get(rule.action)
        what = (
            f"правило «{rule.name}» предлагает {proposal}" if proposal else f"сработало правило «{rule.name}»"
        )
        return _review(hit, f"{what}: {because}")
    match rule.action:
        case Action.ANSWER:
            if matter.facts.client.answer is not Certainty.YES:
                return _review(hit, f"{because}; похоже ли письмо на обращение клиента, неясно")
            return Verdict(Action.ANSWER, because, rule=rule.name, clause=rule.clause, template=rule.template)
        case Action.NO_REPLY:
            return _silence(hit)
        case Action.IGNORE:
            return Verdict(Action.IGNORE, because, rule=rule.short, clause=rule.clause)
        case Action.READING_ACCEPTED:
            raise ValueError(f"rule {rule.name} cannot take readings")
        case _:
            assert_never(rule.action)


def _silence(hit: TriedRule) -> Verdict:
    """Silence is as sure as the rule was right on labelled letters, and says so."""
    rule, finding = hit.rule, hit.trial.finding
    measured = rule.measured
    known = (
        f"; на размеченных письмах правило право в {measured.right} случаях из {measured.of}"
        if measured.of
        else ""
    )
    return Verdict(
        Action.NO_REPLY,
        f"{finding.because}{known}",
        rule=rule.short,
        clause=rule.clause,
        confidence=measured.share,
        repeats=finding.case,
    )


def _review(hit: TriedRule, doubt: str) -> Verdict:
    rule = hit.rule
    return Verdict(
        Action.REVIEW,
        hit.trial.finding.because,
        rule=rule.name,
        clause=rule.clause,
        proposed=rule.template,
        doubts=(doubt,),
        repeats=hit.trial.finding.case,
    )
