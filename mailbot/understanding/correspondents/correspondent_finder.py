"""Who writes instead of a client: an authority, a supplier, a bank; found by weighing who signs against who suffers.

who    address, name beside it, letterhead, signature, speaking for an organisation
what   the group's own matters, the form of offices, a time limit
client «у меня», «моя квартира»; readings; a school in the letterhead; an answer that an office gave a citizen
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.model import (
    AutomaticReason,
    Certainty,
    Contacts,
    Correspondent,
    ExtractedValue,
    Judgement,
    Letter,
    Reading,
    Rulebook,
    Span,
    TimeLimit,
)
from mailbot.model.letter.letter import TO_MANY
from mailbot.understanding.correspondents.evidence_weighing import WeighedGroup, examine_letter, weigh_group
from mailbot.understanding.correspondents.letter_sections import DocumentAuthorship, documents
from mailbot.understanding.correspondents.reference_numbers import find_official_number, other_numbers
from mailbot.understanding.correspondents.self_introductions import of_address

NOT_TO_US = frozenset(
    {
        AutomaticReason.BOUNCE,
        AutomaticReason.AUTOREPLY_HEADER,
        AutomaticReason.AUTOREPLY_WORDS,
    }
)
"""Signs of mail that answers ours: no office writes so."""


def find_correspondent(
    letter: Letter, readings: Sequence[Reading], client: Judgement, rulebook: Rulebook
) -> Correspondent | None:
    """The group that the letter's writer belongs to, surely or perhaps; None where nothing speaks for one."""
    if not rulebook.correspondents or _not_to_us(letter, rulebook):
        return None
    seen = examine_letter(letter, readings, client, rulebook)
    weighed = [
        weighed_group for group in rulebook.correspondents for weighed_group in weigh_group(group, seen)
    ]
    order = {Certainty.YES: 0, Certainty.DOUBT: 1, Certainty.NO: 2}
    if {sign.reason for sign in letter.automatic} & TO_MANY:
        weighed = [
            weighed_group for weighed_group in weighed if of_address(letter, weighed_group.group).weight
        ]
    best = min(
        weighed, key=lambda weighed_group: (order[weighed_group.answer], -weighed_group.balance), default=None
    )
    if best is None or best.answer is Certainty.NO:
        return None
    return _found(best, letter, seen.limit)


def _not_to_us(letter: Letter, rulebook: Rulebook) -> bool:
    """Automatic replies and bounces stay what they are; so does a letter of our own come back."""
    if {sign.reason for sign in letter.automatic} & NOT_TO_US:
        return True
    if any("auto-replied" in sign.evidence.lower() for sign in letter.automatic):
        return True
    own = letter.from_.email in rulebook.channels.own_addresses
    return own and not any(
        document.stead is DocumentAuthorship.PASSED_ON and document.part == "body"
        for document in documents(letter)
    )


def without_numbers(contacts: Contacts, found: Correspondent | None) -> Contacts:
    """The contacts without those that are numbers of the correspondent's papers: «дело № 440215» is no account."""
    if found is None:
        return contacts
    numbers = [reference for reference in (found.number, *found.references) if reference is not None]
    papers = [span for number in numbers for span in number.spans]

    def kept(many: tuple[ExtractedValue[str], ...]) -> tuple[ExtractedValue[str], ...]:
        return tuple(
            item for item in many if not any(_overlap(span, paper) for span in item.spans for paper in papers)
        )

    return replace(contacts, accounts=kept(contacts.accounts), phones=kept(contacts.phones))


def _overlap(one: Span, other: Span) -> bool:
    return one.part == other.part and one.start < other.end and other.start < one.end


def _found(best: WeighedGroup, letter: Letter, limit: ExtractedValue[TimeLimit] | None) -> Correspondent:
    reasons = tuple(dict.fromkeys((*best.who.reasons, *best.what.reasons)))[:5]
    share = (best.who.weight + best.what.weight) / max(
        1, best.who.weight + best.what.weight + 2 * best.client.weight + 1
    )
    return Correspondent(
        group=best.group.name,
        answer=best.answer,
        because="; ".join(reasons),
        spans=tuple(dict.fromkeys((*best.who.spans, *best.what.spans)))[:12],
        confidence=round(min(0.98, share), 2),
        number=find_official_number(letter),
        references=other_numbers(letter),
        limit=limit,
    )
