"""Many at once: each letter decided once, each of ours sent once, numbers without a gap."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable

from mailbot.config import resource_folder
from mailbot.model import Envelope, SendOutcome, SendResult
from mailbot.store import AlreadyDecided, Store
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming, incoming_claims, outbox
from tests.scale import scale
from tests.store.material import NOW, decide, decision, letter, minutes, outgoing, raw, take_in

LETTERS = scale(80, 200)
SENDERS = 20


def together(url: str, jobs: list[Callable[[Store], None]]) -> None:
    """Run each job in a thread with connections of its own; the first fault is raised."""
    faults: list[BaseException] = []

    def run(job: Callable[[Store], None]) -> None:
        store = Store(url, resource_folder("db"))
        try:
            job(store)
        except BaseException as fault:
            faults.append(fault)
        finally:
            store.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def test_workers_decide_many_letters_each_once_and_every_senders_in_order(store: Store, url: str) -> None:
    sender_of = {}
    for number in range(LETTERS):
        sender = f"{number % SENDERS}@mail.example"
        sender_of[take_in(store, f"письмо {number}", sender, at=NOW + minutes(number))] = sender
    now = NOW + minutes(LETTERS)
    done: list[int] = []

    def work(name: str) -> Callable[[Store], None]:
        def loop(own: Store) -> None:
            while own.ask(summaries.counts).get("answered", 0) < LETTERS:
                claimed = own.do(incoming_claims.claim, name, minutes(5), now, 3)
                if claimed is None:
                    time.sleep(0.001)
                    continue
                assert claimed.attempt == 1
                sender = sender_of[claimed.letter_id]
                reply = outgoing(f"<{claimed.letter_id}@bk.ru>", recipient=sender)
                done.append(claimed.letter_id)
                decide(own, claimed.letter_id, decision(), reply, read=letter(sender=sender), now=now)

        return loop

    together(url, [work("w1"), work("w2"), work("w3")])
    assert sorted(done) == sorted(sender_of)
    for sender in set(sender_of.values()):
        mine = [letter_id for letter_id in done if sender_of[letter_id] == sender]
        assert mine == sorted(mine)
    numbers = sorted(case.number or "" for case in store.ask(summaries.cases, None, LETTERS + 1))
    assert numbers == [f"26-{number:06}" for number in range(1, LETTERS + 1)]


def test_deliverers_send_each_letter_of_ours_once(store: Store, url: str) -> None:
    for number in range(60):
        sender = f"{number}@mail.example"
        letter_id = take_in(store, f"письмо {number}", sender)
        decide(
            store,
            letter_id,
            decision(),
            outgoing(f"<{number}@bk.ru>", recipient=sender),
            read=letter(sender=sender),
        )
    sent: list[str] = []

    def deliver(own: Store) -> None:
        while claimed := own.do(outbox.claim_outgoing, "d", minutes(1), NOW):
            sent.append(claimed.message_id)
            own.do(outbox.record_delivery, claimed.id, SendResult(SendOutcome.SENT, "250"), NOW, None)

    together(url, [deliver] * 3)
    assert sorted(sent) == sorted(f"<{number}@bk.ru>" for number in range(60))


def test_two_pollers_that_keep_the_same_letters_at_once_keep_each_once(store: Store, url: str) -> None:
    def collect(own: Store) -> None:
        for number in range(40):
            own.do(incoming.save_letter, raw(f"письмо {number}"), Envelope("a@x", "<1@x>"), None, "test", NOW)

    together(url, [collect] * 3)
    assert store.ask(summaries.counts) == {"collected": 40}


def test_of_two_workers_on_one_letter_the_first_to_commit_decides(store: Store, url: str) -> None:
    letter_id = take_in(store)
    outcomes: list[str] = []
    ids = itertools.count()

    def finish(own: Store) -> None:
        try:
            decide(own, letter_id, decision(), outgoing(f"<{next(ids)}@bk.ru>"))
            outcomes.append("decided")
        except AlreadyDecided:
            outcomes.append("too late")

    together(url, [finish] * 3)
    assert sorted(outcomes) == ["decided", "too late", "too late"]
    assert len(store.ask(summaries.outgoing_of, store.ask(summaries.case_of, "26-000001").id)) == 1


def test_a_supervisor_that_fails_a_letter_while_its_worker_commits_locks_nobody_out(
    store: Store, url: str
) -> None:
    ids = [take_in(store, f"письмо {number}", f"{number}@x") for number in range(30)]
    for _ in ids:
        store.do(incoming_claims.claim, "w", minutes(5), NOW, 3)

    def commit(own: Store) -> None:
        for letter_id in ids:
            decide(own, letter_id, decision(), outgoing(f"<{letter_id}@bk.ru>"))

    def supervise(own: Store) -> None:
        for letter_id in ids:
            own.do(incoming_claims.fail, letter_id, "не уложился", NOW, NOW, 3)

    together(url, [commit, supervise])
    assert store.ask(summaries.counts) == {"answered": 30}
