"""What an evaluation says: figures, failures, and how they are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mailbot.model import Action, LetterKind
from mailbot.services.evaluation.judging import JudgedLetter, JudgedThread
from mailbot.services.evaluation.labelled_folder import silent
from mailbot.services.evaluation.reliability import Reliability
from mailbot.services.trial.explanation import Explanation


@dataclass(frozen=True, slots=True)
class Share:
    """`good` of `whole`."""

    good: int
    whole: int

    @property
    def value(self) -> float | None:
        """0…1; None of nothing."""
        return self.good / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class EvaluationFigure:
    """One figure: its name in JSON, what it is called in Russian, and its value."""

    name: str
    title: str
    value: Share | float | int


@dataclass(frozen=True, slots=True)
class EvaluationFailure:
    """One letter on which the machine and the label differ."""

    what: str
    file: str
    owed: str
    got: str
    why: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures, the confusion of primary kinds as (label, found) → letters, and every failure.

    `reliability` tells how far each confidence can be trusted.
    """

    figures: tuple[EvaluationFigure, ...]
    reliability: tuple[Reliability, ...]
    confusion: tuple[tuple[tuple[LetterKind, LetterKind], int], ...]
    failures: tuple[EvaluationFailure, ...]


def failed(what: str, one: JudgedLetter | JudgedThread, why: str = "") -> EvaluationFailure:
    decision = one.result.decision
    got = f"{decision.action}/{decision.rule}" if decision.action is Action.NO_REPLY else str(decision.action)
    return EvaluationFailure(what, one.label.file, one.label.must, got, why or one.label.why)


def count(
    letters: Iterable[JudgedLetter],
    test: Callable[[JudgedLetter], bool],
    failures: list[EvaluationFailure],
    what: str,
) -> Share:
    """How many pass a test that is a fault; each is told."""
    chosen = tuple(letters)
    counted = [letter for letter in chosen if test(letter)]
    failures += [failed(what, letter) for letter in counted]
    return Share(len(counted), len(chosen))


def owed_of(letters: Iterable[JudgedLetter], *musts: str) -> tuple[JudgedLetter, ...]:
    return tuple(letter for letter in letters if letter.label.must in musts)


def answered(result: Explanation) -> bool:
    """Did the machine answer by itself?"""
    return result.decision.action.is_answer


def is_silent(one: JudgedLetter) -> bool:
    return silent(one.result.decision.action)


def rule_of(result: Explanation) -> str | None:
    return result.decision.rule if result.decision.action is Action.NO_REPLY else None
