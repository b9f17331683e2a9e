"""A short reply without a matter of its own («и что?», «так когда?») goes on where its writer's earlier letter ended.

Such words mean nothing by themselves: a person reads them with the earlier case's kind and matter before him, within that
matter's deadline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mailbot.model import EarlierCase, ExtractedValue, Letter, LetterKind, SegmentRole
from mailbot.policy.case_folding import fold_case
from mailbot.policy.decision.doubts import find_doubts, propose_for_review
from mailbot.policy.decision.rule_hits import TriedRule
from mailbot.policy.routing import COURTESY, KIND_WORDS, deadline_for, priority_of
from mailbot.policy.verdict import LetterInContext, Verdict

SHORT = 12
"""Words up to which a letter may lean on an earlier one altogether."""

EXCERPT_LENGTH = 160
"""Characters of the earlier letter that the doubt repeats."""

_ASKING = frozenset(
    "когда сколько почему зачем где куда кто что как какой так и а ну же ли это будет".split()
)
_WORD = re.compile(r"\w+")


def find_continued_case(matter: LetterInContext) -> EarlierCase | None:
    """The case that the letter goes on with: the one proven by our Message-ID, else the newest; None where it has a matter."""
    facts, context = matter.facts, matter.context
    words = len(_WORD.findall(matter.letter.part("body").view(SegmentRole.WRITTEN)))
    named = any(_names_a_matter(topic, matter.letter) for topic in facts.topics)
    matterless = not (named or facts.readings or facts.contacts.accounts or matter.letter.attachments)
    if not (context.earlier and matterless and 0 < words <= SHORT):
        return None
    proven = (case for case in context.earlier if case.number == context.follows)
    return next(proven, context.earlier[0])


def _names_a_matter(topic: ExtractedValue[str], letter: Letter) -> bool:
    """Are there words of the topic besides those that only ask: «так когда?»"""
    words = (word for span in topic.spans for word in _WORD.findall(fold_case(letter.quote(span))))
    return not topic.spans or any(word not in _ASKING for word in words)


def review_as_continued(
    routed: Verdict, earlier: EarlierCase, matter: LetterInContext, tried: Sequence[TriedRule]
) -> Verdict:
    """Before a person, with the earlier case's kind and topic as the letter's own, and its words as the doubt."""
    names = [name for name in earlier.topics if name not in COURTESY]
    topic = next((known for name in names if (known := matter.rulebook.topic(name)) is not None), None)
    kind = earlier.kind or LetterKind.QUESTION
    about = f", {topic.title}" if topic is not None else ""
    shown = " ".join(earlier.text.split())[:EXCERPT_LENGTH]
    doubt = f"похоже на продолжение обращения № {earlier.number} ({KIND_WORDS[kind]}{about}): «{shown}»"
    verdict = propose_for_review(routed, (doubt, *find_doubts(matter, tried)))
    return replace(
        verdict,
        topic=topic.name if topic else None,
        priority=priority_of(topic),
        deadline=deadline_for(topic, kind),
    )
