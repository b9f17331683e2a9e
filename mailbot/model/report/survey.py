"""Questionnaires (chapter 6): what each group of clients is asked, what was answered, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from mailbot.model.ledger.accounts_and_meters import ClientGroup


class SurveyMetric(StrEnum):
    """What the answers to a question are reckoned to."""

    CSAT = "csat"  # 1…5: the share of 4 and 5
    NPS = "nps"  # 0…10: the share of 9 and 10 less that of 0 to 6
    CSI = "csi"  # 1…5 with a weight: the weighted share of the best possible score

    @property
    def is_share(self) -> bool:
        """Is it a share, in percent; else points from −100 to 100?"""
        match self:
            case SurveyMetric.CSAT | SurveyMetric.CSI:
                return True
            case SurveyMetric.NPS:
                return False
            case _:
                assert_never(self)

    @property
    def scale(self) -> tuple[int, int]:
        """Lowest and highest score of an answer."""
        match self:
            case SurveyMetric.NPS:
                return 0, 10
            case SurveyMetric.CSAT | SurveyMetric.CSI:
                return 1, 5
            case _:
                assert_never(self)


class SurveyForm(StrEnum):
    """Kinds of polls of the standard (chapter 6)."""

    WRITTEN = "written"  # письменный: the client fills the sheet in themselves
    ORAL = "oral"  # устный: a member of staff asks and writes
    REMOTE = "remote"  # заочный: by mail, telephone or the site


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """`name` is latin and stable, `weight` counts for CSI only. `asked_by_mail`: the one-click question of an answer."""

    name: str
    words: str
    measure: SurveyMetric
    weight: Decimal = Decimal(1)
    asked_by_mail: bool = False

    @property
    def scale(self) -> tuple[int, int]:
        """Lowest and highest score."""
        return self.measure.scale


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """`rules/surveys/GROUP.toml`: for each group of clients its own (chapter 6). `version`: 12 hex digits of its text."""

    group: ClientGroup
    title: str
    questions: tuple[SurveyQuestion, ...]
    version: str

    @property
    def by_mail(self) -> SurveyQuestion | None:
        return next((question for question in self.questions if question.asked_by_mail), None)


@dataclass(frozen=True, slots=True)
class SurveyResponse:
    """A questionnaire filled in: (question, score) each, an optional word, and the case it is about if any."""

    id: int
    at: datetime
    form: SurveyForm
    group: ClientGroup
    scores: tuple[tuple[str, int], ...]
    words: str
    case_id: int | None


@dataclass(frozen=True, slots=True)
class RatingLinks:
    """Links in the mail of an answer: (score, https address) from the lowest, and the one that ends such questions."""

    scores: tuple[tuple[int, str], ...]
    stop_url: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A client was asked, in the mail of the answer to the case `number`, to rate it; `email` is where it went.

    `message_id` is that letter's own.
    """

    id: int
    case_id: int
    number: str
    email: str
    group: ClientGroup
    at: datetime
    message_id: str


@dataclass(frozen=True, slots=True)
class CaseRating:
    """What became of an invitation: the newest rating and its word; `score` None: not rated yet."""

    asked_at: datetime
    at: datetime | None
    score: int | None
    words: str


POOR = 2
"""A score of 1…5 up to which a client is not content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyResult:
    """A figure with its formula, the number of answers and a 95 % confidence interval, all as percent or points.

    `low` and `high` are None where there are too few answers for an interval.
    """

    measure: SurveyMetric
    value: Decimal
    n: int
    low: Decimal | None
    high: Decimal | None
    formula: str


@dataclass(frozen=True, slots=True)
class SatisfactionFigures:
    """A group of clients: how many answered, in which form, what it comes to, and what they said in words.

    `cases` are those whose answer was rated; `poor` of them with 1 or 2.
    """

    group: ClientGroup
    title: str
    forms: tuple[tuple[SurveyForm, int], ...]
    asked: int
    rates: tuple[SurveyResult, ...]
    words: tuple[str, ...]
    cases: tuple[int, ...]
    poor: tuple[int, ...]
