"""No document costs more than its caps, raises, or passes for read or empty where words may be left in it."""

from __future__ import annotations

import struct
import time
import zlib
from base64 import encodebytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot.model import AttachmentText as Text
from mailbot.model import LetterDamage
from mailbot.parsing.documents import ExtractedText, IncomingFile, ParsingBudget, open_file
from mailbot.parsing.limits import file_limits
from tests.parsing.letters import mixed
from tests.parsing.made_documents import (
    at,
    attribute,
    compound,
    docx,
    opendocument,
    paragraph,
    pdf,
    properties,
    record,
    row,
    stream,
    uncompressed_rtf,
    winmail,
    xls,
    xlsx,
    zipped,
)  # fmt: skip
from tests.parsing.test_hostile import assert_sound
from tests.scale import tries

SECONDS = 2.0
SHOW = b"BT /F1 12 Tf 50 700 Td "
FORM = b"/Type /XObject /Subtype /Form /Resources <</XObject <</X %d 0 R>>>>"
CALLS = b"/Font <</F1 5 0 R>> /XObject <</X 7 0 R>>"
NOISE = zlib.compress(bytes(at * at % 251 for at in range(400_000))).hex()
"""Keeps the ratio of a packed member ordinary, so that the other caps must hold."""

TALL = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
PROMISED = "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' uniqueCount='4000000000'/>"
LONG_SHARED = (
    "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>"
    + "я" * 30_000
    + "</t></si></sst>"
)


def overstated(content: bytes) -> bytes:
    """A zip file whose declared sizes are lies: 10 bytes, whatever is packed."""
    at = content.index(b"PK\x01\x02")
    size = content.index(b"word/document.xml") - 8
    return (
        content[:size]
        + struct.pack("<I", 10)
        + content[size + 4 : at]
        + content[at:].replace(content[size : size + 4], struct.pack("<I", 10))
    )


CUT = {
    "docx: 300 MB in 300 KB": docx(" " * 300_000_000),
    "docx: text of 5 MB": docx(paragraph("а" * 5_000_000)),
    "docx: too many elements": docx(NOISE + "<w:p/>" * 600_000),
    "docx: paragraphs one in another": docx("<w:p>" * 1_000),
    "docx: an element of 5,000 attributes": docx("<w:p " + " ".join(f'a{at}=""' for at in range(5_000)) + "/>"),
    "zip: 5,000 members": zipped({f"{at}.txt": "a" for at in range(5_000)}),
    "zip: 31 files": zipped({f"{at}.txt": "a" for at in range(31)}),
    "zip: 21 documents": zipped({f"{at}.docx": docx(paragraph("а")) for at in range(21)}),
    "zip: documents of many elements": zipped({f"{at}.docx": docx(NOISE + "<w:p/>" * 60_000) for at in range(19)}),
    "xlsx: a cell in the farthest corner": xlsx(TALL),
    "xlsx: a row beyond all rows": xlsx('<row r="999999999"><c><v>2</v></c></row>'),
    "xlsx: 4 billion texts promised": xlsx("", PROMISED),
    "xlsx: one long text in 5,000 cells": xlsx("<row>" + '<c t="s"><v>0</v></c>' * 5_000 + "</row>", LONG_SHARED),
    "xlsx: 300 columns": xlsx("<row>" + "<c><v>1</v></c>" * 300 + "</row>"),
    "xls: a cell in the farthest corner": xls(record(0x0203, struct.pack("<HHHd", 65_535, 65_535, 0, 1.0))),
    "xls: a promise of 4 billion rows": xls(record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 65_535, 0))),
    "pdf: a page of 200 MB": pdf(b" " * 200_000_000),
    "pdf: 300,000 pieces of text": pdf(SHOW + b"(a) Tj " * 300_000 + b"ET"),
    "pdf: a million operands": pdf(b"1 " * 700_000),
    "pdf: a form that calls itself": pdf(b"/X Do", stream(b"/X Do", FORM % 7), resources=CALLS),
    "pdf: forms that call forms ten times": pdf(b"/X Do", *(stream(b"/X Do " * 10, FORM % (8 + at)) for at in range(7)), resources=CALLS),
    "pdf: a large form called 200 times": pdf(b"/X Do " * 200, stream(b"1 " * 10_000, FORM % 9), resources=CALLS),
    "pdf: one page 9,000 times": pdf(at(50, 700, "Жалоба"), kids=b"[" + b"3 0 R " * 9_000 + b"]"),
    "pdf: 300,000 objects": b"%PDF-1.4\n" + b"1 0 obj\n<<>>\nendobj\n" * 300_000,
    "rtf: groups one in another": b"{\\rtf1" + b"{" * 1_000_000,
    "rtf: 40 MB": b"{\\rtf1 " + b"a" * 40_000_000,
    "tnef: a million attributes": winmail(*[attribute(1, 0x9003, b"")] * 100_000),
    "tnef: a million properties": winmail(attribute(1, 0x9003, struct.pack("<I", 1_000_000) + b"\x03\0\1\0aaaa" * 1_000_000)),
    "csv: 400,000 rows": b"a;b\n" * 400_000,
}  # fmt: skip

