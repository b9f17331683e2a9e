"""«Не присылайте напоминания»: done at once for the owner of the address, else put before a person."""

from __future__ import annotations

from dataclasses import replace

from mailbot.model import Action, RuleAuthority
from mailbot.policy.account_ownership import find_owner_doubt
from mailbot.policy.answer_row_match import folded_words, matches_row
from mailbot.policy.decision.doubts import propose_for_review
from mailbot.policy.routing import KIND_CLAUSE, route
from mailbot.policy.verdict import LetterWithReadings, Verdict

STOP = "reminders:stop"
"""The row of `answers.toml` for a letter that wants no more reminders."""


def no_more_reminders(matter: LetterWithReadings) -> Verdict | None:
    """The outcome for a letter that wants no reminders and nothing else; None for every other letter.

    No clause silences it: whoever is not heard here is reminded again.
    """
    facts, letter, rulebook = matter.facts, matter.letter, matter.rulebook
    text = folded_words(letter)
    row = next(
        (answer for answer in rulebook.answers if answer.when == STOP and matches_row(answer, text)), None
    )
    if row is None or facts.readings or facts.abuse:
        return None
    routed = route(matter)
    doubt = find_owner_doubt(letter, matter.context.client, rulebook)
    if doubt or row.authority is RuleAuthority.PROPOSE:
        why = doubt or "так велит строка ответов"
        return propose_for_review(routed, (f"просят не присылать напоминания, но решает сотрудник: {why}",))
    return replace(
        routed,
        action=Action.ANSWER,
        because="клиент просит не присылать напоминания: больше не присылаем",
        rule=row.name,
        clause=KIND_CLAUSE,
        template=row.template,
        proposed=None,
        on_substance=row.on_substance,
        doubts=(),
        stops_reminders=True,
    )
