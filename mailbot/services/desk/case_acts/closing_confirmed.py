"""Letters of readings in which a person finds nothing else to answer: the letter that took the readings was our answer."""

from __future__ import annotations

from collections.abc import Container

from mailbot.model import (
    Attachment,
    CaseState,
    ClockMark,
    DeliveryState,
    LetterKind,
    Priority,
    RequestRefused,
    Rulebook,
)
from mailbot.model.case.reading_state import ReadingState
from mailbot.model.case.staff_act import CaseAct
from mailbot.policy import REST, find_answer_row, leaves_to_check
from mailbot.services.desk.case_acts.acts import ActContext, record_act
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.services.desk.case_file.unaccounted_text import find_left_over
from mailbot.store import OutgoingSummary, Store
from mailbot.store.casework import moves_and_answers

_ON_ITS_WAY = frozenset({DeliveryState.READY, DeliveryState.SENDING, DeliveryState.SENT})
_NOTHING_MORE = "показания подтверждены, больше в письме ни о чём не просят"


def confirmation(file: CaseFile, rulebook: Rulebook) -> OutgoingSummary | None:
    """The letter of ours that took the readings, where it may have answered the whole: the case waits, is of readings
    alone and no emergency, all its readings that are ours to take are accepted, and that letter was neither held nor refused."""
    row = find_answer_row(REST, rulebook)
    waiting = (
        file.line.state is CaseState.AWAITING_REVIEW
        and file.line.rank != Priority.EMERGENCY.rank
        and not file.line.correspondent
    )
    if row is None or not waiting or file.line.kinds != (LetterKind.READING,):
        return None
    left = [
        reading
        for reading in file.readings
        if reading.state == ReadingState.ACCEPTED or leaves_to_check(reading.reason)
    ]
    if not left or any(reading.state != ReadingState.ACCEPTED for reading in left):
        return None
    ours = (
        summary
        for summary in file.outgoing
        if summary.template == row.template and summary.state in _ON_ITS_WAY
    )
    return next(ours, None)


def unopened(file: CaseFile, opened: Container[int]) -> tuple[Attachment, ...]:
    """The attachments that neither the program has read nor the person, by their numbers, has `opened`."""
    return tuple(attachment for attachment in find_left_over(file).files if attachment.number not in opened)


def nothing_more(
    store: Store, rulebook: Rulebook, page: ActContext, file: CaseFile, opened: Container[int] = ()
) -> None:
    """A person has read the rest, and nothing in it wants an answer. It counts as no answer on substance to those words:
    whoever writes them again is no repeat (clause 2.2.email.4). RequestRefused where the letter was not confirmed, or an
    attachment that only a person can read was not `opened`."""
    if confirmation(file, rulebook) is None:
        raise RequestRefused(
            "Закрыть так можно только письмо с одними показаниями, о приёме которых клиенту уже написали."
        )
    if waiting := unopened(file, opened):
        names = ", ".join(f"«{attachment.filename or attachment.media_type}»" for attachment in waiting)
        raise RequestRefused(
            f"Сначала откройте вложение {names}: программа его не читала, просьба может быть в нём."
        )
    with record_act(store, page, CaseAct.NOTHING_MORE) as (transaction, _):
        moves_and_answers.move(
            transaction, page.number, CaseState.ANSWERED, page.by, _NOTHING_MORE, page.now, ClockMark.ANSWERED
        )
