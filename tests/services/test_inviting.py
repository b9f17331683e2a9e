"""Which answers ask to be rated: those on substance to a question or a complaint, and each in both its texts."""

from __future__ import annotations

import re
from dataclasses import replace
from email import policy
from email.parser import BytesParser

import pytest
from sqlalchemy import select

from mailbot.command_setup import load_files
from mailbot.config import Settings
from mailbot.model import CaseState, Channel, ClockMark, StaffMember, StaffRole
from mailbot.services.client_links.answer_rating import RateLinks
from mailbot.services.desk.case_acts import acts, letter_sending
from mailbot.services.desk.case_file.case_file import case_file
from mailbot.services.in_force.rules_and_templates import ActiveRules as Rules
from mailbot.services.in_force.rules_and_templates import ActiveRulesCache, load_checked_rules
from mailbot.services.surveys.answer_rating import rate, rateable
from mailbot.store.cases import summaries
from mailbot.store.schema.letters_and_cases import outbox
from mailbot.store.schema.reports_and_surveys import survey_invitation
from mailbot.store.surveys import invitations
from tests.services.conftest import House

LINKS = RateLinks("s" * 40, "https://cabinet.example")
RULES = replace(load_checked_rules(0, load_files(Settings())), rate_links=LINKS)
MEMBER = StaffMember(1, "anna", "Анна", StaffRole.OPERATOR, signed_up=True, disabled=False)
OFFICE = (
    "From: anna@mail.example\nSubject: офис\n\nПодскажите, пожалуйста, часы работы офиса и адрес.\n"
    "Иванова Мария, ул. Мира 5-12, 89194502218\n"
)
COLD = (
    "From: boris@mail.example\nSubject: холодно\n\nВ квартире холодно, батареи едва тёплые. Иванов Пётр Ильич, "
    "ул. Мира 5-12, 89194502218\n"
)
READING = "From: a@b.ru\nSubject: показания\n\nпередаю воду 45 лс 120033 Иванова Мария\n"
SWEARING = OFFICE.replace("Подскажите", "Подскажите, суки")


@pytest.fixture
def asking(house: House) -> House:
    """A company whose pages have an https address."""
    house.rules = RULES
    return house


def letter_of(house: House) -> tuple[str, str, str]:
    """Message-ID, text and HTML of the newest letter of ours, as its reader sees them."""
    query = select(outbox.c.content).order_by(outbox.c.id.desc()).limit(1)
    content = house.store.ask(lambda connection: connection.execute(query).scalar_one())
    read = BytesParser(policy=policy.default).parsebytes(content)
    parts = {part.get_content_type(): part.get_content() for part in read.walk() if not part.is_multipart()}
    return read["Message-ID"], parts["text/plain"], parts["text/html"]


def asked(house: House) -> int:
    return len(house.store.ask(lambda connection: connection.execute(select(survey_invitation)).all()))


def test_the_machines_answer_to_a_question_asks_in_text_and_html(asking: House) -> None:
    case = asking.receive(OFFICE)
    assert (case.state, case.template) == (CaseState.ANSWERED, "office_hours")
    page = f"https://cabinet.example/rate/{LINKS.token(str(case.number))}"
    _, text, html = letter_of(asking)
    for shown in (text, html):
        assert [f"{page}?score={score}" in shown for score in range(1, 6)] == [True] * 5
        assert f"{page}/stop" in shown
        assert "Оцените, пожалуйста, наш ответ" in shown
        assert "добровольно" in shown
    assert asked(asking) == 1


def test_without_an_https_address_nobody_is_asked(house: House) -> None:
    """No stranger's browser reaches such pages, and a mail provider takes such links for a trap."""
    cache = ActiveRulesCache(
        house.store, lambda: load_files(Settings()), RateLinks("s" * 40, "http://127.0.0.1:8080")
    )
    house.rules = cache.current()
    house.receive(OFFICE)
    assert "/rate/" not in "".join(letter_of(house))
    assert asked(house) == 0


def test_the_text_that_staff_see_and_repeats_are_held_against_has_no_links(asking: House) -> None:
    case = asking.receive(OFFICE)
    (shown,) = asking.store.ask(
        summaries.outgoing_of, asking.store.ask(summaries.case_of, str(case.number)).id
    )
    assert "/rate/" not in shown.text


@pytest.mark.parametrize("letter", [COLD, READING, SWEARING], ids=["acknowledgement", "readings", "abuse"])
def test_acknowledgements_readings_and_abuse_ask_nothing(asking: House, letter: str) -> None:
    asking.receive(letter)
    assert asked(asking) == 0


