"""Rows of tables that name accounts or meters of the register: the cells say what the columns are, with a heading or without."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import Rulebook
from mailbot.model.ledger.register import Register
from mailbot.understanding.number_roles.model_values import read_parts
from mailbot.understanding.register_lookup.table_rows import readings_of_rows
from tests.understanding.letters import make_letter
from tests.understanding.register_lookup.registers import Client, register

KNOWN = register(
    Client("440215", hot="340", serial="7011"),
    Client("440216", hot="12.5", serial="7012"),
    Client("512044", heat="204.1", serial="ТВ7-1882"),
)


def read(table: str, rulebook: Rulebook, known: Register = KNOWN) -> list[tuple[str | None, str, str | None]]:
    parts = read_parts(make_letter("Добрый день, таблица ниже.\n\n" + table), rulebook.roles, known)
    return [(one.account, str(one.value), one.meter) for one in readings_of_rows(parts, known)]


def test_a_table_without_a_heading_is_read_by_its_accounts(rulebook: Rulebook) -> None:
    table = "440215\tМира 5\t345,2\t24.11.2026\n440216\tМира 7\tнет связи\t24.11.2026\n512044\tМира 9\t207,3\t24.11.2026"
    assert read(table, rulebook) == [("440215", "345.2", None), ("512044", "207.3", None)]


def test_rows_of_serials_need_no_account(rulebook: Rulebook) -> None:
    table = "Узел | Прибор | сен | окт | ноя\nБаня | СВМ 7011 | 330 | 336 | 345\nЦех | ТВ7-1882 | 190,2 | 199 | 207,3"
    assert read(table, rulebook) == [("440215", "345", "7011"), ("512044", "207.3", "ТВ7-1882")]


def test_the_newest_column_is_where_most_rows_go_on_even_if_one_runs_back(rulebook: Rulebook) -> None:
    table = "комната;счёт;было;стало\n201;440215;344;347\n202;440216;14,9;14,1\n203;512044;203;207,3"
    assert [value for _, value, _ in read(table, rulebook)] == ["347", "14.1", "207.3"]


def test_a_column_of_larger_values_leaves_open_which_are_the_new_ones(rulebook: Rulebook) -> None:
    assert read("440215 | 345 | 512", rulebook) == []


def test_of_two_columns_that_fit_the_later_is_the_larger(rulebook: Rulebook) -> None:
    assert read("440215 | 345 | 345,9", rulebook) == [("440215", "345.9", None)]


def test_a_value_that_two_dials_could_show_is_nobodys(rulebook: Rulebook) -> None:
    both = register(Client("440215", hot="340", heat="341"))
    assert read("440215 | Мира 5 | 343", rulebook, both) == []


def test_quoted_rows_are_none(rulebook: Rulebook) -> None:
    letter = make_letter("Спасибо, получили", quoted="440215 | Мира 5 | 345")
    assert readings_of_rows(read_parts(letter, rulebook.roles, KNOWN), KNOWN) == ()


@given(use=st.integers(1, 15), order=st.permutations(["440215", "440216"]))
def test_the_order_of_the_rows_does_not_matter(rulebook: Rulebook, use: int, order: list[str]) -> None:
    last = {"440215": Decimal("340"), "440216": Decimal("12.5")}
    table = "\n".join(f"{one};{last[one]};{last[one] + use};{use}" for one in order)
    assert {account: value for account, value, _ in read(table, rulebook)} == {
        one: str(last[one] + use) for one in order
    }
