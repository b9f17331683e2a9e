"""On paper or by mail: a client's wish is asked back in one letter, and carried out on a clear yes from their address.

Chapter 4 of the standard leaves the way of getting the bill to the client.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.model import Action, AnswerRule, DeliveryMethodChange, RuleAuthority, SegmentRole
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod
from mailbot.policy.account_ownership import check_owner
from mailbot.policy.case_folding import fold_case
from mailbot.policy.routing import find_answer_row
from mailbot.policy.verdict import LetterInContext, Verdict

CONFIRMED, STANDING = "delivery:confirmed", "delivery:standing"
"""The rows of `answers.toml` for a change that is done, and for one that stood so already."""

CLAUSE = "4.delivery"

_COURTESY = (
    r"(?:здравствуйте|добрый (?:день|вечер)|доброе утро|спасибо|благодарю|пожалуйста|заранее|большое|вам)"
)
_YES = r"(?:да|подтверждаю|согласен|согласна|согласны|подтверждаем|конечно|верно|хочу|прошу)"
_CLEAR_YES = re.compile(
    rf"(?:{_COURTESY} )*(?:да|подтвержда(?:ю|ем)|соглас(?:ен|на|ны))(?: (?:{_YES}|{_COURTESY}))*"
)
_MARKS = re.compile(r"[^\w]+")

UNCLEAR_ANSWER = "клиент ответил на наш вопрос о доставке квитанции не простым «да»: решает сотрудник"


def is_clear_yes(text: str) -> bool:
    """Is this «да», «подтверждаю» or «согласна», with nothing beside it but courtesy?"""
    return _CLEAR_YES.fullmatch(_MARKS.sub(" ", fold_case(text)).strip()) is not None


def request_change(
    routed: Verdict, row: AnswerRule, accounts: tuple[str, ...], doubt: str, matter: LetterInContext
) -> Verdict:
    """The letter wants the bill in the way of the row: asked back, told that it stands, or, in doubt, as routed."""
    if not doubt and len(accounts) != 1:
        doubt = "у отправителя несколько лицевых счетов, о каком просьба, не сказано"
    if doubt or row.sets is None or row.authority is RuleAuthority.PROPOSE:
        return _left_to_a_person(routed, doubt or "так велит строка ответов")
    change = DeliveryMethodChange(accounts[0], row.sets)
    now = _delivery_now(change.account, matter)
    if now is not None and now.by_agreement:
        return _left_to_a_person(routed, "счёт получают по ЭДО")
    if now is row.sets:
        return _by_row(STANDING, change, matter, routed) or routed
    return _letter_of(row, change, "просьба о доставке квитанции: просим подтвердить её", routed)


def confirm_change(routed: Verdict, matter: LetterInContext) -> Verdict | None:
    """The outcome for a letter that answers our question; None where it answers none."""
    asked = matter.context.asked
    if asked is None or matter.letter.automatic:
        return None
    written = matter.letter.part("body").view(SegmentRole.WRITTEN, SegmentRole.FORWARDED)
    clear = is_clear_yes(written) and not matter.letter.attachments
    own = matter.context.client is not None and asked.account in matter.context.client.accounts
    if not (clear and own and check_owner(matter.letter, matter.context.client, matter.rulebook)):
        return None
    now = _delivery_now(asked.account, matter)
    if now is asked.delivery:
        return _by_row(STANDING, asked, matter, routed)
    if now is None or now.by_agreement:
        return None
    return _by_row(CONFIRMED, replace(asked, confirmed=True), matter, routed)


def _left_to_a_person(routed: Verdict, doubt: str) -> Verdict:
    return replace(routed, doubts=(*routed.doubts, f"доставку квитанции меняет сотрудник: {doubt}"))


def _delivery_now(account: str, matter: LetterInContext) -> DeliveryMethod | None:
    return next((state.delivery for state in matter.context.states if state.number == account), None)


def _by_row(
    when: str, change: DeliveryMethodChange, matter: LetterInContext, routed: Verdict
) -> Verdict | None:
    """By the row of that condition; None where the company has taken it out, or lets the machine only propose."""
    row = find_answer_row(when, matter.rulebook)
    if row is None or row.authority is RuleAuthority.PROPOSE:
        return None
    because = (
        "клиент подтвердил доставку квитанции"
        if change.confirmed
        else "квитанция и так доставляется, как просят"
    )
    return _letter_of(row, change, because, routed)


def _letter_of(row: AnswerRule, change: DeliveryMethodChange, because: str, routed: Verdict) -> Verdict:
    return replace(
        routed,
        action=Action.ANSWER,
        because=because,
        rule=row.name,
        clause=CLAUSE,
        template=row.template,
        proposed=None,
        on_substance=row.on_substance,
        doubts=(),
        change=change,
    )
