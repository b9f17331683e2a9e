"""The words of a document that came with a letter stand in its part, rows of tables with cells parted by tabs."""

from __future__ import annotations

import datetime as dt
import struct
import sys
from base64 import encodebytes
from io import BytesIO
from pathlib import Path
from subprocess import run

import openpyxl
import pytest

from mailbot.model import AttachmentText as Text
from mailbot.model import Letter, LetterDamage, RawLetter, SegmentRole
from mailbot.parsing import parse
from tests.parsing.letters import RECEIVED, mixed, raw
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


def carrying(name: str, content: bytes, media_type: str = "application/octet-stream") -> Letter:
    head = f'Content-Type: {media_type}\r\nContent-Disposition: attachment; filename="{name}"\r\nContent-Transfer-Encoding: base64'
    return mixed(("Content-Type: text/plain", b"see"), (head, encodebytes(content)))


def words(name: str, content: bytes, known: Text = Text.READ) -> list[str]:
    found = carrying(name, content)
    assert found.attachments[0].text is known
    assert found.attachments[0].content == content
    assert LetterDamage.CUT not in found.damage
    text = found.part("attachment:1").text
    return text.split("\n") if text else []


# ── Word ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_word_document_gives_letterhead_text_table_and_footer_in_order() -> None:
    body = paragraph("Прошу принять показания:")
    body += (
        "<w:tbl>"
        + row(paragraph("Лицевой счёт"), paragraph("Показание"))
        + row(paragraph("440215"), paragraph("77,3"))
        + "</w:tbl>"
    )
    body += paragraph("С уважением, Иванов")
    space = 'xmlns:w="x"'
    more = {
        "word/header1.xml": f"<w:hdr {space}>{paragraph('ООО «Тепло», тел. 8-950-446-00-33')}</w:hdr>",
        "word/header2.xml": f"<w:hdr {space}>{paragraph('ООО «Тепло», тел. 8-950-446-00-33')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {space}>{paragraph('исп. Петрова')}</w:ftr>",
    }
    assert words("письмо.docx", docx(body, more)) == [
        "ООО «Тепло», тел. 8-950-446-00-33",
        "Прошу принять показания:",
        "Лицевой счёт\tПоказание",
        "440215\t77,3",
        "С уважением, Иванов",
        "исп. Петрова",
    ]


def test_a_text_box_is_read_once_and_runs_are_joined() -> None:
    box = "<w:txbxContent>" + paragraph("В рамке") + "</w:txbxContent>"
    both = (
        f"<w:AlternateContent><w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback></w:AlternateContent>"
    )
    body = f"<w:p><w:r><w:t>Холод</w:t></w:r><w:r><w:t>но</w:t><w:br/><w:t>давно</w:t></w:r><w:r>{both}</w:r></w:p>"
    assert words("a.docx", docx(body)) == ["В рамке", "Холодно", "давно"]


def test_deleted_words_and_field_codes_are_nobodys() -> None:
    gone = "<w:del><w:r><w:delText>старое</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r>"
    body = f"<w:p>{gone}<w:r><w:t>новое</w:t></w:r></w:p>"
    assert words("a.docx", docx(body)) == ["новое"]


def test_merged_cells_keep_columns_and_empty_rows_go() -> None:
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("Прибор")
    body = (
        "<w:tbl>"
        + row(wide, paragraph("Показание"))
        + row("<w:p/>", "<w:p/>")
        + row(paragraph("№"), paragraph("551"), paragraph("45"))
        + "</w:tbl>"
    )
    assert words("a.docx", docx(body)) == ["Прибор\t\tПоказание", "№\t551\t45"]


def test_a_table_that_only_places_another_gives_the_rows_of_that() -> None:
    inner = "<w:tbl>" + row(paragraph("а"), paragraph("б")) + row(paragraph("в"), paragraph("г")) + "</w:tbl>"
    assert words("a.docx", docx("<w:tbl>" + row(paragraph("Акт") + inner) + "</w:tbl>")) == [
        "Акт",
        "а\tб",
        "в\tг",
    ]


def test_a_photo_or_a_foreign_object_in_a_document_is_left_to_a_person_with_the_words_read() -> None:
    photo = {"word/media/image1.jpeg": bytes(range(256)) * 200}
    assert words("a.docx", docx(paragraph("см. фото"), photo), Text.PICTURE) == ["см. фото"]
    assert words("a.docx", docx(paragraph("печать"), {"word/media/image1.png": b"small"})) == ["печать"]
    sheet = {"word/embeddings/sheet.xlsx": b"PK"}
    assert words("a.docx", docx(paragraph("таблица"), sheet), Text.UNREAD) == ["таблица"]


