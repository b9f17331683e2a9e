"""Documents of the tests, made byte by byte: what they hold stands in the test that asks for them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def docx(body: str, more: Mapping[str, str | bytes] | None = None, before: str = "") -> bytes:
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(more or {})})


def xlsx(rows: str, shared: str = "", before: str = "") -> bytes:
    """A workbook of one sheet «Лист1», its rows as markup."""
    relation = '<Relationship Id="{0}" Type="' + OFFICE + '/{1}" Target="{2}"/>'
    links = relation.format("r1", "worksheet", "worksheets/sheet1.xml") + relation.format(
        "r2", "sharedStrings", "sharedStrings.xml"
    )
    override = '<Override PartName="/xl/{0}" ContentType="' + TYPE + '.{1}+xml"/>'
    types = (
        override.format("workbook.xml", "sheet.main")
        + override.format("worksheets/sheet1.xml", "worksheet")
        + override.format("sharedStrings.xml", "sharedStrings")
    )
    main = relation.format("r1", "officeDocument", "xl/workbook.xml")
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    sheets = '<sheets><sheet name="Лист1" sheetId="1" r:id="r1"/></sheets>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}">{rels}{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{main}</Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">{sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>',
            "xl/sharedStrings.xml": shared or f'<sst xmlns="{SHEET}"/>',
            "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def opendocument(content: str) -> bytes:
    names = 'xmlns:office="o" xmlns:table="t" xmlns:text="x"'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document {names}>{content}</office:document>",
        }
    )


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """The objects, numbered from 1; the first is the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d /Root 1 0 R %b>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d /Filter /FlateDecode %b>>\nstream\n%b\nendstream" % (len(packed), entries, packed)


def pdf(
    content: bytes, *more: bytes, resources: bytes = b"/Font <</F1 5 0 R>>", kids: bytes = b"[3 0 R]"
) -> bytes:
    """A page whose font F1 (object 5) has a character map (6) from Windows-1251 codes to Russian letters."""
    codes = b"".join(
        b"<%02X> <%04X>\n" % (code, ord(bytes([code]).decode("cp1251"))) for code in range(0xC0, 0x100)
    )
    signs = b"".join(b"<%02X> <%04X>\n" % (code, code) for code in range(0x20, 0x7F))
    mapping = (
        b"1 begincodespacerange <00> <FF> endcodespacerange\n100 beginbfchar\n" + codes + signs + b"endbfchar"
    )
    return pdf_of(
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids %b /Count 1>>" % kids,
            b"<</Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 600 800] /Resources <<%b>>>>"
            % resources,
            stream(content),
            b"<</Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 0 /LastChar 255 /Widths [%b] /ToUnicode 6 0 R>>"
            % (b"500 " * 256),
            stream(mapping),
            *more,
        ]
    )


def at(x: int, y: int, text: str) -> bytes:
    return b"BT /F1 10 Tf %d %d Td (%b) Tj ET\n" % (x, y, text.encode("cp1251"))


def attribute(level: int, name: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def winmail(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


def properties(*found: tuple[int, int, bytes]) -> bytes:
    """A property list of (type, tag, value); strings and bytes with their count and length."""
    out = struct.pack("<I", len(found))
    for kind, tag, data in found:
        out += struct.pack("<HHII", kind, tag, 1, len(data)) + data + bytes(-len(data) % 4)
    return out


def uncompressed_rtf(rtf: bytes) -> bytes:
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls(*records: bytes) -> bytes:
    """A binary workbook of one sheet «Лист1»: a compound file of 512-byte sectors with one stream."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    name = "Лист1".encode("utf-16-le")
    place = len(begin) + 4 + 8 + len(name) + 4
    workbook = begin + record(0x0085, struct.pack("<IHBB", place, 0, 5, 1) + name) + record(0x000A, b"")
    sheet = (
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
        + b"".join(records)
        + record(0x000A, b"")
    )
    return compound("Workbook", workbook + sheet)


def compound(name: str, content: bytes) -> bytes:
    """A compound file with one stream ([MS-CFB]): sector 0 is its table, 1 its directory, the stream follows."""
    content = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
    sectors = len(content) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    assert len(table) <= 128
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += (
        struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<I", 0)
        + b"\xff" * 432
    )
    entries = (
        _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 2, len(content)) + bytes(256)
    )
    return header + struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table))) + entries + content


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le")
    head = letters.ljust(64, b"\0") + struct.pack(
        "<HBBIII", len(letters) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child
    )
    return head + bytes(36) + struct.pack("<IQ", start, size)
