"""What a program's letter carries to the company: an office's term, a matter of a business, a paper, a client's complaint.

Registries, banks and exchanges of documents send from `noreply@` and sign with nobody's name, so that nothing but what
is wanted tells such a letter from a notice.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.model import AutomaticReason, ExtractedValue, Letter, Rulebook, Span
from mailbot.model.letter.letter import TO_MANY
from mailbot.understanding.correspondents.letter_sections import documents
from mailbot.understanding.correspondents.official_style import STRONG, matter
from mailbot.understanding.correspondents.self_introductions import named_paper
from mailbot.understanding.correspondents.time_limits import find_time_limit
from mailbot.understanding.text.folding import fold

COMPLAINS, PERHAPS = 0.5, 0.15
"""Probability of a complaint from which the words are somebody's grievance whatever program they came by; and of one that
suffices where no sign is strong."""


def find_demand(
    letter: Letter, rulebook: Rulebook, likely: Mapping[str, float], complaint: tuple[Span, ...]
) -> ExtractedValue[str] | None:
    """What is wanted (Russian, for staff), with its place; None where nothing is.

    `likely` are the model's probabilities, `complaint` the places that speak for a complaint.
    """
    if limit := find_time_limit(letter, rulebook):
        return ExtractedValue(f"срок «{limit.value.words}»", limit.spans)
    if any(sign.reason in TO_MANY for sign in letter.automatic):
        return None
    return _matter(letter, rulebook) or _paper(letter, rulebook) or _grievance(letter, likely, complaint)


def _grievance(
    letter: Letter, likely: Mapping[str, float], complaint: tuple[Span, ...]
) -> ExtractedValue[str] | None:
    """A client's own words of complaint; a bounce holds those of others."""
    if any(sign.reason is AutomaticReason.BOUNCE for sign in letter.strong_signs):
        return None
    words = f": «{letter.quote(complaint[0])}»" if complaint else ""
    least = COMPLAINS if letter.strong_signs else PERHAPS
    if likely["kind:complaint"] < least or (letter.strong_signs and not complaint):
        return None
    return ExtractedValue(f"слова жалобы{words}", complaint[:4])


def _matter(letter: Letter, rulebook: Rulebook) -> ExtractedValue[str] | None:
    for document in documents(letter):
        for group in rulebook.correspondents:
            evidence = matter(document, letter, group)
            if evidence.weight >= STRONG:
                return ExtractedValue(evidence.reasons[0], evidence.spans)
    return None


def _paper(letter: Letter, rulebook: Rulebook) -> ExtractedValue[str] | None:
    for part in letter.parts:
        for group in rulebook.correspondents:
            if match := named_paper(fold(part.text), group):
                span = Span(part.name, *match.span())
                return ExtractedValue(f"документ ({group.title}): «{letter.quote(span)}»", (span,))
    return None
