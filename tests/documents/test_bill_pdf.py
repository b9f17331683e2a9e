"""A bill's paper says what the ledger says, on one page where it may, on more where it must; nothing is cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest

from mailbot.documents import render_bill
from mailbot.documents.specimens import bills
from mailbot.model.bill.bill import Bill
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.ledger.charges import Charge, LineKind, Payment, add_sums
from mailbot.model.ledger.money import Money
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.wording.amounts import format_money, format_quantity
from tests.documents.paper_reading import codes, words


def shown(sum_: Decimal) -> str:
    return format_money(sum_).replace("\u00a0", " ")


def of_group(bill: Bill, group: ClientGroup) -> Bill:
    account = replace(bill.account, group=group)
    return replace(bill, account=account, charge=replace(bill.charge, account=account))


def test_every_sum_of_the_ledger_stands_on_the_paper(bill: Bill, rules: ActiveRules) -> None:
    text = words(render_bill(bill, rules.documents))
    assert len(bill.charge.lines) == 3
    for line in bill.charge.lines:
        assert line.price is not None
        volume = f"{format_quantity(line.volume)} {shown(line.price)} {shown(line.sum + line.benefit)}"
        assert f"{volume} {shown(line.benefit)} {shown(line.sum)}" in text, line
    assert f"Долг на 01.10.2026 {shown(bill.opening)}" in text
    assert f"Оплачено 10.10.2026, документ 1010 −{shown(bill.paid)}" in text
    assert f"Начислено за услуги {shown(bill.charge.total)}" in text
    assert f"Итого к оплате {shown(bill.to_pay)}" in text
    assert f"К оплате {shown(bill.to_pay)} руб. до 15.11.2026" in text
    assert f"НДС: {shown(add_sums(line.vat for line in bill.charge.lines))} руб." in text
    assert "554 от 22.09.2026 558 от 22.10.2026 4 м³" in text, "the readings of the hot water"
    assert "4 м³ × 0,0545 Гкал/м³" in text, "how the heat in it came about"


def test_whom_to_pay_whom_to_ask_and_for_which_flat(bill: Bill, rules: ActiveRules) -> None:
    text = words(render_bill(bill, rules.documents))
    payee, channels = bill.payee, bill.channels
    for needed in (
        payee.name, payee.inn, payee.kpp, payee.account, payee.bic, payee.corr_account, payee.bank, *channels.phones,
        channels.emergency_phone, channels.mail, "Сайт", "Личный кабинет", "Офис", bill.account.number, bill.name,
        bill.account.premises.address, "54,3 м²", "Проживает: 3", "октябрь 2026", "Уведомление", "Талон",
    ):  # fmt: skip
        assert needed in text, needed


def test_a_penalty_and_a_recalculation_stand_in_their_own_places(rules: ActiveRules) -> None:
    owing = bills()[0]
    text = words(render_bill(owing, rules.documents))
    fines = add_sums(line.sum for line in owing.charge.lines if line.kind is LineKind.PENALTY)
    assert fines == Decimal("3.10")
    assert "Пеня 3,10" in text
    assert "Как посчитана пеня" in text
    assert "перерасчёт за время отсутствия" in text
    assert f"Итого к оплате {shown(owing.to_pay)}" in text
    services = owing.charge.total - fines
    assert f"Всего за услуги 127,00 508,00 25,00 {shown(services)}" in text


def test_who_has_paid_ahead_is_told_so(bill: Bill, rules: ActiveRules) -> None:
    ahead = replace(bill, opening=Decimal("-5000.00"), payments=())
    text = words(render_bill(ahead, rules.documents))
    assert f"Платить не нужно Переплата {shown(-ahead.to_pay)} руб." in text
    assert "К оплате" not in text
    even = words(render_bill(replace(ahead, opening=-ahead.charge.total), rules.documents))
    assert "Платить не нужно Долга нет" in even
    assert "Переплата 0,00" not in even


def test_the_same_bill_gives_the_same_bytes_and_another_day_others(bill: Bill, rules: ActiveRules) -> None:
    first = render_bill(bill, rules.documents)
    assert render_bill(bill, rules.documents) == first
    assert render_bill(replace(bill, issued_on=date(2026, 11, 5)), rules.documents) != first


def test_a_flats_bill_is_one_page_with_title_and_language(bill: Bill, rules: ActiveRules) -> None:
    pdf = render_bill(bill, rules.documents)
    read = pypdfium2.PdfDocument(pdf)
    assert len(read) == 1
    assert read.get_metadata_value("Title") == "Платёжный документ № 7023144-1026, лицевой счёт 7023144"
    assert b"/Lang (ru-RU)" in pdf or b"/Lang(ru-RU)" in pdf
    assert b"/MarkInfo" in pdf, "tagged: a screen reader can read it out"


@pytest.mark.parametrize("group", ClientGroup)
def test_nothing_of_a_hostile_bill_is_cut(bill: Bill, rules: ActiveRules, group: ClientGroup) -> None:
    """Forty lines, forty payments, names without a blank, typst's own signs."""
    name = "ООО «" + "Ж" * 280 + "ъ» #panic() $x$ <a> \\ *b*"
    address = "ул. " + "Щ" * 200 + "э, кв. 99"
    line = bill.charge.lines[0]
    lines = tuple(
        replace(line, sum=Money(Decimal(at) + Decimal("0.07")), because=f"причина {at} " + "длинная " * 20)
        for at in range(1001, 1041)
    )
    account = replace(bill.account, group=group, premises=replace(bill.account.premises, address=address))
    paid = tuple(
        Payment(date(2026, 10, 9), Decimal(at), f"документ-{'9' * 40}-{at}") for at in range(201, 241)
    )
    hostile = replace(
        bill,
        account=account,
        name=name,
        charge=Charge(account, bill.month, lines),
        payments=paid,
        notices=("Объявление " + "Ы" * 400 + "я",),
    )
    pdf = render_bill(hostile, rules.documents)
    text = words(pdf).replace(" ", "").replace("-", "")
    for at in range(1001, 1041):
        assert f"{at},07".replace("1", "1", 1) in text, at
        assert f"причина{at}" in text
    for at in range(201, 241):
        assert f"{at},00" in text
    for whole in (name, address, hostile.notices[0], shown(hostile.to_pay)):
        assert whole.replace(" ", "").replace("-", "") in text, whole[:20]
    inside(pdf)