# ── sheets ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_workbook_gives_rows_with_numbers_and_dates_as_people_write_them() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Показания"
    sheet.append(["Лицевой счёт", "Прибор", None, "Текущее", "Снято"])
    sheet.append([440215, "5501-А", None, 77.30, dt.date(2026, 11, 20)])
    sheet.append([])
    sheet.append([123456789012, None, None, 0.1 + 0.2, dt.datetime.fromisoformat("2026-11-20 09:05")])
    target = BytesIO()
    book.save(target)
    assert words("п.xlsx", target.getvalue()) == [
        "Показания",
        "Лицевой счёт\tПрибор\tТекущее\tСнято",
        "440215\t5501-А\t77.3\t20.11.2026",
        "123456789012\t\t0.3\t20.11.2026 09:05",
    ]


def test_merged_cells_several_sheets_and_a_hidden_one() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Лист1"
    book.active.merge_cells("A1:B1")
    book.active["A1"] = "Ведомость\nза ноябрь"
    book.active["A2"], book.active["B2"] = "ГВС", 45
    book.create_sheet("Тепло")["C7"] = "1,117 Гкал"
    target = BytesIO()
    book.save(target)
    assert words("a.xlsx", target.getvalue()) == ["Ведомость за ноябрь", "ГВС\t45", "Тепло", "1,117 Гкал"]
    book.create_sheet("Старое")["A1"] = "показание 99"
    book["Старое"].sheet_state = "hidden"
    target = BytesIO()
    book.save(target)
    assert "показание 99" not in words("a.xlsx", target.getvalue(), Text.UNREAD)


def test_an_old_binary_workbook_is_read() -> None:
    label = record(0x0204, struct.pack("<HHHHB", 0, 0, 0, 2, 1) + "ГВ".encode("utf-16-le"))
    number = record(0x0203, struct.pack("<HHHd", 0, 1, 0, 45.5))
    assert words("a.xls", xls(label, number)) == ["ГВ\t45.5"]


def test_an_opendocument_sheet_gives_values_and_a_text_its_paragraphs() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="77.30"><text:p>77</text:p></table:table-cell>'
    date = '<table:table-cell office:value-type="date" office:date-value="2026-11-20"><text:p>пт</text:p></table:table-cell>'
    twice = '<table:table-cell table:number-columns-repeated="2"><text:p>0</text:p></table:table-cell>'
    edge = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = f"<table:table-row>{cell}{date}{twice}{edge}</table:table-row>"
    empty = f'<table:table-row table:number-rows-repeated="1048576">{edge}</table:table-row>'
    assert words("a.ods", opendocument(f"<table:table>{rows}{empty}</table:table>")) == [
        "77.3\t20.11.2026\t0\t0"
    ]
    text = "<text:h>Жалоба</text:h><text:p>У нас<text:s/>холодно<text:line-break/>уже неделю</text:p>"
    assert words("a.odt", opendocument(text)) == ["Жалоба", "У нас холодно", "уже неделю"]


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_tables_in_text_files_give_rows(delimiter: str) -> None:
    content = f'Счёт{delimiter}"Улица{delimiter} дом"\r\n\r\n440215{delimiter}45\r\n'.encode("cp1251")
    street = "Улица дом" if delimiter == "\t" else f"Улица{delimiter} дом"
    assert words("a.csv", content) == [f"Счёт\t{street}", "440215\t45"]


def test_a_page_saved_as_a_workbook_is_read_without_its_tags() -> None:
    page = '<html><meta charset="windows-1251"><table><tr><td>ГВС</td><td>45</td></tr></table></html>'
    assert [line.split() for line in words("отчёт.xls", page.encode("cp1251"))] == [["ГВС", "45"]]


# ── PDF ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pdf_gives_its_russian_words_and_the_columns_of_a_table() -> None:
    content = (
        at(50, 700, "Прошу принять показания")
        + at(50, 680, "Счет")
        + at(200, 680, "Прибор")
        + at(350, 680, "Показание")
    )
    content += (
        at(50, 665, "440215")
        + at(200, 665, "5501")
        + at(350, 665, "77,30")
        + at(50, 650, "440216")
        + at(350, 650, "12")
    )
    assert words("a.pdf", pdf(content)) == [
        "Прошу принять показания",
        "Счет\tПрибор\tПоказание",
        "440215\t5501\t77,30",
        "440216\t\t12",
    ]


