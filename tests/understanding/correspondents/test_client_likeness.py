"""Does it look like a client's letter: spam, newsletters and our own mail come back are not."""

from __future__ import annotations

import dataclasses

import pytest

from mailbot.model import Address, Certainty, Rulebook
from mailbot.understanding import understand
from tests.understanding.letters import make_letter


def client(body: str, rulebook: Rulebook, subject: str = "") -> Certainty:
    return understand(make_letter(body, subject), rulebook).client.answer


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Вам начислено 50 000 рублей", "Личный кабинет пополнен! Успейте забрать выплату сегодня >>> жми"),
        (
            "Коммерческое предложение",
            "Предлагаем насосы и задвижки со склада, прайс во вложении. Менеджер Артемий",
        ),
        ("Чёрная пятница", "Пледы и обогреватели со скидкой. Отписаться от рассылки можно здесь"),
        ("Казино", "Фриспины и бонус 5000, жми"),
        (
            "Внимание",
            "Ваш почтовый ящик будет заблокирован, подтвердите пароль, перейдите по ссылке http://x.example",
        ),
        ("", "Продвижение сайтов, SEO, выгодные цены, наша компания поможет"),
    ],
)
def test_spam_and_newsletters_are_no_clients(subject: str, body: str, rulebook: Rulebook) -> None:
    assert client(body, rulebook, subject) is Certainty.NO


@pytest.mark.parametrize(
    "body",
    [
        "Батареи холодные, лс 330215",
        "Газета «Огни» просит в порядке ст. 39 Закона о СМИ сообщить сроки ремонта",
        "ОСП по г. Чайковскому просит подтвердить погашение задолженности. Пристав Нифонтова",
        "Добрый день, слесарь ещё нужен? Стаж 12 лет",
        "Хочу отписаться от бумажной квитанции, лицевой счёт 20011",
        "В личный кабинет не зайти, выплата не видна, лс 40021",
        "ООО «Пар» направляет счёт за поставку насоса, просим оплатить до 25.11",
    ],
)
def test_who_asks_something_of_the_company_is_never_taken_for_spam(body: str, rulebook: Rulebook) -> None:
    assert client(body, rulebook) is not Certainty.NO


@pytest.mark.parametrize(
    "body",
    [
        "Ходят по домам, предлагают от вашего имени фильтры со скидкой 50%. Переходить по ссылке http://x.example?",
        "Прислали: акция, скидка, только сегодня, перейдите по ссылке. Это точно ваши?",
        "Звонят и говорят про бонус и выплату за тепло, просят нажать на сайт http://x.example. Ваши ли это люди?",
        "Менеджер представился вашим, предлагает выгодный прайс со склада. Это от вас?",
    ],
)
def test_who_asks_whether_an_offer_is_ours_is_no_advertiser(body: str, rulebook: Rulebook) -> None:
    assert client(body, rulebook) is not Certainty.NO


@pytest.mark.parametrize(
    "body",
    [
        "Предлагаем сотрудничество: вы нам тепло в новый цех, мы вам предоплату. Выгодные условия. ООО «Лесхоз»",
        "Наша компания открывает магазин. Просьба сообщить цены, каталог условий и как подключиться к теплосети",
        "Мы производим мебель со склада, нам нужна горячая вода в цех оптом, предоплата, выгодные сроки",
        "Наша компания, заявка на теплоснабжение павильона: подробнее на http://x.example, менеджер Олег",
    ],
)
def test_an_application_for_heat_in_words_of_business_is_no_advertising(
    body: str, rulebook: Rulebook
) -> None:
    assert client(body, rulebook) is not Certainty.NO


def test_advertising_with_a_clients_words_is_doubt_or_yes(rulebook: Rulebook) -> None:
    body = "Мне пришло: «ваш аккаунт заблокирован, перейдите по ссылке, скидка». Это вы? Лс 20011"
    assert client(body, rulebook) is not Certainty.NO


def test_our_own_mail_come_back_is_no_clients(rulebook: Rulebook) -> None:
    own = rulebook.channels.own_addresses[0]
    letter = dataclasses.replace(
        make_letter("Ваше обращение № 26-1180 принято"),
        from_=Address("", own),
        to=(Address("", "client@example.com"),),
    )
    assert understand(letter, rulebook).client.answer is Certainty.NO


@pytest.mark.parametrize(
    "body",
    [
        "Добрый день, Виктор Семёнович! Высылаю прайс на задвижки, наша компания держит скидку до пятницы.",
        "Уважаемая Алла Игоревна, коммерческое предложение по насосам готово, цены выгодные. Ждём ответа.",
    ],
)
def test_an_offer_to_a_person_by_name_and_patronymic_is_looked_at(body: str, rulebook: Rulebook) -> None:
    assert client(body, rulebook) is not Certainty.NO
