"""Tables in the body of a letter: tabs of a plain text and cells of HTML keep the columns apart."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from email.message import EmailMessage

import pytest

from mailbot.model import RawLetter, Resource, Rulebook
from mailbot.parsing import parse
from mailbot.understanding import understand

TABLE = (
    "Объект\tСчётчик\tПред.\tТек.\n"
    "Школа, отопление\t2001290\t120,4\t131,9\n"
    "\t2001291, ГВС\t\t88"
)  # fmt: skip


@pytest.mark.parametrize("form", ["plain", "html"])
def test_an_empty_cell_keeps_its_place_in_a_table_of_the_body(form: str, rulebook: Rulebook) -> None:
    message = EmailMessage()
    message["From"] = "school@example.com"
    if form == "plain":
        message.set_content(f"Показания за ноябрь, л/с 440215:\n\n{TABLE}\n")
    else:
        rows = "".join(
            f"<tr><td>{'</td><td>'.join(row.split(chr(9)))}</td></tr>" for row in TABLE.split("\n")
        )
        message.set_content(f"<p>Показания за ноябрь, л/с 440215:</p><table>{rows}</table>", subtype="html")
    letter = parse(RawLetter(message.as_bytes(), datetime(2026, 11, 23, tzinfo=UTC)))
    found = understand(letter, rulebook).readings
    assert [(one.resource, one.value) for one in found] == [
        (Resource.HEATING, Decimal("131.9")),
        (Resource.HOT_WATER, Decimal(88)),
    ]


FRAMED = """\
| прибор    | номер   | показание  |
|-----------|---------|------------|
| ГВС кухня | 7741203 | 101,08     |
| ГВС ванна | 7741219 | 287,55     |
| отопление | 5510277 | 46,9 Гкал  |"""


@pytest.mark.parametrize("framed", [True, False])
def test_a_table_framed_with_bars_is_read_like_one_without_a_frame(framed: bool, rulebook: Rulebook) -> None:
    table = FRAMED if framed else "\n".join(row.strip("|") for row in FRAMED.split("\n"))
    message = EmailMessage()
    message["From"] = "osokin@mail.example"
    message.set_content(f"Показания ИПУ\nл/с: 6101309\n\n{table}\n")
    found = understand(parse(RawLetter(message.as_bytes(), datetime(2026, 11, 23, tzinfo=UTC))), rulebook)
    assert [(one.resource, one.value, one.meter) for one in found.readings] == [
        (Resource.HOT_WATER, Decimal("101.08"), "7741203"),
        (Resource.HOT_WATER, Decimal("287.55"), "7741219"),
        (Resource.HEATING, Decimal("46.9"), "5510277"),
    ]
    assert all(one.confidence > 0.8 for one in found.readings)
    assert not found.remainder
