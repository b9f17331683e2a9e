"""Letter → Facts: every question of the rulebook put to the writer's words, once."""

from __future__ import annotations

from mailbot.model import Certainty, Facts, Judgement, Letter, Reading, Rulebook
from mailbot.understanding import abuse, client, kinds, substance
from mailbot.understanding.abuse import find_abuse
from mailbot.understanding.arguments import find_arguments
from mailbot.understanding.client import judge_client
from mailbot.understanding.contacts import find_contacts
from mailbot.understanding.kinds import Standing, find_kinds
from mailbot.understanding.passages import passages
from mailbot.understanding.readability import judge_readable
from mailbot.understanding.readings import find_readings
from mailbot.understanding.substance import judge_substance
from mailbot.understanding.topics import find_topics
from mailbot.understanding.urgency import find_urgent

LEXICONS: tuple[str, ...] = tuple(
    sorted({*abuse.LEXICONS, *client.LEXICONS, *kinds.LEXICONS, *substance.LEXICONS})
)
"""The word lists that `understand` needs of a rulebook (`rules/words/NAME.txt`)."""


def understand(letter: Letter, rulebook: Rulebook) -> Facts:
    """All that the letter says, every statement with its evidence; pure, and never raises on any text.

    KeyError where the rulebook lacks one of `LEXICONS`: our fault, to be found at start-up.
    """
    texts = passages(letter)
    contacts = find_contacts(letter)
    readings = find_readings(letter, contacts)
    topics = find_topics(texts, rulebook.topics)
    abuse_found = find_abuse(texts, rulebook)
    substance_judged = judge_substance(letter, texts, topics, readings, contacts, abuse_found, rulebook)
    readable = judge_readable(letter, texts, rulebook)
    client_judged = judge_client(letter, texts, contacts, readings, rulebook)
    standing = standing_of(letter, client_judged, readable, substance_judged, readings)
    return Facts(
        kinds=find_kinds(letter, texts, topics, readings, rulebook, standing=standing),
        topics=topics,
        urgent=find_urgent(topics, rulebook.topics, texts),
        readings=readings,
        contacts=contacts,
        abuse=abuse_found,
        substance=substance_judged,
        readable=readable,
        client=client_judged,
        arguments=find_arguments(texts, contacts),
    )


def standing_of(
    letter: Letter,
    client_judged: Judgement,
    readable: Judgement,
    matter: Judgement,
    readings: tuple[Reading, ...],
) -> Standing:
    """Spam, lost text, bare abuse, and a machine's letter without readings want nothing of the company."""
    nothing = any(judged.answer is Certainty.NO for judged in (client_judged, readable, matter))
    machine = bool(letter.automatic) and not readings
    return Standing.NOTHING_ASKED if nothing or machine else Standing.WANTS
