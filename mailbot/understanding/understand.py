"""Letter → Facts: every question of the rulebook put to the writer's words, once."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.model import (
    AbuseKind,
    AttachmentText,
    Certainty,
    Contacts,
    ExtractedValue,
    Facts,
    Judgement,
    Letter,
    LetterKind,
    Reading,
    Rulebook,
)
from mailbot.model.ledger.register import EMPTY, Register
from mailbot.understanding import completeness
from mailbot.understanding.classification import kind_signals
from mailbot.understanding.classification.insincere_thanks import weigh_thanks
from mailbot.understanding.classification.kind_signals import CueMatches, find_cues
from mailbot.understanding.classification.letter_kinds import AttachedValues, LetterDemand, find_kinds
from mailbot.understanding.classification.letter_topics import find_topics, weighed_topics
from mailbot.understanding.classification.ngram_terms import ngrams, words
from mailbot.understanding.classification.plain_requests import raise_asked_topics
from mailbot.understanding.classification.text_beside_readings import with_matters_beside
from mailbot.understanding.classification.trained_model import LetterFeatures, probabilities
from mailbot.understanding.contact_traces.absence_proof import find_traces
from mailbot.understanding.contacts.contact_finder import find_contacts
from mailbot.understanding.correspondents.automated_demands import find_demand
from mailbot.understanding.correspondents.client_likeness import judge_client
from mailbot.understanding.correspondents.correspondent_finder import find_correspondent, without_numbers
from mailbot.understanding.number_roles.agreed_values import merge_readings
from mailbot.understanding.number_roles.model_contacts import add_contacts_by_role
from mailbot.understanding.number_roles.model_values import ReadPart, read_parts
from mailbot.understanding.readings.corroboration import confirm_by_letter
from mailbot.understanding.readings.reading_finder import find_readings, readings_by_roles
from mailbot.understanding.readings.uncharged_values import apart_uncharged, besides, in_order
from mailbot.understanding.register_lookup.account_check import KnownContacts, with_register
from mailbot.understanding.register_lookup.table_rows import readings_of_rows
from mailbot.understanding.register_lookup.value_check import all_next
from mailbot.understanding.register_lookup.value_check import confirm_by_register as borne_out_by_dials
from mailbot.understanding.silence_grounds.abuse import find_abuse
from mailbot.understanding.silence_grounds.new_arguments import find_arguments
from mailbot.understanding.silence_grounds.readability import judge_readable
from mailbot.understanding.silence_grounds.substance import judge_substance
from mailbot.understanding.text.passages import Passage, passages, signatures
from mailbot.understanding.urgency import find_urgent
from mailbot.understanding.word_roles.names_and_addresses import read_names


def understand(letter: Letter, rulebook: Rulebook, register: Register = EMPTY) -> Facts:
    """All that the letter says, every statement with its evidence; pure, and never raises on any text.

    `register` is what the company knows, with the dials of `known.meant.accounts_meant`; without one general lists must do.

    KeyError where the rulebook lacks a word list that is read here: our fault, to be found at start-up.
    """
    seen = _look(letter, rulebook, register)
    likely = probabilities(seen.features, rulebook.classifier)
    by_dials = all_next(seen.readings, seen.known, register)
    readings = confirm_by_letter(seen.readings, likely, rulebook.thresholds, all_next=by_dials)
    cold = confirm_by_letter(seen.cold, likely, rulebook.thresholds, all_next=False)
    remainder = completeness.find_remainder(
        letter, readings, seen.contacts, rulebook, seen.known.named, seen.read
    )
    questions = tuple(completeness.plain_questions(letter, remainder, seen.contacts, rulebook))
    likely = raise_asked_topics(
        likely, questions, remainder, seen.topics, rulebook.topics, alone=not readings
    )
    if not readings:
        likely = weigh_thanks(likely, seen.texts, rulebook)
    else:
        likely = with_matters_beside(
            likely, letter, remainder, rulebook, lambda words: features_of(words, rulebook)
        )
    topics = weighed_topics(seen.topics, likely, seen.texts, rulebook)
    matter = judge_substance(letter, seen.texts, topics, readings, seen.contacts, seen.abuse, rulebook)
    readable = judge_readable(letter, seen.texts, rulebook)
    client_judged = judge_client(letter, seen.texts, seen.contacts, readings, rulebook)
    correspondent = find_correspondent(letter, readings, client_judged, rulebook)
    standing = judge_standing(letter, client_judged, readable, matter, readings)
    contacts = without_numbers(seen.contacts, correspondent)
    urgency = find_urgent(topics, rulebook.topics, (*seen.texts, *signatures(letter)), letter.received_at)
    return Facts(
        kinds=find_kinds(
            seen.texts, seen.cues, readings, likely, rulebook, standing=standing, carries=_carries(letter)
        ),
        topics=topics,
        urgent=urgency.urgent,
        urgency_doubt=urgency.doubt,
        readings=in_order(letter, (*readings, *cold)),
        contacts=contacts,
        abuse=seen.abuse,
        substance=matter,
        readable=readable,
        client=client_judged,
        arguments=find_arguments(seen.texts, seen.contacts),
        traces=() if contacts.accounts or contacts.phones else find_traces(letter, seen.abuse, rulebook),
        correspondent=correspondent,
        remainder=remainder,
        plain_questions=questions,
        demand=find_demand(letter, rulebook, likely, seen.cues.of(LetterKind.COMPLAINT))
        if letter.automatic
        else None,
        implied=seen.known.implied,
        by_register=seen.known.notes,
    )


def _carries(letter: Letter) -> AttachedValues:
    full = any(file.text is not AttachmentText.EMPTY for file in letter.attachments)
    return AttachedValues.SOMETHING if full else AttachedValues.NOTHING


def features_of(letter: Letter, rulebook: Rulebook) -> LetterFeatures:
    """What the trained model sees of a letter; the rulebook's own classifier plays no part in it."""
    return _look(letter, rulebook, EMPTY).features


