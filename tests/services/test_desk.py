"""The desk's services: proposals, phrases, settings that staff change, appeals of other channels."""

from __future__ import annotations

import pytest

from mailbot.command_setup import load_files
from mailbot.composing import MailTemplates
from mailbot.config import Settings
from mailbot.model import CaseState, Channel, RequestRefused, Rulebook, RulebookError, StaffMember, StaffRole
from mailbot.services.confirmation import ConfirmationLevel
from mailbot.services.desk.case_file.case_file import case_file
from mailbot.services.desk.office_appeals import Appeal, register
from mailbot.services.desk.writing.proposed_letter import phrases, propose
from mailbot.services.doctor import check_halves
from mailbot.services.in_force.rules_and_templates import (
    ActiveRulesCache,
    HalvesDiffer,
    check,
    editable,
    overlay,
    restore,
    save,
)
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming
from mailbot.store.staff import edited_files
from tests.services.conftest import NOW, House

MEMBER = StaffMember(1, "anna", "Анна", StaffRole.OPERATOR, signed_up=True, disabled=False)
SOURCES = load_files(Settings())


def proposed(house: House, letter: str, *, by_person: bool = False) -> tuple[str, str, bool]:
    case = house.receive(letter)
    file = case_file(house.store, case.number or str(case.id), MEMBER, house.now)
    judged = file.judged
    found = propose(
        file.line,
        file.topics,
        judged.decision if judged else None,
        file.readings,
        house.templates,
        house.now,
        judged=by_person,
    )
    return found.title, found.text, found.closes


def test_a_complaint_of_cold_gets_the_phrase_of_its_topic_and_stays_open(house: House) -> None:
    title, text, closes = proposed(
        house, "From: a@b.ru\nSubject: холодно\n\nБатареи холодные, +15. Иванов П., Мира 5-12, 89194502218\n"
    )
    assert title == "Холодно: проверим температуру"
    assert "мастеру участка" in text
    assert "{{" not in text
    assert not closes, "a promise is no answer on substance (2.2.email.4)"


def test_the_outcome_of_readings_is_proposed_once_a_person_has_judged_them(house: House) -> None:
    letter = "From: %s@b.ru\nSubject: показания\n\nпередаю воду 45 лс 120033\n"
    assert proposed(house, letter % "a")[1] == "", "the machine has told the client already"
    _, text, _ = proposed(house, letter % "b", by_person=True)
    assert "120033" in text
    assert "45" in text


def test_every_phrase_is_whole_for_every_sample_of_a_case(house: House) -> None:
    case = house.receive("From: a@b.ru\nSubject: вопрос\n\nЗа что пени? Иванов, Мира 5-12\n")
    file = case_file(house.store, str(case.number), MEMBER, house.now)
    for snippet, words in phrases(file.line, file.readings, house.templates, house.now):
        assert words.strip(), snippet.name
        assert "{{" not in words


def test_phrases_are_for_topics_that_there_are(rulebook: Rulebook, templates: MailTemplates) -> None:
    named = {topic for snippet in templates.snippets for topic in snippet.topics}
    assert named <= {topic.name for topic in rulebook.topics}
    assert len(templates.snippets) >= 8


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[snippet]]\nname = "a"\ntitle = "А"\ntext = "{{ nobody }}"', "неизвестная переменная «nobody»"),
        ('[[snippet]]\nname = "a"\ntitle = "А"\ntext = "{{ number"', "ошибка в тексте фразы"),
        ('[[snippet]]\nname = "a"\ntitle = "А"\ntext = "т"\ntopics = ["nothing"]', "темы «nothing» нет"),
        ('[[snippet]]\nname = "a"\ntitle = ""\ntext = "т"', "нет имени, названия или текста"),
        ("[[snippet]\n", "ошибка записи TOML"),
    ],
)
def test_a_faulty_phrase_is_told_with_file_and_line(text: str, told: str) -> None:
    with pytest.raises(RulebookError) as fault:
        check(SOURCES, "templates/snippets.toml", text)
    assert any(told in one and one.startswith("templates/snippets.toml:") for one in fault.value.faults)


def changed(path: str, old: str, new: str) -> str:
    """The file with other words; without old ones, with more at its end."""
    text = next(one.text for one in SOURCES if one.name == path)
    assert old in text, old
    return text.replace(old, new, 1) if old else text + new


