"""Letters of authorities, suppliers, banks and others, and letters of clients that only mention them, from end to end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailbot.composing import MailTemplates
from mailbot.model import Action, Certainty, Priority, RawLetter, Rulebook
from mailbot.services.trial.explanation import Explanation, explain
from tests.correspondents.letters import Case, cases

EVERY = tuple(
    case
    for name in ("twenty", "second_look", "clients_first", "clients_second", "third", "claims")
    for case in cases(name)
)
CORRESPONDENTS = tuple(case for case in EVERY if case.group)
CLIENTS = tuple(case for case in EVERY if not case.group)


def title(case: Case) -> str:
    return case.title


@pytest.fixture
def explained(case: Case, rulebook: Rulebook, templates: MailTemplates) -> Explanation:
    return explain(case.raw, rulebook, templates, None, case.raw.received_at)


@pytest.mark.parametrize("case", CORRESPONDENTS, ids=title)
def test_a_correspondent_goes_before_a_person_and_hears_nothing_made_for_clients(
    case: Case, explained: Explanation
) -> None:
    decided = explained.decision
    assert decided.correspondent == case.group
    assert decided.action is Action.REVIEW
    assert (decided.template, decided.proposed, explained.reply) == (None, None, None)
    assert (decided.accepted, decided.ledger) == ((), ())


@pytest.mark.parametrize("case", CORRESPONDENTS, ids=title)
def test_the_term_is_the_letters_own_or_its_groups(
    case: Case, explained: Explanation, rulebook: Rulebook
) -> None:
    decided = explained.decision
    assert case.due is None or decided.respond_by == case.due
    found = explained.facts.correspondent
    assert found is not None
    if found.limit is not None:
        assert found.limit.value.words in decided.deadline_source
    else:
        group = rulebook.correspondent(case.group)
        assert group is not None
        assert decided.deadline_source == next(
            row.source for row in rulebook.deadlines if row.name == group.deadline
        )


@pytest.mark.parametrize("case", [case for case in CORRESPONDENTS if case.number], ids=title)
def test_their_number_is_kept_and_is_no_account(case: Case, explained: Explanation) -> None:
    assert explained.decision.their_number == case.number
    for account in explained.facts.contacts.accounts:
        assert account.value not in case.number


@pytest.mark.parametrize("case", CLIENTS, ids=title)
def test_a_client_who_mentions_one_stays_a_client(
    case: Case, explained: Explanation, rulebook: Rulebook, templates: MailTemplates
) -> None:
    assert explained.decision.correspondent == ""
    without = replace(rulebook, correspondents=())
    before = explain(case.raw, without, templates, None, case.raw.received_at).decision
    after = explained.decision
    saved = before.action in (Action.NO_REPLY, Action.IGNORE) and after.action is Action.REVIEW
    assert (after.action, after.template, after.respond_by) == (
        before.action,
        before.template,
        before.respond_by,
    ) or saved


def test_few_clients_are_in_doubt(rulebook: Rulebook, templates: MailTemplates) -> None:
    """A doubt only bars silence, but each one costs a person's time where silence would have been right."""
    found = [explain(case.raw, rulebook, templates, None, case.raw.received_at) for case in CLIENTS]
    doubts = [one for one in found if one.facts.correspondent is not None]
    assert all(one.facts.correspondent.answer is Certainty.DOUBT for one in doubts if one.facts.correspondent)
    assert len(doubts) * 5 <= len(CLIENTS)


def test_there_are_forty_of_each_and_all_groups(rulebook: Rulebook) -> None:
    assert len(CORRESPONDENTS) >= 40
    assert len(CLIENTS) >= 40
    assert {case.group for case in CORRESPONDENTS} == {group.name for group in rulebook.correspondents}


def test_an_emergency_in_such_a_letter_stays_on_top(rulebook: Rulebook, templates: MailTemplates) -> None:
    letter = (
        "From: edds-cherdyn@mail.ru\nSubject: =?utf-8?B?0JDQstCw0YDQuNGP?=\nContent-Type: text/plain; charset=utf-8\n\n"
        "В ЕДДС поступило обращение: на ул. Мира, 5 прорвало трубу отопления, хлещет кипяток.\n"
        "Просим сообщить о результатах до 25.11.2026.\nДиспетчер ЕДДС Бажин\n"
    )
    decided = _decide(letter, rulebook, templates).decision
    assert decided.correspondent == "dispatch"
    assert decided.priority is Priority.EMERGENCY
    assert decided.template is None
    assert decided.respond_by == datetime(2026, 11, 17, 7, 0, tzinfo=UTC), "two hours, not a week"


def _decide(letter: str, rulebook: Rulebook, templates: MailTemplates) -> Explanation:
    now = datetime(2026, 11, 17, 5, 0, tzinfo=UTC)
    return explain(RawLetter(letter.replace("\n", "\r\n").encode(), now), rulebook, templates, None, now)
