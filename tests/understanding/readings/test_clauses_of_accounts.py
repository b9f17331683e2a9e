"""Without a register, too, a value belongs to the account of its own clause, labelled or not."""

from __future__ import annotations

import pytest

from mailbot.model import Rulebook
from mailbot.understanding import understand
from tests.understanding.letters import make_letter


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("4710325 гвс 345, 4710326 гвс как было", {"345": "4710325"}),
        ("3370128 гвс как было, 3370129 гвс 345", {"345": "3370129"}),
        ("лс 3370128 гвс как было, 3370129 гвс 345", {"345": "3370129"}),
        ("лс 3370128 без изменений; 3370129 гвс 345", {"345": "3370129"}),
        ("лс 3370128 гвс 345, 3370129 гвс 400", {"345": "3370128", "400": "3370129"}),
        ("Лицевой счёт 3370128 гвс 345\n3370129 гвс 400", {"345": "3370128", "400": "3370129"}),
        ("лс 3370128 гвс 345. По 3370129 показания прежние.", {"345": "3370128"}),
        ("лс 3370128 гвс 345, тел. 89024450101", {"345": "3370128"}),
        ("лс 3370128, счётчик 08123456, гвс 345", {"345": "3370128"}),
    ],
)
def test_a_value_belongs_to_the_account_of_its_clause(
    body: str, expected: dict[str, str], rulebook: Rulebook
) -> None:
    facts = understand(make_letter(body, "показания"), rulebook)
    assert {str(one.value): one.account for one in facts.readings} == expected
