"""The figures of a judged folder: what was silenced wrongly, what was found, and how honest the confidence is."""

from __future__ import annotations

from collections import Counter

from mailbot.services.evaluation import action_figures, finding_figures
from mailbot.services.evaluation.counting import Evaluation, EvaluationFailure
from mailbot.services.evaluation.judging import JudgedFolder
from mailbot.services.evaluation.reliability import reliability


def evaluate_letters(judged: JudgedFolder) -> Evaluation:
    """Weigh what came out against the labels."""
    failures: list[EvaluationFailure] = []
    letters = judged.letters
    figures = (
        *action_figures.actions(letters, failures),
        *action_figures.rules(letters, failures),
        *action_figures.threads(judged.threads, failures),
        *action_figures.measured(judged.all),
        *finding_figures.kinds(letters),
        *finding_figures.readings(letters, failures),
        *finding_figures.contacts(letters, failures),
        *action_figures.abuse(letters),
        *action_figures.work(letters),
    )
    confusion = Counter((letter.label.primary, letter.result.facts.primary) for letter in letters)
    return Evaluation(figures, reliability(letters), tuple(sorted(confusion.items())), tuple(failures))
