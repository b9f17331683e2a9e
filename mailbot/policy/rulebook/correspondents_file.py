"""A row of `correspondents.toml`: who writes to the company besides its clients, and what is done with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.model import CorrespondentGroup, DeadlineRule, GroupHandling
from mailbot.policy.rulebook.cross_references import SourcedRow
from mailbot.policy.rulebook.row_parsing import optional_patterns, patterns
from mailbot.toml import TableFields

FILE = "correspondents.toml"

_SENDER = re.compile(r"[^@\s]+@[^@\s]+")


def group(row: TableFields) -> CorrespondentGroup:
    """One group; its addresses come out in lower case."""
    correspondent_group = CorrespondentGroup(
        name=row.text("name"),
        title=row.text("title"),
        senders=tuple(sender.strip().lower() for sender in row.texts("senders")),
        names=tuple(patterns(row, "names")),
        speaks=optional_patterns(row, "speaks"),
        matters=tuple(patterns(row, "matters")),
        files=optional_patterns(row, "files"),
        unless=optional_patterns(row, "unless"),
        matter_needed=row.flag("matter_needed"),
        private=row.has("private") and row.flag("private"),
        of_clients=row.has("of_clients") and row.flag("of_clients"),
        act=row.choice("act", GroupHandling),
        deadline=row.text("deadline"),
        assignee=row.optional_text("assignee") or "",
        acknowledge=row.flag("acknowledge"),
    )
    _check(row, correspondent_group)
    return correspondent_group


def _check(row: TableFields, found: CorrespondentGroup) -> None:
    for sender in found.senders:
        if not _SENDER.fullmatch(sender):
            row.fault(
                "senders",
                f"«{sender}» — не адрес; впишите адрес или образец: info@adm.example, *@adm.example, adm*@*",
            )
    if not (found.senders or found.names or found.speaks):
        row.fault("names", "не сказано, как узнать отправителя; допишите senders, names или speaks")
    if found.matter_needed and not found.matters:
        row.fault("matters", "при matter_needed = true нужны matters; допишите их или поставьте false")


def check_groups(
    groups: Sequence[SourcedRow[CorrespondentGroup]], deadlines: Sequence[SourcedRow[DeadlineRule]]
) -> None:
    """Groups name deadlines there are."""
    names = tuple(row.value.name for row in deadlines)
    for row in groups:
        if row.value.deadline and row.value.deadline not in names:
            row.fields.unknown("deadline", row.value.deadline, names)