def test_justified_prose_is_no_table() -> None:
    line = b"".join(
        at(50 + 100 * step, 700, word) for step, word in enumerate(["Платеж", "клиент", "исполн", "банком"])
    )
    found = words(
        "a.pdf", pdf(line.replace(b" 150 ", b" 90 ").replace(b" 250 ", b" 130 ").replace(b" 350 ", b" 170 "))
    )
    assert [text.split() for text in found] == [["Платеж", "клиент", "исполн", "банком"]]
    assert "\t" not in found[0]


def test_words_in_a_form_of_the_page_are_read() -> None:
    form = stream(
        at(50, 600, "Холодно в квартире"),
        b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources <</Font <</F1 5 0 R>>>>",
    )
    content = pdf(
        at(50, 700, "Жалоба") + b"/X Do", form, resources=b"/Font <</F1 5 0 R>> /XObject <</X 7 0 R>>"
    )
    assert words("a.pdf", content) == ["Жалоба", "Холодно в квартире"]


def test_a_scanned_pdf_is_a_picture_that_a_person_reads() -> None:
    image = b"<</Type /XObject /Subtype /Image /Width 1 /Height 1 /Length 1>>\nstream\nx\nendstream"
    assert (
        words(
            "скан.pdf",
            pdf(b"q 600 0 0 800 0 0 cm /I Do Q", image, resources=b"/XObject <</I 7 0 R>>"),
            Text.PICTURE,
        )
        == []
    )


def test_letters_that_the_font_does_not_tell_are_a_picture() -> None:
    hidden = pdf(at(50, 700, "Жалоба")).replace(b"/ToUnicode 6 0 R", b"/ToUnicode 7 0 R")
    assert words("a.pdf", hidden, Text.READ) != ["Жалоба"]
    private = b"100 beginbfrange <00> <FF> <E000> endbfrange"
    unknown = pdf(
        at(50, 700, "Жалоба"), stream(b"1 begincodespacerange <00> <FF> endcodespacerange\n" + private)
    )
    assert words("a.pdf", unknown.replace(b"/ToUnicode 6 0 R", b"/ToUnicode 7 0 R"), Text.PICTURE) == []


def test_an_encrypted_pdf_is_left_to_a_person() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(at(50, 700, "Жалоба")))))
    writer.encrypt("secret", algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    assert words("a.pdf", target.getvalue(), Text.UNREAD) == []


# ── RTF, winmail.dat, archives, letters ───────────────────────────────────────────────────────────────────────────


def test_rtf_is_read_in_its_code_page_with_its_tables() -> None:
    content = (
        rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Arial;}{\f1\fcharset0 Times;}}{\*\generator Word;}\f0 "
        rb"\'d5\'ee\'eb\'ee\'e4\'ed\'ee\par\uc1\u1050?\u1074?. 7\par \trowd \'c3\'c2\'d1\cell 45\cell\row {\bin3 }}{ \f1\'e4\'e0}"
    )
    assert words("заявление.doc", content + b"}") == ["Холодно", "Кв. 7", "ГВС\t45", "да"]


def test_the_html_that_outlook_wraps_in_rtf_is_unwrapped() -> None:
    content = (
        rb"{\rtf1\ansi\ansicpg1251\fromhtml1 {\*\htmltag <p>}\htmlrtf \par\htmlrtf0 \'cd\'e5\'f2 {\*\htmltag <b>}"
        rb"\'f2\'e5\'ef\'eb\'e0{\*\htmltag </b></p>}}"
    )
    assert words("a.rtf", content) == ["Нет тепла"]


def test_winmail_gives_subject_body_and_the_files_inside() -> None:
    body = uncompressed_rtf(rb"{\rtf1\ansi\ansicpg1251 \'d5\'ee\'eb\'ee\'e4\'ed\'ee}")
    content = winmail(
        attribute(1, 0x9007, struct.pack("<II", 1251, 0)),
        attribute(1, 0x8004, "Обращение".encode("cp1251") + b"\0"),
        attribute(1, 0x9003, properties((0x0102, 0x1009, body))),
        attribute(2, 0x9002, bytes(14)),
        attribute(2, 0x8010, b"A~1.DOC\0"),
        attribute(2, 0x800F, docx(paragraph("Прошу перерасчёт"))),
        attribute(2, 0x9005, properties((0x1F, 0x3707, "прошу.docx\0".encode("utf-16-le")))),
        attribute(2, 0x9002, bytes(14)),
        attribute(2, 0x8010, b"ph.jpg\0"),
        attribute(2, 0x800F, b"\xff\xd8\xff\xe0"),
    )
    assert words("winmail.dat", content, Text.PICTURE) == ["Обращение", "Холодно", "Прошу перерасчёт"]


