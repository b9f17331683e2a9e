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
