"""What the closed sets of questionnaires are called: one Russian title a member."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.model.report.survey import SurveyForm, SurveyMetric

SURVEY_FORMS: Mapping[SurveyForm, str] = {
    SurveyForm.WRITTEN: "письменно",
    SurveyForm.ORAL: "устно",
    SurveyForm.REMOTE: "заочно",
}
SURVEY_FORMS_IN_FULL: Mapping[SurveyForm, str] = {
    SurveyForm.WRITTEN: "письменная: клиент заполнил сам",
    SurveyForm.ORAL: "устная: спросили при встрече",
    SurveyForm.REMOTE: "заочная: по телефону, почтой или на сайте",
}
"""Of a questionnaire, for whoever enters it: the forms of the standard, explained."""
SURVEY_METRICS: Mapping[SurveyMetric, str] = {
    SurveyMetric.CSAT: "CSAT",
    SurveyMetric.NPS: "NPS",
    SurveyMetric.CSI: "CSI",
}
