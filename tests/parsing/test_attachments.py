"""What comes beside the text is kept whole, and the letter says what is known of its words."""

from __future__ import annotations

import pytest

from mailbot.model import AttachmentText as Text
from mailbot.model import LetterDamage, RawLetter, SegmentRole
from mailbot.parsing import parse
from tests.parsing.letters import HEAD, RECEIVED, mixed, raw, read, words

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))


def attached(media_type: str, name: str = "") -> str:
    filename = f'; filename="{name}"' if name else ""
    return f"Content-Type: {media_type}\r\nContent-Disposition: attachment{filename}\r\nContent-Transfer-Encoding: 8bit"


@pytest.mark.parametrize(
    ("media_type", "name", "content", "known"),
    [
        ("application/pdf", "a.pdf", b"%PDF-1.4", Text.UNREAD),
        ("application/octet-stream", "v.xlsx", b"PK\x03\x04", Text.UNREAD),
        ("application/ms-tnef", "winmail.dat", b"\x78\x9f\x3e\x22", Text.UNREAD),
        ("application/x-strange", "a.bin", b"\x01\x02", Text.UNREAD),
        ("image/jpeg", "photo.jpg", b"\xff\xd8\xff", Text.PICTURE),
        ("application/octet-stream", "", PNG, Text.PICTURE),
        ("application/octet-stream", "IMG_1.HEIC", b"\x00\x00", Text.PICTURE),
        ("text/plain; charset=windows-1251", "a.txt", "показания 45".encode("cp1251"), Text.READ),
        ("text/csv", "a.csv", "счёт;45".encode(), Text.READ),
        ("text/plain", "a.txt", b"  ", Text.EMPTY),
        ("application/pdf", "a.pdf", b"", Text.EMPTY),
    ],
)
def test_what_is_known_of_an_attachments_words(
    media_type: str, name: str, content: bytes, known: Text
) -> None:
    found = mixed(("Content-Type: text/plain", b"see"), (attached(media_type, name), content))
    assert [(one.number, one.filename, one.text) for one in found.attachments] == [(1, name, known)]
    assert found.attachments[0].content == content
    assert (found.part("attachment:1").text != "") == (known is Text.READ)


def test_a_letter_passed_on_as_an_attachment_is_content() -> None:
    inner = raw("У нас холодно".encode(), subject="холодно")
    found = mixed(("Content-Type: text/plain", b"see"), ("Content-Type: message/rfc822", inner))
    assert words(found, SegmentRole.FORWARDED, "attachment:1") == "холодно У нас холодно"
    assert found.attachments[0].text is Text.READ


def test_nameless_octets_of_no_known_kind_can_be_read_by_nobody() -> None:
    found = read(raw(bytes(range(1, 255)) * 3, "application/octet-stream"))
    assert [one.text for one in found.attachments] == [Text.EMPTY]
    assert set(found.damage) == {LetterDamage.UNKNOWN_CHARSET, LetterDamage.NO_TEXT}


def test_a_whole_letter_that_is_a_document_is_left_to_a_person() -> None:
    found = read(raw(b"%PDF-1.4 ...", "application/octet-stream"))
    assert [one.text for one in found.attachments] == [Text.UNREAD]
    assert found.damage == (LetterDamage.NO_TEXT,)


@pytest.mark.parametrize(
    "disposition",
    [
        "attachment; filename*=utf-8''%D1%84%D0%BE%D1%82%D0%BE.pdf",
        "attachment; filename*0*=utf-8''%D1%84%D0; filename*1*=%BE%D1%82%D0%BE.pdf",
        'attachment; filename="=?utf-8?B?0YTQvtGC0L4=?=.pdf"',
        'attachment; filename="../../фото.pdf"',
    ],
)
def test_file_names_are_read_and_hold_no_path(disposition: str) -> None:
    found = mixed((f"Content-Type: application/pdf\r\nContent-Disposition: {disposition}", b"%PDF"))
    assert found.attachments[0].filename == "фото.pdf"


def test_plain_text_is_preferred_unless_it_is_empty_or_poorer() -> None:
    def alternative(plain: str) -> str:
        html = "<p>Передаю показания горячей воды: 45, лицевой счёт 123456</p>"
        body = (
            f"--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{plain}\r\n"
            f"--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n--B--\r\n"
        )
        return read(raw(body.encode(), "multipart/alternative; boundary=B")).body

    assert alternative("Передаю показания горячей воды 45").startswith("Передаю показания горячей воды 45\n")
    assert alternative("").endswith("лицевой счёт 123456")
    assert alternative("HTML only").endswith("лицевой счёт 123456")


def test_a_multipart_without_its_boundary_is_read_as_text() -> None:
    found = read(raw("У нас холодно".encode(), "multipart/mixed; boundary=B"))
    assert found.body == "У нас холодно"
    assert LetterDamage.BROKEN_STRUCTURE in found.damage


def test_only_headers_fetched_says_so() -> None:

    found = parse(RawLetter(HEAD + b"Subject: x\r\n\r\n", RECEIVED, cut_from=90_000_000))
    assert found.subject == "x"
    assert {LetterDamage.CUT, LetterDamage.NO_TEXT} <= set(found.damage)


def test_text_files_beyond_the_limit_are_left_to_a_person() -> None:
    head = "Content-Type: text/plain; charset=windows-1251\r\nContent-Disposition: attachment; filename=a.txt"
    found = mixed(*((head, "Привет ".encode("cp1251") * 20_000) for _ in range(3)))
    assert LetterDamage.CUT in found.damage
    assert [one.text for one in found.attachments] == [Text.READ, Text.UNREAD, Text.UNREAD]