OTHER_HALF = "templates/mail/e_bill.html"


@pytest.mark.parametrize("path", ["templates/mail/e_bill.txt", OTHER_HALF])
def test_a_letter_whose_halves_would_say_different_things_is_asked_about_once(
    house: House, path: str
) -> None:
    new = changed(path, "Мы получили вашу просьбу", "Мы получили вашу заявку")
    with pytest.raises(HalvesDiffer) as asked:
        save(house.store, SOURCES, path, new, "", by="anna", now=NOW)
    assert {path, asked.value.other} == {"templates/mail/e_bill.txt", OTHER_HALF}
    words = {"заявку", "просьбу"}
    assert [{one.text, one.html} for one in asked.value.differences] == [words]
    assert house.store.ask(edited_files.changed) == {}
    assert not check_halves(SOURCES, SOURCES).note.startswith("текст и оформление расходятся")
    save(house.store, SOURCES, path, new, "", by="anna", now=NOW, sureness=ConfirmationLevel.SURE)
    held = overlay(SOURCES, house.store.ask(edited_files.changed))
    assert all(one in check_halves(held, SOURCES).note for one in words), "told at the start, too"


def mail_text() -> str:
    return next(one.text for one in SOURCES if one.name == "templates/mail/e_bill.txt")


def test_a_changed_answer_holds_at_once_and_the_package_text_comes_back(house: House) -> None:
    cache = ActiveRulesCache(house.store, lambda: SOURCES)
    before = cache.current()
    new = mail_text().replace("Мы получили вашу просьбу", "Спасибо, просьба получена")
    half = changed(OTHER_HALF, "Мы получили вашу просьбу", "Спасибо, просьба получена")
    save(house.store, SOURCES, "templates/mail/e_bill.txt", new, "короче", by="anna", now=NOW, half=half)
    assert set(house.store.ask(edited_files.changed)) == {"templates/mail/e_bill.txt", OTHER_HALF}
    restore(house.store, SOURCES, OTHER_HALF, None, by="anna", now=NOW)
    after = cache.current()
    assert after is not before
    assert any("Спасибо, просьба получена" in one.text for one in after.sources)
    restore(house.store, SOURCES, "templates/mail/e_bill.txt", None, by="anna", now=NOW)
    assert cache.current().sources == SOURCES
    history = house.store.ask(edited_files.history, "templates/mail/e_bill.txt")
    restore(house.store, SOURCES, "templates/mail/e_bill.txt", history[-1].id, by="anna", now=NOW)
    assert any("Спасибо, просьба получена" in one.text for one in cache.current().sources)
    assert cache.current() is cache.current(), "nothing is read anew without a change"


