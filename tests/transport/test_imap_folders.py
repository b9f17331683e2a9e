"""Which folders are read, and which is the Sent folder (RFC 6154, else the names of mail services)."""

from __future__ import annotations

import pytest

from mailbot.transport import ImapMailbox, ProtocolError
from mailbot.transport.folders import ImapFolder, incoming, named_role
from tests.servers import ImapServer
from tests.transport.material import AT, OURS, letter, settings

MAIL_RU = tuple(
    ImapFolder(name, frozenset(flags.split()))
    for name, flags in (
        ("INBOX", "\\inbox"),
        ("INBOX/ToMyself", "\\tomyself"),
        ("INBOX/Newsletters", ""),
        ("Спам", "\\junk"),
        ("Отправленные", "\\sent"),
        ("Черновики", "\\drafts"),
        ("Корзина", "\\trash"),
    )
)


def test_every_folder_mail_ru_sorts_incoming_letters_into_is_read() -> None:
    assert incoming(MAIL_RU) == ("INBOX", "INBOX/Newsletters", "INBOX/ToMyself")


def test_without_flags_the_names_tell() -> None:
    bare = tuple(ImapFolder(folder.name, frozenset()) for folder in MAIL_RU)
    assert incoming(bare) == ("INBOX", "INBOX/Newsletters", "INBOX/ToMyself")
    assert named_role(bare, "\\sent") == "Отправленные"


def test_a_flag_is_believed_before_a_name() -> None:
    folders = (ImapFolder("Sent", frozenset()), ImapFolder("Исходящие", frozenset({"\\sent"})))
    assert named_role(folders, "\\sent") == "Исходящие"


def test_a_folder_below_inbox_is_known_by_its_last_step_whatever_the_delimiter() -> None:
    assert named_role((ImapFolder("INBOX.Спам", frozenset(), "."),), "\\junk") == "INBOX.Спам"
    assert named_role((ImapFolder("INBOX/Спам", frozenset(), "/"),), "\\junk") == "INBOX/Спам"


def test_a_folder_that_cannot_be_opened_is_not_read() -> None:
    assert incoming((ImapFolder("INBOX", frozenset()), ImapFolder("[Mail]", frozenset({"\\noselect"})))) == (
        "INBOX",
    )


def test_cyrillic_folders_are_read_and_spam_is_counted(imap: ImapServer) -> None:
    imap.append(letter(1), AT, "Показания")
    with imap.client() as client:
        if not client.folder_exists("Junk"):
            client.create_folder("Junk")
        client.append("Junk", letter(2), msg_time=AT)
    with ImapMailbox(settings(imap)) as box:
        assert box.folders() == ("INBOX", "Показания")
        (fetched,) = box.fetch_new("Показания", None)
        assert box.junk_count() == 1
    assert fetched.raw.content == letter(1)
    assert fetched.place.folder == "Показания"


def test_configured_folders_are_read_and_a_missing_one_is_named_when_it_is_read(imap: ImapServer) -> None:
    with ImapMailbox(settings(imap, folders=("INBOX",))) as box:
        assert box.folders() == ("INBOX",)
    imap.append(letter(1), AT)
    with ImapMailbox(settings(imap, folders=("Архивы", "INBOX"))) as box:
        box.list_folders()
        assert box.folders() == ("Архивы", "INBOX")
        with pytest.raises(ProtocolError) as fault:
            box.look_into("Архивы")
        assert "«Архивы»" in str(fault.value)
        with pytest.raises(ProtocolError, match=r"imap\.folders"):
            list(box.fetch_new("Архивы", None))
        assert [item.raw.content for item in box.fetch_new("INBOX", None)] == [letter(1)]


def test_a_folder_made_while_connected_is_listed(imap: ImapServer) -> None:
    with ImapMailbox(settings(imap)) as box:
        assert box.folders() == ("INBOX",)
        imap.append(letter(1), AT, "Показания")
        box.list_folders()
        assert box.folders() == ("INBOX", "Показания")


def test_a_copy_in_sent_is_found_by_its_whole_message_id(imap: ImapServer) -> None:
    ours = f"From: {OURS}\r\nMessage-ID: <case-17.answer@bk.ru>\r\n\r\nОтвет\r\n".encode()
    with ImapMailbox(settings(imap)) as box:
        assert not box.find_in_sent("<case-17.answer@bk.ru>")
        box.append_sent(ours, AT)
        assert box.find_in_sent("<case-17.answer@bk.ru>")
        assert not box.find_in_sent("case-17.answer@bk.ru"), "SEARCH finds parts; a part proves nothing"
        assert not box.find_in_sent("<case-1.answer@bk.ru>")
        sent = box.sent_folder()
    assert sent == "Sent"
    with imap.client() as client:
        client.select_folder(sent, readonly=True)
        (answer,) = client.fetch(client.search(), ["BODY.PEEK[]", "FLAGS", "INTERNALDATE"]).values()
    assert answer[b"BODY[]"] == ours
    assert b"\\Seen" in answer[b"FLAGS"]
    assert answer[b"INTERNALDATE"] == AT


def test_a_sent_folder_with_a_russian_name_is_used_where_no_flag_tells(pymap: ImapServer) -> None:
    with pymap.client() as client:
        client.create_folder("Отправленные")
    with ImapMailbox(settings(pymap)) as box:
        box.append_sent(letter(1), AT)
        assert box.sent_folder() == "Отправленные"
        assert box.find_in_sent("<1@mail.example>")
