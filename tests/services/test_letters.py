"""A person's letter at the level of services: what it may close, how long the case may wait, and that it goes once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from mailbot.composing import MailTemplates
from mailbot.model import (
    CaseState,
    ClockMark,
    ReplyEffect,
    RequestRefused,
    Rulebook,
    RulebookError,
    StaffMember,
    StaffRole,
)
from mailbot.services.desk.case_acts import acts, letter_sending
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.services.desk.case_acts.letter_sending import send
from mailbot.services.desk.case_acts.waiting_limits import MAX_WAIT, default_choice, waiting_choices
from mailbot.services.desk.case_file.case_file import case_file
from mailbot.services.desk.writing.proposed_letter import Proposal, phrases, propose
from mailbot.services.in_force.rules_and_templates import check
from mailbot.store.cases import summaries
from mailbot.store.casework.repeated_answers import TextAlreadySent
from tests.services.conftest import House
from tests.services.test_desk import SOURCES

MEMBER = StaffMember(1, "anna", "Анна", StaffRole.OPERATOR, signed_up=True, disabled=False)
QUESTION = (
    "From: v.zimin@mail.ru\nSubject: замена\n\n"
    "Как заменить счётчик горячей воды, куда подать заявку? Зимин В.А., Мира 11-2, л/с 120033\n"
)
BURST = (
    "From: o.belova@mail.ru\nSubject: прорвало\n\n"
    "Прорвало трубу отопления, льётся кипяток! Белова О.Н., ул. Мира, д. 3, кв. 8, 89194502220\n"
)
WORDS = "Заявку на замену примем по телефону."


def a_page(house: House, number: str, by: str = "anna") -> ActContext:
    return ActContext(number, None, by, house.now)


def received(house: House, letter: str = QUESTION) -> str:
    return house.receive(letter).number or ""


def proposed(house: House, number: str) -> Proposal:
    file = case_file(house.store, number, MEMBER, house.now)
    decision = file.judged.decision if file.judged else None
    return propose(file.line, file.topics, decision, file.readings, house.templates, house.now)


@pytest.mark.parametrize("means", [ClockMark.ANSWERED, ClockMark.ASKED, ClockMark.RESPONDED])
def test_the_same_words_are_refused_whoever_sends_them_and_as_whatever(
    house: House, means: ClockMark
) -> None:
    number = received(house)
    send(house.store, house.rules, a_page(house, number), WORDS, means=ClockMark.RESPONDED)
    house.now += timedelta(minutes=7)
    same = f"  {WORDS} \r\n"
    with pytest.raises(TextAlreadySent, match=r"уже отправлено в 11:01"):
        send(house.store, house.rules, a_page(house, number, "boris"), same, means=means)
    with pytest.raises(TextAlreadySent):
        letter_sending.send(house.store, house.rules, ActContext(number, None, "boris", house.now), WORDS)
    assert len(house.store.ask(summaries.outgoing_of, house.store.ask(summaries.case_of, number).id)) == 2, (
        "the acknowledgement and one letter"
    )
    send(house.store, house.rules, a_page(house, number), WORDS + " Звоните до пяти.", means=means)


def test_two_at_once_send_one_letter(house: House) -> None:
    number = received(house)

    def attempt(by: str) -> bool:
        try:
            send(house.store, house.rules, a_page(house, number, by), WORDS, means=ClockMark.RESPONDED)
        except TextAlreadySent:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, ("anna", "boris", "vera", "gleb"))) == 1


def test_after_undo_and_on_another_case_the_same_words_go(house: House) -> None:
    number, other = received(house), received(house, QUESTION.replace("v.zimin", "p.petrov"))
    send(house.store, house.rules, a_page(house, number), WORDS, means=ClockMark.RESPONDED)
    acts.undo(house.store, a_page(house, number))
    send(house.store, house.rules, a_page(house, number), WORDS)
    send(house.store, house.rules, a_page(house, other), WORDS)
    assert (
        house.store.ask(summaries.case_of, number).state
        is house.store.ask(summaries.case_of, other).state
        is CaseState.ANSWERED
    )


def test_what_only_acknowledges_asks_or_promises_closes_no_case(house: House) -> None:
    number = received(house)
    file = case_file(house.store, number, MEMBER, house.now)
    unanswering = [
        words
        for phrase, words in phrases(file.line, (), house.templates, house.now)
        if phrase.does != "answers"
    ]
    assert len(unanswering) >= 6
    for words in unanswering:
        with pytest.raises(RequestRefused, match="не отвечает по существу"):
            send(house.store, house.rules, a_page(house, number), words.replace("\n", "\r\n"))
        with pytest.raises(RequestRefused, match="не отвечает по существу"):
            letter_sending.send(house.store, house.rules, ActContext(number, None, "anna", house.now), words)
    assert house.store.ask(summaries.case_of, number).state is CaseState.AWAITING_REVIEW


@pytest.mark.parametrize(
    "letter",
    [
        "From: a@b.ru\nSubject: спасибо\n\nСпасибо слесарям, всё починили! Иванова А.П., Мира 5-12\n",
        "From: a@b.ru\nSubject: жалоба\n\nВаш диспетчер грубит и бросает трубку! Петров П.И., Мира 7-3\n",
    ],
)
def test_where_the_machine_has_no_answer_it_proposes_none(house: House, letter: str) -> None:
    found = proposed(house, received(house, letter))
    assert (found.text, found.closes) == ("", False)


def test_where_nobody_came_at_most_a_phrase_is_proposed_that_closes_nothing(house: House) -> None:
    letter = "From: a@b.ru\nSubject: мастер\n\nОбещали мастера во вторник, никто не пришёл. Петров П.И., Мира 7-3\n"
    assert proposed(house, received(house, letter)).does is not ReplyEffect.ANSWERS


def test_every_letter_to_a_client_says_what_it_does(rulebook: Rulebook, templates: MailTemplates) -> None:
    assert all(templates.does(row.template) is row.does for row in rulebook.answers)
    assert templates.does("complaint_received") is ReplyEffect.ACKNOWLEDGES
    assert templates.does("e_bill_confirm") is ReplyEffect.ASKS
    assert templates.does("nobody_names_it") is ReplyEffect.ACKNOWLEDGES, "what nobody names answers nothing"


@pytest.mark.parametrize(
    ("path", "change", "told"),
    [
        ("rules/answers.toml", lambda text: text.replace('does = "answers"', 'does = "maybe"', 1), "«maybe»"),
        (
            "rules/answers.toml",
            lambda text: text.replace(
                'template = "ledger_balance"\nauthority = "propose"\ndoes = "answers"',
                'template = "ledger_balance"\nauthority = "propose"\ndoes = "asks"',
                1,
            ),
            "напишите одинаково",
        ),
        ("templates/snippets.toml", lambda text: text.replace('does = "asks"\n', "", 1), "что делает фраза"),
        ("templates/snippets.toml", lambda text: text.replace('"asks"', '"closes"', 1), "что делает фраза"),
    ],
)
def test_a_letter_that_does_not_say_what_it_does_stops_the_start_with_file_and_line(
    path: str, change: Callable[[str], str], told: str
) -> None:
    text = next(source.text for source in SOURCES if source.name == path)
    assert change(text) != text
    with pytest.raises(RulebookError) as fault:
        check(SOURCES, path, change(text))
    assert any(told in one and one.startswith(f"{path}:") for one in fault.value.faults)


def test_files_from_before_still_say_it_in_their_own_way() -> None:
    answers, snippets = (
        next(source.text for source in SOURCES if source.name == name)
        for name in ("rules/answers.toml", "templates/snippets.toml")
    )
    for word, flag in (("answers", "true"), ("acknowledges", "false"), ("asks", "false")):
        answers = answers.replace(f'\ndoes = "{word}"', f"\non_substance = {flag}")
        snippets = snippets.replace(f'\ndoes = "{word}"', f"\ncloses = {flag}")
    assert "\ndoes" not in answers + snippets
    assert check(SOURCES, "rules/answers.toml", answers).templates.does("payment_ways") is ReplyEffect.ANSWERS
    found = check(SOURCES, "templates/snippets.toml", snippets).templates.snippets
    assert {one.name for one in found if one.does is ReplyEffect.ANSWERS} == {
        "heating-start",
        "not-ours",
        "thanks",
    }


def test_an_interim_letter_never_lets_a_case_wait_past_its_deadline(house: House) -> None:
    number = received(house)
    due = house.store.ask(summaries.case_of, number).respond_by
    assert due is not None
    for means in (ClockMark.RESPONDED, ClockMark.ASKED):
        late = due + timedelta(minutes=1)
        with pytest.raises(RequestRefused, match="позже отложить нельзя"):
            send(house.store, house.rules, a_page(house, number), WORDS, means=means, until=late)
    with pytest.raises(RequestRefused, match="на будущее"):
        send(
            house.store,
            house.rules,
            a_page(house, number),
            WORDS,
            means=ClockMark.RESPONDED,
            until=house.now,
        )
    assert len(house.store.ask(summaries.outgoing_of, house.store.ask(summaries.case_of, number).id)) == 1
    send(house.store, house.rules, a_page(house, number), WORDS, means=ClockMark.RESPONDED, until=due)


def test_a_case_is_put_off_by_nobody_where_it_is_urgent_late_or_due(house: House) -> None:
    company = house.rules.rulebook.channels
    burst, question = received(house, BURST), received(house)
    with pytest.raises(RequestRefused, match="Аварию и срочное"):
        acts.put_off(house.store, a_page(house, burst), house.now + timedelta(hours=1), company)
    with pytest.raises(RequestRefused, match="позже отложить нельзя"):
        acts.put_off(house.store, a_page(house, question), house.now + timedelta(days=30), company)
    house.now += timedelta(days=30)
    with pytest.raises(RequestRefused, match="Срок ответа уже прошёл"):
        acts.put_off(house.store, a_page(house, question), house.now + timedelta(days=1), company)


@pytest.mark.parametrize("days", [-3, 0, 1, 2, 4, 30, None])
def test_no_moment_is_offered_past_the_deadline(rulebook: Rulebook, days: int | None) -> None:
    from mailbot.model import Priority

    now = datetime.fromisoformat("2026-11-23T06:00:00+00:00")
    due = None if days is None else now + timedelta(days=days)
    found = waiting_choices(Priority.EMERGENCY, due, now, rulebook.channels)
    chosen = default_choice(due, now, rulebook.channels)
    last = due if due is not None else now + MAX_WAIT
    assert all(now < one.at <= last for one in found)
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert (chosen in [one.at for one in found]) is bool(found)
    assert bool(found) is (last > now)
