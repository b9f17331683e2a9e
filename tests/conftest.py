"""What every test may ask for: the shared letters where they stand, and the shipped rulebook."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from mailbot.command_setup import load_files
from mailbot.composing import MailTemplates, load_templates
from mailbot.config import Settings, load_sources
from mailbot.model import Rulebook
from mailbot.policy import load_rulebook
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules
from tests.memory_disk import work_in_memory
from tests.scale import PROFILE, SEARCHING, STEADY, tries

work_in_memory()

assert settings.default is not None
settings.register_profile(
    STEADY,
    max_examples=tries(settings.default.max_examples),
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(SEARCHING)
settings.load_profile(PROFILE)
"""The same examples each time, so that a test that passed passes again, and however busy the machine is (no test asserts an
absolute time, nor does the making of examples); `make fuzz` looks for new ones."""

SHARED = Path(__file__).parents[2] / "shared"


def missing(what: str) -> None:
    """Skip where a part is not at hand, unless CI says that it must be."""
    if what in os.environ.get("MAILBOT_TESTS_REQUIRE", "").split():
        pytest.fail(f"{what} is required here and was not found")
    pytest.skip(f"{what} is not at hand")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with labelled and hostile letters that stands beside the checkout."""
    if not (SHARED / "letters").is_dir():
        missing("shared")
    return SHARED


@pytest.fixture(scope="session")
def rules() -> ActiveRules:
    """All that holds, as shipped."""
    return load_checked_rules(0, load_files(Settings()))


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The rules as shipped."""
    return load_rulebook(load_sources("rules"))


@pytest.fixture(scope="session")
def templates(rulebook: Rulebook) -> MailTemplates:
    """The templates as shipped."""
    return load_templates(load_sources("templates"), rulebook)