def test_a_persons_answer_to_a_complaint_asks_and_a_question_of_theirs_does_not(asking: House) -> None:
    number = str(asking.receive(COLD).number)
    page = acts.ActContext(number, None, "anna", asking.now)
    letter_sending.send(asking.store, RULES, page, "Когда замерить?", means=ClockMark.ASKED)
    assert asked(asking) == 0
    letter_sending.send(asking.store, RULES, page, "Мастер был, тепло есть.")
    assert asked(asking) == 1
    _, text, _ = letter_of(asking)
    assert f"/rate/{LINKS.token(number)}?score=5" in text
    assert "Мастер был, тепло есть." in text


def test_an_emergency_is_not_the_moment_to_ask(asking: House) -> None:
    letter = COLD.replace(
        "В квартире холодно, батареи едва тёплые", "Авария! Прорвало трубу отопления, льёт кипяток"
    )
    number = str(asking.receive(letter).number)
    page = acts.ActContext(number, None, "anna", asking.now)
    letter_sending.send(asking.store, RULES, page, "Устранили.")
    assert asked(asking) == 0


def test_the_second_answer_of_a_quarter_asks_nothing_and_goes_all_the_same(asking: House) -> None:
    asking.receive(OFFICE)
    again = asking.receive(OFFICE.replace("часы работы офиса и адрес", "где находится офис и часы приёма"))
    assert again.number == "26-000002"
    assert asked(asking) == 1


def test_an_undone_answer_asks_again_when_it_is_sent(asking: House) -> None:
    number = str(asking.receive(COLD).number)
    page = acts.ActContext(number, None, "anna", asking.now)
    letter_sending.send(asking.store, RULES, page, "Тпло есть.")
    acts.undo(asking.store, page)
    letter_sending.send(asking.store, RULES, page, "Тепло есть.")
    _, text, _ = letter_of(asking)
    assert "Тепло есть." in text
    assert "/rate/" in text
    assert asked(asking) == 1


def test_a_template_of_the_companys_own_without_the_question_asks_nobody(asking: House) -> None:
    sources = tuple(
        replace(one, text=re.sub(r"\{% include \"_rating\.\w+\" %\}", "", one.text))
        for one in load_files(Settings())
    )
    silent = replace(load_checked_rules(0, sources), rate_links=LINKS)
    asking.rules = silent
    asking.receive(OFFICE)
    assert asked(asking) == 0


def test_our_question_quoted_without_marks_is_no_reading(asking: House) -> None:
    asking.receive(OFFICE)
    _, text, _ = letter_of(asking)
    answer = asking.receive("From: anna@mail.example\nSubject: Re: офис\n\nСпасибо!\n\n" + text)
    assert answer.readings == ()


def poorly(asking: House, rules: Rules, words: str | None, score: int = 1) -> str | None:
    one = rateable(asking.store, rules, "26-000001")
    assert one is not None
    return rate(asking.store, rules, one, score, words, asking.now)


def test_words_with_a_poor_rating_become_an_appeal_that_follows_the_case(asking: House) -> None:
    asking.receive(OFFICE)
    number = poorly(asking, RULES, "Так и не понял, во сколько вы работаете в субботу?")
    assert number == "26-000002"
    case = asking.store.ask(summaries.case_of, number)
    assert case.state is CaseState.AWAITING_REVIEW, "people decide: the machine's answer did not content"
    assert case.follows == "26-000001"
    assert case.sender == "anna@mail.example"
    assert case_file(asking.store, number, MEMBER, asking.now).line.channel == Channel.SITE
    assert poorly(asking, RULES, "Так и не понял, во сколько вы работаете в субботу?") is None
    assert asked(asking) == 1, "what came of a rating asks for none"


def test_a_poor_rating_without_words_and_praise_only_show(asking: House) -> None:
    asking.receive(OFFICE)
    assert poorly(asking, RULES, None) is None
    assert poorly(asking, RULES, "Спасибо, всё ясно", 5) is None
    rating = case_file(asking.store, "26-000001", MEMBER, asking.now).rating
    assert rating is not None
    assert (rating.score, rating.words) == (5, "Спасибо, всё ясно")
    assert len(asking.store.ask(summaries.cases, None, 10)) == 1


def test_who_refused_is_not_asked_though_the_answer_goes(asking: House) -> None:
    with asking.store.write() as transaction:
        invitations.refuse(transaction, "anna@mail.example", asking.now)
    assert asking.receive(OFFICE).state is CaseState.ANSWERED
    assert asked(asking) == 0
