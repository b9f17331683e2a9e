"""The rulebook: what staff may read and change in `rules/`, checked once, then frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from mailbot.model.case.answer_effect import ReplyEffect
from mailbot.model.case.decision import Action, Priority, RuleAuthority
from mailbot.model.case.emergency import AlarmRules
from mailbot.model.ledger.accounts_and_meters import BillingTerms, DeliveryMethod, Norm
from mailbot.model.letter.facts import LetterKind
from mailbot.model.letter.time_limit import DayKind
from mailbot.model.outgoing.enclosed_documents import DocumentKind
from mailbot.model.outgoing.reminder import ReminderRules
from mailbot.model.outgoing.sending_pace import BillLimits
from mailbot.model.report.survey import Questionnaire
from mailbot.model.rules.correspondent_group import CorrespondentGroup
from mailbot.model.rules.report_readers import ReportRules
from mailbot.model.rules.working_calendar import NO_CALENDAR, WorkCalendar, WorkingHours
from mailbot.model.trained.linear_classifier import Classifier
from mailbot.model.trained.name_words import UNTRAINED_WORDS as NO_WORDS
from mailbot.model.trained.name_words import WordModels
from mailbot.model.trained.number_roles import UNTRAINED_ROLES, RoleModel, RoleModels, single_class_model
from mailbot.model.trained.sentence_network import NO_NET, SentenceNet


class WordList(tuple[str, ...]):
    """Equal to the plain tuple. What was compiled of a list is looked up by it some hundred times a letter, and a tuple
    would ask each of its words anew every time."""

    def __hash__(self) -> int:
        if not hasattr(self, "_hash"):
            self._hash = super().__hash__()
        return self._hash


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A rule or template file: its name as a person would open it, and its text."""

    name: str
    text: str


class RulebookError(Exception):
    """The rulebook or a template is at fault; each line says file, line, and what to do."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the standard, word for word (`rules/standard.toml`)."""

    id: str
    wording: str


@dataclass(frozen=True, slots=True)
class RuleAccuracy:
    """How often a rule was right: `right` of the `of` labelled letters to which the machine applied it."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        """0…1 by the rule of succession, (k + 1) / (n + 2): few letters prove little, none prove nothing (0.5)."""
        return (self.right + 1) / (self.of + 2)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `no_reply.toml` or `ignore.toml`: file order is trial order.

    `short` is the name in reports.
    `action` is NO_REPLY or IGNORE (as the standard says), REVIEW (a person), or ANSWER with
    `template` (ask for what is missing in one letter). `measured` is what `mailbot eval` found of it.
    """

    name: str
    short: str
    clause: str
    check: str
    action: Action
    authority: RuleAuthority
    template: str | None
    measured: RuleAccuracy = RuleAccuracy()


@dataclass(frozen=True, slots=True)
class Topic:
    """What people write about (`topics.toml`). `patterns` are regular expressions over folded text.

    `kind` is the kind a letter of this topic mostly is; `deadline` names a row of `deadlines.toml`.
    `emergency`: never silenced, on top of the queue, acknowledged at once. `plain`: lines of words, of which, with those of
    `rules/words/plain_question.txt`, a plain question of the topic is built.
    """

    name: str
    title: str
    kind: LetterKind
    deadline: str
    priority: Priority
    emergency: bool
    patterns: tuple[str, ...]
    plain: tuple[str, ...] = ()


class AnswerNeeds(StrEnum):
    """What a row of `answers.toml` rests on besides the letter."""

    NOTHING = "nothing"
    LEDGER = "ledger"  # the account's state, and a sender proven to be its client
    CHARGE = "charge"  # of the ledger, a newest charge that holds what the letter asks about


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """A row of `answers.toml`: the first that fits the letter names the template.

    `when` is a kind or a topic (`kind:complaint`, `topic:payment_ways`, `reading:accepted`,
    `reading:refused`, `emergency`, `delivery:confirmed`, `delivery:standing`). `does`: what the letter does to its
    case; where it does not answer on substance, the case also goes before a person.

    `needs`: what must be known and proven for the row to tell it. `asks` are regular expressions over folded text
    of which one must be met, `unless` those of which none may; `beside` are topics that may stand in the letter.
    `sets`: the way of getting the bill that the row asks its client to confirm. `sends`: the paper that the letter
    brings along.
    """

    name: str
    when: str
    template: str
    authority: RuleAuthority
    does: ReplyEffect
    needs: AnswerNeeds = AnswerNeeds.NOTHING
    asks: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    sets: DeliveryMethod | None = None
    sends: DocumentKind | None = None

    @property
    def on_substance(self) -> bool:
        """Does the letter close its case?"""
        return self.does is ReplyEffect.ANSWERS


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """`amount` of `unit` from the day after receipt (ГК 191); an expiry on a day off moves on (193)."""

    name: str
    amount: int
    unit: DayKind
    source: str


BILL_DAYS = "не позднее 5-го числа следующего месяца"
"""When the bill for a month comes, where the company says nothing else."""