PHRASES = "templates/snippets.toml"
PROMISE = """
[[snippet]]
name = "soon"
does = "answers"
title = "Пересчитаем"
text = "Мы пересчитаем начисления и пришлём новую квитанцию. Спасибо за обращение."
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/mail/e_bill.txt", "{{ channels.__class__ }} {{ number }}"),
        ("templates/mail/e_bill.txt", "{% for x in ().__class__.__bases__ %}{{ x }}{% endfor %}{{ number }}"),
        ("rules/limits.toml", "[thresholds]\nkind = 7\n"),
        ("rules/channels.toml", "company = 1"),
        ("rules/limits.toml", changed("rules/limits.toml", "talk = 0.92", "talk = 0")),
        ("rules/limits.toml", changed("rules/limits.toml", "per_hour = 4 ", "per_hour = 0 ")),
        (
            PHRASES,
            changed(
                PHRASES,
                'name = "cold-radiators"\ndoes = "acknowledges"',
                'name = "cold-radiators"\ndoes = "answers"',
            ),
        ),
        (PHRASES, changed(PHRASES, "", PROMISE)),
        (
            "rules/answers.toml",
            changed(
                "rules/answers.toml",
                'template = "complaint_received"\nauthority = "act"\ndoes = "acknowledges"',
                'template = "complaint_received"\nauthority = "act"\ndoes = "answers"',
            ),
        ),
    ],
)
def test_a_faulty_change_is_refused_and_the_old_text_holds(house: House, path: str, text: str) -> None:
    with pytest.raises(RulebookError):
        save(house.store, SOURCES, path, text, "", by="anna", now=NOW)
    assert house.store.ask(edited_files.changed) == {}


@pytest.mark.parametrize(
    "path", ["rules/classifier.json", "rules/standard.toml", "../mailbot.toml", "templates/web/case.html"]
)
def test_the_standard_the_model_and_the_pages_are_not_for_staff_to_change(house: House, path: str) -> None:
    assert path not in {source.name for source in editable(SOURCES)}
    with pytest.raises(RequestRefused, match="изменить нельзя"):
        save(house.store, SOURCES, path, "x", "", by="anna", now=NOW)


def test_a_change_that_no_longer_fits_never_stops_the_mail(house: House) -> None:
    with house.store.write() as transaction:
        edited_files.change(transaction, "rules/limits.toml", "больше не подходит", "anna", "", NOW)
    assert ActiveRulesCache(house.store, lambda: SOURCES).current().rulebook.thresholds


def taken(house: House, text: str, channel: Channel = Channel.OFFICE, **fields: str) -> str:
    case = register(
        house.store,
        house.rules.rulebook,
        house.templates,
        Appeal(channel, "", text, **fields),
        by="anna",
        now=house.now,
    )
    assert case.number
    return case.number


def test_all_channels_stand_in_one_register_with_one_numbering(house: House) -> None:
    mail = house.receive("From: a@b.ru\nSubject: вопрос\n\nЗа что пени? Иванов, Мира 5-12\n").number
    office = taken(house, "Прошу пересчитать отопление", name="Иванов Пётр", address="Мира 5-12")
    phone = taken(house, "Холодные батареи", Channel.PHONE, phone="89194502218")
    assert [int(str(one)[-6:]) for one in (mail, office, phone)] == [1, 2, 3]
    assert house.store.ask(summaries.case_of, office).state is CaseState.AWAITING_REVIEW
    assert house.store.ask(summaries.case_of, office).respond_by


def test_the_rules_of_silence_for_e_mail_silence_nobody_at_the_counter(house: House) -> None:
    for text in ("Сволочи!", "ыва пролд", "без имени"):
        assert (
            house.store.ask(summaries.case_of, taken(house, text, Channel.ORAL)).state
            is CaseState.AWAITING_REVIEW
        )


def test_the_same_words_twice_are_two_appeals(house: House) -> None:
    assert taken(house, "Прошу акт сверки", name="Иванов") != taken(house, "Прошу акт сверки", name="Иванов")


def test_a_reading_said_by_telephone_is_accepted_and_no_letter_is_owed(house: House) -> None:
    number = taken(house, "Горячая вода 118,5", Channel.PHONE, account="440215")
    case = house.store.ask(summaries.case_of, number)
    assert case.state is CaseState.ANSWERED
    assert case.readings == (("440215", "118.5"),)
    assert not house.store.ask(summaries.outgoing_of, house.store.ask(summaries.case_of, number).id)


def test_a_letter_brought_to_the_office_is_acknowledged_by_mail_where_an_address_was_given(
    house: House,
) -> None:
    number = taken(
        house, "Батареи холодные, прошу измерить", name="Иванов П.", address="Мира 5-12", email="a@b.ru"
    )
    (ours,) = house.store.ask(summaries.outgoing_of, house.store.ask(summaries.case_of, number).id)
    assert ours.recipient == "a@b.ru"
    assert number in ours.subject


@pytest.mark.parametrize(
    ("text", "fields", "told"),
    [
        ("  ", {}, "текст обращения пуст"),
        ("x" * 20_001, {}, "длиннее 20000"),
        ("x", {"email": "не адрес"}, "не адрес почты"),
        ("x", {"email": "a@b.ru\nBcc: c@d.ru"}, "не адрес почты"),
        ("x", {"name": "и" * 301}, "Слишком длинно"),
    ],
)
def test_a_form_that_cannot_be_registered_is_told_why(
    house: House, text: str, fields: dict[str, str], told: str
) -> None:
    with pytest.raises(RequestRefused, match=told):
        taken(house, text, Channel.OFFICE, **fields)


def test_a_subject_cannot_smuggle_a_header(house: House) -> None:
    case = register(
        house.store,
        house.rules.rulebook,
        house.templates,
        Appeal(Channel.OFFICE, "тема\r\nBcc: evil@evil.example", "Холодно, Мира 5-12, Иванов"),
        by="anna",
        now=house.now,
    )
    raw = house.store.ask(incoming.load_raw, case.letter_id).content
    assert b"\nBcc" not in raw
