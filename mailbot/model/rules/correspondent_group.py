"""Who writes to the company besides its clients: a row of `rules/correspondents.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ACKNOWLEDGEMENT = "correspondent_received"
"""The mail that says under which number a letter is kept, to groups that are told so."""


class GroupHandling(StrEnum):
    """What is done with a letter of the group; a person decides in any case."""

    PERSON = "person"
    PAYMENTS = "payments"  # the person is shown how to take the register of payments in


@dataclass(frozen=True, slots=True)
class CorrespondentGroup:
    """`title` is what staff see. All lists but `senders` are regular expressions over folded text.

    `senders`: addresses with `*` for any characters. `names` are met in letterhead, signature, subject or display name,
    `speaks` wherever the writer speaks as such a one, `matters` are what such letters are about, `files` are names of
    attachments. `matter_needed`: no letter is of the group without one of `matters`. `unless` speak for a client.
    `private`: its writers are persons, who say «я» and «у меня». `of_clients`: organisations that are clients write so, too.
    `deadline` names a row of `deadlines.toml`, used where the letter names no time limit. `assignee` is a login or empty.
    """

    name: str
    title: str
    senders: tuple[str, ...]
    names: tuple[str, ...]
    speaks: tuple[str, ...]
    matters: tuple[str, ...]
    files: tuple[str, ...]
    unless: tuple[str, ...]
    matter_needed: bool
    private: bool
    of_clients: bool
    act: GroupHandling
    deadline: str
    assignee: str
    acknowledge: bool
