"""`python -m benchmarks.bill_pictures FOLDER`: each kind of paper as pictures, over the flat of the examples."""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2

from benchmarks.bills import example, house_of_examples
from mailbot.billing.statement import build_statement
from mailbot.documents import render_bill, render_certificate, render_statement
from mailbot.model.bill.bill import AccountPaper, Bill
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.ledger.charges import Charge, Payment
from tests.material import flat

SCALE = 1.5
"""Pixels a point: 108 dpi."""

NOTICE = "С 9 по 22 ноября 2026 года горячей воды не будет: плановый ремонт тепловой сети по ул. Солнечной."


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, pdf in _papers():
        pages = pypdfium2.PdfDocument(pdf)
        for at, page in enumerate(pages, start=1):
            pixels: Any = page.render(scale=SCALE, grayscale=True).to_numpy()
            suffix = f"-{at}" if len(pages) > 1 else ""
            (folder / f"{name}{suffix}.png").write_bytes(_png(pixels))


def _papers() -> Iterator[tuple[str, bytes]]:
    rules = house_of_examples()
    bill = replace(example(rules), notices=(NOTICE,))
    yield "individual", render_bill(bill, rules.documents)
    yield "organisation", render_bill(_of_a_company(example(rules, ClientGroup.BUSINESS)), rules.documents)
    paper = _paper(bill)
    yield "statement", render_statement(paper, rules.documents)
    yield "certificate", render_certificate(replace(paper, balance=Decimal("-12.50")), rules.documents)


def _of_a_company(bill: Bill) -> Bill:
    premises = replace(bill.account.premises, address="п. Прикамский, ул. Мира, 3, пом. 1", residents=0)
    account = replace(bill.account, premises=premises)
    return replace(bill, account=account, name="ООО «Берёзка»", charge=replace(bill.charge, account=account))


def _paper(bill: Bill) -> AccountPaper:
    """Two months of the flat, the newest not paid."""
    known: list[Charge] = [one for one in (bill.previous, bill.charge) if one]
    paid: tuple[Payment, ...] = bill.payments
    found = build_statement(known, paid, flat.LAST.preceding, flat.LAST)
    issued = date(2026, 11, 4)
    return AccountPaper(bill.account, bill.name, found, found.closing, issued, bill.payee, bill.channels)


def _png(pixels: Any) -> bytes:
    """Grey pixels as PNG (RFC 2083): no more is needed than a header, rows and their sums."""
    tall, wide = pixels.shape[:2]
    rows = b"".join(b"\0" + pixels[at].tobytes() for at in range(tall))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, tall, 8, 0, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body


if __name__ == "__main__":
    main(Path(sys.argv[1]))
