"""Two readers of a letter agree where they mean the same: a value said twice, a fraction in words."""

from __future__ import annotations

import pytest

from mailbot.model import RawLetter, Rulebook
from mailbot.parsing import parse
from mailbot.understanding import understand
from tests.policy.decision.completeness.test_accounting import WHEN, message


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("Счёт 5800104. Вода горячая 39 целых 2 десятых.", "39.2"),
        ("Лицевой 5801784, горячая 280 и семь десятых.", "280.7"),
        (
            "лицевой 3706150, показания счётчика горячей воды составляют 1077,3 куб. м"
            " (одна тысяча семьдесят семь целых три десятых)",
            "1077.3",
        ),
    ],
)
def test_a_value_said_in_two_ways_is_one_and_sure(body: str, value: str, rulebook: Rulebook) -> None:
    (reading,) = understand(parse(RawLetter(message("Показания", body).as_bytes(), WHEN)), rulebook).readings
    assert str(reading.value) == value
    assert reading.confidence >= rulebook.thresholds.reading


def test_a_value_that_stayed_is_one(rulebook: Rulebook) -> None:
    letter = message("Показания", "Как был 402 так и есть 402, горячая. Лицевой 3700396")
    readings = understand(parse(RawLetter(letter.as_bytes(), WHEN)), rulebook).readings
    assert [str(reading.value) for reading in readings] == ["402"]
