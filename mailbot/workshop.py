"""What every command needs before it touches a letter: the rules and templates of the settings, and the time.

Apart from `roles`, so that a command without a database does not wait for one to be imported.
"""

from __future__ import annotations

from datetime import UTC, datetime

from mailbot.composing import Templates, load_templates
from mailbot.config import Settings, sources
from mailbot.model import Rulebook, Source
from mailbot.policy import with_model
from mailbot.services.ledger.rules import load_rules


def clock() -> datetime:
    return datetime.now(UTC)


def files(settings: Settings) -> tuple[Source, ...]:
    """The files of rules and templates: the package's, each replaced by the company's own of that name."""
    return (*sources("rules", settings.rules_dir), *sources("templates", settings.templates_dir))


def rules_and_templates(settings: Settings, model: str | None = None) -> tuple[Rulebook, Templates]:
    """Both, checked; RulebookError or ConfigError tell every fault. `model` stands in for `classifier.json`."""
    rules = sources("rules", settings.rules_dir)
    rulebook = load_rules(rules if model is None else with_model(rules, model)).rulebook
    return rulebook, load_templates(sources("templates", settings.templates_dir), rulebook)
