"""Figures of what was done: silence, answers to machines, the no-reply rules, repeats, and people's work."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.model import Action
from mailbot.services.evaluation.counting import (
    EvaluationFailure,
    EvaluationFigure,
    Share,
    answered,
    count,
    failed,
    is_silent,
    owed_of,
    rule_of,
)
from mailbot.services.evaluation.judging import JudgedLetter, JudgedThread
from mailbot.services.evaluation.labelled_folder import ANSWER, IGNORE, NO_REPLY, RULES, silent

ABUSE_TAGS = ("abuse", "abuse_subst")
TRAP_TAG = "trap"


def actions(
    letters: Sequence[JudgedLetter], failures: list[EvaluationFailure]
) -> tuple[EvaluationFigure, ...]:
    owed, machines = owed_of(letters, ANSWER), owed_of(letters, IGNORE)
    silenced = count(owed, is_silent, failures, "умолчано")
    spoken = count(machines, lambda letter: answered(letter.result), failures, "отвечено машине")
    ignored = sum(machine.result.decision.action is Action.IGNORE for machine in machines)
    return (
        EvaluationFigure("wrongly_silenced", "Умолчано, хотя ответ положен", silenced),
        EvaluationFigure("wrongly_answered", "Отвечено роботу или рассылке", spoken),
        EvaluationFigure("ignored", "Не обращения, отложенные точно", Share(ignored, len(machines))),
    )


def rules(letters: Sequence[JudgedLetter], failures: list[EvaluationFailure]) -> tuple[EvaluationFigure, ...]:
    """Recall of each no-reply rule; another rule that the label allows counts as well."""
    figures = []
    for rule in RULES:
        owed = owed_of(letters, NO_REPLY + rule)
        if not owed:
            continue
        missed = count(
            owed, lambda letter: rule_of(letter.result) not in letter.label.rules, failures, f"правило {rule}"
        )
        title = f"Без ответа по правилу {rule} (или иному верному)"
        figures.append(
            EvaluationFigure(f"no_reply_{rule}", title, Share(missed.whole - missed.good, missed.whole))
        )
    return tuple(figures)


def measured(judged: Sequence[JudgedLetter | JudgedThread]) -> tuple[EvaluationFigure, ...]:
    """Of what each no-reply rule silenced, how much rightly: the numbers of `rules/no_reply.toml`."""
    figures = []
    for rule in RULES:
        silenced = [judgement for judgement in judged if rule_of(judgement.result) == rule]
        right = sum(_allows(judgement, rule) for judgement in silenced)
        title = f"Оставлено без ответа по правилу {rule} верно"
        figures.append(EvaluationFigure(f"measured_{rule}", title, Share(right, len(silenced))))
    return tuple(figures)


def _allows(one: JudgedLetter | JudgedThread, rule: str) -> bool:
    also = one.label.rules if isinstance(one, JudgedLetter) else frozenset[str]()
    return one.label.must == NO_REPLY + rule or rule in also


def threads(
    threads: Sequence[JudgedThread], failures: list[EvaluationFailure]
) -> tuple[EvaluationFigure, ...]:
    repeats = [thread for thread in threads if thread.label.must == NO_REPLY + "repeat"]
    fresh = [thread for thread in threads if thread.label.must == ANSWER]
    missed = [repeat for repeat in repeats if rule_of(repeat.result) != "repeat"]
    silenced = [thread for thread in fresh if silent(thread.result.decision.action)]
    failures += [failed("повтор не узнан", repeat) for repeat in missed]
    failures += [failed("новое умолчано", thread) for thread in silenced]
    if not threads:
        return ()
    return (
        EvaluationFigure("repeats_found", "Повторы узнаны", Share(len(repeats) - len(missed), len(repeats))),
        EvaluationFigure("new_facts_silenced", "Умолчано, хотя есть новое", Share(len(silenced), len(fresh))),
    )


def abuse(letters: Sequence[JudgedLetter]) -> tuple[EvaluationFigure, ...]:
    """Letters are told apart by their first tag, as the labelled folders have it."""
    traps = [letter for letter in letters if letter.label.tags[:1] == (TRAP_TAG,)]
    hit = sum(is_silent(trap) or rule_of(trap.result) == "abuse" for trap in traps)
    matter = [letter for letter in letters if letter.label.tags[:1] == ("abuse_subst",)]
    clean = [letter for letter in letters if not set(letter.label.tags[:1]) & set(ABUSE_TAGS)]
    return (
        EvaluationFigure(
            "traps_hit", "Чистые письма со словами, похожими на брань, сочтены бранью", Share(hit, len(traps))
        ),
        EvaluationFigure(
            "abuse_with_matter_silenced",
            "Брань с сутью обращения умолчана",
            Share(sum(map(is_silent, matter)), len(matter)),
        ),
        EvaluationFigure(
            "abuse_without_abuse",
            "Правило о брани на письме без брани",
            Share(sum(rule_of(letter.result) == "abuse" for letter in clean), len(clean)),
        ),
    )


def work(letters: Sequence[JudgedLetter]) -> tuple[EvaluationFigure, ...]:
    owed = owed_of(letters, ANSWER)
    waiting = sum(letter.result.decision.action is Action.REVIEW for letter in letters)
    of_owed = sum(letter.result.decision.action is Action.REVIEW for letter in owed)
    return (
        EvaluationFigure("review", "Отправлено сотруднику", Share(waiting, len(letters))),
        EvaluationFigure(
            "review_of_owed", "Отправлено сотруднику из тех, кому положен ответ", Share(of_owed, len(owed))
        ),
    )
