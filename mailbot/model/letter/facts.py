"""What a letter says: the result of understanding, every statement with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from mailbot.model.letter.letter import Span
from mailbot.model.letter.time_limit import TimeLimit
from mailbot.model.resource import Resource, Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ExtractedValue(Generic[T]):
    """A value, where in the letter it stands, and how sure the reading is (0…1)."""

    value: T
    spans: tuple[Span, ...]
    confidence: float = 1.0


ASIDE = "aside"
"""Of `Facts.plain_questions`: what is said around a question or thanks, and wants nothing."""


class LetterKind(StrEnum):
    """What the writer wants of the company (clause 2.2.email: questions, complaints, other appeals)."""

    READING = "reading"
    COMPLAINT = "complaint"
    QUESTION = "question"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reading:
    """One value passed on for billing: `value` in `unit`, as written (Decimal ≥ 0, trailing zeros kept).

    `account` and `meter` are digits as written, None where the letter does not tie them to the value.
    `place` is the room or ordinal that tells two dials of a flat apart («кухня»), empty where none is told.
    """

    value: Decimal
    account: str | None
    meter: str | None
    resource: Resource | None
    unit: Unit | None
    spans: tuple[Span, ...]
    confidence: float = 1.0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """«Контактные данные Клиента» (clause 2.2.email.1), each as found; empty where not given.

    `accounts` holds every personal account (лицевой счёт) named, in the order of the letter.
    `phones` are as written apart from spaces; `+7…` where ten digits are known.
    `surnames` are those of `names` that hold more than a first name: with an address they say who writes.
    """

    names: tuple[ExtractedValue[str], ...] = ()
    accounts: tuple[ExtractedValue[str], ...] = ()
    phones: tuple[ExtractedValue[str], ...] = ()
    addresses: tuple[ExtractedValue[str], ...] = ()
    surnames: tuple[ExtractedValue[str], ...] = ()


class AbuseKind(StrEnum):
    """The three faults of clause 2.2.email.2."""

    OBSCENE = "obscene"
    INSULT = "insult"
    THREAT = "threat"


class Certainty(StrEnum):
    """An answer that may be «we do not know»: rules act on YES and NO, a person on DOUBT."""

    YES = "yes"
    NO = "no"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A yes-no question of the standard put to a letter, with the reason in Russian for staff.

    `looked` lists what was searched for: it matters where the answer is an absence. `case` is the number of the
    earlier case that the answer is about, where it is about one.
    """

    answer: Certainty
    because: str
    spans: tuple[Span, ...] = ()
    looked: tuple[str, ...] = ()
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Who writes instead of a client; `group` names a row of `rules/correspondents.toml`.

    `answer` is YES where the evidence suffices, else DOUBT. `number` is their registration number («исх. № …»),
    `references` further numbers of theirs or ours, as written with the word before them. `limit` is until when they
    want an answer, None where the letter does not say.
    """

    group: str
    answer: Certainty
    because: str
    spans: tuple[Span, ...]
    confidence: float
    number: ExtractedValue[str] | None = None
    references: tuple[ExtractedValue[str], ...] = ()
    limit: ExtractedValue[TimeLimit] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was understood. `kinds` is ordered, the primary kind first, never empty.

    `topics` name rows of `rules/topics.toml`; `urgent` are rows of emergencies that happen now, the surest first.
    `urgency_doubt`: what speaks against `urgent`, in Russian for staff; empty where nothing does.
    `substance`: is there any matter to act on or answer (clause 2.2.email.2, «суть обращения»).
    `readable`: can the text be read at all (clause 2.2.email.3).
    `arguments`: facts that could be new against an earlier letter (dates, sums, places, documents…),
    normalised, for clause 2.2.email.4.
    `traces`: what may be contact data though none was recognised, in Russian, with its places; looked for only
    where no account and no telephone is given (clause 2.2.email.1: silence needs every word explained).
    `client`: does it look like a client's letter at all; NO for spam and newsletters.
    `correspondent`: who writes that is neither client nor advertiser; None where nothing speaks for one.
    `demand`: what an office, a business or a complaining client wants in a letter that a program sent, in Russian for staff.
    `remainder`: the sentences, as written, that neither readings nor contacts nor courtesy account for, in the order
    of the letter; the machine finishes a letter by itself only where none is left (`policy.accounting`).
    `plain_questions`: of the sentences of the remainder those that a ready letter answers whole, by their topic, and ASIDE.
    `implied`: the account that the letter's address leads to by the register, where it writes none.
    `by_register`: what the register says of numbers and places of the letter, in Russian for staff.
    """

    kinds: tuple[ExtractedValue[LetterKind], ...]
    topics: tuple[ExtractedValue[str], ...]
    urgent: tuple[ExtractedValue[str], ...]
    readings: tuple[Reading, ...]
    contacts: Contacts
    abuse: tuple[ExtractedValue[AbuseKind], ...]
    substance: Judgement
    readable: Judgement
    client: Judgement
    arguments: tuple[ExtractedValue[str], ...] = ()
    traces: tuple[ExtractedValue[str], ...] = ()
    correspondent: Correspondent | None = None
    remainder: tuple[ExtractedValue[str], ...] = ()
    plain_questions: tuple[ExtractedValue[str], ...] = ()
    urgency_doubt: str = ""
    demand: ExtractedValue[str] | None = None
    implied: tuple[ExtractedValue[str], ...] = ()
    by_register: tuple[ExtractedValue[str], ...] = ()

    @property
    def primary(self) -> LetterKind:
        return self.kinds[0].value

    def has(self, kind: LetterKind) -> bool:
        return any(own.value is kind for own in self.kinds)
