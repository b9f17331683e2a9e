"""A letter that may repeat an answered one (clause 2.2.email.4): both letters and our answer, for a person to compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.model import CaseState, Channel, Priority, Rule, Rulebook
from mailbot.policy import DiffSegment, split_sides
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.store import Store, StoreTransaction
from mailbot.store.cases.earlier_answers import answer_owed, answered_case, written_text

CHECK = "answered_repeat"
"""The check whose rule is proposed; the rule and its clause stand in `no_reply.toml`."""


@dataclass(frozen=True, slots=True)
class RepeatComparison:
    """The new letter, the earlier one of case `number`, and our answer to it; `clause` by which none is owed now.

    `fresh` marks what neither the earlier letter nor our answer says, `earlier` what the new letter leaves out.
    """

    number: str
    clause: str
    because: str
    fresh: tuple[DiffSegment, ...]
    earlier: tuple[DiffSegment, ...]
    received_at: datetime
    answer: str
    answered_at: datetime | None


def repeat_of(store: Store, file: CaseFile, rulebook: Rulebook) -> RepeatComparison | None:
    """What is put before a person; None where no repeat is proposed, or may be: clauses of silence are the mail's, an
    emergency is never silenced, an answer that counts no longer settles nothing, and a person may have declined."""
    rule = next((no_reply_rule for no_reply_rule in rulebook.no_reply if no_reply_rule.check == CHECK), None)
    waiting = file.line.state is CaseState.AWAITING_REVIEW and file.line.channel is Channel.MAIL
    if rule is None or file.judged is None or not waiting or file.line.rank == Priority.EMERGENCY.rank:
        return None
    number = file.judged.decision.repeats
    return store.ask(_compared, file, rule, number) if number else None


def _compared(
    transaction: StoreTransaction, file: CaseFile, rule: Rule, number: str
) -> RepeatComparison | None:
    earlier_case = answered_case(transaction, number)
    if earlier_case is None or answer_owed(transaction, file.line.id) or file.judged is None:
        return None
    fresh = written_text(transaction, file.line.id)
    trials = file.judged.decision.trials
    because = next(trial.finding.because for trial in trials if trial.rule == rule.name)
    return RepeatComparison(
        number=number,
        clause=rule.clause,
        because=because,
        fresh=split_sides(fresh, earlier_case.asked, earlier_case.answer),
        earlier=split_sides(earlier_case.asked, fresh),
        received_at=earlier_case.received_at,
        answer=earlier_case.answer,
        answered_at=earlier_case.answered_at,
    )
