"""How the tests read a paper back: its words, and the QR code of its pixels."""

from __future__ import annotations

from typing import Any

import numpy
import pypdfium2
import zxingcpp

from tests.conftest import missing

MASKS = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,  # noqa: ARG005 - a mask of rows
    lambda row, column: column % 3 == 0,  # noqa: ARG005 - a mask of columns
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)
"""What turns a module over (ISO/IEC 18004, table 10)."""

MANDATORY = ["Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc"]


def words(pdf: bytes) -> str:
    """All words of all pages, single-spaced, without the places where a long word may break."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    text = "\n".join(pages).replace("\ufffe", "").replace("\u200b", "").replace("\x02", "")
    return " ".join(text.split())


def codes(pdf: bytes, scale: float = 2) -> list[bytes]:
    """What the QR codes of the last page, drawn at 144 dpi, say: coarser than any printer."""
    read = pypdfium2.PdfDocument(pdf)
    page: Any = read[len(read) - 1]
    return read_codes(page.render(scale=scale, grayscale=True).to_numpy())


def read_codes(pixels: Any) -> list[bytes]:
    return [
        found.bytes
        for found in zxingcpp.read_barcodes(pixels, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    ]


def zbar_codes(pdf: bytes) -> list[bytes]:
    """The codes of the last page at 216 dpi, read by a program that shares nothing with the one that drew them."""
    try:
        from pyzbar import pyzbar
    except ImportError:  # its shared library is a Debian package
        missing("zbar")
    read = pypdfium2.PdfDocument(pdf)
    pixels = read[len(read) - 1].render(scale=3, grayscale=True).to_numpy()
    return [found.data for found in pyzbar.decode(pixels, symbols=[pyzbar.ZBarSymbol.QRCODE])]


def first_mode(drawn: Any) -> int:
    """The mode of the first segment of a code of a pixel a module, without border (ISO/IEC 18004, 7.4.1): its first four
    modules, right below, freed of their mask."""
    (found,) = zxingcpp.read_barcodes(
        numpy.kron(numpy.pad(drawn, 4, constant_values=255), numpy.ones((4, 4), numpy.uint8))
    )
    assert isinstance(found.extra, dict)
    last = len(drawn) - 1
    bits = 0
    for row, column in ((last, last), (last, last - 1), (last - 1, last), (last - 1, last - 1)):
        dark = drawn[row, column] == 0
        bits = bits << 1 | int(dark ^ MASKS[int(found.extra["DataMask"])](row, column))
    return bits


def fields_of(code: bytes) -> list[tuple[str, str]]:
    """The fields of a payment code, as a bank takes them apart (ГОСТ Р 56042-2014, 5.2)."""
    head, encoding, separator, rest = code[:6], code[6:7], code[7:8], code[8:]
    assert (head, encoding) == (b"ST0001", b"2"), "version 0001, UTF-8"
    pairs = [one.split("=", 1) for one in rest.decode().split(separator.decode())]
    return [(key, value) for key, value in pairs]
