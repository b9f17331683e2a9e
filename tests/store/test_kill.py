"""kill -9 in the middle of a transaction: nothing of it stays, and the work is taken up again."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from mailbot.config import resource_folder
from mailbot.model import CaseState, DeliveryState, Envelope, MailboxLocation
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.database.engine import open_engine, writing
from mailbot.store.decisions import context as stored_context
from mailbot.store.decisions import recording
from mailbot.store.mail import incoming, incoming_claims, outbox, uncertain_deliveries
from mailbot.store.mail.incoming import save_letter
from tests.store.material import (
    NOW,
    ZONE,
    decide,
    decision,
    facts,
    letter,
    minutes,
    outgoing,
    raw,
    take_in,
)


def decide_and_hang(url: str, letter_id: int, ready: Connection) -> None:
    store = Store(url, resource_folder("db"))
    store.do(incoming_claims.claim, "killed", minutes(1), NOW, 3)
    with store.write() as transaction:
        context = stored_context.context(transaction, letter_id, letter(), facts(), NOW, ZONE)
        recording.record(
            transaction, letter_id, letter(), facts(), context, decision(), outgoing(), None, NOW
        )
        ready.send(None)
        time.sleep(60)


def keep_and_hang(url: str, _: int, ready: Connection) -> None:
    with writing(open_engine(url)) as connection:
        place = MailboxLocation("8666@bk.ru", "INBOX", 7, 5)
        save_letter(connection, raw("недописанное"), Envelope("a@x", "<1@x>"), place, "test", NOW)
        ready.send(None)
        time.sleep(60)


def send_and_hang(url: str, _: int, ready: Connection) -> None:
    store = Store(url, resource_folder("db"))
    claimed = store.do(outbox.claim_outgoing, "killed", minutes(1), NOW)
    assert claimed is not None
    store.do(outbox.begin_text, claimed)
    ready.send(None)
    time.sleep(60)


def killed(work: Callable[[str, int, Connection], None], url: str, letter_id: int = 0) -> None:
    """Run `work` in a process of its own and kill it where it says it is in the middle."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=work, args=(url, letter_id, theirs), daemon=True)
    process.start()
    assert ours.poll(30)
    process.kill()
    process.join()


def test_a_worker_killed_before_its_commit_leaves_the_letter_to_the_next(store: Store, url: str) -> None:
    letter_id = take_in(store)
    killed(decide_and_hang, url, letter_id)
    assert store.ask(summaries.counts) == {"collected": 1}
    assert store.do(incoming_claims.claim, "w2", minutes(1), NOW, 3) is None, "its lease still holds"
    claimed = store.do(incoming_claims.claim, "w2", minutes(1), NOW + minutes(1), 3)
    assert claimed is not None
    assert (claimed.letter_id, claimed.attempt) == (letter_id, 2)
    assert decide(store, letter_id, decision(), outgoing()).number == "26-000001"


def test_a_collector_killed_before_its_commit_left_no_letter_and_no_cursor(store: Store, url: str) -> None:
    killed(keep_and_hang, url)
    assert store.ask(summaries.counts) == {}
    assert store.ask(incoming.cursor, "8666@bk.ru", "INBOX") is None
    assert take_in(store, "недописанное", place=MailboxLocation("8666@bk.ru", "INBOX", 7, 5))


def test_a_sender_killed_in_the_middle_leaves_an_uncertain_letter(store: Store, url: str) -> None:
    decide(store, take_in(store), decision(), outgoing())
    killed(send_and_hang, url)
    assert store.do(outbox.claim_outgoing, "d", minutes(1), NOW + minutes(9)) is None
    (lost,) = store.do(uncertain_deliveries.uncertain_after_crash, NOW + minutes(1))
    store.do(uncertain_deliveries.give_to_person, lost.id, NOW)
    case = store.ask(summaries.case_of, "26-000001")
    assert (case.state, case.delivery) == (CaseState.AWAITING_REVIEW, DeliveryState.UNCERTAIN)
