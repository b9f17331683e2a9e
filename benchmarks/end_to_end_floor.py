"""The least that any program of this kind must do with a letter, and no thinking at all.

Fetch from IMAP by twenties, keep the bytes, commit; take apart, write down a case and a reply, commit; send the reply over one
kept connection, mark it as sent, commit; flag the letters as seen. Run as a process of its own:
`python -m benchmarks.end_to_end_floor IMAP_PORT LOGIN PASSWORD SMTP_PORT DATABASE` prints CPU seconds and letters.
"""

from __future__ import annotations

import smtplib
import sqlite3
import sys
import time
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import formatdate, parseaddr

from imapclient import IMAPClient

HOST = "127.0.0.1"
OURS = "8666@bk.ru"
BATCH = 20
TABLES = """
create table letter (uid integer primary key, content blob);
create table client_case (id integer primary key, message_id text, sender text, subject text, words text, at real);
create table outbox (id integer primary key, recipient text, content blob, sent integer default 0);
create table event (id integer primary key, case_id integer, what text);
create index case_sender on client_case (sender);
"""
REPLY = """From: {ours}\r
To: {to}\r
Subject: =?utf-8?B?0J7RgtCy0LXRgg==?=\r
Message-ID: <{number}.floor@mail.example>\r
In-Reply-To: {answers}\r
Date: {date}\r
Auto-Submitted: auto-replied\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: 8bit\r
\r
Здравствуйте!\r
Ваше обращение № {number} зарегистрировано.\r
"""


def main(imap_port: int, login: str, password: str, smtp_port: int, database: str) -> None:
    store = sqlite3.connect(database, isolation_level=None)
    store.execute("pragma journal_mode = wal")
    store.execute("pragma synchronous = full")
    store.executescript(TABLES)
    began, handled = time.process_time(), 0
    sender = smtplib.SMTP(HOST, smtp_port)
    with IMAPClient(HOST, imap_port, ssl=False) as mailbox:
        mailbox.login(login, password)
        mailbox.select_folder("INBOX")
        uids = mailbox.search("ALL")
        for start in range(0, len(uids), BATCH):
            batch = uids[start : start + BATCH]
            answers = mailbox.fetch(batch, ["BODY.PEEK[]"])
            for uid in batch:
                content = answers[uid][b"BODY[]"]
                store.execute("insert into letter values (?, ?)", (uid, content))
                _answer(store, sender, content)
                handled += 1
            mailbox.add_flags(batch, [b"\\Seen"], silent=True)
    sender.quit()
    print(time.process_time() - began, handled)


def _answer(store: sqlite3.Connection, sender: smtplib.SMTP, content: bytes) -> None:
    message = message_from_bytes(content, policy=compat32)
    writer, subject = parseaddr(message["From"])[1], str(make_header(decode_header(message["Subject"] or "")))
    store.execute("begin immediate")
    number = store.execute(
        "insert into client_case (message_id, sender, subject, words, at) values (?, ?, ?, ?, ?)",
        (message["Message-ID"], writer, subject, _words(message), time.time()),
    ).lastrowid
    reply = REPLY.format(
        ours=OURS, to=writer, number=number, answers=message["Message-ID"], date=formatdate()
    ).encode()
    outgoing = store.execute(
        "insert into outbox (recipient, content) values (?, ?)", (writer, reply)
    ).lastrowid
    store.execute("insert into event (case_id, what) values (?, 'answered')", (number,))
    store.execute("commit")
    sender.sendmail(OURS, [writer], reply)
    store.execute("begin immediate")
    store.execute("update outbox set sent = 1 where id = ?", (outgoing,))
    store.execute("insert into event (case_id, what) values (?, 'sent')", (number,))
    store.execute("commit")


def _words(message: Message) -> str:
    """The first text part, decoded; the size of what is attached is looked at, as every such program does."""
    words = ""
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if not words and part.get_content_type() == "text/plain" and isinstance(payload, bytes):
            words = payload.decode(part.get_content_charset("utf-8"), "replace")
    return words


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
