"""The figures of a judged folder: what was silenced wrongly, what was found, and how honest the confidence is."""

from __future__ import annotations

from collections import Counter

from mailbot.services.evaluate import actions, findings
from mailbot.services.evaluate.figure import Evaluation, EvaluationFailure
from mailbot.services.evaluate.judge import JudgedFolder
from mailbot.services.evaluate.reliability import reliability


def evaluate_letters(judged: JudgedFolder) -> Evaluation:
    """Weigh what came out against the labels."""
    failures: list[EvaluationFailure] = []
    letters = judged.letters
    figures = (
        *actions.actions(letters, failures),
        *actions.rules(letters, failures),
        *actions.threads(judged.threads, failures),
        *actions.measured(judged.all),
        *findings.kinds(letters),
        *findings.readings(letters, failures),
        *findings.contacts(letters, failures),
        *actions.abuse(letters),
        *actions.work(letters),
    )
    confusion = Counter((letter.label.primary, letter.result.facts.primary) for letter in letters)
    return Evaluation(figures, reliability(letters), tuple(sorted(confusion.items())), tuple(failures))
