"""`python -m benchmarks.bills [BILLS]`: bills set as PDF, one core; the floor is a near-empty page of the same size.

Every bill has another payer and another sum, so that nothing of one can be used for the next. The memory is what the
process grew by from the hundredth bill to the last: a run of a whole town must not fill the machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from mailbot.command_setup import load_files
from mailbot.config import Settings, resource_folder
from mailbot.documents import render_bill
from mailbot.documents.typesetting import render_pdf
from mailbot.model.bill.bill import Bill
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules
from mailbot.services.ledger.bills.month_bills import bill_of
from mailbot.store import Store
from tests.material import flat

WARM = 100
EMPTY = {"empty.typ": b'#let paper(page) = [#set std.page(paper: "a4"); #page.number]'}


@dataclass(frozen=True, slots=True)
class Blank:
    number: str


def example(rules: ActiveRules, group: ClientGroup = ClientGroup.INDIVIDUAL) -> Bill:
    """The flat's bill for its last month."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Settings(data_dir=Path(folder)).database, resource_folder("db"))
        store.migrate()
        flat.settle(store, 15)
        bill = bill_of(store, flat.NUMBER, flat.LAST, rules, date(2026, 11, 4))
        store.close()
    account = replace(bill.account, group=group)
    return replace(bill, account=account, charge=replace(bill.charge, account=account))


def house_of_examples() -> ActiveRules:
    """The house as shipped, its tariffs as if they had held for years."""
    return replace(load_checked_rules(0, load_files(Settings())), tariffs=flat.long_tariffs())


def unlike(bill: Bill, nth: int) -> Bill:
    account = replace(bill.account, number=f"{4000000 + nth}")
    charge = replace(bill.charge, account=account)
    return replace(bill, account=account, charge=charge, name=f"Житель {nth}", opening=Decimal(nth))


def rate(make: Callable[[int], bytes], count: int) -> float:
    """So many a second of one core."""
    begun = time.process_time()
    for nth in range(count):
        make(nth)
    return count / (time.process_time() - begun)


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1024 / 1024


def main(count: int) -> None:
    rules = house_of_examples()
    day = date(2026, 11, 4)
    floor = rate(lambda nth: render_pdf(EMPTY, "empty.typ", Blank(str(nth)), day), 500)
    print(f"floor: a near-empty page        {floor:7.0f} a second")
    for group in (ClientGroup.INDIVIDUAL, ClientGroup.BUSINESS):
        bill = example(rules, group)

        def make(nth: int, bill: Bill = bill) -> bytes:
            return render_bill(unlike(bill, nth), rules.documents)

        rate(make, WARM)
        before = resident_mb()
        found = rate(make, count)
        print(
            f"{group:<12} {len(make(0)) / 1024:4.0f} KB     {found:7.0f} a second   1/{floor / found:.0f} of the floor"
            f"   {resident_mb() - before:+.0f} MB over {count:,}, {resident_mb():.0f} MB in all"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
