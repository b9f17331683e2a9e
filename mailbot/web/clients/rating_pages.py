"""Rate an answer by the link in its mail: no login, no cookie; looking at a link records nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mailbot.model import RequestRefused
from mailbot.services.client_links.answer_rating import PATH, RateLinks
from mailbot.services.surveys import answer_rating
from mailbot.services.surveys.answer_rating import MAX_WORDS, RatingRequest
from mailbot.web.access import public
from mailbot.web.request_context import active_rules, now, place, store

pages = Blueprint("rate", __name__)
"""Exempt from form tokens: whoever opens a mail has no session, and the link itself is the proof."""


class StopAsking(StrEnum):
    """Where a client stands who wants no more such questions."""

    ASKED = "asked"
    DONE = "done"


@pages.get(f"{PATH}<token>")
@public
def show(token: str) -> str:
    """Only asks: programs of mail providers open links. The page's own script posts the score that was clicked."""
    rating_request = _rateable(token)
    chosen = _score(request.args.get("score", ""))
    low, high = rating_request.question.scale
    fits = chosen is not None and low <= chosen <= high
    return _page(token, rating_request, chosen=chosen if fits else None, auto=fits)


@pages.post(f"{PATH}<token>")
@public
def rate(token: str) -> Response | tuple[str, int]:
    """Keep the rating; a changed mind is another line. Where something is wrong, what was typed comes back."""
    rating_request = _rateable(token)
    score, words = _score(request.form.get("score", "")), request.form.get("words")
    try:
        if score is None:
            raise RequestRefused("Выберите оценку и нажмите кнопку ещё раз.")
        appeal = answer_rating.rate(store(), active_rules(), rating_request, score, words, now())
    except RequestRefused as error:
        return _page(token, rating_request, chosen=score, typed=words, fault=str(error)), 409
    return redirect(url_for("rate.thanks", token=token, appeal=appeal), code=303)


@pages.get(f"{PATH}<token>/thanks")
@public
def thanks(token: str) -> str | Response:
    """What is kept now, and room for a word; a page that «back» and «reload» may show again."""
    rating_request = _rateable(token)
    if rating_request.rating is None or rating_request.rating.score is None:
        return redirect(url_for("rate.show", token=token))
    appeal = answer_rating.appeal_of(store(), rating_request, request.args.get("appeal", ""))
    return _page(token, rating_request, chosen=rating_request.rating.score, done=True, appeal=appeal)


@pages.get(f"{PATH}<token>/stop")
@public
def ask_to_stop(token: str) -> str:
    return _page(token, _rateable(token), stop=StopAsking.ASKED)


@pages.post(f"{PATH}<token>/stop")
@public
def stop(token: str) -> str:
    """No more such questions to the address; answers and bills still come."""
    rating_request = _rateable(token)
    answer_rating.stop_asking(store(), rating_request, now())
    return _page(token, rating_request, stop=StopAsking.DONE)


def _rateable(token: str) -> RatingRequest:
    number = RateLinks(str(current_app.secret_key), place().address).number_of(token)
    rating_request = answer_rating.rateable(store(), active_rules(), number) if number is not None else None
    return rating_request if rating_request is not None else abort(404)


def _score(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


def _page(token: str, one: RatingRequest, **said: Any) -> str:
    low, high = one.question.scale
    before = one.rating if one.rating is not None and one.rating.score is not None else None
    shown = {
        "chosen": None,
        "auto": False,
        "typed": None,
        "fault": "",
        "done": False,
        "appeal": "",
        "stop": None,
    }
    return render_template(
        "rate.html",
        token=token,
        one=one,
        before=before,
        scores=range(low, high + 1),
        most=MAX_WORDS,
        channels=active_rules().rulebook.channels,
        **(shown | said),
    )
