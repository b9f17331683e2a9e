"""What people see of bills: every bill stands in one place of the glance, opens as it was issued, and goes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from mailbot.model import RequestRefused, ReturnedLetters, SendOutcome
from mailbot.model import SendResult as Fate
from mailbot.model.bill.sending import BillState
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month
from mailbot.model.ledger.charges import add_sums
from mailbot.model.outgoing.sending_pace import Pacing
from mailbot.services.desk.accounts.account_bills import again_page, confirm_again
from mailbot.services.desk.accounts.account_page import account_page
from mailbot.services.desk.accounts.opened_papers import account_paper, issued_bill
from mailbot.services.desk.month_bills_page import BillsPage, bills_page
from mailbot.services.ledger import payments
from mailbot.services.ledger.accounts.client_card import NoSuchAccount
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.bills import monthly_sending, sending_status
from mailbot.store.ledger import charges
from mailbot.store.mail import bounces, sending_pace
from mailbot.store.mail import outbox as deliveries
from mailbot.store.schema.letters_and_cases import outbox
from mailbot.store.staff import audit_log
from tests.services.ledger.billing_office import (
    AT_ONCE,
    NOW,
    charged,
    confirmed_rules,
    example_rules,
    later,
    letters,
    pdf_of,
    resident,
    send,
    text_of,
)
from tests.services.ledger.test_account_page import WHEN
from tests.services.ledger.town import NOVEMBER, OCTOBER, SEPTEMBER, settle

FATES = {
    "sent@bk.ru": Fate(SendOutcome.SENT, "250 OK"),
    "refused@bk.ru": Fate(SendOutcome.REFUSED, "550 5.1.1 no such user"),
    "unknown@bk.ru": Fate(SendOutcome.UNCERTAIN, "соединение оборвалось"),
    "back@bk.ru": Fate(SendOutcome.SENT, "250 OK"),
}


def met(store: Store, recipient: str, fate: Fate) -> None:
    """The letter to that address is on its way, and meets that fate."""
    number = next(at for at, (to, *_) in enumerate(letters(store), start=_first(store)) if to == recipient)
    with store.write() as transaction:
        transaction.execute(update(outbox).where(outbox.c.id == number).values(state="sending"))
        deliveries.record_delivery(transaction, number, fate, NOW, None)


def _first(store: Store) -> int:
    return int(min(store.ask(lambda on: list(on.scalars(outbox.select().with_only_columns(outbox.c.id))))))


@pytest.fixture
def posted(store: Store) -> Store:
    """A month's bills: one of each fate, one waiting, one held, one on paper for want of an address, paper, ЭДО."""
    people = [resident(str(440001 + at), address) for at, address in enumerate(FATES)]
    charged(
        store,
        *people,
        resident("440010", "waits@bk.ru"),
        resident("440011", "noreply@firm.ru"),
        resident("440012"),
        resident("440013", delivery=DeliveryMethod.PAPER),
        resident("440014", delivery=DeliveryMethod.EDO),
    )
    send(store)
    for address, fate in FATES.items():
        met(store, address, fate)
    returned = next(row for row in map(_message_id, letters(store)) if row[0] == "back@bk.ru")[1]
    with store.write() as transaction:
        bounces.record_bounces(
            transaction,
            ReturnedLetters(later(1), ("back@bk.ru",), (returned,)),
            "550 ящик переполнен",
            later(1),
        )
    return store


def _message_id(letter: tuple[str, str, bytes]) -> tuple[str, str]:
    head = letter[2].split(b"Message-ID:")[1].split(b">")[0]
    return letter[0], head.decode().strip() + ">"


def glance(store: Store, state: BillState | None = None, after: str = "") -> BillsPage:
    return bills_page(store, later(2), OCTOBER, state, after)


def test_every_bill_of_the_month_is_counted_in_one_place(posted: Store) -> None:
    page = glance(posted)
    assert {one.state: one.bills for one in page.counts} == {
        BillState.SENT: 1,
        BillState.REFUSED: 1,
        BillState.RETURNED: 1,
        BillState.UNCERTAIN: 1,
        BillState.QUEUED: 1,
        BillState.HELD: 1,
        BillState.TO_PRINT: 2,
        BillState.TO_EXPORT: 1,
    }
    assert page.ways == ((DeliveryMethod.EMAIL, 6), (DeliveryMethod.PAPER, 2), (DeliveryMethod.EDO, 1))
    assert (page.charged, page.made, page.finished) == (9, 9, True)


