"""An empty questionnaire to hand out."""

from __future__ import annotations

from datetime import date

from mailbot.documents import render_questionnaire
from mailbot.model.report.survey import Questionnaire
from mailbot.services.in_force.rules_and_templates import ActiveRules


def empty_sheet(sheet: Questionnaire, rules: ActiveRules, day: date) -> bytes:
    """The questionnaire as PDF."""
    return render_questionnaire(sheet, rules.rulebook.channels, rules.documents, day)
