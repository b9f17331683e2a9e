"""Paper bills in the order of the walk, marked once; ЭДО as a folder with an index."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from mailbot.model import RequestRefused
from mailbot.model.bill.sending import BillState
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod
from mailbot.services.ledger.bills.print_and_edo import INDEX, BillBatch, export_edo, print_month
from mailbot.services.ledger.bills.walking_order import count_by_house, sort_by_route
from mailbot.store import Store
from mailbot.store.bills import sending_status
from tests.services.ledger.billing_office import (
    NOW,
    accounts_in,
    charged,
    confirmed_rules,
    later,
    letters,
    resident,
    send,
)
from tests.services.ledger.town import OCTOBER

ADDRESSES = {
    "440001": "ул. Мира, д. 10, кв. 3",
    "440002": "ул. Мира, д. 2, кв. 12",
    "440003": "Мира 2-9",
    "440004": "ул. Солнечная, д. 1/5",
    "440005": "ул. Гоголя, д. 5А, кв. 1",
    "440006": "ул. Гоголя, д. 5, кв. 100",
}
WALK = ["440006", "440005", "440003", "440002", "440001", "440004"]


def paper_town(store: Store) -> None:
    charged(
        store,
        *(
            resident(number, delivery=DeliveryMethod.PAPER, address=where)
            for number, where in ADDRESSES.items()
        ),
        resident("440009", "anna@bk.ru"),
    )


def print_(store: Store, path: Path, *, days: float = 0, again: bool = False) -> BillBatch:
    return print_month(
        store, OCTOBER, confirmed_rules(), path, by="Зуева", clock=lambda: later(days), again=again
    )


def test_house_2_stands_before_house_10_and_flat_9_before_flat_12() -> None:
    stops = sort_by_route(ADDRESSES.items())
    assert [stop.account for stop in stops] == WALK
    assert count_by_house(stops) == (
        ("ул. Гоголя, д. 5", 1),
        ("ул. Гоголя, д. 5А", 1),
        ("Мира 2", 2),
        ("ул. Мира, д. 10", 1),
        ("ул. Солнечная, д. 1/5", 1),
    )


def test_an_address_that_cannot_be_taken_apart_comes_last_and_is_not_lost() -> None:
    stops = sort_by_route([("1", "у реки"), ("2", "Мира 2-9")])
    assert [stop.account for stop in stops] == ["2", "1"]
    assert count_by_house(stops) == (("Мира 2", 1), ("у реки", 1))


def test_one_file_holds_a_cover_and_every_paper_bill_in_the_order_of_the_walk(
    store: Store, tmp_path: Path
) -> None:
    paper_town(store)
    left = print_(store, tmp_path / "октябрь.pdf")
    assert left.count == 6
    pages = [page.extract_text() for page in PdfReader(tmp_path / "октябрь.pdf").pages]
    assert left.batch in pages[0]
    assert re.search(r"Мира 2\s+2", pages[0])
    assert "Всего квитанций: 6" in pages[0].replace("\n", " ")
    order = [number for page in pages[1:] for number in accounts_in(page, [*ADDRESSES, "440009"])]
    assert list(dict.fromkeys(order)) == WALK
    assert letters(store) == [], "whoever wants mail is not printed, and not sent by printing"


def test_what_was_printed_is_printed_again_only_where_it_is_asked_for(store: Store, tmp_path: Path) -> None:
    paper_town(store)
    first = print_(store, tmp_path / "1.pdf")
    with pytest.raises(RequestRefused, match=r"Отданы уже: 6.*--again"):
        print_(store, tmp_path / "2.pdf", days=1)
    assert not (tmp_path / "2.pdf").exists()
    second = print_(store, tmp_path / "2.pdf", days=1, again=True)
    assert (second.count, second.batch != first.batch) == (6, True)
    assert store.ask(sending_status.tally, OCTOBER) == {BillState.PRINTED: 6}


def test_a_file_that_cannot_be_written_leaves_every_bill_to_print(store: Store, tmp_path: Path) -> None:
    paper_town(store)
    with pytest.raises(RequestRefused, match="Ничего не отмечено"):
        print_(store, tmp_path / "нет такой папки" / "1.pdf")
    assert store.ask(sending_status.tally, OCTOBER) == {BillState.TO_PRINT: 6}


def test_a_bill_that_had_no_address_for_its_mail_is_printed(store: Store, tmp_path: Path) -> None:
    charged(store, resident("440001"))
    send(store)
    assert print_(store, tmp_path / "1.pdf").count == 1


def test_edo_is_a_folder_of_papers_with_an_index(store: Store, tmp_path: Path) -> None:
    charged(
        store,
        resident("440001", delivery=DeliveryMethod.EDO),
        resident("440002", delivery=DeliveryMethod.EDO),
    )
    folder = tmp_path / "edo"
    left = export_edo(store, OCTOBER, confirmed_rules(), folder, by="Зуева", clock=lambda: NOW)
    assert left.count == 2
    rows = list(csv.DictReader(io.StringIO((folder / INDEX).read_text("utf-8-sig")), delimiter=";"))
    assert [row["Лицевой счёт"] for row in rows] == ["440001", "440002"]
    for row in rows:
        text = "".join(page.extract_text() for page in PdfReader(folder / row["Файл"]).pages)
        assert accounts_in(text, ["440001", "440002"]) == {row["Лицевой счёт"]}
    assert store.ask(sending_status.tally, OCTOBER) == {BillState.EXPORTED: 2}
