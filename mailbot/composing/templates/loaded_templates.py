"""The loaded mail templates: three files a letter, rendered from one view."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cache
from types import CodeType
from zoneinfo import ZoneInfo

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, select_autoescape
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.composing import wording
from mailbot.composing.templates.snippets import Snippet
from mailbot.composing.views.alarm_view import AlarmView
from mailbot.composing.views.answer_view import MailView
from mailbot.composing.views.bill_view import BillView
from mailbot.composing.views.reminder_view import ReminderView
from mailbot.composing.views.report_view import ReportView
from mailbot.composing.views.warning_view import WarningView
from mailbot.model import ContactChannels, ReplyEffect, SourceFile
from mailbot.model.ledger.accounts_and_meters import BillingTerms
from mailbot.model.outgoing.reminder import ReminderKind

PERSON_ANSWER = "person_answer"
"""The one template that no row of `answers.toml` names: a person's answer is set in it."""

LEDGER_WITHHELD = "ledger_withheld"
"""What is proposed to a person where the figures may not go to the address that asks: how to get them."""

BILL = "bill"
"""The mail of a bill."""

REMINDERS = {ReminderKind.READINGS: "remind_readings", ReminderKind.DEBT: "remind_debt"}
"""The mails of reminders."""

REPORT = "report"
"""The mail of a report to its readers."""

WARNING = "deadline_warning"
"""The mail about deadlines that are near, or have passed."""

ALARM = "alarm"
"""The mail about an emergency to those who act on it."""

View = MailView | BillView | ReminderView | ReportView | WarningView | AlarmView
"""What a template is rendered from; which one, its name tells (`forms`)."""

TEMPLATE_SUFFIXES = (".subject.txt", ".txt", ".html")
"""The three files of a template."""


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """A letter's words: a one-line subject, plain text and HTML with `\\n` line ends."""

    subject: str
    text: str
    html: str


class CompiledTemplateCache(BytecodeCache):
    """The newest code of each file: where staff change one template, the others are not compiled again."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = (bucket.checksum, bucket.code)


@dataclass(frozen=True, slots=True)
class MailTemplates:
    """Checked templates, and the company data that every letter shows.

    `alarmed`: people are told of emergencies. `due_day`: by which day of the next month bills are to be paid. `effects`: what
    the letters that answer a case do to it, by the templates' names; the rules say so.
    """

    environment: Environment
    channels: ContactChannels
    zone: tzinfo
    snippets: tuple[Snippet, ...] = ()
    alarmed: bool = True
    due_day: int = BillingTerms().due_day
    effects: Mapping[str, ReplyEffect] = field(default_factory=dict)

    @property
    def domain(self) -> str:
        """The domain of our Message-IDs."""
        return self.channels.mail.rpartition("@")[2]

    def does(self, name: str) -> ReplyEffect:
        """What the letter of that template does; one that the rules name no longer answers nothing."""
        return self.effects.get(name, ReplyEffect.ACKNOWLEDGES)

    def render(self, name: str, view: View) -> RenderedMail:
        """The letter of that template; jinja2.TemplateNotFound where there is none of the name."""
        subject, text, html = (
            self.environment.get_template(name + ending).render(variables(view))
            for ending in TEMPLATE_SUFFIXES
        )
        return RenderedMail(wording.single_line(subject), _tidy(text), _tidy(html))

    def words(self, name: str, view: MailView) -> str:
        """What the template says between greeting and signature, in plain text: a person goes on from it."""
        template = self.environment.get_template(name + ".txt")
        body = template.blocks.get("body")
        if body is None:
            return _tidy(template.render(variables(view)))
        return _tidy("".join(body(template.new_context(variables(view)))))

    def phrase(self, snippet: Snippet, view: MailView) -> str:
        """A ready phrase with its variables filled."""
        return _tidy(self.environment.from_string(snippet.text).render(variables(view)))


def variables(view: View) -> dict[str, object]:
    return {name: getattr(view, name) for name in view.__dataclass_fields__}


def _tidy(text: str) -> str:
    """No trailing blanks and no runs of empty lines, which conditional blocks leave behind."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"


def build_templates(files: Mapping[str, SourceFile], channels: ContactChannels) -> MailTemplates:
    """The templates over files by their bare names. Nothing is checked here: see `loading`."""
    # A DictLoader that also tells the file's own name, so that a fault can say where it is.
    environment = build_environment().overlay(loader=FunctionLoader(lambda name: _found(files.get(name))))
    return MailTemplates(environment, channels, ZoneInfo(channels.time_zone))


@cache
def build_environment() -> Environment:
    """What every template is written in, whatever files there are."""
    # staff may change templates in the browser: a template is data, it reaches no code of ours
    environment: Environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=CompiledTemplateCache(),
    )
    environment.filters["plural"] = wording.plural
    return environment


def _found(source: SourceFile | None) -> tuple[str, str | None, None] | None:
    return None if source is None else (source.text, source.name, None)
