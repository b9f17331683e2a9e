"""Who has a case open, and what they are typing: kept while it is typed, so that nothing is lost or written twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.model import StaffMember
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.store import Store
from mailbot.store.cases import review_queue, summaries
from mailbot.store.cases.review_queue import CasePresence
from mailbot.store.casework import drafts


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that a member has open: its version now, and who else is there."""

    version: int
    present: tuple[CasePresence, ...]


def note_opened(store: Store, file: CaseFile, member: StaffMember, now: datetime) -> None:
    """The member has seen the case."""
    store.do(drafts.look, file.line.id, member.id, writing=False, now=now)


def note_typing(
    store: Store, reference: str, member: StaffMember, text: str | None, now: datetime
) -> OpenCase:
    """The member is still there; `text` is what they are typing (None: they have no place to)."""
    with store.write() as transaction:
        line = review_queue.line_of(transaction, summaries.case_of(transaction, reference).id)
        if text is not None:
            drafts.save_draft(transaction, line.id, member.id, text, now)
        drafts.look(transaction, line.id, member.id, writing=bool(text and text.strip()), now=now)
        return OpenCase(line.version, review_queue.present(transaction, line.id, member.id, now))


def keep_draft(store: Store, reference: str, member: StaffMember, text: str, now: datetime) -> None:
    """What could not be sent is not lost."""
    with store.write() as transaction:
        drafts.save_draft(transaction, summaries.case_of(transaction, reference).id, member.id, text, now)
