"""The evidence on who writes, weighed: who signs and what is asked in which form, against what only clients write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.model import (
    Certainty,
    CorrespondentGroup,
    ExtractedValue,
    Judgement,
    Letter,
    Reading,
    Rulebook,
    TimeLimit,
)
from mailbot.understanding.correspondents.evidence import Evidence
from mailbot.understanding.correspondents.letter_sections import DocumentAuthorship, LetterDocument, documents
from mailbot.understanding.correspondents.official_style import (
    answers_a_citizen,
    form,
    matter,
    most_matter,
    resident,
    speaks_for_a_client,
)
from mailbot.understanding.correspondents.self_introductions import (
    PROVEN,
    is_institution,
    of_address,
    of_display_name,
    of_document,
    of_subject,
)
from mailbot.understanding.correspondents.time_limits import find_time_limit

MIN_WHO, MIN_WHAT, SURE, LIKELY = 2, 2, 4, 2
"""The least of each kind of evidence, and the balance from which it is sure, or in doubt."""

FORM_ALONE = 4
"""So much of the form of offices is a doubt though nobody says who writes."""

CLIENTLY = 3
"""What readings, a school's letterhead, advertising, or an answer to a citizen weigh against."""


@dataclass(frozen=True, slots=True)
class WeighedGroup:
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
        enough = (who >= MIN_WHO and what >= MIN_WHAT) or (who > MIN_WHO and what > 0)
        if not self.denied and enough and self.balance >= SURE and who + 1 >= self.client.weight:
            return Certainty.YES
        likely = who >= MIN_WHO and (what or not self.client.weight)
        likely = likely or (what >= FORM_ALONE and not self.client.weight)
        return Certainty.DOUBT if likely and self.balance >= LIKELY else Certainty.NO


@dataclass(frozen=True, slots=True)
class _Page:
    """A document with what is the same for every group: its form, and whether its writer is served heat."""

    document: LetterDocument
    form: Evidence
    served: bool
    to_a_citizen: bool


@dataclass(frozen=True, slots=True)
class CorrespondentView:
    """A letter as all groups see it. `own`: has its writer words of his own; `resident`, what he says there as a client."""

    letter: Letter
    pages: tuple[_Page, ...]
    own: bool
    bearer: int
    resident: Evidence
    against: Evidence
    limit: ExtractedValue[TimeLimit] | None


def examine_letter(
    letter: Letter, readings: Sequence[Reading], client: Judgement, rulebook: Rulebook
) -> CorrespondentView:
    """The letter taken apart once for all groups."""
    held = documents(letter) or (LetterDocument("", DocumentAuthorship.OWN, "", ()),)
    own = [document for document in held if document.stead is DocumentAuthorship.OWN and document.part]
    pages = tuple(
        _Page(
            document,
            form(document, letter, rulebook),
            is_institution(document, letter),
            answers_a_citizen(document),
        )
        for document in held
    )
    return CorrespondentView(
        letter,
        pages,
        bool(own),
        _of_the_bearer(own),
        sum((resident(document, rulebook) for document in own), Evidence()),
        Evidence(CLIENTLY * (bool(readings) + (client.answer is Certainty.NO))),
        find_time_limit(letter, rulebook),
    )


def weigh_group(group: CorrespondentGroup, seen: CorrespondentView) -> list[WeighedGroup]:
    """The evidence of each document by itself; what the writer says of himself weighs against all of them."""
    weighed_groups = []
    for page in seen.pages:
        shown = page.document.stead is DocumentAuthorship.PASSED_ON and seen.own
        who, manner = _who(page, group, seen, shown=shown), _form(page, seen)
        proven = of_address(seen.letter, group).weight >= PROVEN
        if not proven and who.weight < MIN_WHO and manner.weight + most_matter(seen.letter) < FORM_ALONE:
            continue  # whatever the letter is about, that is no likeness
        about = matter(page.document, seen.letter, group)
        if group.matter_needed and not about.weight:
            continue
        client, denied = _for_a_client(page, group, seen, shown=shown)
        weighed_groups.append(WeighedGroup(group, who, about + manner, client, proven, denied=denied))
    return weighed_groups


def _who(page: _Page, group: CorrespondentGroup, seen: CorrespondentView, *, shown: bool) -> Evidence:
    """Who signs; the address tells nothing of a paper that its sender only shows us."""
    letter, signed = seen.letter, of_document(page.document, group)
    return (
        signed
        if shown
        else signed
        + sum(
            (of_address(letter, group), of_display_name(letter, group), of_subject(letter, group)), Evidence()
        )
    )


def _form(page: _Page, seen: CorrespondentView) -> Evidence:
    """The form of offices, a time limit, a scan without words."""
    evidence = page.form + Evidence(1 if seen.limit is not None else 0)
    scan = not seen.own and seen.letter.attachments
    return evidence + (Evidence(1, ("письмо без слов, с вложением",)) if scan else Evidence())


def _for_a_client(
    page: _Page, group: CorrespondentGroup, seen: CorrespondentView, *, shown: bool
) -> tuple[Evidence, bool]:
    """What speaks for a client, and whether it bars being sure: whoever shows us a paper and speaks of himself is one."""
    spoken = Evidence() if group.private else seen.resident
    denial = speaks_for_a_client(page.document, group)
    served = page.served and not group.of_clients
    weight = CLIENTLY * (served + page.to_a_citizen) + (seen.bearer if shown else 0)
    denied = bool(denial.weight) or served or (shown and bool(spoken.weight))
    return spoken + seen.against + denial + Evidence(weight), denied


BRIEF = 200
"""Characters up to which words above a letter passed on are a cover note."""


def _of_the_bearer(own: Sequence[LetterDocument]) -> int:
    """Whoever passes a letter on with words of his own brings his own matter; a cover note brings none."""
    return 0 if sum(len(" ".join(document.text.split())) for document in own) <= BRIEF else 1
