"""No letter of ours to a robot, and no client taken for one: real-looking letters of both, the whole way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mailbot.composing import MailTemplates, load_templates
from mailbot.config import load_sources
from mailbot.model import Action, Priority, RawLetter, Rulebook
from mailbot.policy import load_rulebook
from mailbot.services.trial.explanation import Explanation, explain
from tests.scale import tries

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LETTERS = Path(__file__).parent / "letters"
"""`robots` are plainly so; `robots-in-doubt` show little, and a person may see them; `clients` show one weak sign each."""

Explain = Callable[[bytes], Explanation]


def eml(header: str, body: str) -> bytes:
    fields = (
        f"{header}\nContent-Type: text/plain; charset=utf-8\nTo: 8666@bk.ru\nMessage-ID: <1@letters.example>"
    )
    return f"{fields}\n\n{body}\n".encode()


def named(*folders: str) -> list[object]:
    paths = sorted(path for folder in folders for path in (LETTERS / folder).rglob("*.eml"))
    return [pytest.param(path.read_bytes(), id=path.stem) for path in paths]


@pytest.fixture(scope="module")
def explained(rulebook: Rulebook, templates: MailTemplates) -> Explain:
    return lambda content: explain(RawLetter(content, NOW), rulebook, templates, (), NOW)


@pytest.mark.parametrize("content", named("robots", "robots-in-doubt"))
def test_no_robot_gets_a_letter(content: bytes, explained: Explain) -> None:
    result = explained(content)
    assert result.reply is None
    assert result.letter.automatic
    assert result.decision.action in (Action.IGNORE, Action.REVIEW)


@pytest.mark.parametrize("content", named("robots"))
def test_what_is_plainly_a_robots_is_ignored(content: bytes, explained: Explain) -> None:
    assert explained(content).decision.action is Action.IGNORE


@pytest.mark.parametrize("content", named("clients"))
def test_one_weak_sign_makes_no_robot_of_a_client(content: bytes, explained: Explain) -> None:
    result = explained(content)
    assert result.letter.automatic
    assert not result.letter.strong_signs
    assert (result.decision.action, result.reply) == (Action.REVIEW, None)
    assert result.decision.doubts


GENERATED, REPLIED = "Auto-Submitted: auto-generated", "Auto-Submitted: auto-replied"
LISTED, BULK = "List-Id: <news.letters.example>", "Precedence: bulk\nList-Unsubscribe: <https://a.example/u>"


@pytest.mark.parametrize("sign", [GENERATED, REPLIED, LISTED, BULK])
def test_an_address_with_its_flat_is_somebodys_whatever_program_sent_it(sign: str) -> None:
    result = of_client("Мира 7 кв 10. Холодно, прошу принять меры. Гончаров", sign=sign)
    assert (result.decision.action, result.reply) == (Action.REVIEW, None)


@pytest.mark.parametrize("sign", [LISTED, BULK])
@pytest.mark.parametrize(
    "text", ["В доме на Мира 7 второй день холодно, +15, ответьте", "Нет горячей воды, Мира 7"]
)
def test_heat_at_a_house_told_from_a_private_box_is_no_newsletter(text: str, sign: str) -> None:
    """A house's list of mail, a program that marks all that it sends: a company's news come from its own domain."""
    for private in ("fedor@mail.ru", "fedor@bk.ru", "fedor@gmail.com"):
        result = of_client(text, sign=sign, sender=private)
        assert (result.decision.action, result.reply) == (Action.REVIEW, None)
    assert of_client(text, sign=sign, sender="news@gazeta.example").decision.action is Action.IGNORE


@pytest.mark.parametrize(
    "text",
    [
        "Имя: Мария\nТел: 8 922 123-45-67\nТретий день нет отопления",
        "Холодно, примите меры. Гончаров",
        "Нет горячей воды, Мира 7",
        "Вам направлено обращение гражданина: «Холодно в подъезде». Срок ответа 3 дня.",
        "Поступил запрос прокуратуры, ознакомьтесь в личном кабинете.",
        "Ваше платёжное поручение № 45 возвращено: возврат ошибочного платежа, неверный счёт получателя.",
    ],
)
def test_a_form_a_registry_a_bank_behind_a_program_is_seen_by_a_person(text: str) -> None:
    result = of_client(text, sign=GENERATED, sender="noreply@kontora.example")
    assert (result.decision.action, result.reply) == (Action.REVIEW, None)


@pytest.mark.parametrize("sign", [GENERATED, REPLIED])
def test_an_answer_wanted_at_somebody_elses_address_is_seen_by_a_person(sign: str) -> None:
    text = "Новая заявка с сайта: перезвоните мне."
    sender = "wordpress@site.example"
    assert of_client(text, sign=sign, sender=sender).decision.action is Action.IGNORE
    for address in ("masha@mail.ru", "petrov.i@zavod.example"):
        signed = f"{sign}\nReply-To: {address}"
        assert of_client(text, sign=signed, sender=sender).decision.action is Action.REVIEW
    for address in (sender, "support@site.example", "no-reply@desk.example"):
        signed = f"{sign}\nReply-To: {address}"
        assert of_client(text, sign=signed, sender=sender).decision.action is Action.IGNORE


@pytest.mark.parametrize("sign", [LISTED, f"Precedence: list\n{LISTED}"])
def test_the_dispatch_service_is_heard_through_a_list(sign: str) -> None:
    text = "ЕДДС Чайковский: на Мира 7 порыв теплотрассы. Примите меры."
    result = of_client(text, sign=sign, sender="edds@chaik.example")
    assert (result.decision.action, result.reply) == (Action.REVIEW, None)
    assert result.decision.priority is Priority.EMERGENCY


@pytest.mark.parametrize("sign", [GENERATED, LISTED, BULK])
@pytest.mark.parametrize(
    "footer",
    [
        "ООО «Тепломаркет», 614000, г. Пермь, ул. Ленина, 5, офис 12\nТел. 8 (342) 200-00-11, 8-800-555-01-77",
        "АО «Энергосбыт»\nг. Пермь, ул. Мира, д. 5-12\nсправочная: (342) 200-00-11",
        "С уважением, служба поддержки\n614000, Пермь, Куйбышева 10\nтел. 8-800-555-01-77",
    ],
)
def test_a_company_s_own_contacts_at_the_foot_of_a_notice_keep_no_robot(sign: str, footer: str) -> None:
    text = f"Новости отопительного сезона: вышла памятка о счётчиках тепла.\n\n{footer}"
    assert of_client(text, sign=sign, sender="news@tm.example").decision.action is Action.IGNORE


@pytest.mark.parametrize(
    "text",
    [
        "Я в отпуске до 30 ноября. По срочным вопросам отопления звоните Ивановой Анне, 8 912 345-67-89.",
        "Ваше обращение получено, номер 4471. Ответим в течение трёх рабочих дней. Служба поддержки, 8-800-200-00-00",
    ],
)
def test_a_notice_with_colleagues_and_terms_of_its_own_is_ignored(text: str) -> None:
    assert of_client(text, sign=REPLIED).decision.action is Action.IGNORE


def test_there_are_letters_enough() -> None:
    assert len(named("robots", "robots-in-doubt")) >= 30
    assert len(named("clients")) >= 30


GREETINGS = ("", "Здравствуйте! ", "Добрый день. ")
MATTERS = (
    "Л/с 4710325, горячая вода 345.", "В квартире холодно, батареи ледяные.", "Почему начислено вдвое больше?",
    "Прорвало трубу в подвале, хлещет кипяток.", "Вышлите, пожалуйста, акт сверки.", "Нет горячей воды третий день.",
    "Прошу пересчитать плату за октябрь.", "Квитанция за октябрь не пришла.",
)  # fmt: skip
CONTACTS = ("", "Лицевой счёт 2204988.", "Мира 8-42, Петрова.", "Тел. 8 912 345-67-89")
THANKS = ("", " Спасибо!", " С уважением, Анна Петрова")
HEADER_SIGNS = (
    "Return-Path: <>", "Precedence: bulk", "X-Autoreply: yes", "List-Unsubscribe: <https://a.example/u>",
    "X-Failed-Recipients: a@b.example", "X-Loop: a@b.example",
)  # fmt: skip
SUBJECTS = ("Fwd: Undelivered Mail", "Автоответ: вопрос", "Недоставленное сообщение", "Automatic reply: bill")
SENDERS = ("noreply@dvor.example", "postmaster@tsj.example", "bounces@crm.example")

RULEBOOK = load_rulebook(load_sources("rules"))
TEMPLATES = load_templates(load_sources("templates"), RULEBOOK)

texts = st.tuples(*map(st.sampled_from, (GREETINGS, MATTERS, CONTACTS, THANKS))).map(" ".join)
many = settings(max_examples=tries(120), deadline=None)


def of_client(
    text: str, *, sign: str = "", subject: str = "обращение", sender: str = "anna@mail.ru"
) -> Explanation:
    header = "\n".join(filter(None, (sign, f"From: Анна Петрова <{sender}>", f"Subject: {subject}")))
    return explain(RawLetter(eml(header, text), NOW), RULEBOOK, TEMPLATES, (), NOW)


@many
@given(texts, st.sampled_from(HEADER_SIGNS))
def test_a_weak_header_changes_nothing_but_the_doubts(text: str, sign: str) -> None:
    plain, signed = of_client(text), of_client(text, sign=sign)
    assert replace(signed.facts, demand=None) == plain.facts
    assert signed.decision.action is Action.REVIEW
    assert signed.reply is None
    assert len(signed.decision.doubts) > len(plain.decision.doubts)
    if plain.decision.action is Action.NO_REPLY:
        return
    assert signed.decision.priority == plain.decision.priority
    assert signed.decision.topic == plain.decision.topic
    due, plainly = signed.decision.respond_by, plain.decision.respond_by
    assert due is not None
    assert (
        plainly is None or due <= plainly
    )  # readings before a person are due sooner than the rest of their letter
    if (
        not plain.decision.documents and plain.decision.template != "reading_rest"
    ):  # a robot's readings are not taken
        assert signed.decision.proposed == (plain.decision.template or plain.decision.proposed)


@many
@given(texts, st.sampled_from(SUBJECTS))
def test_a_weak_subject_ignores_no_client(text: str, subject: str) -> None:
    result = of_client(text, subject=subject)
    assert (result.decision.action, result.reply) == (Action.REVIEW, None)


@many
@given(texts, st.sampled_from(SENDERS))
def test_a_weak_sender_ignores_no_client(text: str, sender: str) -> None:
    result = of_client(text, sender=sender)
    assert (result.decision.action, result.reply) == (Action.REVIEW, None)


@many
@given(texts, st.sampled_from(HEADER_SIGNS), st.sampled_from(SUBJECTS), st.sampled_from(SENDERS))
def test_not_even_three_weak_signs_ignore_a_client_with_a_matter(
    text: str, sign: str, subject: str, sender: str
) -> None:
    result = of_client(text, sign=sign, subject=subject, sender=sender)
    assert (result.decision.action, result.reply) == (Action.REVIEW, None)


@many
@given(st.text(max_size=300))
@example("𗀀 4710325")  # Tangut: a letter without a name of its own in Unicode's table
def test_a_letter_with_a_weak_sign_is_never_finished_by_the_machine_alone(text: str) -> None:
    result = of_client(text.replace("\x00", ""), sign="Return-Path: <>")
    assert result.reply is None
    assert not result.decision.accepted
    assert replace(result.decision, action=Action.REVIEW).template is None


@pytest.mark.parametrize(
    "sign",
    [
        REPLIED,
        GENERATED,
        "Return-Path: <>\nPrecedence: bulk",
        "X-Autoreply: yes\nReturn-Path: <>",
        "Auto-Submitted: auto-replied\nReturn-Path: <>",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "Третью ночь спим в шубах, никому дела нет.",
        "Диспетчер хамит и бросает трубку.",
        "В подъезде минус, батареи как лёд, примите меры.",
        "Опять ледяная вода, сколько можно терпеть!",
    ],
)
def test_a_clients_own_complaint_is_never_ignored_for_the_signs_of_a_program(sign: str, text: str) -> None:
    result = of_client(text, sign=sign)
    assert (result.decision.action, result.reply) == (Action.REVIEW, None)


CLIENTS_WORDS = (
    "Ваше сообщение: в квартире холодно, лицевой счёт 1234567, тел. 89024450101, Мира 5-12, Зуева."
)


@pytest.mark.parametrize(
    "notice",
    [
        "Ваша заявка № 4471 принята в работу.",
        "Спасибо за обращение! Оператор свяжется с вами.",
        "Нахожусь в отпуске до 7 декабря, по вопросам обращайтесь в приёмную.",
        "Вам оставлено голосовое сообщение, длительность 0:41. Расшифровка ниже.",
    ],
)
def test_a_program_without_headers_gets_no_letter_though_it_repeats_a_clients_words(
    notice: str, explained: Explain
) -> None:
    result = explained(eml("From: a@b.example\nSubject: Re: Заявка", f"{notice}\n{CLIENTS_WORDS}"))
    assert (result.decision.action, result.reply) == (Action.REVIEW, None)
    assert any("похоже на автоматическое" in doubt for doubt in result.decision.doubts)
