"""Load `rules/`: text in, a frozen rulebook out, or every fault of every file at once."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TypeVar

from mailbot.model import AnswerNeeds, Rulebook, SourceFile
from mailbot.model.case.emergency import AlarmRules
from mailbot.model.outgoing.reminder import ReminderRules
from mailbot.model.outgoing.sending_pace import BillLimits
from mailbot.model.rules.report_readers import ReportRules
from mailbot.model.rules.working_calendar import WorkCalendar
from mailbot.policy.rulebook import (
    alarm_file,
    calendar_file,
    correspondents_file,
    cross_references,
    row_parsing,
)
from mailbot.policy.rulebook import reports_file as report_rules_file
from mailbot.policy.rulebook.bill_limits import bill_limits
from mailbot.policy.rulebook.cross_references import SourcedRow
from mailbot.policy.rulebook.reminder_limits import reminder_rules
from mailbot.policy.rulebook.rule_files import RuleFiles

T = TypeVar("T")


@lru_cache(maxsize=4)
def load_rulebook(sources: tuple[SourceFile, ...]) -> Rulebook:
    """The rulebook of these files (`rules/*.toml`, `rules/words/*.txt`, `rules/surveys/*.toml`,
    `rules/classifier.json`).

    RulebookError holds one Russian line a fault, «file:line: what, and what to do»; all faults at once.
    """
    reader = RuleFiles(sources)
    clauses = reader.table("standard.toml", "clause", row_parsing.clause)
    ignore = reader.table("ignore.toml", "rule", row_parsing.ignore_rule)
    no_reply = reader.table("no_reply.toml", "rule", row_parsing.no_reply_rule)
    topics = reader.table("topics.toml", "topic", row_parsing.topic)
    answers = reader.table("answers.toml", "answer", row_parsing.answer)
    deadlines = reader.table("deadlines.toml", "deadline", row_parsing.deadline)
    channels = reader.single("channels.toml", "", row_parsing.channels)
    limits = reader.single("limits.toml", "caps", row_parsing.limits)
    bills = reader.single("limits.toml", "bills", bill_limits, BillLimits())
    reminders = reader.single("limits.toml", "reminders", reminder_rules, ReminderRules())
    reports = reader.single(report_rules_file.FILE, "", report_rules_file.report_rules, ReportRules())
    alarm = reader.single(alarm_file.FILE, "", alarm_file.alarm_rules, AlarmRules())
    years = reader.table(calendar_file.FILE, "year", calendar_file.days_off)
    groups = reader.table(correspondents_file.FILE, "group", correspondents_file.group)
    thresholds = reader.single("limits.toml", "thresholds", row_parsing.thresholds)
    trusted = reader.trusted_authservers()
    calendar_file.check_versions(years)
    cross_references.check_rules((*ignore, *no_reply), clauses)
    cross_references.check_topics(topics, deadlines)
    cross_references.check_answers(answers, topics)
    correspondents_file.check_groups(groups, deadlines)
    cross_references.check_names([(row.value.id, row.fields) for row in clauses], "id")
    for table in ((*ignore, *no_reply), topics, answers, deadlines, groups):
        cross_references.check_names([(row.value.name, row.fields) for row in table], "name")
    lexicons = tuple(reader.lexicons())
    classifier = reader.classifier()
    roles = reader.roles()
    words = reader.words()
    sentences = reader.sentences()
    talk_net = reader.talk_net()
    questionnaires = reader.questionnaires()
    reader.refuse_faults()
    return Rulebook(
        version=version(sources),
        clauses=_values(clauses),
        ignore=_values(ignore),
        no_reply=_values(no_reply),
        topics=_values(topics),
        answers=_values(answers),
        deadlines=_values(deadlines),
        channels=channels,
        limits=limits,
        thresholds=thresholds,
        lexicons=lexicons,
        classifier=classifier,
        roles=roles,
        word_models=words,
        talk=sentences.talk,
        talk_net=talk_net,
        answered=sentences.answered,
        trusted_authservers=trusted,
        bills=bills,
        reminders=reminders,
        calendar=WorkCalendar(_values(years)),
        reports=reports,
        alarm=alarm,
        questionnaires=questionnaires,
        correspondents=_values(groups),
    )


def version(sources: tuple[SourceFile, ...]) -> str:
    """12 hex digits of SHA-256 over the files in the order of their names: the same rules, the same version.

    Name and text are parted by NUL, which neither can hold, so no text can pass for another file.
    """
    digest = sha256()
    for source in sorted(sources, key=lambda source: source.name):
        digest.update(f"{source.name}\0{source.text}\0".encode())
    return digest.hexdigest()[:12]


def ledger_templates(rulebook: Rulebook) -> frozenset[str]:
    """The templates that show an account's figures: those of the rows that need the ledger and ask nothing back."""
    rows = (row for row in rulebook.answers if row.needs is not AnswerNeeds.NOTHING and row.sets is None)
    return frozenset(row.template for row in rows)


def paper_templates(rulebook: Rulebook) -> frozenset[str]:
    """The templates of letters that bring a paper along."""
    return frozenset(row.template for row in rulebook.answers if row.sends is not None)


def _values(table: tuple[SourcedRow[T], ...]) -> tuple[T, ...]:
    return tuple(row.value for row in table)