def test_compressed_rtf_of_the_specification_is_unpacked() -> None:
    """[MS-OXRTFCP] 4.1.1 and 4.1.2: the two examples, the second copying from what it writes."""
    from mailbot.parsing.documents.outlook.compressed_rtf import decompress_rtf

    first = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert decompress_rtf(first) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    second = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert decompress_rtf(second) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_an_archive_is_read_one_level_deep() -> None:
    files = {
        "док/ж.docx": docx(paragraph("Жалоба")),
        "п.txt": "показания 45".encode("cp1251"),
        "__MACOSX/._ж": b"\0",
    }
    assert words("д.zip", zipped(files)) == ["Жалоба", "показания 45"]
    assert words("д.zip", zipped({**files, "ф.jpg": b"\xff\xd8\xff"}), Text.PICTURE) == [
        "Жалоба",
        "показания 45",
    ]
    assert words("д.zip", zipped({**files, "a.exe": b"MZ"}), Text.UNREAD) == ["Жалоба", "показания 45"]
    assert words("д.zip", zipped({"в.zip": zipped(files)}), Text.UNREAD) == []


def test_a_letter_passed_on_brings_the_words_of_its_own_files() -> None:
    head = 'Content-Type: application/msword\r\nContent-Disposition: attachment; filename="a.rtf"'
    body = f"--C\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nсм. файл\r\n--C\r\n{head}\r\n\r\n{{\\rtf1 \\u1058?epl}}\r\n--C--\r\n"
    inner = raw(body.encode(), "multipart/mixed; boundary=C", subject="holod")
    found = mixed(("Content-Type: text/plain", b"see"), ("Content-Type: message/rfc822", inner))
    assert found.part("attachment:1").view(SegmentRole.FORWARDED).split() == ["holod", "см.", "файл", "Тepl"]
    scanned = raw(body.replace("{\\rtf1 \\u1058?epl}", "\x89PNG").encode(), "multipart/mixed; boundary=C")
    found = mixed(("Content-Type: text/plain", b"see"), ("Content-Type: message/rfc822", scanned))
    assert found.attachments[0].text is Text.UNREAD


@pytest.mark.parametrize("name", ["WordDocument", "EncryptedPackage", "__properties_version1.0"])
def test_old_word_files_encrypted_ones_and_saved_letters_are_left_to_a_person(name: str) -> None:
    assert words("a.doc", compound(name, b"words"), Text.UNREAD) == []


def test_what_a_file_is_tells_its_bytes_not_its_name() -> None:
    assert words("отчёт.pdf", docx(paragraph("это Word"))) == ["это Word"]
    assert words("фото.jpg", pdf(at(50, 700, "Жалоба"))) == ["Жалоба"]
    assert words("a.xlsx", b"{\\rtf1 rtf}") == ["rtf"]


def test_damaged_words_in_a_table_are_repaired_and_tabs_stay() -> None:
    damaged = "Показания горячей воды".encode().decode("cp1251")
    found = carrying(
        "a.xlsx", xlsx(f'<row><c t="inlineStr"><is><t>{damaged}</t></is></c><c><v>45</v></c></row>')
    )
    part = found.part("attachment:1")
    assert part.text == "Показания горячей воды\t45"
    assert part.as_came == f"{damaged}\t45"


def test_the_files_of_the_labelled_letters_are_read(shared: Path) -> None:
    found: dict[str, str] = {}
    for path in sorted((shared / "letters" / "set").glob("*.eml")):
        letter = parse(RawLetter(path.read_bytes(), RECEIVED))
        for file in letter.attachments:
            if file.filename.endswith((".pdf", ".docx", ".xlsx", ".dat")):
                assert file.text is Text.READ
                found[file.filename.rsplit(".", 1)[-1]] = letter.part(f"attachment:{file.number}").text
    assert set(found) == {"pdf", "docx", "xlsx", "dat"}
    assert "\tТекущее\t" in found["xlsx"]
    assert all(any("а" <= letter <= "я" for letter in text) for text in found.values())


def test_no_library_is_imported_for_a_letter_without_documents() -> None:
    code = (
        "import sys, datetime; from mailbot.parsing import parse; from mailbot.model import RawLetter\n"
        "parse(RawLetter(b'Subject: x\\r\\n\\r\\nhi', datetime.datetime.now(datetime.UTC)))\n"
        "assert not {'pypdf', 'python_calamine', 'openpyxl'} & set(sys.modules)"
    )
    assert run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode == 0
