"""All that a letter holds is accounted for before the machine finishes it (clause 2.2.email)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailbot.config import load_sources
from mailbot.model import Action, CaseContext, Decision, RawLetter
from mailbot.parsing import parse
from mailbot.policy import decide, load_rulebook
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from tests.scale import scale

HERE = Path(__file__).parent
WHEN = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
RULES = load_rulebook(load_sources("rules"))
FINISHED = (Action.READING_ACCEPTED, Action.ANSWER)
READINGS = "Здравствуйте! Лицевой счёт 4710325, показания ГВС 345"


def lines(name: str) -> tuple[str, ...]:
    return tuple(
        line.replace("\\n", "\n")
        for half in ("first", "second")
        for line in (HERE / f"{name}_{half}.txt").read_text(encoding="utf-8").splitlines()
    )


def message(subject: str, body: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = "Анна Петрова <anna.petrova@mail.ru>"
    letter["To"] = "8666@bk.ru"
    letter["Subject"] = subject
    letter["Message-ID"] = "<1@mail.ru>"
    letter.set_content(body)
    return letter


def decided(letter: EmailMessage) -> Decision:
    parsed = parse(RawLetter(letter.as_bytes(), WHEN))
    facts = understand(parsed, RULES)
    return decide(
        LetterInContext(
            parsed, facts, CaseContext(number="26-000002", register_known=False, client=None), RULES
        ),
        WHEN,
    )


def small(words: str) -> str:
    return words[0].lower() + words[1:].rstrip(".")


def forwarded(matter: str) -> str:
    return (
        f"{READINGS}.\n\n-------- Пересылаемое сообщение --------\nОт: Анна <anna.petrova@mail.ru>\n"
        f"Кому: 8666@bk.ru\nТема: дом\n\n{matter}\n-------- Конец пересылаемого сообщения --------"
    )


WAYS: dict[str, Callable[[str], tuple[str, str]]] = {
    "the next sentence": lambda matter: ("Показания", f"{READINGS}. {matter} Петрова"),
    "after a comma": lambda matter: ("Показания", f"{READINGS}, {small(matter)}"),
    "told to a telephone": lambda matter: (
        "Показания",
        f"{READINGS} {matter}".lower().translate(str.maketrans("", "", "!?,.")),
    ),
    "a line of its own": lambda matter: ("Показания", f"{READINGS}\n{matter}\n\nПетрова"),
    "a postscript": lambda matter: ("Показания", f"{READINGS}. Спасибо.\n\nP.S. {matter}"),
    "below dashes": lambda matter: ("Показания", f"{READINGS}.\n--\n{matter}"),
    "after the signature": lambda matter: (
        "Показания",
        f"{READINGS}.\n\nС уважением,\nПетрова Анна\n{matter}",
    ),
    "the subject": lambda matter: (matter, f"{READINGS}. Петрова"),
    "in brackets": lambda matter: ("Показания", f"{READINGS} ({small(matter)}). Петрова"),
    "marked like a quotation": lambda matter: ("Показания", f"{READINGS}. Петрова\n\n> {matter}"),
    "passed on": lambda matter: ("Fwd: Показания", forwarded(matter)),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_second_matter_is_closed_as_readings_only(way: str) -> None:
    """Each way meets every second matter, the next way the matters between them. One is a plain question, and is answered."""
    step = scale(2, 1)
    matters = lines("matters")[list(WAYS).index(way) % step :: step]
    made = {matter: decided(message(*WAYS[way](matter))) for matter in matters}
    assert [matter for matter, one in made.items() if one.action is Action.READING_ACCEPTED] == []
    answered = {(matter, one.template) for matter, one in made.items() if one.action is Action.ANSWER}
    assert answered <= {("Подскажите часы работы офиса.", "office_hours")}


def test_plain_readings_with_courtesy_are_finished_by_the_machine() -> None:
    bases, courtesies = lines("plain"), lines("courtesies")
    finished = whole = 0
    for number, base in enumerate(bases):
        if decided(message("Показания", base)).action is not Action.READING_ACCEPTED:
            continue  # the reader of values doubts it, with or without courtesy
        for step in range(scale(2, 6)):
            before, _, after = courtesies[(number * 7 + step * 11) % len(courtesies)].partition(" | ")
            body = "\n".join(filter(None, (before.strip(" |"), base, after)))
            whole += 1
            finished += decided(message("Показания", body)).action is Action.READING_ACCEPTED
    assert whole >= scale(100, 300)
    assert finished >= 0.95 * whole


def test_to_words_that_may_be_mere_talk_no_answer_is_promised() -> None:
    """Whether they want one, a person says; the client hears that the readings are taken."""
    decision = decided(message("Показания", f"{READINGS}. Дорогу к нам замело, хоть письмом до вас доехать."))
    assert (decision.action, decision.template) == (Action.REVIEW, "reading_rest")
    assert decision.doubts == (
        "на эти слова письма машина не отвечает: «Дорогу к нам замело, хоть письмом до вас доехать.»",
    )


def test_the_words_left_over_are_quoted_and_the_readings_are_taken() -> None:
    """«Квитанция опять не пришла» beside a reading: taken, acknowledged, and open for a person."""
    decision = decided(message("Показания", f"{READINGS}. Квитанция опять не пришла."))
    assert decision.action is Action.REVIEW
    assert [str(reading.value) for reading in decision.accepted] == ["345"]
    assert decision.template == "question_received"
    assert decision.doubts == ("на эти слова письма машина не отвечает: «Квитанция опять не пришла.»",)


@pytest.mark.parametrize(
    ("name", "main", "sub", "content"),
    [
        ("Заявление.doc", "application", "msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("письмо.msg", "application", "vnd.ms-outlook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("архив.zip", "application", "zip", b"PK\x03\x04\x14\x00\x09\x00\x08\x00" + bytes(80)),
        ("счётчик.jpg", "image", "jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500)),
        ("smime.p7m", "application", "pkcs7-mime", b"\x30\x82\x01\x00" + bytes(300)),
        ("скан.pdf", "application", "pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"),
    ],
)
def test_a_file_that_the_machine_cannot_read_is_seen_by_a_person(
    name: str, main: str, sub: str, content: bytes
) -> None:
    letter = message("Показания", f"{READINGS}. Петрова")
    letter.add_attachment(content, maintype=main, subtype=sub, filename=name)
    decision = decided(letter)
    assert decision.action is Action.REVIEW
    assert any(name in doubt for doubt in decision.doubts)


def test_a_proof_of_the_sender_is_no_file_to_read() -> None:
    letter = message("Показания", f"{READINGS}. Петрова")
    letter.add_attachment(
        b"\x30\x82\x01\x00", maintype="application", subtype="pkcs7-signature", filename="smime.p7s"
    )
    assert decided(letter).action is Action.READING_ACCEPTED


@pytest.mark.parametrize(
    "where",
    [
        "{readings}\n--\nУ нас прорвало трубу, хлещет кипяток!",
        "{readings}\n\nP.S. Прорвало трубу в подвале!",
        "{readings}\n\nС уважением,\nПетрова\nпрорвало трубу, срочно",
        "{readings}\n\nОтправлено с телефона, прорвало трубу, хлещет кипяток",
    ],
)
def test_an_emergency_below_the_readings_is_an_emergency(where: str) -> None:
    decision = decided(message("Показания", where.format(readings=READINGS)))
    assert decision.template == "emergency_received"


@pytest.mark.parametrize(
    "quoted",
    [
        "20.11.2026 10:00, ООО «ЭкоСтрой» <8666@bk.ru> пишет:\n> Напоминаем: долг вырос, трубу перекроем.",
        "пт, 20 нояб. 2026 г. в 10:00, <8666@bk.ru>:\n\n> Сосед жалуется на сырость.\n> 8666@bk.ru",
    ],
)
def test_our_own_quoted_words_are_accounted_for(quoted: str) -> None:
    assert decided(message("Re: Показания", f"{READINGS}\n\n{quoted}")).action is Action.READING_ACCEPTED


def test_the_subject_of_a_reply_is_that_of_the_letter_replied_to() -> None:
    """RFC 5322, 3.6.5. Somebody who merely types «Re:» replies to nothing."""
    typed = message("Re: перерасчёт за октябрь", READINGS)
    assert decided(typed).action is Action.REVIEW
    typed["In-Reply-To"] = "<26-000001@mailbot.example>"
    assert decided(typed).action is Action.READING_ACCEPTED


def test_words_below_our_quoted_signature_are_the_clients() -> None:
    quoted = (
        "-----Исходное сообщение-----\nОт: ЭкоСтрой [mailto:8666@bk.ru]\nОтправлено: 20 ноября 2026 г. 9:00\n"
    )
    ours = f"{quoted}Кому: anna.petrova@mail.ru\nТема: Показания\n\nЖдём показания.\n\n{RULES.channels.signature}\n"
    decision = decided(message("Re: Показания", f"{READINGS}\n\n{ours}\nСосед жалуется на сырость.\n"))
    assert decision.action is Action.REVIEW


@pytest.mark.parametrize(
    "marks",
    [
        "Тепло — 4, вежливость — 5. Лицевой счёт 4710325",
        "Лицевой счёт 4710325\nТепло: 4\nСкорость ответа: 3\nЧистота: 2",
        "Оценка: отопление - 5, гвс - 4. л/с 4710325",
    ],
)
def test_marks_of_a_questionnaire_are_no_readings(marks: str) -> None:
    decision = decided(message("Опрос", marks))
    assert decision.action not in FINISHED
    assert decision.accepted == ()


@pytest.mark.parametrize(
    "body",
    [
        "4710325 гвс 345, 4710326 гвс как было. Салаватов Ринат",
        f"{READINGS}. А по второму счёту 4710326 без изменений.",
    ],
)
def test_an_account_without_a_value_keeps_the_letter_open(body: str) -> None:
    assert decided(message("Показания", body)).action is Action.REVIEW


@pytest.mark.parametrize(
    "words",
    [
        "Прошлые 350.",
        "Всё равно скоро помирать.",
        "Скоро на тот свет.",
        "Прощайте, родные мои.",
        "Цифры за соседа.",
        "Это холодная.",
        "Купаться ездим к тёще.",
        "Пришлось лезть под ванну по колено в воде.",
    ],
)
def test_what_annuls_a_value_or_tells_of_need_is_read_by_a_person(words: str) -> None:
    assert decided(message("Показания", f"{READINGS}. {words}")).action not in FINISHED


OBJECTS = (
    "Договор 4710325\n\nУчреждение\tРесурс\tПрибор\tПоказание 25.10\tПоказание 25.11\tЕд\n"
    "{object}\tотопление\t61188\t1874,1\t1911,2\tГкал\nДОУ Сказка\tотопление\t61190\t830,55\t845,07\tГкал"
)


def left(body: str) -> list[str]:
    facts = understand(parse(RawLetter(message("Показания", body).as_bytes(), WHEN)), RULES)
    return [found.value for found in facts.remainder]


@pytest.mark.parametrize("name", ["СОШ № 1", "Клуб «Ромашка»", "Прачечная и пищеблок"])
def test_what_a_table_calls_the_object_of_a_row_wants_nothing(name: str) -> None:
    assert left(OBJECTS.format(object=name)) == []


@pytest.mark.parametrize("name", ["Прачечная, прибор стоит", "Клуб (течёт кран)", "Котельная аварийная"])
def test_a_name_of_an_object_that_says_more_is_left_over(name: str) -> None:
    assert any(name in sentence for sentence in left(OBJECTS.format(object=name)))


def test_a_remark_in_a_column_of_its_own_is_left_over() -> None:
    table = OBJECTS.format(object="СОШ № 1").replace("Ед\n", "Ед\tПримечание\n", 1)
    told = table.replace("1911,2\tГкал", "1911,2\tГкал\tменяли батарейку").replace(
        "845,07\tГкал", "845,07\tГкал\t"
    )
    assert any("меняли батарейку" in sentence for sentence in left(told))


def test_a_foreign_notice_of_secrecy_wants_nothing() -> None:
    body = f"{READINGS}.\n\n--\nThis e-mail may contain confidential information and is intended for the addressee only."
    assert decided(message("Показания", body)).action is Action.READING_ACCEPTED
