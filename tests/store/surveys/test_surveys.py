"""Questionnaires in the database: once a quarter a client whoever asks, the newest counts, old reports stay as they were."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, insert, select, update

from mailbot.model import CaseState, Client, ClockMark, LetterPurpose, RequestRefused
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.period import Period
from mailbot.model.report.survey import CaseRating, Invitation, SurveyForm
from mailbot.store import Store
from mailbot.store.accounts import client_addresses
from mailbot.store.schema.letters_and_cases import case, case_event, outbox
from mailbot.store.schema.reports_and_surveys import survey_invitation, survey_response
from mailbot.store.surveys import invitations, responses
from mailbot.store.surveys.responses import FilledQuestionnaire, SavedRating
from tests.store.material import ANNA, NOW, take_in

ZONE = ZoneInfo("Asia/Yekaterinburg")
QUARTER = "2026-Q4"
NOVEMBER = Period.read("2026-11")
LATER = datetime(2027, 6, 1, tzinfo=UTC)
FLAT = ClientGroup.INDIVIDUAL


def a_case(store: Store, number: int, sender: str = ANNA) -> int:
    """The id of a letter whose case has that number."""
    letter_id = take_in(store, f"Вопрос {number}", sender)
    with store.write() as transaction:
        transaction.execute(
            update(case).where(case.c.letter_id == letter_id).values(number=f"26-{number:06}")
        )
    return letter_id


def invite(
    store: Store, letter_id: int, email: str = ANNA, quarter: str = QUARTER, now: datetime = NOW
) -> bool:
    with store.write() as transaction:
        return invitations.invite(transaction, letter_id, email, quarter, now)


def invited(store: Store, number: int = 1, email: str = ANNA, now: datetime = NOW) -> Invitation:
    assert invite(store, a_case(store, number, email), email, now=now)
    found = store.ask(invitations.invitation, f"26-{number:06}")
    assert found is not None
    return found


def rate(
    store: Store, one: Invitation, score: int, words: str | None = None, now: datetime = NOW
) -> SavedRating:
    with store.write() as transaction:
        return responses.rate(
            transaction, one, question="answer", score=score, words=words, version="0" * 12, now=now
        )


def test_a_client_is_asked_once_a_quarter(store: Store) -> None:
    assert invite(store, a_case(store, 1))
    assert not invite(store, a_case(store, 2))
    assert not invite(store, a_case(store, 3), ANNA.upper()), "an address is the same in capitals"
    assert invite(store, a_case(store, 4), "boris@mail.example")


def test_and_never_twice_within_sixty_days_though_a_quarter_ends_between(store: Store) -> None:
    assert invite(store, a_case(store, 1))
    assert not invite(store, a_case(store, 2), quarter="2027-Q1", now=NOW + timedelta(days=59))
    assert invite(store, a_case(store, 3), quarter="2027-Q1", now=NOW + timedelta(days=61))


def test_two_addresses_of_one_client_are_one_client(store: Store) -> None:
    store.do(
        client_addresses.import_clients,
        [Client("Анна К.", ("440215",), (ANNA, "work@mail.example"), None)],
    )
    assert invite(store, a_case(store, 1))
    assert not invite(store, a_case(store, 2, "work@mail.example"), "work@mail.example")


def test_two_workers_at_once_ask_a_client_once(store: Store) -> None:
    """Both answer a letter of Anna's in the same moment: the key lets one ask, the other answers without."""
    letters = [a_case(store, 1), a_case(store, 2)]
    together = Barrier(2)

    def ask(letter_id: int) -> bool:
        together.wait(5)
        return invite(store, letter_id)

    with ThreadPoolExecutor(2) as workers:
        assert sorted(workers.map(ask, letters)) == [False, True]
    found = store.ask(lambda connection: connection.execute(select(survey_invitation)).all())
    assert len(found) == 1


def test_an_address_that_refused_is_never_asked(store: Store) -> None:
    with store.write() as transaction:
        assert invitations.refuse(transaction, "Anna@Mail.example", NOW)
        assert not invitations.refuse(transaction, ANNA, NOW)
    assert not invite(store, a_case(store, 1))
    assert store.ask(invitations.refusals) == ((ANNA, NOW),)


def test_a_case_that_came_back_after_an_answer_that_was_none_asks_nothing(
    store: Store, engine: Engine
) -> None:
    letter_id = a_case(store, 1)
    with engine.begin() as connection:
        case_id = connection.scalar(select(case.c.id).where(case.c.letter_id == letter_id))
        connection.execute(
            insert(case_event).values(
                case_id=case_id,
                at=NOW,
                was=CaseState.ANSWERED,
                became=CaseState.AWAITING_REVIEW,
                by="anna",
                why="ответ неверен",
                mark=ClockMark.WITHDRAWN,
            )
        )
    assert not invite(store, letter_id)


