"""Templates are checked at start-up: every fault at once, with file, line and what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.composing import load_templates
from mailbot.model import Action, Rule, RuleAuthority, RulebookError, SourceFile
from tests.composing.material import mail_sources, package_rulebook


def faults_with(*changed: SourceFile, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    files = {source.name: source for source in mail_sources()} | {source.name: source for source in changed}
    for name in without:
        del files[name]
    with pytest.raises(RulebookError) as caught:
        load_templates(tuple(files.values()), package_rulebook())
    return caught.value.faults


def test_the_packages_own_templates_are_sound() -> None:
    assert load_templates(mail_sources(), package_rulebook()).domain == "bk.ru"


def test_a_missing_file_of_three_is_told() -> None:
    (fault,) = faults_with(without=("templates/mail/payment_ways.html",))
    assert fault.startswith("templates/mail/payment_ways.html:1: файла нет")
    assert "создайте файл" in fault


def test_the_template_for_a_persons_answer_must_exist() -> None:
    (fault,) = faults_with(without=("templates/mail/person_answer.txt",))
    assert "ответ сотрудника" in fault


def test_a_template_of_a_no_reply_rule_must_exist() -> None:
    rule = Rule("ask", "no_contacts", "2.2.email.1", "x", Action.ANSWER, RuleAuthority.ACT, "who_are_you")
    with pytest.raises(RulebookError) as caught:
        load_templates(mail_sources(), replace(package_rulebook(), no_reply=(rule,)))
    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        "templates/mail/who_are_you.subject.txt",
        "templates/mail/who_are_you.txt",
        "templates/mail/who_are_you.html",
    ]


def test_an_unknown_variable_is_told_with_its_line() -> None:
    (fault,) = faults_with(SourceFile("templates/mail/e_bill.txt", "№ {{ number }}\n\n{{ debt }}\n"))
    assert fault.startswith(
        "templates/mail/e_bill.txt:3: неизвестная переменная «debt»; есть такие: accepted,"
    )


def test_an_unknown_field_of_a_variable_is_told_with_its_line() -> None:
    (fault,) = faults_with(SourceFile("templates/mail/e_bill.txt", "№ {{ number }}\n{{ channels.fax }}\n"))
    assert fault.startswith("templates/mail/e_bill.txt:2: шаблон не собирается")


def test_a_fault_of_a_shared_piece_is_told_where_it_stands() -> None:
    faults = faults_with(SourceFile("templates/mail/_channels.txt", "Почта\n{{ channels.fax }}\n"))
    assert {fault.partition(": ")[0] for fault in faults} == {"templates/mail/_channels.txt:2"}


def test_broken_markup_is_told_with_its_line() -> None:
    (fault,) = faults_with(SourceFile("templates/mail/e_bill.html", "№ {{ number }}\n{% if date %}\n"))
    assert fault.startswith("templates/mail/e_bill.html:2: ошибка в разметке")


def test_broken_markup_of_a_shared_piece_is_told_once() -> None:
    (fault,) = faults_with(SourceFile("templates/mail/_channels.txt", "\n{{ channels. }}\n"))
    assert fault.startswith("templates/mail/_channels.txt:2: ошибка в разметке")


def test_an_unknown_filter_is_told() -> None:
    (fault,) = faults_with(SourceFile("templates/mail/e_bill.txt", "{{ number|shout }}"))
    assert fault.startswith("templates/mail/e_bill.txt:1:")


def test_a_letter_must_name_the_case() -> None:
    (fault,) = faults_with(SourceFile("templates/mail/e_bill.subject.txt", "Принято"))
    assert fault == "templates/mail/e_bill.subject.txt:1: нет номера обращения; добавьте {{ number }}"


def test_an_empty_letter_and_a_subject_of_two_lines_are_told() -> None:
    faults = faults_with(
        SourceFile("templates/mail/e_bill.txt", "{# ничего #}"),
        SourceFile("templates/mail/e_bill.subject.txt", "{{ number }}\nи ещё"),
    )
    assert [fault.partition(": ")[2] for fault in faults] == [
        "тема письма занимает больше одной строки; оставьте одну",
        "письмо получается пустым; напишите текст",
    ]


def test_a_piece_that_is_not_there_is_told() -> None:
    (fault,) = faults_with(SourceFile("templates/mail/e_bill.txt", '{{ number }}{% include "none.txt" %}'))
    assert "«none.txt», которого нет" in fault


def test_all_faults_are_told_at_once() -> None:
    faults = faults_with(
        SourceFile("templates/mail/e_bill.txt", "{{ debt }} {{ sum }}"),
        SourceFile("templates/mail/office_hours.html", "{% for %}"),
        without=("templates/mail/person_answer.html",),
    )
    assert len(faults) == 4


def test_other_templates_beside_the_mail_are_left_alone() -> None:
    page = SourceFile("templates/web/queue.html", "{{ whatever }}")
    assert load_templates((*mail_sources(), page), package_rulebook())


def test_our_own_address_must_fit_a_header() -> None:
    rulebook = package_rulebook()
    cyrillic = replace(rulebook, channels=replace(rulebook.channels, mail="почта@экострой.рф"))
    with pytest.raises(RulebookError, match=r"rules/channels\.toml:1: .*латинскими"):
        load_templates(mail_sources(), cyrillic)
