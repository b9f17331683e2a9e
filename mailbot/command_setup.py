"""What every command needs before it touches a letter: the rules and templates of the settings, and the time.

Apart from `roles`, so that a command without a database does not wait for one to be imported.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from functools import lru_cache

from mailbot.composing import MailTemplates, find_differing_letters, load_templates
from mailbot.config import ConfigError, Settings, load_sources, resource_folder
from mailbot.model import Rulebook, SourceFile
from mailbot.services.in_force.rules_loading import load_rules
from mailbot.text_files import find_unread_files

log = logging.getLogger(__name__)


def clock() -> datetime:
    return datetime.now(UTC)


def load_files(settings: Settings) -> tuple[SourceFile, ...]:
    """The files of rules and templates: the package's, each replaced by the company's own of that name."""
    return (*load_sources("rules", settings.rules_dir), *load_sources("templates", settings.templates_dir))


def load_files_at_start(settings: Settings) -> tuple[SourceFile, ...]:
    """The same at a start, which a file that nobody reads stops; what is running goes on beside one."""
    read = load_files(settings)
    _refuse_unread(settings, read)
    for path, difference in find_differing_letters(read, load_sources("templates")):
        log.warning("%s: текст и оформление письма расходятся, %s", path, difference)
    return read


def _refuse_unread(settings: Settings, read: tuple[SourceFile, ...]) -> None:
    """A file of a misspelt name must not lie there as if it held."""
    faults: list[str] = []
    if settings.rules_dir is not None:
        faults += find_unread_files(settings.rules_dir, "rules", resource_folder("rules"), read)
    if settings.templates_dir is not None:
        faults += find_unread_files(settings.templates_dir, "templates", resource_folder("templates"), read)
    if faults:
        raise ConfigError(tuple(faults))


def load_rules_and_templates(settings: Settings) -> tuple[Rulebook, MailTemplates]:
    """Both, checked; RulebookError or ConfigError tell every fault."""
    return rules_and_templates_of(load_files_at_start(settings))


@lru_cache(maxsize=2)
def rules_and_templates_of(read: tuple[SourceFile, ...]) -> tuple[Rulebook, MailTemplates]:
    """Those of these files, checked, remembered by the texts themselves; RulebookError tells every fault."""
    rules = tuple(source for source in read if source.name.startswith("rules/"))
    templates = tuple(source for source in read if source.name.startswith("templates/"))
    rulebook, *_ = load_rules(rules)
    return rulebook, load_templates(templates, rulebook)