@pytest.mark.parametrize(("state", "again"), [("held", True), ("ready", False), ("sent", False)])
def test_an_answer_undone_before_it_left_has_asked_nobody(
    store: Store, engine: Engine, state: str, again: bool
) -> None:
    """Its place is kept for the answer that the person sends instead; one that left keeps it for itself."""
    letter_id = a_case(store, 1)
    assert invite(store, letter_id)
    with engine.begin() as connection:
        case_id = connection.scalar(select(case.c.id).where(case.c.letter_id == letter_id))
        connection.execute(
            insert(outbox).values(
                case_id=case_id, purpose=LetterPurpose.ANSWER, template="person_answer", recipient=ANNA, subject="Re",
                message_id="<mailbot.1@a>", text="", content=b"", automatic=False, state=state, next_at=NOW,
                created_at=NOW,
            )
        )  # fmt: skip
    assert invite(store, letter_id) is again
    found = store.ask(invitations.invitation, "26-000001")
    assert found is not None
    assert found.message_id == "<mailbot.1@a>"


def test_the_same_rating_twice_adds_nothing_and_a_changed_one_is_another_line(
    store: Store, engine: Engine
) -> None:
    one = invited(store)
    assert rate(store, one, 4).fresh
    assert not rate(store, one, 4).fresh
    assert rate(store, one, 5, "Спасибо").fresh
    assert rate(store, one, 3, now=NOW + timedelta(minutes=1)).fresh
    rating = store.ask(responses.rating_of, one.case_id)
    assert rating == CaseRating(NOW, NOW + timedelta(minutes=1), 3, "Спасибо"), "a click does not wipe a word"
    with engine.begin() as connection:
        assert len(connection.execute(select(survey_response)).all()) == 3


def test_words_with_a_poor_score_are_a_complaint_once_a_text(store: Store) -> None:
    one = invited(store)
    assert not rate(store, one, 2).complaint, "a poor score alone only shows"
    assert rate(store, one, 2, "Не ответили").complaint
    assert not rate(store, one, 1, "Не ответили").complaint, "the same words are no second appeal"
    assert rate(store, one, 1, "И батареи холодные").complaint
    assert not rate(store, one, 4, "Уже лучше").complaint


def test_a_program_that_changes_its_mind_for_ever_is_stopped(store: Store) -> None:
    one = invited(store)
    for at in range(responses.MAX_CHANGES):
        rate(store, one, 1 + at % 5)
    with pytest.raises(RequestRefused, match="слишком много раз"):
        rate(store, one, 1, "ещё")


def sheet(at: datetime = NOW, form: SurveyForm = SurveyForm.WRITTEN, words: str = "") -> FilledQuestionnaire:
    return FilledQuestionnaire(FLAT, "0" * 12, form, at, (("heat", 4), ("recommend", 10)), words)


def enter(store: Store, one: FilledQuestionnaire, now: datetime) -> None:
    with store.write() as transaction:
        responses.enter(transaction, one, "anna", now)


def test_a_sheet_of_the_office_counts_in_the_period_in_which_it_was_filled_in(store: Store) -> None:
    enter(
        store, sheet(datetime(2026, 11, 30, 18, 59, tzinfo=UTC), words="Тепло"), LATER
    )  # 23:59 by the local clock
    enter(store, sheet(datetime(2026, 11, 30, 19, 0, tzinfo=UTC)), LATER)  # 1 December already
    (found,) = store.ask(responses.responses, NOVEMBER, LATER, ZONE)
    assert found.words == "Тепло"
    assert dict(found.scores) == {"heat": 4, "recommend": 10}
    assert found.case_id is None


def test_what_was_entered_after_a_report_does_not_change_it(store: Store) -> None:
    enter(store, sheet(), NOW)
    as_of = datetime(2026, 12, 7, 3, 0, tzinfo=UTC)
    before = store.ask(responses.responses, NOVEMBER, as_of, ZONE)
    enter(store, sheet(), as_of + timedelta(seconds=1))
    assert store.ask(responses.responses, NOVEMBER, as_of, ZONE) == before
    assert len(store.ask(responses.responses, NOVEMBER, LATER, ZONE)) == 2


def test_of_an_invitation_the_newest_answer_known_then_counts(store: Store) -> None:
    one = invited(store)
    rate(store, one, 2)
    rate(store, one, 5, now=NOW + timedelta(days=1))
    (then,) = store.ask(responses.responses, NOVEMBER, NOW + timedelta(hours=1), ZONE)
    (now,) = store.ask(responses.responses, NOVEMBER, LATER, ZONE)
    assert (then.scores, now.scores) == ((("answer", 2),), (("answer", 5),))
    assert now.case_id == one.case_id


def test_how_many_were_asked_is_counted_by_group(store: Store) -> None:
    invited(store, 1)
    invited(store, 2, "boris@mail.example", NOW + timedelta(hours=1))
    assert store.ask(responses.asked, NOVEMBER, LATER, ZONE) == ((FLAT, 2),)
    assert store.ask(responses.asked, NOVEMBER, NOW, ZONE) == ((FLAT, 1),)
    assert store.ask(responses.asked, Period.read("2026-10"), LATER, ZONE) == ()
