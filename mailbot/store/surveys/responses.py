"""Questionnaires filled in: lines are added, never changed; of one invitation the newest counts (chapter 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, exists, func, insert, select

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.period import Period
from mailbot.model.report.survey import POOR, CaseRating, Invitation, SurveyForm, SurveyResponse
from mailbot.store.schema.reports_and_surveys import survey_invitation, survey_response, survey_score

CLIENT = "клиент"
"""Who filled in what came by a link of ours."""

MAX_CHANGES = 20
"""Ratings of one invitation: more is no change of mind, but a program."""


@dataclass(frozen=True, slots=True)
class FilledQuestionnaire:
    """A questionnaire as it was filled in: `at` when, (question, score) each, and a word; `version` of its wording."""

    group: ClientGroup
    version: str
    form: SurveyForm
    at: datetime
    scores: tuple[tuple[str, int], ...]
    words: str


@dataclass(frozen=True, slots=True)
class SavedRating:
    """`fresh`: a line was added. `complaint`: with a poor score came words that had not come with one before."""

    fresh: bool
    complaint: bool


def enter(
    connection: Connection,
    sheet: FilledQuestionnaire,
    by: str,
    now: datetime,
    invitation_id: int | None = None,
) -> int:
    """Keep a questionnaire; its id. `by`: who wrote it down."""
    statement = insert(survey_response).values(
        at=sheet.at,
        entered_at=now,
        form=sheet.form,
        group=sheet.group,
        version=sheet.version,
        invitation_id=invitation_id,
        by=by,
        words=sheet.words,
    )
    response_id = int(connection.execute(statement.returning(survey_response.c.id)).scalar_one())
    rows = [{"response_id": response_id, "question": name, "score": score} for name, score in sheet.scores]
    if rows:
        connection.execute(insert(survey_score), rows)
    return response_id


def rate(
    connection: Connection,
    invited: Invitation,
    *,
    question: str,
    score: int,
    words: str | None,
    version: str,
    now: datetime,
) -> SavedRating:
    """Keep the rating of an answer; the same twice adds nothing. `words` None: those said before stand.

    RequestRefused where it was changed too often.
    """
    lock = select(survey_invitation.c.id).where(survey_invitation.c.id == invited.id).with_for_update()
    connection.execute(lock)
    before = _ratings(connection, invited.id)
    newest = before[-1] if before else None
    said = words if words is not None else newest[1] if newest else ""
    if newest == (score, said):
        return SavedRating(fresh=False, complaint=False)
    if len(before) >= MAX_CHANGES:
        raise RequestRefused("Оценку меняли слишком много раз. Если что-то не так, ответьте на наше письмо.")
    sheet = FilledQuestionnaire(invited.group, version, SurveyForm.REMOTE, now, ((question, score),), said)
    enter(connection, sheet, CLIENT, now, invited.id)
    told = any(earlier <= POOR and text == said for earlier, text in before)
    return SavedRating(fresh=True, complaint=bool(words) and score <= POOR and not told)


def _ratings(connection: Connection, invitation_id: int) -> list[tuple[int, str]]:
    """(score, words) of all ratings of an invitation, the newest last."""
    query = (
        select(survey_score.c.score, survey_response.c.words)
        .join(survey_response, survey_response.c.id == survey_score.c.response_id)
        .where(survey_response.c.invitation_id == invitation_id)
        .order_by(survey_response.c.id)
    )
    return [(row.score, row.words) for row in connection.execute(query)]


def rating_of(connection: Connection, case_id: int) -> CaseRating | None:
    """How the answer to the case was rated; None where nobody was asked."""
    query = (
        select(
            survey_invitation.c.created_at,
            survey_response.c.at,
            survey_response.c.words,
            survey_score.c.score,
        )
        .join(survey_response, survey_response.c.invitation_id == survey_invitation.c.id, isouter=True)
        .join(survey_score, survey_score.c.response_id == survey_response.c.id, isouter=True)
        .where(survey_invitation.c.case_id == case_id)
        .order_by(survey_response.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else CaseRating(row.created_at, row.at, row.score, row.words or "")


def responses(
    connection: Connection, period: Period, as_of: datetime, zone: ZoneInfo
) -> tuple[SurveyResponse, ...]:
    """What was filled in in the period and known at `as_of`; of an invitation the newest line alone."""
    later = survey_response.alias("later")
    overtaken = exists().where(
        later.c.invitation_id == survey_response.c.invitation_id,
        later.c.id > survey_response.c.id,
        later.c.entered_at <= as_of,
    )
    query = (
        select(survey_response, survey_invitation.c.case_id)
        .join(survey_invitation, survey_invitation.c.id == survey_response.c.invitation_id, isouter=True)
        .where(
            *_within(survey_response.c.at, period, zone), survey_response.c.entered_at <= as_of, ~overtaken
        )
        .order_by(survey_response.c.at, survey_response.c.id)
    )
    rows = connection.execute(query).all()
    scores = _scores(connection, period, zone) if rows else {}
    return tuple(
        SurveyResponse(
            id=row.id,
            at=row.at,
            form=SurveyForm(row.form),
            group=ClientGroup(row.group),
            scores=tuple(scores.get(row.id, ())),
            words=row.words,
            case_id=row.case_id,
        )
        for row in rows
    )


def _within(column: ColumnElement[datetime], period: Period, zone: ZoneInfo) -> Sequence[ColumnElement[bool]]:
    return column >= period.begins(zone), column < period.ends(zone)


def _scores(connection: Connection, period: Period, zone: ZoneInfo) -> dict[int, list[tuple[str, int]]]:
    query = (
        select(survey_score)
        .join(survey_response, survey_response.c.id == survey_score.c.response_id)
        .where(*_within(survey_response.c.at, period, zone))
        .order_by(survey_score.c.response_id, survey_score.c.question)
    )
    scores: dict[int, list[tuple[str, int]]] = {}
    for row in connection.execute(query):
        scores.setdefault(row.response_id, []).append((row.question, row.score))
    return scores


def asked(
    connection: Connection, period: Period, as_of: datetime, zone: ZoneInfo
) -> tuple[tuple[ClientGroup, int], ...]:
    """How many of each group were asked by mail in the period, as of that moment; groups without any left out."""
    query = (
        select(survey_invitation.c.group, func.count().label("number"))
        .where(
            *_within(survey_invitation.c.created_at, period, zone), survey_invitation.c.created_at <= as_of
        )
        .group_by(survey_invitation.c.group)
        .order_by(survey_invitation.c.group)
    )
    return tuple((ClientGroup(row.group), row.number) for row in connection.execute(query))
