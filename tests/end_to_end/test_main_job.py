"""The main job on real servers: from an IMAP mailbox to letters that an SMTP server accepted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from mailbot.config import DaemonSection, ImapSection, Settings, SmtpSection, WebSection
from mailbot.model import CaseState
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming, outbox
from mailbot.transport.embedded import EmbeddedSmtp
from tests.end_to_end import post
from tests.end_to_end.house import confirmed_rules, put, replies_to, run_until, sent_folder
from tests.end_to_end.planted import attempts_of, handle_with_faults
from tests.end_to_end.post import START
from tests.scale import scale
from tests.servers import ImapServer

MANY = scale(64, 200)


def settings(folder: Path, imap: ImapServer, sink: EmbeddedSmtp, **daemon: float) -> Settings:
    return Settings(
        data_dir=folder,
        rules_dir=confirmed_rules(folder),
        imap=ImapSection(
            host=imap.host,
            port=imap.port,
            security="plain",
            login=imap.login,
            poll_seconds=1,
            start_date=START.date(),
            timeout_seconds=10,
        ),
        smtp=SmtpSection(host=sink.host, port=sink.port, security="plain", login="", timeout_seconds=10),
        daemon=DaemonSection.model_validate({"handle_seconds": 20, "retry_seconds": 0.2, **daemon}),
        web=WebSection(enabled=False),
        imap_password=SecretStr(imap.password),
    )


def all_done(count: int) -> Callable[[Store], bool]:
    """Every letter is decided, sent or before a person, and copied."""

    def done(store: Store) -> bool:
        return (
            sum(store.ask(summaries.counts).values()) >= count
            and not store.ask(summaries.pending)
            and not store.ask(outbox.to_copy, 1)
        )

    return done


def test_of_many_letters_each_is_one_case_and_each_owed_reply_goes_out_once(
    imap: ImapServer, tmp_path: Path
) -> None:
    letters = list(post.letters(MANY))
    put(imap, ((letter.content, letter.received_at) for letter in letters))
    with EmbeddedSmtp() as sink:
        store = run_until(settings(tmp_path, imap, sink), all_done(MANY))
        cases = store.ask(summaries.cases, None, 1000)
        sent = [item.content for item in sink.received]
    assert len(cases) == MANY
    assert len({case.digest for case in cases}) == MANY

    replies = replies_to(sent)
    owed = {letter.message_id for letter in letters if letter.owed}
    assert set(replies) == owed
    assert all(len(answers) == 1 for answers in replies.values())
    for letter in letters:
        if letter.owed:
            (reply,) = replies[letter.message_id]
            assert reply["To"] == letter.sender
            assert reply["Auto-Submitted"] == "auto-replied"
            assert letter.message_id in reply["References"]
            assert reply["Message-ID"].endswith("@bk.ru>")
    automatic = {letter.sender for letter in letters if not letter.owed}
    assert not automatic & {str(reply["To"]) for answers in replies.values() for reply in answers}

    copies = sent_folder(imap)
    assert sorted(copies) == sorted(str(reply["Message-ID"]) for (reply,) in replies.values())
    readings = [case for case in cases if case.action == "reading_accepted"]
    assert len(readings) == sum(letter.kind == "reading" for letter in letters)
    assert all(case.readings for case in readings)
    store.close()


def test_a_letter_that_raises_and_one_that_hangs_go_before_a_person_and_the_rest_go_on(
    pymap: ImapServer, tmp_path: Path
) -> None:
    letters = list(post.letters(24))
    planted = [
        b"From: fault@mail.example\r\nMessage-ID: <fault@x>\r\nSubject: planted fault\r\n\r\ntext\r\n",
        b"From: hang@mail.example\r\nMessage-ID: <hang@x>\r\nSubject: planted hang\r\n\r\ntext\r\n",
    ]
    put(pymap, ((letter.content, letter.received_at) for letter in letters[:12]))
    put(pymap, ((content, letters[12].received_at) for content in planted))
    put(pymap, ((letter.content, letter.received_at) for letter in letters[12:]))
    with EmbeddedSmtp() as sink:
        store = run_until(
            settings(tmp_path, pymap, sink, handle_seconds=2), all_done(26), handle=handle_with_faults
        )
        sent = replies_to([item.content for item in sink.received])
    assert set(sent) == {letter.message_id for letter in letters if letter.owed}
    failed = {
        case.subject: case
        for case in store.ask(summaries.cases, CaseState.AWAITING_REVIEW, 1000)
        if case.error
    }
    assert set(failed) == {"planted fault", "planted hang"}
    assert "planted fault" in (failed["planted fault"].error or "")
    assert "не уложился" in (failed["planted hang"].error or "")
    for case in failed.values():
        assert store.ask(incoming.load_raw, case.letter_id).content in planted
        assert case.number
    store.close()


def test_a_letter_that_costs_too_much_is_before_a_person_after_one_attempt_and_the_rest_go_on(
    pymap: ImapServer, tmp_path: Path
) -> None:
    """Of the same sender too: who waits behind it has not written it."""
    letters = [letter for letter in post.letters(24) if letter.owed][:8]
    planted = [
        b"From: burn@mail.example\r\nMessage-ID: <burn@x>\r\nSubject: planted burning\r\n\r\ntext\r\n",
        b"From: swell@mail.example\r\nMessage-ID: <swell@x>\r\nSubject: planted swelling\r\n\r\ntext\r\n",
    ]
    behind = [
        b"From: "
        + sender
        + b"@mail.example\r\nMessage-ID: <behind-"
        + sender
        + b"@x>\r\nSubject: behind\r\n\r\ntext\r\n"
        for sender in (b"burn", b"swell")
    ]
    put(pymap, ((content, letters[0].received_at) for content in (*planted, *behind)))
    put(pymap, ((letter.content, letter.received_at) for letter in letters))
    with EmbeddedSmtp() as sink:
        configured = settings(
            tmp_path, pymap, sink, handle_seconds=60, letter_cpu_seconds=2, letter_megabytes=200
        )
        store = run_until(configured, all_done(12), handle=handle_with_faults, patience=90)
        sent = replies_to([item.content for item in sink.received])
    assert {letter.message_id for letter in letters} <= set(sent)
    cases = store.ask(summaries.cases, CaseState.AWAITING_REVIEW, 1000)
    errors = {case.subject: case.error for case in cases if case.error}
    assert set(errors) == {"planted burning", "planted swelling"}
    assert "больше 2 с работы процессора" in (errors["planted burning"] or "")
    assert "больше 200 МБ памяти" in (errors["planted swelling"] or "")
    assert [store.ask(attempts_of, case.letter_id) for case in cases if case.error] == [1, 1]
    store.close()
