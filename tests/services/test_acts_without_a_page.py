"""Acts from the command line, which has no page: they are the pages' own, logged and undone like those."""

from __future__ import annotations

import pytest

from mailbot.model import CaseState, RequestRefused
from mailbot.services.desk import staff_list
from mailbot.services.desk.case_acts import acts, letter_sending
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from tests.services.conftest import House
from tests.services.test_handle import letter


def silenced(house: House) -> ActContext:
    """A case that the machine left without an answer, as the command line names it."""
    case = house.receive(letter("мне бы справочку для соцзащиты. Наташа"))
    assert case.state is CaseState.SILENCED
    return ActContext(case.number or "", None, "Ольга", house.now)


def state(house: House, page: ActContext) -> CaseState:
    return house.store.ask(summaries.case_of, page.number).state


def test_taking_back_and_answering_stand_in_the_audit_log(house: House) -> None:
    page = silenced(house)
    acts.take_back(house.store, page, "знаем её")
    letter_sending.send(house.store, house.rules, page, "Справка готова.")
    done = staff_list.acts_done(house.store, 10)
    assert [(line.by, line.what, line.about) for line in done] == [
        ("Ольга", "answer", page.number),
        ("Ольга", "take_back", page.number),
    ]


def test_why_a_case_was_taken_back_stands_in_its_log(house: House) -> None:
    page = silenced(house)
    acts.take_back(house.store, page, "знаем её")
    case = house.store.ask(summaries.case_of, page.number)
    assert house.store.ask(events.events_of, case.id)[-1].why == "знаем её"


def test_an_answer_can_be_undone_before_it_leaves(house: House) -> None:
    page = silenced(house)
    acts.take_back(house.store, page)
    letter_sending.send(house.store, house.rules, page, "Справка готова.")
    acts.undo(house.store, page)
    assert state(house, page) is CaseState.AWAITING_REVIEW


def test_a_case_is_handed_to_nobody_who_does_not_work_here(house: House) -> None:
    page = silenced(house)
    acts.take_back(house.store, page)
    with pytest.raises(RequestRefused, match="сотрудника нет"):
        acts.assign(house.store, page, "nobody")
