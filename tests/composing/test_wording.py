"""Dates, numbers and names as a Russian letter writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from mailbot.composing import wording
from mailbot.model import Unit
from mailbot.wording.resources import format_unit

PERM = timezone(timedelta(hours=5))
NOW = datetime(2026, 11, 21, 7, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "word"),
    [(1, "one"), (2, "few"), (4, "few"), (5, "many"), (11, "many"), (14, "many"), (21, "one"), (100, "many")],
)
def test_the_word_goes_with_the_number(count: int, word: str) -> None:
    """1 показание, 2 показания, 5 показаний, 11 показаний, 21 показание."""
    assert wording.plural(count, "one", "few", "many") == word


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Зырянова Светлана Юрьевна", "Здравствуйте, Светлана Юрьевна!"),
        ("Светлана Юрьевна Зырянова", "Здравствуйте, Светлана Юрьевна!"),
        ("Рабинович Анна Петровна", "Здравствуйте, Анна Петровна!"),
        ("Анна Петровна Рабинович", "Здравствуйте, Анна Петровна!"),
        ("Илья Ильич", "Здравствуйте, Илья Ильич!"),
        ("Салтыков-Щедрин Михаил Евграфович", "Здравствуйте, Михаил Евграфович!"),
        ("Зырянова Светлана", "Здравствуйте!"),
        ("Зырянова С. Ю.", "Здравствуйте!"),
        ("Ивановой Марии Петровны", "Здравствуйте!"),
        ("зырянова светлана юрьевна", "Здравствуйте!"),
        ("Тётя Маша", "Здравствуйте!"),
        ("<b>Анна</b> Петровна", "Здравствуйте!"),
        ("", "Здравствуйте!"),
    ],
)
def test_only_a_first_name_with_a_patronymic_is_used(name: str, greeting: str) -> None:
    assert wording.format_greeting(name) == greeting


def test_a_day_is_the_companys_day() -> None:
    assert wording.format_date(datetime(2026, 11, 21, 20, 0, tzinfo=UTC), PERM) == "22.11.2026"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 26, 17, 0, tzinfo=PERM), "не позднее 26.11.2026"),
        (datetime(2026, 11, 26, 23, 59, 59, tzinfo=PERM), "не позднее 26.11.2026"),
        (datetime(2026, 11, 27, 0, 0, tzinfo=PERM), "не позднее 26.11.2026"),
        (datetime(2026, 11, 21, 14, 30, tzinfo=PERM), "не позднее 14:30 21.11.2026"),
        (datetime(2026, 11, 21, 23, 59, 59, tzinfo=PERM), "не позднее 21.11.2026"),
        (NOW, "в максимально возможно короткий срок"),
        (None, "в максимально возможно короткий срок"),
    ],
)
def test_a_deadline_is_promised_only_if_it_can_be_kept(moment: datetime | None, words: str) -> None:
    assert wording.format_deadline(moment, NOW, PERM) == words


@pytest.mark.parametrize(
    ("value", "written"), [("148.50", "148,50"), ("0", "0"), ("1E+3", "1000"), ("0.007", "0,007")]
)
def test_quantities_have_a_comma_and_keep_their_zeros(value: str, written: str) -> None:
    assert wording.format_quantity(Decimal(value)) == written


def test_cubic_metres_are_written_as_bills_do() -> None:
    assert (format_unit(Unit.M3), format_unit(Unit.GCAL), format_unit(None)) == (
        "м³",
        "Гкал",
        "",
    )