@dataclass(frozen=True, slots=True)
class _Seen:
    """All that is found without the model, and what the model is to see of it.

    `cold` are values of cold water, which no model has learned: they stand aside until the letter is understood.
    """

    texts: tuple[Passage, ...]
    contacts: Contacts
    readings: tuple[Reading, ...]
    cold: tuple[Reading, ...]
    topics: tuple[ExtractedValue[str], ...]
    abuse: tuple[ExtractedValue[AbuseKind], ...]
    cues: CueMatches
    features: LetterFeatures
    known: KnownContacts
    read: tuple[ReadPart, ...]


def _look(letter: Letter, rulebook: Rulebook, register: Register) -> _Seen:
    texts = passages(letter)
    read = read_parts(letter, rulebook.roles, register)
    named = read_names(letter, read, rulebook.word_models)
    known = with_register(letter, add_contacts_by_role(find_contacts(letter, named), read), read, register)
    contacts = known.contacts
    patterns, cold = apart_uncharged(find_readings(letter, contacts))
    readers = (
        patterns,
        readings_by_roles(read, contacts, letter, rulebook.roles),
        readings_of_rows(read, register),
    )
    readings = borne_out_by_dials(merge_readings(*readers[:2], letter), readers, known, register)
    topics = find_topics(texts, rulebook.topics)
    abuse_found = find_abuse(texts, rulebook)
    cues = find_cues(texts, rulebook)
    found = kind_signals.signals(letter, texts, cues, topics, readings, abuse_found, contacts, rulebook)
    return _Seen(
        texts,
        contacts,
        readings,
        besides(cold, readings),
        topics,
        abuse_found,
        cues,
        LetterFeatures(ngrams(texts), words(texts), found),
        known,
        read,
    )


def judge_standing(
    letter: Letter,
    client_judged: Judgement,
    readable: Judgement,
    matter: Judgement,
    readings: tuple[Reading, ...],
) -> LetterDemand:
    """Spam, lost text, bare abuse, and a machine's letter without readings want nothing of the company.

    A weak sign of a machine changes nothing of what is understood: a person may have written it. Nor do several, where
    there is a matter.
    """
    nothing = any(judged.answer is Certainty.NO for judged in (client_judged, readable, matter))
    several = letter.places_of_signs > 1 and matter.answer is not Certainty.YES
    machine = (bool(letter.strong_signs) or several) and not readings
    return LetterDemand.NOTHING_ASKED if nothing or machine else LetterDemand.WANTS
