"""A first start on a mailbox of years: what came before the start of work is kept and shown, and never answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.model import Action, CaseState, RawLetter, RequestRefused
from mailbot.services.desk.case_acts import acts
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.letters import collect as collecting
from mailbot.services.letters.attempt import WorkerContext, attempt_next
from mailbot.services.letters.start_of_work import LONGEST_WAIT, begin_work, came_before
from mailbot.store import Store
from mailbot.store.case_log import events
from mailbot.store.cases import review_queue, summaries
from mailbot.store.cases.review_queue import QueueFilter
from mailbot.store.casework import second_looks
from mailbot.store.mail import outbox
from mailbot.store.mail.before_start import BEFORE_START
from mailbot.transport import ImapMailbox, ImapSettings
from tests.scale import scale
from tests.servers import ImapServer, dovecot, dovecot_service, imap, pymap
from tests.store.conftest import databases, once_opened, opened, postgres, sqlite, store, url

__all__ = [
    "databases", "dovecot", "dovecot_service", "imap", "once_opened", "opened", "postgres", "pymap", "sqlite", "store", "url",
]  # fmt: skip

NOW = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
ZONE = "Asia/Yekaterinburg"
FIRST_DAY = date(2026, 12, 1)
MIDNIGHT = datetime(2026, 11, 30, 19, 0, tzinfo=UTC)
"""The same where the company is."""

OLD = scale(120, 2000)
TEXTS = (
    "Прорвало трубу в подвале, хлещет кипяток, срочно пришлите бригаду! Ленина 5, кв. 3",
    "Лицевой счёт 4402215, горячая вода 345",
    "Почему в квитанции сумма больше, чем в прошлом месяце? Лицевой счёт 4402216",
)


def written(number: int, text: str) -> bytes:
    lines = (
        f"From: client{number}@mail.example",
        "To: 8666@bk.ru",
        f"Message-ID: <{number}@mail.example>",
        f"Subject: =?utf-8?q?=D0=9F=D0=B8=D1=81=D1=8C=D0=BC=D0=BE?= {number}",
        "Content-Type: text/plain; charset=utf-8",
        "",
        text,
        "",
    )
    return "\r\n".join(lines).encode()


def years_of_mail(server: ImapServer) -> None:
    """Old letters, the last a second before the start; and three new ones, the first at its very moment."""
    old = ((number, MIDNIGHT - timedelta(seconds=1) - timedelta(days=9 * number)) for number in range(OLD))
    new = ((OLD + number, MIDNIGHT + timedelta(minutes=number)) for number in range(3))
    with server.client() as client:
        for number, at in (*old, *new):
            client.append("INBOX", written(number, TEXTS[number % 3]), msg_time=at)


def mailbox(server: ImapServer) -> ImapMailbox:
    return ImapMailbox(
        ImapSettings(server.host, server.port, "plain", server.login, server.password, folders=("INBOX",))
    )


def take_in(store: Store, box: ImapMailbox, start: datetime | None) -> int:
    with box:
        lease = collecting.MailboxLease(store, box.name, "collector", timedelta(minutes=2), lambda: NOW)
        lease.take()
        return sum(
            collecting.collect(store, box, folder, lease, lambda: NOW, start) for folder in box.folders()
        )


def handle_all(store: Store, rules: ActiveRules) -> int:
    bench = WorkerContext("w", rules, timedelta(seconds=30), timedelta(0))
    done = 0
    while attempt_next(store, bench, lambda: NOW):
        done += 1
    return done


def listed(store: Store, *, rule: str = "", words: str = "") -> list[str]:
    found = QueueFilter(now=NOW, states=(CaseState.IGNORED,), put_off="shown", rule=rule, words=words)
    return [line.sender for line in store.ask(review_queue.lines, found, 5000)]


def unseen(server: ImapServer) -> int:
    with server.client() as client:
        client.select_folder("INBOX", readonly=True)
        return len(client.search(["UNSEEN"]))


def test_of_a_mailbox_of_years_only_what_came_since_the_start_is_decided_and_answered(
    imap: ImapServer, store: Store, rules: ActiveRules
) -> None:
    years_of_mail(imap)
    box = mailbox(imap)
    start = begin_work(store, box.name, FIRST_DAY, ZONE, NOW)
    assert take_in(store, box, start) == OLD + 3
    assert store.ask(summaries.pending) == 3
    assert handle_all(store, rules) == 3
    assert store.ask(summaries.counts)["ignored"] == OLD
    while claimed := store.do(outbox.claim_outgoing, "d", timedelta(minutes=9), NOW):
        assert claimed.recipient in {f"client{OLD + number}@mail.example" for number in range(3)}
    assert len(listed(store, rule=BEFORE_START)) == OLD
    assert listed(store, words="Письмо 117") == ["client117@mail.example"]
    assert unseen(imap) == OLD, "people go on with the old letters as they did"
    old = next(case for case in store.ask(summaries.cases, CaseState.IGNORED, 1) if case)
    assert old.number is None
    log = store.ask(events.events_of, old.id)
    assert [line.became for line in log] == [CaseState.COLLECTED, CaseState.IGNORED]
    assert "пришло до начала работы программы (01.12.2026)" in log[-1].why
    assert take_in(store, box, start) == 0
    week = (NOW - timedelta(days=7), NOW + timedelta(days=7))
    assert store.ask(second_looks.closed_by_machine, Action.IGNORE, *week) == ()


def test_a_person_takes_an_old_letter_back_and_it_waits_for_people(
    pymap: ImapServer, store: Store, rules: ActiveRules
) -> None:
    pymap.append(written(1, TEXTS[1]), MIDNIGHT - timedelta(days=400))
    take_in(store, mailbox(pymap), MIDNIGHT)
    (old,) = store.ask(summaries.cases, None, 9)
    acts.take_back(store, acts.ActContext(str(old.id), None, "maria", NOW), "не ответили вовремя")
    (waits,) = store.ask(summaries.cases, None, 9)
    assert (waits.state, waits.number) == (CaseState.AWAITING_REVIEW, "26-000001")
    assert handle_all(store, rules) == 0, "no machine answers what a person has in hand"
    with pytest.raises(RequestRefused):
        acts.take_back(store, acts.ActContext(str(old.id), None, "maria", NOW))


def test_where_no_day_is_set_what_came_long_before_the_first_look_is_old_and_an_outage_makes_nothing_old(
    pymap: ImapServer, store: Store
) -> None:
    box = mailbox(pymap)
    start = begin_work(store, box.name, None, ZONE, NOW)
    assert start == NOW - LONGEST_WAIT
    pymap.append(written(1, TEXTS[0]), NOW - LONGEST_WAIT - timedelta(minutes=1))
    pymap.append(written(2, TEXTS[0]), NOW - LONGEST_WAIT + timedelta(minutes=1))
    take_in(store, box, start)
    assert store.ask(summaries.counts) == {"collected": 1, "ignored": 1}
    a_year_later = begin_work(store, box.name, None, ZONE, NOW + timedelta(days=365))
    assert a_year_later == start
    pymap.append(written(3, TEXTS[0]), NOW + timedelta(days=200))
    take_in(store, box, a_year_later)
    assert store.ask(summaries.counts) == {"collected": 2, "ignored": 1}


def test_a_mailbox_that_was_collected_before_anything_was_remembered_has_no_old_letters(
    pymap: ImapServer, store: Store
) -> None:
    box = mailbox(pymap)
    pymap.append(written(1, TEXTS[0]), NOW - timedelta(days=900))
    take_in(store, box, None)
    assert begin_work(store, box.name, None, ZONE, NOW) is None
    assert begin_work(store, box.name, FIRST_DAY, ZONE, NOW) == MIDNIGHT


@pytest.mark.parametrize(
    ("headers", "dated", "old"),
    [
        ("", True, True),
        ("Received: from a by b; Fri, 01 Mar 2019 10:00:00 +0500\r\n", True, True),
        ("Date: Tue, 01 Dec 2026 10:00:00 +0500\r\n", True, True),
        ("Received: from a by b; Tue, 01 Dec 2026 10:00:00 +0500\r\n", True, False),
        ("", False, False),
    ],
    ids=[
        "mailbox alone",
        "both clocks",
        "the writer's date counts for nothing",
        "a clock at 1970",
        "no date",
    ],
)
def test_a_letter_is_old_only_where_the_mailbox_says_so_and_no_server_says_otherwise(
    headers: str, dated: bool, old: bool
) -> None:
    letter = RawLetter(
        f"{headers}From: a@b.example\r\n\r\n.".encode(), datetime(1970, 1, 1, tzinfo=UTC), dated=dated
    )
    assert came_before(letter, MIDNIGHT) is old


def test_a_letter_that_somebody_hands_in_is_never_too_old(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "old.eml"
    file.write_bytes(b"Date: Fri, 01 Mar 2019 10:00:00 +0500\r\n" + written(1, TEXTS[0]))
    begin_work(store, "8666@bk.ru@imap", FIRST_DAY, ZONE, NOW)
    assert len(list(collecting.intake(store, [file], lambda: NOW))) == 1
    assert store.ask(summaries.counts) == {"collected": 1}


def test_the_mailbox_counts_letters_before_and_since_the_start_to_the_second(imap: ImapServer) -> None:
    hours = (-9000, -49, -25, -23, -1, 1, 23, 47, 49, 800)
    for number, away in enumerate(hours):
        imap.append(written(number, TEXTS[0]), MIDNIGHT + timedelta(hours=away))
    imap.append(written(98, TEXTS[0]), MIDNIGHT - timedelta(seconds=1))
    imap.append(written(99, TEXTS[0]), MIDNIGHT)
    with mailbox(imap) as box:
        assert box.count_around(MIDNIGHT) == (6, 6)
