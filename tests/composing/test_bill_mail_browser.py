"""The mail of a bill as a telephone shows it: nothing is cut, and another telephone's camera reads its payment code."""

from __future__ import annotations

import shutil
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import numpy
import pytest
import zxingcpp
from playwright.sync_api import Browser, Page, sync_playwright

from mailbot.billing.payment_qr import build_payment_text
from mailbot.composing import compose_bill
from mailbot.documents import render_qr_png
from mailbot.model.bill.bill import Bill
from tests.composing.bills import BILL, HELD, PDF
from tests.composing.material import Room
from tests.composing.reading import body, read
from tests.conftest import missing

ISSUED = datetime(2026, 11, 5, 4, 0, tzinfo=UTC)
LONG = replace(
    BILL,
    name="Товарищество собственников недвижимости «Солнечная сторона Прикамского микрорайона» имени 40-летия Победы",
    account=replace(
        HELD,
        number="471032500000000000000000000001",
        premises=replace(HELD.premises, address="п. Прикамский, Верхнеуральскозаводскокамскоречная ул., д. 105/2, корп. 3, кв. 112"),
    ),
)  # fmt: skip
GREY = """async (png) => {
  const image = new Image(); image.src = 'data:image/png;base64,' + png; await image.decode();
  const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;
  const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data;
  let grey = ''; for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode((data[at] + data[at + 1] + data[at + 2]) / 3);
  return [image.width, image.height, btoa(grey)];
}"""
"""What a camera sees of a picture: its width, height and one byte a pixel."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        missing("chromium")
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


def opened(browser: Browser, room: Room, bill: Bill, width: int, scheme: str) -> Page:
    text = build_payment_text(bill)
    assert text is not None
    png = render_qr_png(text)
    letter = read(compose_bill(bill, PDF, png, room.templates, to="sveta@mail.ru", now=ISSUED))
    picture = next(part for part in letter.walk() if part.get_content_type() == "image/png")
    shown = f"data:image/png;base64,{b64encode(png).decode()}"
    page = browser.new_page(viewport={"width": width, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    page.set_content(body(letter, "html").replace(f"cid:{picture['Content-ID'].strip('<>')}", shown))
    return page


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 800])
def test_the_payment_code_is_read_off_the_screen(
    room: Room, browser: Browser, width: int, scheme: str
) -> None:
    page = opened(browser, room, BILL, width, scheme)
    wide, high, grey = page.evaluate(GREY, b64encode(page.screenshot(full_page=True)).decode())
    pixels = numpy.frombuffer(b64decode(grey), numpy.uint8).reshape(high, wide)
    (found,) = zxingcpp.read_barcodes(pixels)
    assert found.bytes == build_payment_text(BILL)
    assert b"|Sum=452353|" in found.bytes
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("bill", [BILL, LONG], ids=["plain", "long names"])
def test_nothing_is_cut_at_a_telephones_width(room: Room, browser: Browser, bill: Bill) -> None:
    page = opened(browser, room, bill, 360, "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_ground_in_light_and_dark(room: Room, browser: Browser, scheme: str) -> None:
    page = opened(browser, room, BILL, 360, scheme)
    colours = "getComputedStyle(document.querySelector('p')).color"
    assert page.evaluate(colours) == ("rgb(0, 0, 0)" if scheme == "light" else "rgb(255, 255, 255)")
    page.close()
