"""What every command needs before it touches a letter: the rules and templates of the settings, and the time.

Apart from `roles`, so that a command without a database does not wait for one to be imported.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from functools import lru_cache

from mailbot.composing import Templates, differing, load_templates
from mailbot.config import ConfigError, Settings, resource, sources
from mailbot.model import Rulebook, Source
from mailbot.own_files import unread
from mailbot.policy import with_model
from mailbot.services.ledger.rules import load_rules

log = logging.getLogger(__name__)


def clock() -> datetime:
    return datetime.now(UTC)


def files(settings: Settings) -> tuple[Source, ...]:
    """The files of rules and templates: the package's, each replaced by the company's own of that name."""
    return (*sources("rules", settings.rules_dir), *sources("templates", settings.templates_dir))


def files_at_start(settings: Settings) -> tuple[Source, ...]:
    """The same at a start, which a file that nobody reads stops; what is running goes on beside one."""
    read = files(settings)
    _refuse_unread(settings, read)
    for path, difference in differing(read, sources("templates")):
        log.warning("%s: текст и оформление письма расходятся, %s", path, difference)
    return read


def _refuse_unread(settings: Settings, read: tuple[Source, ...]) -> None:
    """A file of a misspelt name must not lie there as if it held."""
    faults: list[str] = []
    if settings.rules_dir is not None:
        faults += unread(settings.rules_dir, "rules", resource("rules"), read)
    if settings.templates_dir is not None:
        faults += unread(settings.templates_dir, "templates", resource("templates"), read)
    if faults:
        raise ConfigError(tuple(faults))


def rules_and_templates(settings: Settings, model: str | None = None) -> tuple[Rulebook, Templates]:
    """Both, checked; RulebookError or ConfigError tell every fault. `model` stands in for `classifier.json`."""
    return _checked(files_at_start(settings), model)


@lru_cache(maxsize=2)
def _checked(read: tuple[Source, ...], model: str | None) -> tuple[Rulebook, Templates]:
    """Remembered by the texts themselves."""
    rules = tuple(source for source in read if source.name.startswith("rules/"))
    templates = tuple(source for source in read if source.name.startswith("templates/"))
    rulebook = load_rules(rules if model is None else with_model(rules, model)).rulebook
    return rulebook, load_templates(templates, rulebook)
