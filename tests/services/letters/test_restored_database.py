"""Which letters of a restored database are those that left already, and what the journal says after a crash."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.model import LetterPurpose
from mailbot.services.letters.restored_database import departed_before
from mailbot.store import ClaimedOutgoing
from mailbot.transport import departure_journal
from mailbot.transport.departure_journal import Departure, DepartureJournal

LEFT_AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
EARLIER, LATER = LEFT_AT - timedelta(minutes=1), LEFT_AT + timedelta(days=1)
ANSWER = "<mailbot.26-000007.answer.0123456789abcdef@bk.ru>"
RENUMBERED = "<mailbot.26-000041.answer.0123456789abcdef@bk.ru>"
OTHER = "<mailbot.26-000007.answer.fedcba9876543210@bk.ru>"


def journal_of(folder: Path, *message_ids: str) -> DepartureJournal:
    for message_id in message_ids:
        DepartureJournal(folder / "departures.log").add(Departure(message_id, LEFT_AT))
    return DepartureJournal(folder / "departures.log")


def claimed(message_id: str, created_at: datetime, *, automatic: bool) -> ClaimedOutgoing:
    return ClaimedOutgoing(
        1,
        "26-000007",
        LetterPurpose.ANSWER,
        None,
        "a@mail.example",
        message_id,
        b"",
        1,
        created_at,
        created_at,
        automatic,
    )


@pytest.mark.parametrize(
    ("message_id", "created_at", "automatic", "left"),
    [
        pytest.param(ANSWER, EARLIER, True, True, id="ready when the backup was made"),
        pytest.param(RENUMBERED, LATER, True, True, id="composed anew under another number"),
        pytest.param(OTHER, LATER, True, False, id="another letter of the same number"),
        pytest.param(ANSWER, EARLIER, False, True, id="of a person, ready when the backup was made"),
        pytest.param(ANSWER, LATER, False, False, id="of a person, written after the restore"),
    ],
)
def test_what_left_is_known_again_and_what_a_person_writes_anew_leaves(
    tmp_path: Path, message_id: str, created_at: datetime, automatic: bool, left: bool
) -> None:
    journal = journal_of(tmp_path, ANSWER)
    found = departed_before(claimed(message_id, created_at, automatic=automatic), journal)
    assert found == (Departure(ANSWER, LEFT_AT) if left else None)


def test_a_line_that_a_crash_cut_off_spoils_no_other(tmp_path: Path) -> None:
    journal_of(tmp_path, ANSWER)
    with (tmp_path / "departures.log").open("ab") as file:
        file.write(b"2026-11-23T06:0\xd0")
    assert [departure.message_id for departure in journal_of(tmp_path, OTHER).departures()] == [ANSWER, OTHER]


def test_a_full_journal_is_kept_beside_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(departure_journal, "MOST_BYTES", 10)
    assert len(journal_of(tmp_path, ANSWER, OTHER).departures()) == 2
    assert (tmp_path / "departures.log.1").exists()
