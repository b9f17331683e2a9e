"""A bill asked for by letter, between real servers: the right PDF to the client, in the thread, once; a stranger gets none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from mailbot import daemon_roles
from mailbot.config import Settings
from mailbot.model import CaseState
from mailbot.store.cases import summaries
from mailbot.transport.embedded import EmbeddedSmtp
from tests.end_to_end.house import put, run_until, sent_folder
from tests.end_to_end.test_main_job import all_done, settings
from tests.scale import scale
from tests.servers import ImapServer
from tests.services.ledger.neighbours import ANNA, BORIS, NEIGHBOURS, OWN, PASS, settle

POSTED = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
EVIL = "evil@other.example"
EVIL_PASS = "Authentication-Results: mail.ru; dmarc=pass header.from=other.example\n"


def letter(name: str, sender: str, body: str, headers: str) -> bytes:
    text = (
        f"{headers}From: {sender}\nTo: 8666@bk.ru\nSubject: =?utf-8?B?0JrQstC40YLQsNC90YbQuNGP?=\n"
        f"Message-ID: <{name}@mail.example>\nReferences: <{name}.before@mail.example>\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n"
    )
    return text.encode().replace(b"\n", b"\r\n")


WISH = "Здравствуйте! Пришлите, пожалуйста, квитанцию за октябрь на почту."
LETTERS = {
    "anna": letter("anna", ANNA, WISH, PASS),
    "boris": letter("boris", BORIS, WISH, PASS),
    "stranger": letter("stranger", EVIL, f"{WISH} Л/с {OWN}, Кошкина Анна Петровна", EVIL_PASS),
    "spoofed": letter("spoofed", ANNA, f"{WISH} л/с {OWN}", ""),
}


def of_a_company(folder: Path, imap: ImapServer, sink: EmbeddedSmtp) -> Settings:
    """The company has confirmed its requisites, and its books hold two neighbours with a closed October."""
    own = settings(folder, imap, sink)
    bank = folder / "rules" / "bank.toml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("confirmed = false", "confirmed = true"))
    store = daemon_roles.open_store(own)
    store.migrate()
    settle(store, POSTED - timedelta(days=20))
    store.close()
    return own


def papers(message: EmailMessage) -> list[tuple[str, str]]:
    return [
        (str(one.get_filename()), PdfReader(BytesIO(one.get_content())).pages[0].extract_text())
        for one in message.iter_attachments()
    ]


@pytest.mark.parametrize("imap", scale(("pymap",), ("pymap", "dovecot")), indirect=True)
def test_the_bill_comes_to_its_client_once_in_the_thread_and_to_no_stranger(
    imap: ImapServer, tmp_path: Path
) -> None:
    put(imap, ((content, POSTED + timedelta(minutes=at)) for at, content in enumerate(LETTERS.values())))
    with EmbeddedSmtp() as sink:
        store = run_until(of_a_company(tmp_path, imap, sink), all_done(len(LETTERS)))
        sent = [message_from_bytes(item.content, policy=policy.default) for item in sink.received]
    replies: dict[str, list[EmailMessage]] = {}
    for message in sent:
        assert isinstance(message, EmailMessage)
        replies.setdefault(str(message["In-Reply-To"]), []).append(message)

    for name, address, account, neighbour in (
        ("anna", ANNA, OWN, NEIGHBOURS),
        ("boris", BORIS, NEIGHBOURS, OWN),
    ):
        (reply,) = replies[f"<{name}@mail.example>"]
        assert reply["To"] == address
        assert reply["References"].split() == [f"<{name}.before@mail.example>", f"<{name}@mail.example>"]
        ((file, words),) = papers(reply)
        assert file == f"Квитанция 2026-10, л-с {account}.pdf"
        assert account in words
        assert neighbour not in words
    for name in ("stranger", "spoofed"):
        assert all(papers(one) == [] for one in replies.get(f"<{name}@mail.example>", []))
    waiting = {case.sender for case in store.ask(summaries.cases, CaseState.AWAITING_REVIEW, 10)}
    assert waiting == {EVIL, ANNA}
    assert sorted(sent_folder(imap)) == sorted(str(one["Message-ID"]) for one in sent)
    store.close()
