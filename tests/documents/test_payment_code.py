"""The payment QR as a phone sees it: read from the pixels of the paper, and taken apart field by field."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import numpy
import pytest
import typst
import zxingcpp

from mailbot.billing.payment_qr import build_payment_text
from mailbot.documents import render_bill, render_qr_png
from mailbot.documents.qr_code import BORDER, _modules
from mailbot.model.bill.bill import Bill
from mailbot.services.in_force.rules_and_templates import ActiveRules
from tests.documents.paper_reading import MANDATORY, codes, fields_of, first_mode, read_codes, zbar_codes
from tests.scale import scale

NAMES = (
    "Каменева Светлана Юрьевна", "Пётр", "О’Нил Ёжик | Иванович", 'ООО "Рога | и копыта" № 5', "Smith John Ångström",
    "«Семёнов»-Тян-Шанский Ильдар Мансур оглы", "|||", "Ключник=Равный Анна", "Ж" * 150, "Иванов\nИван\tИванович",
)  # fmt: skip
ADDRESSES = ("п. Прикамский, ул. Солнечная, 1, кв. 18", 'дом "Ё" | корп. № 2', "Мира, 5-12 " * 30)


def random_bill(like: Bill, chance: random.Random) -> Bill:
    """Another payer and another sum; the ledger's own figures stay behind."""
    premises = replace(like.account.premises, address=chance.choice(ADDRESSES))
    number = str(chance.randrange(10**5, 10**9))
    account = replace(like.account, number=number, premises=premises)
    name = " ".join(chance.sample(NAMES, chance.choice((1, 1, 2))))
    opening = Decimal(chance.randrange(1, 10**9)).scaleb(-2)
    return replace(
        like,
        account=account,
        charge=replace(like.charge, account=account),
        name=name,
        opening=opening,
        payments=(),
    )


def expected(value: str) -> str:
    return " ".join(value.replace("|", "/").split())


def test_bills_are_paid_by_what_a_phone_reads_from_their_paper(bill: Bill, rules: ActiveRules) -> None:
    chance = random.Random(20261104)
    left_out, many = 0, scale(30, 200)
    for nth in range(many):
        one = random_bill(bill, chance)
        paper = render_bill(one, rules.documents)
        (code,) = codes(paper)
        assert zbar_codes(paper) == [code], nth
        pairs = fields_of(code)
        found = dict(pairs)
        assert [key for key, _ in pairs[:5]] == MANDATORY, nth
        assert len(found) == len(pairs), "each once"
        assert all(value for _, value in pairs), "what is empty is left out"
        assert found["Name"] == "ООО «ЭкоСтрой»"
        assert (found["PersonalAcc"], found["BIC"]) == ("40702810600000000001", "045773999")
        assert (found["BankName"], found["CorrespAcc"]) == ("БАНК ПРИМЕР", "30101810300000000999")
        assert (found["PayeeINN"], found["KPP"]) == ("5900000000", "590001001")
        assert found["Sum"] == f"{one.to_pay * 100:.0f}", "whole kopecks"
        assert Decimal(found["Sum"]) / 100 == one.opening + one.charge.total
        assert found["PersAcc"] == one.account.number
        assert (found["PaymPeriod"], found["TechCode"]) == ("102026", "02")
        assert found["Purpose"] == f"Оплата за тепловую энергию за 10.2026, л/с {one.account.number}"
        left_out += "PayerAddress" not in found
        if "PayerAddress" in found:
            assert found["PayerAddress"] == expected(one.account.premises.address)
            named = [found.get(key, "") for key in ("LastName", "FirstName", "MiddleName")]
            assert " ".join(named).strip() == expected(one.name)
    assert 0 < left_out < scale(many, many / 2), (
        "where all does not fit, the address goes whole; mostly it fits"
    )


def test_the_picture_for_the_mail_says_the_same_as_the_paper(bill: Bill, rules: ActiveRules) -> None:
    text = build_payment_text(bill)
    assert text is not None
    picture = b"#image(bytes(json(bytes(sys.inputs.png))), width: 40mm)"
    pdf = typst.compile(picture, format="pdf", sys_inputs={"png": str(list(render_qr_png(text)))})
    assert codes(pdf, scale=4) == [text] == codes(render_bill(bill, rules.documents))


def test_a_code_begins_with_its_text_and_not_with_a_mark_of_the_encoding() -> None:
    """ISO/IEC 18004, 7.4.2: mode 7 is such a mark (ECI); not every bank's application knows it."""
    drawn = numpy.where(_modules(b"ST00012|Name=\xd0\x81"), 255, 0).astype(numpy.uint8)[
        BORDER:-BORDER, BORDER:-BORDER
    ]
    assert first_mode(drawn) in (0b0001, 0b0010, 0b0100), "figures, capitals, bytes"
    marked = zxingcpp.create_barcode(b"ST00012|Name=\xd0\x81", zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    assert first_mode(numpy.asarray(marked.to_image(scale=1, add_quiet_zones=False))) == 0b0111


def test_a_text_too_long_for_any_code_is_an_error() -> None:
    with pytest.raises(ValueError, match="too long"):
        render_qr_png(b"x" * 3000)


def test_who_owes_nothing_gets_no_code(bill: Bill, rules: ActiveRules) -> None:
    paid_up = replace(bill, opening=-bill.charge.total, payments=())
    assert paid_up.to_pay == 0
    assert build_payment_text(paid_up) is None
    assert codes(render_bill(paid_up, rules.documents)) == []


def test_a_page_without_a_code_has_none_to_read() -> None:
    assert read_codes(numpy.full((200, 200), 255, dtype=numpy.uint8)) == []
