"""Who writes instead of a client: an authority, a supplier, a bank; found by weighing who signs against who suffers.

who    address, name beside it, letterhead, signature, speaking for an organisation
what   the group's own matters, the form of offices, a time limit
client «у меня», «моя квартира»; readings; a school in the letterhead; an answer that an office gave a citizen
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailbot.model import (
    AutomaticReason,
    Certainty,
    Contacts,
    Correspondent,
    CorrespondentGroup,
    Found,
    Judgement,
    Letter,
    Reading,
    Rulebook,
    Span,
    TimeLimit,
)
from mailbot.understanding.evidence import Evidence
from mailbot.understanding.introductions import (
    PROVEN,
    is_institution,
    of_address,
    of_display_name,
    of_document,
    of_subject,
)
from mailbot.understanding.official_forms import (
    answers_a_citizen,
    form,
    matter,
    resident,
    speaks_for_a_client,
)
from mailbot.understanding.official_numbers import official_number, other_numbers
from mailbot.understanding.pieces import Document, Stead, documents
from mailbot.understanding.time_limits import find_time_limit

LEAST_WHO, LEAST_WHAT, SURE, LIKELY = 2, 2, 4, 2
"""The least of each kind of evidence, and the balance from which it is sure, or in doubt."""

FORM_ALONE = 4
"""So much of the form of offices is a doubt though nobody says who writes."""

CLIENTLY = 3
"""What readings, a school's letterhead, advertising, or an answer to a citizen weigh against."""

NOT_TO_US = frozenset(
    {
        AutomaticReason.MAILING_LIST,
        AutomaticReason.NEWSLETTER,
        AutomaticReason.BOUNCE,
        AutomaticReason.AUTOREPLY_HEADER,
        AutomaticReason.AUTOREPLY_WORDS,
    }
)
"""Signs of mail that speaks to nobody in particular, or answers ours: no office writes so."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """`denied`: a word that only clients say of such a matter, so that nothing but the address is proof."""

    group: CorrespondentGroup
    who: Evidence
    what: Evidence
    client: Evidence
    proven: bool
    denied: bool

    @property
    def balance(self) -> int:
        return self.who.weight + self.what.weight - self.client.weight

    @property
    def answer(self) -> Certainty:
        if self.proven and self.client.weight < CLIENTLY:
            return Certainty.YES
        who, what = self.who.weight, self.what.weight
        enough = (who >= LEAST_WHO and what >= LEAST_WHAT) or (who > LEAST_WHO and what > 0)
        if not self.denied and enough and self.balance >= SURE and self.who.weight + 1 >= self.client.weight:
            return Certainty.YES
        likely = self.who.weight >= LEAST_WHO and (self.what.weight or not self.client.weight)
        return Certainty.DOUBT if likely and self.balance >= LIKELY else Certainty.NO


def find_correspondent(
    letter: Letter, readings: Sequence[Reading], client: Judgement, rulebook: Rulebook
) -> Correspondent | None:
    """The group that the letter's writer belongs to, surely or perhaps; None where nothing speaks for one."""
    if not rulebook.correspondents or _not_to_us(letter, rulebook):
        return None
    held = documents(letter)
    limit = find_time_limit(letter, rulebook)
    weighed = [
        one
        for group in rulebook.correspondents
        for one in _weigh(group, held, letter, readings, client, limit, rulebook)
    ]
    order = {Certainty.YES: 0, Certainty.DOUBT: 1, Certainty.NO: 2}
    best = min(weighed, key=lambda one: (order[one.answer], -one.balance), default=None)
    if best is None or best.answer is Certainty.NO:
        return None
    return _found(best, letter, limit)


def _not_to_us(letter: Letter, rulebook: Rulebook) -> bool:
    """Automatic replies, bounces and newsletters stay what they are; so does a letter of our own come back."""
    if {sign.reason for sign in letter.automatic} & NOT_TO_US:
        return True
    if any("auto-replied" in sign.evidence.lower() for sign in letter.automatic):
        return True
    own = letter.from_.email in rulebook.channels.own_addresses
    return own and not any(one.stead is Stead.PASSED_ON and one.part == "body" for one in documents(letter))


def _weigh(
    group: CorrespondentGroup,
    held: Sequence[Document],
    letter: Letter,
    readings: Sequence[Reading],
    client: Judgement,
    limit: Found[TimeLimit] | None,
    rulebook: Rulebook,
) -> list[_Weighed]:
    """The evidence of each document by itself; what the writer says of himself weighs against all of them."""
    own = [one for one in held if one.stead is Stead.OWN]
    sender = of_address(letter, group) + of_display_name(letter, group) + of_subject(letter, group)
    proven = of_address(letter, group).weight >= PROVEN
    against = Evidence() if group.private else sum((resident(one, rulebook) for one in own), Evidence())
    against += Evidence(CLIENTLY if readings else 0) + Evidence(
        CLIENTLY if client.answer is Certainty.NO else 0
    )
    found = []
    for document in held or (_nothing(),):
        passed_on = document.stead is Stead.PASSED_ON
        who = (
            (of_document(document, group) + (Evidence() if passed_on and own else sender))
            if document.part
            else sender
        )
        about = matter(document, letter, group)
        what = about + form(document, letter, rulebook) + Evidence(1 if limit is not None else 0)
        if group.matter_needed and not about.weight:
            continue
        if not own and letter.attachments:
            what += Evidence(1, ("письмо без слов, с вложением",))
        denial = speaks_for_a_client(document, group)
        if passed_on and own:
            denial += against  # whoever shows us a paper and speaks of himself is a client
        counter = against + speaks_for_a_client(document, group)
        counter += Evidence(CLIENTLY if is_institution(document, letter) else 0)
        counter += Evidence(CLIENTLY if answers_a_citizen(document) else 0)
        if passed_on and own:
            counter += Evidence(_of_the_bearer(own))
        found.append(_Weighed(group, who, what, counter, proven, denied=denial.weight > 0))
    return found


def _nothing() -> Document:
    return Document("", Stead.OWN, "", ())


BRIEF = 200
"""Characters up to which words above a letter passed on are a cover note."""


def _of_the_bearer(own: Sequence[Document]) -> int:
    """Whoever passes a letter on with words of his own brings his own matter; a cover note brings none."""
    return 0 if sum(len(" ".join(one.text.split())) for one in own) <= BRIEF else 1


def without_numbers(contacts: Contacts, found: Correspondent | None) -> Contacts:
    """The contacts without those that are numbers of the correspondent's papers: «дело № 440215» is no account."""
    if found is None:
        return contacts
    numbers = [one for one in (found.number, *found.references) if one is not None]
    papers = [span for one in numbers for span in one.spans]

    def kept(many: tuple[Found[str], ...]) -> tuple[Found[str], ...]:
        return tuple(
            one for one in many if not any(_overlap(span, paper) for span in one.spans for paper in papers)
        )

    return replace(contacts, accounts=kept(contacts.accounts), phones=kept(contacts.phones))


def _overlap(one: Span, other: Span) -> bool:
    return one.part == other.part and one.start < other.end and other.start < one.end


def _found(best: _Weighed, letter: Letter, limit: Found[TimeLimit] | None) -> Correspondent:
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
        number=official_number(letter),
        references=other_numbers(letter),
        limit=limit,
    )
