"""No float ever touches a sum or a reading: neither in the room's text nor in what it returns."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from mailbot import billing
from tests.billing.lives import Life, lives
from tests.scale import tries

ROOM = sorted(Path(billing.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", ROOM, ids=lambda path: path.name)
def test_the_billing_room_writes_no_float(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.Name) and node.id == "float"), node.lineno


def leaves(value: object) -> Iterator[object]:
    if is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from leaves(one)
    else:
        yield value


@given(lives())
@settings(max_examples=tries(30), deadline=None)
def test_no_field_of_a_charge_is_a_float_or_a_zero_below_nothing(life: Life) -> None:
    """A letter would show «-0.00», or «0E-7»."""
    found = list(leaves(life.lived()))
    assert not [one for one in found if isinstance(one, float)]
    for one in found:
        if isinstance(one, Decimal):
            assert not (one == 0 and one.is_signed())
            assert "E" not in str(one)
        if isinstance(one, str):
            assert "-0.00 " not in f"{one} ".replace(",", " ").replace(";", " ")
            assert "0E-" not in one
