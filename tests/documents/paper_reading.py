"""How the tests read a paper back: its words, and the QR code of its pixels."""

from __future__ import annotations

from typing import Any

import pypdfium2
import zxingcpp

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
    return [found.bytes for found in zxingcpp.read_barcodes(pixels, zxingcpp.BarcodeFormat.QRCode)]


def fields_of(code: bytes) -> list[tuple[str, str]]:
    """The fields of a payment code, as a bank takes them apart (ГОСТ Р 56042-2014, 5.2)."""
    head, encoding, separator, rest = code[:6], code[6:7], code[7:8], code[8:]
    assert (head, encoding) == (b"ST0001", b"2"), "version 0001, UTF-8"
    pairs = [one.split("=", 1) for one in rest.decode().split(separator.decode())]
    return [(key, value) for key, value in pairs]
