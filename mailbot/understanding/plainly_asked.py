"""A letter whose every further sentence is a plain question asks just that, whatever a model trained on whole letters thinks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailbot.model import Found, Kind

SURE = 0.95


def as_asked(
    likely: Mapping[str, float],
    questions: tuple[Found[str], ...],
    remainder: tuple[Found[str], ...],
    topics: Iterable[Found[str]],
    *,
    alone: bool,
) -> dict[str, float]:
    """The probabilities, with the one topic that all sentences of the remainder plainly ask about, and whose words were met.

    `alone`: the letter passes on no readings, so the question is what it was written for.
    """
    asked = {one.value for one in questions} & {one.value for one in topics}
    sentences = {one.spans for one in remainder}
    if (
        len(asked) != 1
        or not sentences
        or sentences != {one.spans for one in questions if one.value in asked}
    ):
        return dict(likely)
    sure = {f"topic:{asked.pop()}", f"kind:{Kind.QUESTION}"}
    primary = (
        {f"primary:{kind}": SURE if kind is Kind.QUESTION else 1 - SURE for kind in Kind} if alone else {}
    )
    return {**likely, **{name: max(likely.get(name, 0.0), SURE) for name in sure}, **primary}