def test_the_list_of_a_state_has_exactly_the_bills_that_are_counted_there(posted: Store) -> None:
    found: list[str] = []
    for state in BillState:
        (listed,) = glance(posted, state).lists
        assert len(listed.lines) == glance(posted).of(state), state
        assert all(one.bill.state is state for one in listed.lines)
        found += [one.account.number for one in listed.lines]
    assert sorted(found) == list(posted.ask(charges.charged_accounts, OCTOBER))


def test_what_needs_a_person_stands_on_the_glance_with_why(posted: Store) -> None:
    lists = {one.state: one.lines[0] for one in glance(posted).lists}
    assert {state: line.account.number for state, line in lists.items()} == {
        BillState.HELD: "440011",
        BillState.REFUSED: "440002",
        BillState.RETURNED: "440004",
        BillState.UNCERTAIN: "440003",
        None: "440012",
    }
    assert "no such user" in lists[BillState.REFUSED].bill.detail
    assert "переполнен" in lists[BillState.RETURNED].bill.detail
    assert "адреса в реестре нет" in lists[None].bill.detail


def test_a_long_list_goes_on_where_it_stopped(posted: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailbot.services.desk.month_bills_page.PAGE", 1)
    (first,) = glance(posted, BillState.TO_PRINT).lists
    assert ([one.account.number for one in first.lines], first.more) == (["440012"], True)
    (second,) = glance(posted, BillState.TO_PRINT, "440012").lists
    assert ([one.account.number for one in second.lines], second.more) == (["440013"], False)


def test_a_bill_sent_again_waits_once_more_and_months_do_not_mix(posted: Store) -> None:
    before = glance(posted)
    confirm_again(posted, "440001", OCTOBER, confirmed_rules(), "sent@bk.ru", by="anna", now=later(30))
    after = glance(posted)
    assert after.of(BillState.QUEUED) == before.of(BillState.QUEUED) + 1
    assert after.of(BillState.SENT) == 0
    assert bills_page(posted, later(30), SEPTEMBER).counts == ()


def test_a_provider_stands_there_while_it_is_paused(posted: Store) -> None:
    pacing = Pacing(replace(AT_ONCE, pause_hours=6), NOW.date(), quiet=False)
    with posted.write() as transaction:
        sending_pace.pause(transaction, "mail.ru", "550 spam message rejected", pacing, NOW)
    soon, over = (bills_page(posted, NOW + timedelta(hours=hours), OCTOBER).paused for hours in (5, 7))
    assert [(one.provider, one.why) for one in soon] == [("mail.ru", "550 spam message rejected")]
    assert over == ()


def test_without_a_charge_there_is_nothing_to_show(store: Store) -> None:
    settle(store, resident("440001", "anna@bk.ru"))
    assert (page := bills_page(store, NOW)).month is None
    assert page.months == ()


def test_the_bill_opens_as_the_very_file_that_its_client_has(posted: Store) -> None:
    file = issued_bill(posted, "440001", OCTOBER, confirmed_rules(), later(40))
    assert file.content == pdf_of(next(one for one in letters(posted) if one[0] == "sent@bk.ru")[2])
    assert file.name == "Квитанция 2026-10, л-с 440001.pdf"


def test_a_bill_on_paper_opens_with_the_figures_of_its_day_whatever_came_in_since(posted: Store) -> None:
    rules = confirmed_rules()
    before = issued_bill(posted, "440013", OCTOBER, rules, later(1)).content

    payments.add(
        posted, "440013", add_sums([]) + 777, NOW.date(), "5", by="anna", now=later(2), today=later(2).date()
    )
    after = issued_bill(posted, "440013", OCTOBER, rules, later(3)).content
    assert text_of(before) == text_of(after)
    assert "777" not in text_of(after)


def test_a_bill_that_was_not_made_yet_opens_as_it_would_be_now(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"))
    file = issued_bill(store, "440001", OCTOBER, confirmed_rules(), NOW)
    total = store.ask(charges.charges, ["440001"], OCTOBER)["440001"][0].total
    assert f"{total:.2f}".replace(".", ",")[-6:] in text_of(file.content)
    assert store.ask(monthly_sending.sending, OCTOBER) is None, "looking sends nothing"


def test_no_paper_is_made_with_the_requisites_of_the_package(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"))
    with pytest.raises(RequestRefused, match=r"bank\.toml"):
        issued_bill(store, "440001", OCTOBER, example_rules(), NOW)


def test_what_is_not_there_is_told(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"))
    rules = confirmed_rules()
    with pytest.raises(RequestRefused, match="ничего не начислено"):
        issued_bill(store, "440001", NOVEMBER, rules, NOW)
    with pytest.raises(NoSuchAccount):
        issued_bill(store, "9", OCTOBER, rules, NOW)
    with pytest.raises(RequestRefused, match="Поменяйте"):
        account_paper(store, "440001", rules, NOW, (OCTOBER, SEPTEMBER))
    with pytest.raises(RequestRefused, match="не больше 60 месяцев"):
        account_paper(store, "440001", rules, NOW, (Month(2021, 10), OCTOBER))


def test_a_statement_and_where_nothing_is_owed_a_certificate_are_made(store: Store) -> None:
    charged(store, resident("440001", "anna@bk.ru"))
    rules = confirmed_rules()
    statement = account_paper(store, "440001", rules, NOW, (SEPTEMBER, OCTOBER))
    assert "сверки" in text_of(statement.content).lower()
    assert statement.name.startswith("Акт сверки 2026-09")
    with pytest.raises(RequestRefused, match="есть долг"):
        account_paper(store, "440001", rules, NOW)

    owed = add_sums(one.total for one in store.ask(charges.charges, ["440001"])["440001"])
    payments.add(store, "440001", owed, NOW.date(), "5", by="anna", now=NOW, today=NOW.date())
    certificate = account_paper(store, "440001", rules, NOW + timedelta(hours=1))
    assert "440001" in text_of(certificate.content)


def test_the_account_shows_each_month_with_its_bill_and_its_letters_on_the_line(posted: Store) -> None:
    page = account_page(posted, "440002", replace(WHEN, now=later(5)))
    assert [(one.month, one.bill.state if one.bill else None) for one in page.bills] == [
        (OCTOBER, BillState.REFUSED),
        (SEPTEMBER, None),
    ]
    assert [one.may_go_again for one in page.bills] == [True, False]
    line = [one.kind for one in page.entries]
    assert line.count("BillLetter") == 1
    assert line.count("AccountEvent") == 1, "the refusal is told with its moment"


def test_a_printed_bill_stands_on_the_line_at_the_moment_of_printing(posted: Store) -> None:
    with posted.write() as transaction:
        monthly_sending.mark_left(transaction, ["440013"], OCTOBER, "20261104-090000", later(1), again=False)
    page = account_page(posted, "440013", replace(WHEN, now=later(5)))
    assert [one.at for one in page.entries if one.kind == "DispatchedBill"] == [later(1)]


def test_a_bill_goes_again_to_the_registers_address_alone_and_is_audited(posted: Store) -> None:
    rules = confirmed_rules()
    page = again_page(posted, "440002", OCTOBER, rules)
    assert (page.address, page.fault) == ("refused@bk.ru", "")
    with pytest.raises(RequestRefused, match="уже другой"):
        confirm_again(posted, "440002", OCTOBER, rules, "zloy@bk.ru", by="anna", now=later(3))
    assert confirm_again(posted, "440002", OCTOBER, rules, page.address, by="anna", now=later(3))
    again = posted.ask(sending_status.letters, "440002", OCTOBER)[-1]
    assert (again.recipient, again.again_by) == ("refused@bk.ru", "anna")
    (line,) = [one for one in posted.ask(audit_log.load_log, 9) if one.what == "bill_again"]
    assert (line.by, line.about) == ("anna", "440002")
    assert "refused@bk.ru" in line.detail
    assert "ещё в очереди" in again_page(posted, "440002", OCTOBER, rules).fault


def test_without_an_address_in_the_register_nothing_goes(posted: Store) -> None:
    rules = confirmed_rules()
    page = again_page(posted, "440012", OCTOBER, rules)
    assert page.address == ""
    assert "Внесите адрес в реестр" in page.fault
    before = len(letters(posted))
    with pytest.raises(RequestRefused, match="Внесите адрес"):
        confirm_again(posted, "440012", OCTOBER, rules, "", by="anna", now=later(3))
    assert len(letters(posted)) == before
    with pytest.raises(RequestRefused, match="ещё не было"):
        again_page(posted, "440001", SEPTEMBER, rules)


def test_an_address_that_changed_since_the_page_was_shown_is_asked_anew(posted: Store) -> None:
    rules = confirmed_rules()
    shown = again_page(posted, "440002", OCTOBER, rules).address
    with posted.write() as transaction:
        register_import.import_register(transaction, [resident("440002", "novyj@bk.ru")])
    with pytest.raises(RequestRefused, match="уже другой"):
        confirm_again(posted, "440002", OCTOBER, rules, shown, by="anna", now=later(3))
