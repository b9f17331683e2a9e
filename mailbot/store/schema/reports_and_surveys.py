"""Tables of the reports that left, and of the questionnaires (chapter 6)."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.survey import SurveyForm
from mailbot.store.schema.closed_sets import member_of, one_of
from mailbot.store.schema.column_types import MAX_ADDRESS_LENGTH, AwareDateTime, StorableText
from mailbot.store.schema.letters_and_cases import metadata

report_letter = Table(
    "report_letter",  # one report of a period for one reader, whatever dies in the middle: the key holds it
    metadata,
    Column("period", String(8), primary_key=True),
    Column("recipient", StorableText(MAX_ADDRESS_LENGTH), primary_key=True),
    Column("outbox_id", ForeignKey("outbox.id"), nullable=False, unique=True),
    Column("as_of", AwareDateTime, nullable=False),
    Column("made_at", AwareDateTime, nullable=False),
    Column("figures_sha256", String(64), nullable=False),
)

survey_invitation = Table(
    "survey_invitation",  # who was asked to rate which answer; at most once a quarter a client
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, unique=True),
    Column(
        "whom", StorableText(MAX_ADDRESS_LENGTH), nullable=False
    ),  # the client of the register, else the address
    Column("email", StorableText(MAX_ADDRESS_LENGTH), nullable=False),
    Column("group", member_of(ClientGroup), nullable=False),
    Column("quarter", String(7), nullable=False),
    Column("created_at", AwareDateTime, nullable=False),
    UniqueConstraint("whom", "quarter"),
    one_of(ClientGroup, "group"),
)

survey_response = Table(
    "survey_response",  # a questionnaire filled in; of one invitation the newest counts
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", AwareDateTime, nullable=False),  # when it was filled in
    Column(
        "entered_at", AwareDateTime, nullable=False
    ),  # when we came to know: an old report comes out the same
    Column("form", member_of(SurveyForm), nullable=False),
    Column("group", member_of(ClientGroup), nullable=False),
    Column("version", String(12), nullable=False),
    Column("invitation_id", ForeignKey("survey_invitation.id"), index=True),
    Column("by", StorableText, nullable=False),
    Column("words", StorableText, nullable=False, server_default=""),
    one_of(SurveyForm, "form"),
    one_of(ClientGroup, "group"),
    Index("ix_survey_response_at", "at"),
)

survey_score = Table(
    "survey_score",
    metadata,
    Column("response_id", ForeignKey("survey_response.id"), primary_key=True),
    Column("question", String(64), primary_key=True),
    Column("score", Integer, nullable=False),
)

survey_refusal = Table(
    "survey_refusal",  # addresses that want to be asked no more
    metadata,
    Column("email", StorableText(MAX_ADDRESS_LENGTH), primary_key=True),
    Column("since", AwareDateTime, nullable=False),
)