@dataclass(frozen=True, slots=True)
class ContactChannels:
    """How clients reach the company; every template may show these (clauses 2.1, 2.2, 3, 4).

    `confirmed` is False until the company has read the file: the daemon refuses to send to clients
    before that, since the phones in the package are placeholders. `own_addresses` (lower case) are
    ours: never answered. `days` are ISO weekdays (1 = Monday). `bill_days`: when the bill for a month comes, as the law has it
    where nothing is said (ЖК РФ ст. 155 ч. 2). The notes are what the ready letters on hours, payment and
    readings say besides, a sentence each: the lunch break, the bank's fee, the form that is not needed.
    """

    confirmed: bool
    company: str
    signature: str
    mail: str
    own_addresses: tuple[str, ...]
    office: str
    office_hours: str
    phones: tuple[str, ...]
    emergency_phone: str
    site: str
    cabinet: str
    reading_days: str
    payment_ways: tuple[str, ...]
    days: tuple[int, ...]
    opens: time
    closes: time
    time_zone: str
    office_notes: tuple[str, ...] = ()
    payment_notes: tuple[str, ...] = ()
    reading_notes: tuple[str, ...] = ()
    bill_days: str = BILL_DAYS

    @property
    def hours(self) -> WorkingHours:
        return WorkingHours(self.days, self.opens, self.closes, self.time_zone)


@dataclass(frozen=True, slots=True)
class GateLimits:
    """The gate's caps: automatic letters to one address, and over all addresses (0…n, whole).

    `strangers_…` of them may go to addresses that are new to us. `emergency_reserve` per cent of those over all addresses
    are kept for emergencies.
    """

    per_hour: int
    per_day: int
    per_week: int
    all_per_hour: int
    all_per_day: int
    strangers_per_hour: int = 60
    strangers_per_day: int = 300
    emergency_reserve: int = 20


@dataclass(frozen=True, slots=True)
class ConfidenceThresholds:
    """Confidence (0…1) below which a person decides.

    `also`: from which a further kind counts as meant. `topic`: from which a topic counts.
    `passes`: from which a letter is believed to pass on the values found in it; below `argues` they are no
    readings at all, in between a person decides. `nameless`: from which a value is taken for its account though
    nothing says what is measured: a machine form or a serial, which the account's meters explain. `talk`: from which a
    sentence beside readings is believed to want nothing; `grave_talk`: the same of one in which a word of `grave.txt`
    stands; `seeming_talk`: of one made of listed words alone.
    `answered`: from which a ready letter is believed to answer a sentence whole.
    """

    kind: float
    also: float
    topic: float
    passes: float
    argues: float
    reading: float
    nameless: float
    answer: float
    repeat: float
    talk: float = 1.0
    grave_talk: float = 1.0
    seeming_talk: float = 0.0
    answered: float = 1.0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A word list of `rules/words/NAME.txt`: one pattern a line, `#` comments and blanks left out."""

    name: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerRules:
    """Of `tariffs.toml`, what readings are judged by: the days of the month, and what is usual."""

    terms: BillingTerms = field(default_factory=BillingTerms)
    norms: tuple[Norm, ...] = ()


NO_TALK = single_class_model("matter")
"""Takes no sentence for talk."""
NO_READY_LETTER = single_class_model("beyond")
"""Knows no sentence that a ready letter answers."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All of `rules/`. `version` is the first 12 hex digits of SHA-256 over the files."""

    version: str
    clauses: tuple[Clause, ...]
    ignore: tuple[Rule, ...]
    no_reply: tuple[Rule, ...]
    topics: tuple[Topic, ...]
    answers: tuple[AnswerRule, ...]
    deadlines: tuple[DeadlineRule, ...]
    channels: ContactChannels
    limits: GateLimits
    thresholds: ConfidenceThresholds
    lexicons: tuple[Lexicon, ...]
    classifier: Classifier
    trusted_authservers: tuple[str, ...]
    roles: RoleModels = UNTRAINED_ROLES
    word_models: WordModels = NO_WORDS
    talk: RoleModel = NO_TALK
    talk_net: SentenceNet = NO_NET
    answered: RoleModel = NO_READY_LETTER
    ledger: LedgerRules = LedgerRules()
    bills: BillLimits = field(default_factory=BillLimits)
    reminders: ReminderRules = field(default_factory=ReminderRules)
    calendar: WorkCalendar = NO_CALENDAR
    reports: ReportRules = field(default_factory=ReportRules)
    alarm: AlarmRules = field(default_factory=AlarmRules)
    questionnaires: tuple[Questionnaire, ...] = ()
    correspondents: tuple[CorrespondentGroup, ...] = ()
    _entries: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    """The lexicons by name: a letter asks for hundreds."""

    def __post_init__(self) -> None:
        entries = {lexicon.name: WordList(lexicon.entries) for lexicon in self.lexicons}
        object.__setattr__(self, "_entries", entries)

    def clause(self, id: str) -> Clause | None:
        return next((clause for clause in self.clauses if clause.id == id), None)

    def topic(self, name: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.name == name), None)

    def correspondent(self, name: str) -> CorrespondentGroup | None:
        return next((group for group in self.correspondents if group.name == name), None)

    def words(self, name: str) -> tuple[str, ...]:
        """The entries of a lexicon; KeyError where the rulebook has none of that name."""
        return self._entries[name]