def inside(pdf: bytes) -> None:
    """Every letter lies on its page."""
    for page in pypdfium2.PdfDocument(pdf):
        wide, tall = page.get_size()
        read = page.get_textpage()
        for at in range(read.count_chars()):
            left, bottom, right, top = read.get_charbox(at)
            assert 0 <= left <= right <= wide - 20, read.get_text_range(max(0, at - 20), 40)
            assert 0 <= bottom <= top <= tall


def test_an_organisation_gets_invoice_act_vat_invoice_and_sheet_of_volumes(
    bill: Bill, rules: ActiveRules
) -> None:
    shop = of_group(bill, ClientGroup.BUSINESS)
    pdf = render_bill(shop, rules.documents)
    text = words(pdf)
    for title in (
        "Счёт на оплату №",
        "Акт об оказании услуг №",
        "Счёт-фактура №",
        "Ведомость энергопотребления №",
    ):
        assert title in text
    for line in shop.charge.lines:
        assert f"{shown(line.net)} {shown(line.vat)} {shown(line.sum)}" in text, "on the invoice and the act"
        assert f"{shown(line.net)} без акциза 22 % {shown(line.vat)} {shown(line.sum)}" in text, (
            "on the VAT invoice"
        )
    net, vat = add_sums(one.net for one in shop.charge.lines), add_sums(one.vat for one in shop.charge.lines)
    assert text.count(f"{shown(net)} {shown(vat)} {shown(shop.charge.total)}") == 2
    assert "Одна тысяча четыреста одиннадцать рублей 09 копеек" in text
    assert "7023144" in text


def test_an_organisations_code_stands_on_its_invoice(bill: Bill, rules: ActiveRules) -> None:
    first: list[bytes] = []
    pdf = render_bill(of_group(bill, ClientGroup.PROVIDER), rules.documents)
    page = pypdfium2.PdfDocument(pdf)[0]
    import zxingcpp

    first += [one.bytes for one in zxingcpp.read_barcodes(page.render(scale=4).to_numpy())]
    assert len(first) == 1
    assert "Purpose=Оплата по счёту 7023144-1026 за тепловую энергию за 10.2026" in first[0].decode()
    assert b"LastName" not in first[0], "an organisation has no last name"
    assert codes(pdf) == [], "and on no other page"
