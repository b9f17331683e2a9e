"""The package's own templates, loaded once."""

from __future__ import annotations

import pytest

from mailbot.composing import load_templates
from tests.composing.material import Room, mail_sources, package_rulebook


@pytest.fixture(scope="session")
def room() -> Room:
    rulebook = package_rulebook()
    return Room(rulebook, load_templates(mail_sources(), rulebook))
