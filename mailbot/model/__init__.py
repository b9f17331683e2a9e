"""Frozen types that travel between the rooms; no behaviour beyond reading their own fields."""

from mailbot.model.case import (
    CASE_STEPS,
    CaseEvent,
    CaseState,
    Delivery,
    DeliveryState,
    Outcome,
    UnlawfulStep,
)
from mailbot.model.context import Client, Context, EarlierCase, EarlierReading, Traffic
from mailbot.model.decision import Action, Authority, Decision, Held, Priority, RefusedReading, Trial
from mailbot.model.facts import (
    AbuseKind,
    Certainty,
    Contacts,
    Facts,
    Found,
    Judgement,
    Kind,
    Reading,
    Resource,
    Unit,
)
from mailbot.model.letter import (
    Address,
    Attachment,
    AttachmentText,
    AutomaticReason,
    AutomaticSign,
    Damage,
    Envelope,
    Letter,
    Part,
    Place,
    RawLetter,
    Role,
    Segment,
    Span,
)
from mailbot.model.outgoing import Outgoing, Purpose
from mailbot.model.rulebook import (
    Answer,
    Channels,
    Clause,
    DayKind,
    Deadline,
    Lexicon,
    Limits,
    Rule,
    Rulebook,
    RulebookError,
    Source,
    Thresholds,
    Topic,
)

__all__ = [
    "CASE_STEPS", "AbuseKind", "Action", "Address", "Answer", "Attachment", "AttachmentText", "Authority",
    "AutomaticReason", "AutomaticSign", "CaseEvent", "CaseState", "Certainty", "Channels", "Clause", "Client",
    "Contacts", "Context", "Damage", "DayKind", "Deadline", "Decision", "Delivery", "DeliveryState",
    "EarlierCase", "EarlierReading", "Envelope", "Facts", "Found", "Held", "Judgement", "Kind", "Letter",
    "Lexicon", "Limits", "Outcome", "Outgoing", "Part", "Place", "Priority", "Purpose", "RawLetter",
    "Reading", "RefusedReading", "Resource", "Role", "Rule", "Rulebook", "RulebookError", "Segment", "Source",
    "Span", "Thresholds", "Topic", "Traffic", "Trial", "Unit", "UnlawfulStep",
]  # fmt: skip
