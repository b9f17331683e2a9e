"""What questionnaires came to, at the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot import daemon_roles
from mailbot.config import load_settings
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.survey import SurveyForm
from mailbot.store.surveys import invitations, responses
from mailbot.store.surveys.responses import FilledQuestionnaire
from tests.test_cli import init, mailbot, process

AT = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Six sheets of October: heat 5 5 4 4 2 2, once with a word; one address that refused."""
    config = init(tmp_path)
    store = daemon_roles.open_store(load_settings(config))
    store.migrate()
    with store.write() as transaction:
        for at, score in enumerate((5, 5, 4, 4, 2, 2)):
            scores = (("answer", score), ("recommend", 2 * score))
            words = "Спасибо\nвсем" if at == 0 else ""
            sheet = FilledQuestionnaire(
                ClientGroup.INDIVIDUAL, "0" * 12, SurveyForm.WRITTEN, AT, scores, words
            )
            responses.enter(transaction, sheet, "anna", AT)
        invitations.refuse(transaction, "anna@mail.example", AT)
    store.close()
    return config


def test_a_periods_figures_are_shown_with_n_interval_and_formula(config: Path) -> None:
    """CSAT 4 of 6 = 66.7; NPS of 10 10 8 8 4 4: (2 − 2) of 6 = 0."""
    done = mailbot("survey", "show", "--period", "2026-Q4", "-c", config)
    assert done.returncode == 0, done.stderr
    assert "Анкета для жителей, 2026-Q4: письменно 6" in done.stdout
    assert "CSAT 66,7 % (от 30,0 до 90,3), n = 6. Доля оценок 4 и 5: 4 из 6" in done.stdout
    assert "NPS 0,0 (от " in done.stdout
    assert "«Спасибо всем»" in done.stdout
    assert "2026-Q3 анкет нет" in mailbot("survey", "show", "--period", "2026-Q3", "-c", config).stdout


def test_a_period_that_is_none_is_told_with_examples(config: Path) -> None:
    done = mailbot("survey", "show", "--period", "зима", "-c", config)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "2026-Q4" in done.stderr


def test_who_refused_to_be_asked_is_listed(config: Path) -> None:
    assert "anna@mail.example  с 08.10.2026" in process("survey", "refusals", "-c", config).stdout
