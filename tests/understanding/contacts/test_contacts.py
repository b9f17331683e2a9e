"""Contact data (clause 2.2.email.1): what counts as the client's, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.understanding.contacts.contact_finder import find_contacts
from tests.scale import tries
from tests.understanding.letters import make_letter

ACCOUNTS = [
    ("лс 1234567", ["1234567"]),
    ("л/с: 450093", ["450093"]),
    ("Л.С. № 33309812", ["33309812"]),
    ("ЛС №5500129", ["5500129"]),
    ("лиц. счет 199204", ["199204"]),
    ("Лицевой счет: 1180563", ["1180563"]),
    ("лицевого счёта 610488", ["610488"]),
    ("Счёт 450093, Гатауллина Римма", ["450093"]),
    ("Счет 55910432", ["55910432"]),
    ("лицевой 199204 гвс 118", ["199204"]),
    ("лс 561209 и 561210", ["561209", "561210"]),
    ("лицевые счета: 111111, 222222", ["111111", "222222"]),
    ("Убейволк Алексей, 70081234. Почему минус?", ["70081234"]),
    ("л/с 4О098812", ["40098812"]),
    ("лс 450 093", ["450093"]),
    ("100000000000*54678", ["100000000000"]),
    ("1234567833 1234 187", ["1234567833"]),
    ("123456789#12345678#111", ["123456789"]),
    ("ЖКХ 1# 123456 Х 0000056.8 Г 0000047.3", ["123456"]),
    ("л/с 1234567 89504455918", ["1234567"]),
    ("абонент № 7719203", ["7719203"]),
]
NO_ACCOUNT = [
    "счётчик № 08123456 не крутится",
    "Счётчик СТК-15 зав. № 0448213",
    "ИНН 5920001234, КПП 592001001",
    "р/с 40702810600000000001 в Сбербанке",
    "расчётный счет 40702810600000000001",
    "по судебному приказу № 2-1418/2026",
    "договор № 123456 от 01.02.2026",
    "Счёт № 344556 от 15.10.2026 не получили",
    "тел 89504455918",
    "614000, г. Пермь, а/я 118",
    "дата поверки 20.11.2026",
    "начислили 123456 руб",
]


@pytest.mark.parametrize(("body", "expected"), ACCOUNTS)
def test_a_personal_account_is_found_under_every_label(body: str, expected: list[str]) -> None:
    assert [found.value for found in find_contacts(make_letter(body)).accounts] == expected


@pytest.mark.parametrize("body", NO_ACCOUNT)
def test_other_numbers_are_no_personal_account(body: str) -> None:
    assert find_contacts(make_letter(body)).accounts == ()


PHONES = [
    ("8-950-44-55-918", "+79504455918"),
    ("тел. 89504567781", "+79504567781"),
    ("+7 (922) 333-17-88", "+79223331788"),
    ("8 922 640 12 98", "+79226401298"),
    ("8(34241) 5-53-90", "+73424155390"),
    ("8 (34241) 7-11-34", "+73424171134"),
    ("тел (34241) 5-56-01", "+73424155601"),
    ("Павлова З.Ф., 5-50-33", "55033"),
    ("тел. 55033", "55033"),
    ("9504455918", "+79504455918"),
    ("+79638708899.", "+79638708899"),
    ("8.912.345.67.89", "+79123456789"),
]


@pytest.mark.parametrize(("body", "expected"), PHONES)
def test_a_phone_is_normalised_from_any_grouping(body: str, expected: str) -> None:
    assert [found.value for found in find_contacts(make_letter(body)).phones] == [expected]


@pytest.mark.parametrize("body", ["тел. 5-53-03 (код 34241)", "5-53-03, код города 34241"])
def test_the_code_of_a_town_behind_a_local_phone_is_part_of_it(body: str) -> None:
    assert [one.value for one in find_contacts(make_letter(body)).phones] == ["+73424155303"]


@pytest.mark.parametrize(
    "body",
    ["лс 89504567", "с 15.10 по 20.11.2026", "гвс 12345, лс 560012", "счетчик № 89504455918", "Победы 14-30"],
)
def test_other_numbers_are_no_phone(body: str) -> None:
    assert find_contacts(make_letter(body)).phones == ()


ADDRESSES = [
    ("от Сикорской В.К., прож. ул. Мира, 30-5, тел. 89504567781", "ул. Мира, 30-5"),
    ("Солнечная 15, квартира 58, Апрелева Ника", "Солнечная 15, квартира 58"),
    ("когда включат? Победы 3 кв 15 Балабанов", "Победы 3 кв 15"),
    ("холодно, мира 10 кв 15, фадеев", "мира 10 кв 15"),
    ("батареи ледяные. Железнодорожная 17, 2 подъезд", "Железнодорожная 17"),
    ("Ебелев, Зелёная 2-13: горячей воды нет", "Зелёная 2-13"),
    ("с. Фоки, ул. Советская, д. 7", "с. Фоки, ул. Советская, д. 7"),
    ("Фоки, Ленина 3-2, Патрушев", "Фоки, Ленина 3-2"),
    ("gagarina 8 kv 3, Balandin", "gagarina 8 kv 3"),
    ("собрание жильцов дома Зелёная, 6: обсудим", "Зелёная, 6"),
    ("проживаю по адресу: ул. 8 Марта, д. 12, корп. 2, кв. 7", "ул. 8 Марта, д. 12, корп. 2, кв. 7"),
    ("улица Строителей дом 3 квартира 4", "улица Строителей дом 3 квартира 4"),
    ("молодежная 5!!! приезжайте", "молодежная 5"),
    ("ул Камская 30-1", "ул Камская 30-1"),
    ("пер. Речной, 4а", "пер. Речной, 4а"),
]
NO_ADDRESS = [
    "Сроки ремонта магистрали по ул. Гагарина",
    "пос. Прикамский, ул. Солнечная, 1/5 — это ваш офис?",
    "горячая вода 77",
    "Последняя 15 квитанция не пришла",
    "лс 120033 хол. 209 гор. 118",
    "в доме холодно уже 3 дня",
]


@pytest.mark.parametrize(("body", "expected"), ADDRESSES)
def test_an_address_is_found_in_every_shortening(body: str, expected: str) -> None:
    assert [found.value for found in find_contacts(make_letter(body)).addresses] == [expected]


@pytest.mark.parametrize("body", NO_ADDRESS)
def test_what_only_looks_like_an_address_is_none(body: str) -> None:
    assert find_contacts(make_letter(body)).addresses == ()


def test_a_flat_apart_joins_the_only_house_of_the_letter() -> None:
    letter = make_letter("у нас в подвале дома Молодежная 3 течёт труба. Минниахметова Сабина кв 1")
    (found,) = find_contacts(letter).addresses
    assert found.value == "Молодежная 3, кв 1"
    assert [letter.quote(span) for span in found.spans] == ["Молодежная 3", "кв 1"]


NAMES = [
    ("Счёт 450093, Гатауллина Римма, прошу исправить.", "Гатауллина Римма"),
    ("Старшая по дому Крохалева Т., 8-919-450-22-18", "Крохалева Т."),
    ("Рожкова Фаина Михайловна, лс 199204", "Рожкова Фаина Михайловна"),
    ("Председатель правления Е. М. Кочнева", "Е. М. Кочнева"),
    ("батареи холодные, мира 10 кв 15, фадеев", "фадеев"),
    ("хочу квитанцию на почту. лс 230177 поршнева", "поршнева"),
    ("печенкин максим 40098812 гвс 345", "печенкин максим"),
    ("молодежная 5!!! Краснопёрова св. 89026339081", "Краснопёрова св."),
    ("Убейволк Алексей, 70081234. Почему минус?", "Убейволк Алексей"),
    ("Теплосчётчик № 5123409, 31,7 ГДж\nДурново И. С.", "Дурново И. С."),
    ("Пекарня, л/с 2000618. Технолог Муденко П.", "Муденко П."),
    ("ИП Носов П.А., л/с 2000491", "Носов П.А."),
    ("Требую перерасчёта. Мудрый О.В., Победы 7-9", "Мудрый О.В."),
    ("Спасибо бригаде Шилкова! Воробей Тамара Ильинична, Победы 8-30", "Воробей Тамара Ильинична"),
    ("Лс 45001276. Прошу подтвердить. Бояршинов", "Бояршинов"),
    ("должником Сухановым Д.Е. Пристав Нифонтова К.М., тел. 8 (34241) 3-30-07", "Нифонтова К.М."),
    ("когда отопление включат? Мира 3 кв 44, Маша Юшкова", "Маша Юшкова"),
    ("Заявку приняла Светлана. Директор клуба Ташлыкова Э.Ю., сот. 89824400917", "Ташлыкова Э.Ю."),
    ("Меня зовут Иванова Мария Петровна, лс 120033", "Иванова Мария Петровна"),
    ("С уважением,\nКузнецов Андрей", "Кузнецов Андрей"),
    ("Я, Сидоренко Пётр Ильич, прошу выдать справку", "Сидоренко Пётр Ильич"),
    ("ФИО: Хлебников Игорь Олегович\nлс 120033", "Хлебников Игорь Олегович"),
    ("прошу перерасчёт ИВАНОВА А.П. МИРА 3-15", "ИВАНОВА А.П."),
    ("лс 120033 гвс 45 Шакирова", "Шакирова"),
    ("Сабиров Артур +79026307788", "Сабиров Артур"),
]


@pytest.mark.parametrize(("body", "expected"), NAMES)
def test_the_writers_name_is_found_in_any_order_and_case(body: str, expected: str) -> None:
    assert find_contacts(make_letter(body)).names[0].value == expected


def test_a_name_in_the_genitive_is_given_in_the_nominative() -> None:
    body = "Директору ООО «ЭкоСтрой» Тутынину А.Н.\nот Сикорской Ванды Казимировны\nЗАЯВЛЕНИЕ"
    assert [found.value for found in find_contacts(make_letter(body)).names] == [
        "Сикорская Ванда Казимировна"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "у нас холодно сделайте что нибудь",
        "Передайте своей Светке привет",
        "Уважаемый директор! Когда включат отопление?",
        "Сроки ремонта магистрали по ул. Гагарина",
        "пос. Прикамский, Фоки и Ольховка без тепла",
        "Здравствуйте, Светлана Юрьевна! Когда включат?",
        "Клуб «Факел» просит допуска",
        "Отправлено с iPhone",
        "Добрый день! Спасибо. До свидания.",
        "",
    ],
)
def test_what_is_nobodys_signature_gives_no_name(body: str) -> None:
    assert find_contacts(make_letter(body)).names == ()


def test_a_first_name_alone_is_a_doubtful_name() -> None:
    (found,) = find_contacts(make_letter("Здравствуйте, мне бы справочку для соцзащиты. Наташа")).names
    assert found.confidence <= 0.3


def test_the_from_address_is_no_contact_data() -> None:
    letter = make_letter("когда включат?")
    contacts = find_contacts(letter)
    assert (contacts.names, contacts.accounts, contacts.phones, contacts.addresses) == ((), (), (), ())


def test_a_signature_gives_contacts() -> None:
    letter = make_letter("Когда дадут тепло?", signature="Носова В.В.\nтел. 8 922 640 12 98")
    contacts = find_contacts(letter)
    assert (contacts.names[0].value, contacts.phones[0].value) == ("Носова В.В.", "+79226401298")


def test_our_own_phone_in_the_quote_is_not_the_clients() -> None:
    letter = make_letter("Спасибо", quoted="> ООО «ЭкоСтрой», тел. 8 (34241) 5-00-11, л/с 220911")
    contacts = find_contacts(letter)
    assert contacts.phones == ()
    assert [found.value for found in contacts.accounts] == ["220911"]


def test_an_attachment_gives_contacts() -> None:
    letter = make_letter(
        "Заявление во вложении.", attachment="от Кожевниковой Лии Дамировны\nул. Мира, 9-18\nлс 330517"
    )
    contacts = find_contacts(letter)
    assert contacts.accounts[0].spans[0].part == "attachment:1"
    assert contacts.addresses[0].value == "ул. Мира, 9-18"
    assert contacts.names[0].value.startswith("Кожевников")


@given(st.text(max_size=300))
@settings(max_examples=tries(150), deadline=None)
def test_no_text_breaks_the_search_and_spans_stay_inside(text: str) -> None:
    letter = make_letter(text, text[:30])
    contacts = find_contacts(letter)
    for found in (*contacts.names, *contacts.accounts, *contacts.phones, *contacts.addresses):
        assert 0 < found.confidence <= 1
        for span in found.spans:
            assert 0 <= span.start < span.end <= len(letter.part(span.part).text)


@given(st.integers(10_000, 999_999_999))
@settings(max_examples=tries(60), deadline=None)
def test_any_labelled_number_is_the_account(number: int) -> None:
    assert [found.value for found in find_contacts(make_letter(f"л/с {number}")).accounts] == [str(number)]
