"""A correspondent's letter in the house: decided, shown to a person, corrected; nothing leaves for it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailbot.model import CaseState, LetterCorrection, LetterKind, StaffMember, StaffRole
from mailbot.services.desk.case_acts import acts
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.services.desk.case_acts.labels import UnknownLabel
from mailbot.services.desk.case_file.case_file import case_file
from mailbot.services.desk.writing.proposed_letter import Proposal, propose
from mailbot.store.cases import review_queue
from tests.services.conftest import House

MEMBER = StaffMember(1, "anna", "Анна", StaffRole.OPERATOR, signed_up=True, disabled=False)
REQUEST = """From: prokuratura.cherdyn@mail.ru
Subject: Требование
Message-ID: <1@prok.example>
Content-Type: text/plain; charset=utf-8

Прокуратура Чердынского района
Исх. № 7-15-2026/1234 от 23.11.2026
Прошу в срок до 27.11.2026 представить сведения о жалобах на холодные батареи.
Помощник прокурора района А.А. Петров, тел. 8 34240 2-10-10
"""
CLIENT = """From: a@b.ru
Subject: прокуратура
Message-ID: <2@b.ru>
Content-Type: text/plain; charset=utf-8

Пойду в прокуратуру, батареи холодные, +15. Иванов П., Мира 5-12
"""


def test_nothing_leaves_and_a_person_has_the_letters_own_term(house: House) -> None:
    case = house.receive(REQUEST)
    assert case.state is CaseState.AWAITING_REVIEW
    assert case.respond_by == datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    file = case_file(house.store, str(case.number), MEMBER, house.now)
    assert file.outgoing == ()
    assert file.line.correspondent == "authority"
    assert file.line.their_number == "Исх. № 7-15-2026/1234 от 23.11.2026"


def test_no_phrase_of_clients_is_proposed(house: House) -> None:
    case = house.receive(REQUEST)
    file = case_file(house.store, str(case.number), MEMBER, house.now)
    assert file.judged is not None
    topics = ("cold_radiators", "debt")
    proposal = propose(
        file.line, topics, file.judged.decision, file.readings, house.templates, house.now, judged=True
    )
    assert proposal == Proposal()


def test_called_a_correspondents_it_gets_its_groups_term_and_back_its_own(house: House) -> None:
    case = house.receive(CLIENT)
    assert case.kinds != ()
    number, rulebook = str(case.number), house.rules.rulebook
    said = LetterCorrection((), (), urgent=False, correspondent="supplier")
    acts.relabel_case(house.store, rulebook, ActContext(number, None, "anna", house.now), said)
    line = house.store.ask(review_queue.line_of, case.id)
    assert (line.correspondent, line.respond_by) == ("supplier", datetime(2026, 11, 30, 12, 0, tzinfo=UTC))
    back = LetterCorrection((LetterKind.COMPLAINT,), (), urgent=False, correspondent="")
    acts.relabel_case(house.store, rulebook, ActContext(number, None, "anna", house.now), back)
    line = house.store.ask(review_queue.line_of, case.id)
    assert (line.correspondent, line.kinds) == (None, ("complaint",))
    assert line.respond_by == datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def test_corrected_to_the_letters_own_group_the_letters_own_term_holds(house: House) -> None:
    case = house.receive(REQUEST)
    said = LetterCorrection((), (), urgent=False, correspondent="court")
    acts.relabel_case(
        house.store, house.rules.rulebook, ActContext(str(case.number), None, "anna", house.now), said
    )
    line = house.store.ask(review_queue.line_of, case.id)
    assert (line.correspondent, line.respond_by) == ("court", datetime(2026, 11, 27, 12, 0, tzinfo=UTC))


def test_a_group_that_is_not_there_is_told(house: House) -> None:
    case = house.receive(CLIENT)
    said = LetterCorrection((), (), urgent=False, correspondent="nobody")
    with pytest.raises(UnknownLabel, match="nobody"):
        acts.relabel_case(
            house.store, house.rules.rulebook, ActContext(str(case.number), None, "anna", house.now), said
        )
