"""Letters from files: one letter is the same letter in `.eml`, mbox and Maildir; a fault stops no other."""

from __future__ import annotations

import mailbox
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import RawLetter
from mailbot.transport import FileFault, read_path
from mailbot.transport import files as files_module
from mailbot.transport.received import received_at

LETTER = (
    b"Received: from mx.mail.example by mail.bk.ru with ESMTP\n\tid 17; Mon, 9 Nov 2026 11:30:00 +0500\n"
    b"Received: from phone by mx.mail.example; Mon, 9 Nov 2026 06:00:00 +0000\n"
    b"Date: Sun, 1 Jan 2023 00:00:00 +0000\nFrom: writer@mail.example\nSubject: x\n\n"
    b"\xd0\xa5\xd0\xbe\xd0\xbb\xd0\xbe\xd0\xb4\xd0\xbd\xd0\xbe\n"
)
RECEIVED = datetime(2026, 11, 9, 6, 30, tzinfo=UTC)


def letters(path: Path) -> list[RawLetter]:
    items = list(read_path(path))
    assert not [item for item in items if isinstance(item, FileFault)], items
    return [item[1] for item in items if not isinstance(item, FileFault)]


def faults(path: Path) -> list[str]:
    return [item.message for item in read_path(path) if isinstance(item, FileFault)]


def test_the_same_letter_from_eml_mbox_and_maildir(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(LETTER)
    (tmp_path / "box.mbox").write_bytes(
        b"From writer@mail.example Mon Nov  9 06:30:00 2026\n" + LETTER + b"\n"
    )
    mailbox.Maildir(tmp_path / "Maildir").add(LETTER)
    wanted = [RawLetter(LETTER, RECEIVED)]
    for name in ("one.eml", "box.mbox", "Maildir"):
        assert letters(tmp_path / name) == wanted, name
    assert letters(tmp_path) == wanted * 3


def test_letters_come_in_the_order_of_names_each_with_its_source(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.eml", "b/2.EML", "b/1.eml", "a.eml", "notes.txt"):
        (tmp_path / name).write_bytes(LETTER)
    sources = [item[0] for item in read_path(tmp_path) if not isinstance(item, FileFault)]
    assert sources == [str(tmp_path / name) for name in ("a.eml", "b/1.eml", "b/2.EML", "c.eml")]


def test_letters_of_an_mbox_are_numbered_and_an_empty_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "any-name"
    path.write_bytes(
        b"From a@b Mon Nov  9 06:30:00 2026\n" + LETTER + b"\nFrom a@b x\n\nFrom a@b x\n" + LETTER
    )
    first, empty, third = read_path(path)
    assert not isinstance(first, FileFault)
    assert not isinstance(third, FileFault)
    assert (first[0], third[0]) == (f"{path}#1", f"{path}#3")
    assert empty == FileFault(f"{path}#2", "письмо пусто")


def test_subfolders_of_a_maildir_are_read_too(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "Maildir")
    box.add(LETTER)
    box.add_folder("Archive").add(LETTER)
    assert len(letters(tmp_path / "Maildir")) == 2


def test_a_fault_is_told_in_its_place_and_stops_no_other(tmp_path: Path) -> None:
    for name, content in (("1.eml", b""), ("2.eml", b" \r\n\r\n"), ("4.eml", LETTER)):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "3.eml").symlink_to(tmp_path / "gone")
    items = list(read_path(tmp_path))
    assert [isinstance(item, FileFault) for item in items] == [True, True, True, False]
    assert faults(tmp_path) == ["файл пуст", "файл пуст", "нет такого файла или папки"]


def test_a_missing_path_and_a_folder_without_letters_are_told(tmp_path: Path) -> None:
    assert faults(tmp_path / "gone") == ["нет такого файла или папки"]
    assert faults(tmp_path) == ["в папке нет ни файлов .eml и .mbox, ни Maildir"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_and_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "locked.eml").write_bytes(LETTER)
    (tmp_path / "locked.eml").chmod(0)
    (tmp_path / "locked").mkdir(mode=0)
    assert all("не читается" in message for message in faults(tmp_path))
    assert len(faults(tmp_path)) == 2


@pytest.mark.timeout(10)
def test_hostile_names_neither_hang_nor_circle_nor_break_the_output(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.eml")
    (tmp_path / "circle").symlink_to(tmp_path)
    raw_name = os.fsencode(tmp_path) + b"/\xcf\xee\xea\xe0\xe7\xe0\xed\xe8\xff;$(x) \n.eml"  # cp1251
    with open(raw_name, "wb") as file:
        file.write(LETTER)
    ((source, raw),) = [item for item in read_path(tmp_path) if not isinstance(item, FileFault)]
    assert raw.content == LETTER
    assert source.encode("utf-8").endswith(b";$(x) \n.eml")


def test_a_file_too_large_gives_its_headers_and_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_module, "SIZE_LIMIT", 1000)
    content = LETTER + b"x" * 5000
    (tmp_path / "large.eml").write_bytes(content)
    (raw,) = letters(tmp_path)
    assert raw.content == LETTER.partition(b"\n\n")[0] + b"\r\n\r\n"
    assert (raw.cut_from, raw.received_at) == (len(content), RECEIVED)


@pytest.mark.parametrize(
    ("header", "moment"),
    [
        (b"Date: Mon, 9 Nov 2026 11:30:00 +0500", RECEIVED),
        (b"Received: by x; nonsense\nDate: Mon, 9 Nov 2026 06:30:00 -0000", RECEIVED),
        (b"Date: Fri, 31 Dec 9999 23:59:00 -1200", None),
        (b"Subject: Received: by x; Mon, 9 Nov 2026 06:30:00 +0000", None),
        (b"X: y\n\nDate: Mon, 9 Nov 2026 06:30:00 +0000", None),
    ],
    ids=["date", "received_unreadable", "beyond_all_clocks", "in_the_subject", "in_the_body"],
)
def test_the_moment_of_receipt(header: bytes, moment: datetime | None) -> None:
    assert received_at(header + b"\n\nbody") == moment


def test_without_any_date_the_files_own_time_counts(tmp_path: Path) -> None:
    path = tmp_path / "x.eml"
    path.write_bytes(b"Subject: x\n\nbody\n")
    os.utime(path, (RECEIVED.timestamp(), RECEIVED.timestamp()))
    assert letters(path)[0].received_at == RECEIVED


DATES = st.one_of(
    st.binary(max_size=60),
    st.from_regex(
        rb"Mon, [0-9]{1,3} Nov [0-9]{1,6} [0-9]{1,3}:[0-9]{1,3}:[0-9]{1,3} [+-][0-9]{1,5}", fullmatch=True
    ),
)


@given(st.sampled_from([b"Date: ", b"Received: by x; "]), DATES)
def test_no_date_however_broken_raises_and_every_moment_is_utc(name: bytes, date: bytes) -> None:
    moment = received_at(name + date + b"\r\n\r\nbody")
    assert moment is None or moment.tzinfo is UTC


def test_every_shared_letter_is_read_with_a_moment_of_receipt(shared: Path) -> None:
    """Hostile letters too: whatever their headers hold, they come in."""
    for folder in (shared / "letters", shared / "mail-corpus"):
        files = [path for path in folder.rglob("*.eml") if path.is_file()]
        items = [item for path in files for item in read_path(path)]
        assert len(items) >= len(files) > 0
        told = {item.message for item in items if isinstance(item, FileFault)}
        assert told <= {"файл пуст"}