UNREAD = {
    "docx: entities that expand": docx(paragraph("&i;"), before=LAUGHS),
    "docx: an entity that points at a file": docx(paragraph("&x;"), before='<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "docx: truncated": docx(paragraph("Жалоба"))[:-40],
    "docx: broken markup": docx("<w:p>"),
    "docx: declared sizes that lie": overstated(docx(paragraph("Жалоба " * 400))),
    "docx: no document in it": zipped({"word/other.xml": "<a/>"}),
    "docx: text in another file": docx('<w:altChunk r="x"/>'),
    "xlsx: a document type": xlsx("<row/>", before="<!DOCTYPE worksheet>"),
    "xlsx: references that are none": xlsx('<row r="1"><c r="ЯЯ1"><v>1</v></c></row>'),
    "xlsx: a shared text that is not there": xlsx('<row r="1"><c t="s"><v>7</v></c></row>'),
    "a presentation": zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"}),
    "ods: encrypted": zipped({"mimetype": "x", "content.xml": "<a/>", "META-INF/manifest.xml": "<encryption-data/>"}),
    "xls: encrypted": xls(record(0x002F, bytes(6))),
    "compound: chains that loop": compound("Workbook", b"")[:512] + struct.pack("<128I", *range(128)) + bytes(4096),
    "compound: 40 MB of nothing": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40_000_000),
    "pdf: nothing but its first line": b"%PDF-1.4",
    "pdf: a tree of pages that loops": pdf(at(50, 700, "Жалоба"), kids=b"[2 0 R]"),
    "pdf: a table of places that loops": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 1\n0000000000 65535 f \n"
    b"trailer\n<</Size 1/Prev 27>>\nstartxref\n27\n%%EOF",
    "pdf: 20 MB of noise": b"%PDF-1.4\n" + bytes(range(256)) * 80_000,
    "tnef: nothing but its signature": b"\x78\x9f\x3e\x22",
    "tnef: truncated": winmail(attribute(1, 0x800C, "Холодно".encode("cp1251")))[:-5],
    "rtf: bytes that are promised and not there": b"{\\rtf1 {\\bin99999999 }words}",
    "zip: an encrypted file": zipped({"a.txt": "a"}).replace(b"\x14\x00\x00\x00\x08", b"\x14\x00\x01\x00\x08"),
    "zip: an archive in an archive": zipped({"a.zip": zipped({"b.txt": "b"})}),
}  # fmt: skip


def opened(content: bytes, name: str = "") -> tuple[ExtractedText | None, float]:
    started = time.process_time()
    found = open_file(IncomingFile(name, "", content), ParsingBudget())
    return found, time.process_time() - started


@pytest.mark.parametrize("name", CUT)
def test_what_is_over_a_cap_is_cut_and_left_to_a_person(name: str) -> None:
    found, seconds = opened(CUT[name], "a." + name.split(":")[0])
    assert found is not None
    assert (found.text, found.cut) == (Text.UNREAD, True)
    assert seconds < SECONDS


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_opened_is_left_to_a_person(name: str) -> None:
    found, seconds = opened(UNREAD[name])
    assert found is not None
    assert (found.text, found.cut) == (Text.UNREAD, False)
    assert seconds < SECONDS


def test_a_letter_says_that_its_document_was_cut_and_keeps_what_was_read() -> None:
    head = 'Content-Type: text/rtf\r\nContent-Disposition: attachment; filename="a.rtf"'
    found = mixed(("Content-Type: text/plain", b"see"), (head, b"{\\rtf1 " + b"cold " * 40_000 + b"}"))
    assert LetterDamage.CUT in found.damage
    assert found.attachments[0].text is Text.UNREAD
    assert found.part("attachment:1").text.startswith("cold cold")


def test_all_documents_of_a_letter_share_one_allowance() -> None:
    head = 'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\nContent-Transfer-Encoding: base64'
    page = pdf(b"1 " * 60_000)
    found = mixed(("Content-Type: text/plain", b"see"), *[(head, encodebytes(page))] * 40)
    assert [file.text for file in found.attachments[:3]] == [Text.PICTURE] * 3
    assert {file.text for file in found.attachments[file_limits.FILES :]} == {Text.UNREAD}
    assert LetterDamage.CUT in found.damage


def test_blanks_that_a_page_asks_for_are_few() -> None:
    found, seconds = opened(pdf(b"BT /F1 12 Tf 50 700 Td [" + b"(a) -9000000 " * 300 + b"] TJ ET"))
    assert found is not None
    assert len(found.words) < 2_000
    assert seconds < SECONDS


SEEDS = {
    "docx": docx("<w:tbl>" + row(paragraph("Счёт"), paragraph("45")) + "</w:tbl>" + paragraph("Жалоба")),
    "xlsx": xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>ГВС</t></is></c><c r="B1"><v>77.3</v></c></row>'),
    "xls": xls(
        record(0x0204, struct.pack("<HHHHB", 0, 0, 0, 2, 1) + "ГВ".encode("utf-16-le")),
        record(0x0203, struct.pack("<HHHd", 0, 1, 0, 45.5)),
    ),
    "odt": opendocument("<text:p>Жалоба</text:p><table:table-row><table:table-cell/></table:table-row>"),
    "pdf": pdf(at(50, 700, "Жалоба") + at(300, 700, "45") + b"/X Do", stream(at(50, 600, "Да"), FORM % 9), resources=CALLS),
    "rtf": rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 A;}}\f0 \'d5\'ee\u1050?\cell 45\row{\*\x y}{\bin3 }}}}",
    "tnef": winmail(
        attribute(1, 0x800C, b"text\0"),
        attribute(1, 0x9003, properties((0x0102, 0x1009, uncompressed_rtf(b"{\\rtf1 a}")))),
        attribute(2, 0x9002, b""),
        attribute(2, 0x800F, b"{\\rtf1 b}"),
    ),
    "zip": zipped({"a.txt": "показания", "b.rtf": b"{\\rtf1 b}"}),
    "csv": 'а;"б";в\n1;2;3\n'.encode("cp1251"),
}  # fmt: skip
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 9)), max_size=6)


@pytest.mark.parametrize("kind", SEEDS)
@settings(max_examples=tries(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES, kept=st.floats(0.2, 1))
def test_a_mutated_document_never_raises_and_takes_bounded_time(
    kind: str, changes: list[tuple[float, bytes, int]], kept: float
) -> None:
    content = SEEDS[kind]
    for place, inserted, dropped in changes:
        start = int(place * len(content))
        content = content[:start] + inserted + content[start + dropped :]
    found, seconds = opened(content[: max(1, int(kept * len(content)))], f"a.{kind}")
    assert seconds < SECONDS
    assert found is None or len(found.words) <= 101_000


@settings(max_examples=tries(60), deadline=None)
@given(
    kind=st.sampled_from(
        ["%PDF-1.4\n", "PK\x03\x04", "{\\rtf1", "\x78\x9f\x3e\x22", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    ),
    rest=st.binary(max_size=400),
)
def test_random_bytes_behind_a_signature_are_never_read_as_empty(kind: str, rest: bytes) -> None:
    content = kind.encode("latin-1") + rest
    found, seconds = opened(content)
    assert found is not None
    assert found.text is not Text.EMPTY or kind == "{\\rtf1"
    assert seconds < SECONDS


@settings(max_examples=tries(40), deadline=None)
@given(body=st.text(alphabet=st.sampled_from(list('<w:p>/tr tc"=аб45\t&;')), max_size=120))
def test_any_markup_in_a_document_gives_a_sound_letter(body: str) -> None:
    head = 'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="a.docx"'
    assert_sound(mixed(("Content-Type: text/plain", b"see"), (head, docx(body))))
