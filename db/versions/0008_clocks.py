"""Clocks: what a line of the log means, the backlog, places; reports that left; questionnaires."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from mailbot.store.schema.column_types import AwareDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    "survey_score",
    "survey_response",
    "survey_refusal",
    "survey_invitation",
    "report_letter",
    "case_place",
    "case_open",
)
"""In the order in which they can be dropped."""

MARKS = "'responded', 'asked', 'heard', 'answered', 'withdrawn', 'undelivered', 'corrected', 'warned', 'escalated'"
GROUPS = "'individual', 'business', 'provider'"


def _unguard_the_log() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER case_event_append_only ON case_event")
    else:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER case_event_no_{verb}")


def _guard_the_log() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER case_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_event "
            "FOR EACH STATEMENT EXECUTE FUNCTION case_event_is_append_only()"
        )
    else:
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER case_event_no_{verb} BEFORE {verb.upper()} ON case_event "
                "BEGIN SELECT RAISE(ABORT, 'case_event is append-only'); END"
            )


FILLED = (
    # the line by which a case was first decided carries what it was decided to be
    "UPDATE case_event SET kind = (SELECT c.primary_kind FROM case_ c WHERE c.id = case_event.case_id), "
    "topic = (SELECT coalesce(c.topic, '') FROM case_ c WHERE c.id = case_event.case_id), "
    "clause = (SELECT c.clause FROM case_ c WHERE c.id = case_event.case_id AND case_event.became = 'silenced'), "
    "respond_by = (SELECT c.respond_by FROM case_ c WHERE c.id = case_event.case_id) "
    "WHERE was = 'collected'",
    "UPDATE case_event SET mark = 'answered' WHERE became = 'answered' AND was <> 'answered' AND EXISTS "
    "(SELECT 1 FROM case_ c WHERE c.id = case_event.case_id AND c.answered_on_substance)",
    "UPDATE case_event SET mark = 'asked' WHERE became = 'answered' AND was <> 'answered' AND mark IS NULL",
    "UPDATE case_event SET mark = 'responded' WHERE mark IS NULL AND was = 'collected' AND EXISTS "
    "(SELECT 1 FROM outbox o WHERE o.case_id = case_event.case_id AND o.state = 'sent' AND o.purpose = 'acknowledgement')",
    "UPDATE outbox SET mark = CASE purpose WHEN 'answer' THEN 'answered' WHEN 'request' THEN 'asked' "
    "WHEN 'acknowledgement' THEN 'responded' END WHERE state IN ('ready', 'sending', 'uncertain')",
    "INSERT INTO case_open (case_id, opened_at, closed_at) SELECT c.id, c.received_at, CASE WHEN c.state IN "
    "('collected', 'awaiting_review') THEN NULL ELSE (SELECT max(e.at) FROM case_event e WHERE e.case_id = c.id "
    "AND e.became = c.state AND e.was <> c.state) END FROM case_ c WHERE c.state <> 'ignored'",
    "UPDATE reading SET first_state = state, first_reason = reason",
)
"""What a database of before knows of its cases: enough for the reports from here on."""


def upgrade() -> None:
    for column in (
        sa.Column("mark", sa.String(length=16), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
    ):
        op.add_column("outbox", column)
    for column in (
        sa.Column("first_state", sa.String(length=16), nullable=True),
        sa.Column("first_reason", sa.Text(), nullable=True),
    ):
        op.add_column("reading", column)
    _unguard_the_log()
    _widen_the_log()
    _make_case_tables()
    for statement in FILLED:
        op.execute(statement)
    _guard_the_log()
    _make_report_tables()
    _index_the_board()


QUEUE = ("rank", "respond_by", "id", "assignee", "put_off_until", "joined_to")


def _index_the_board() -> None:
    """The queue is counted by age too, and letters of ours that were stopped: by the indexes alone."""
    op.drop_index("ix_case__queue", "case_")
    _index_where("ix_case__queue", "case_", "state = 'awaiting_review'", *QUEUE, "received_at")
    stopped = ("created_at", "state", "provider")
    _index_where("ix_outbox_stopped", "outbox", "state IN ('held', 'refused')", *stopped)


def _widen_the_log() -> None:
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("mark", sa.String(length=16), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("respond_by", AwareDateTime(), nullable=True),
    )
    with op.batch_alter_table("case_event") as table:
        for column in columns:
            table.add_column(column)
        table.create_check_constraint(op.f("ck_case_event_mark"), f"mark IN ({MARKS})")
    _index_where("ix_case_event__mark", "case_event", "mark IS NOT NULL", "mark", "at", "case_id")


def _index_where(name: str, table: str, condition: str, *columns: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, list(columns), sqlite_where=where, postgresql_where=where)


def _make_case_tables() -> None:
    op.create_table(
        "case_open",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", AwareDateTime(), nullable=False),
        sa.Column("closed_at", AwareDateTime(), nullable=True),
        sa.Column("ignored", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_case_open_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_open")),
    )
    op.create_index(op.f("ix_case_open_case_id"), "case_open", ["case_id"])
    op.create_index("ix_case_open__closed", "case_open", ["closed_at", "opened_at", "case_id"])
    _index_where("ix_case_open__now", "case_open", "closed_at IS NULL", "opened_at", "case_id")
    op.create_table(
        "case_place",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("house", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_case_place_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_place")),
    )


def _make_report_tables() -> None:
    op.create_table(
        "report_letter",
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("as_of", AwareDateTime(), nullable=False),
        sa.Column("made_at", AwareDateTime(), nullable=False),
        sa.Column("figures_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_report_letter_outbox_id")),
        sa.PrimaryKeyConstraint("period", "recipient", name=op.f("pk_report_letter")),
        sa.UniqueConstraint("outbox_id", name=op.f("uq_report_letter_outbox_id")),
    )
    op.create_table(
        "survey_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("group", sa.String(length=16), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("created_at", AwareDateTime(), nullable=False),
        sa.CheckConstraint(f'"group" IN ({GROUPS})', name=op.f("ck_survey_invitation_group")),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_survey_invitation_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_invitation")),
        sa.UniqueConstraint("case_id", name=op.f("uq_survey_invitation_case_id")),
        sa.UniqueConstraint("whom", "quarter", name=op.f("uq_survey_invitation_whom_quarter")),
    )
    op.create_table(
        "survey_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", AwareDateTime(), nullable=False),
        sa.Column("entered_at", AwareDateTime(), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("group", sa.String(length=16), nullable=False),
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("form IN ('written', 'oral', 'remote')", name=op.f("ck_survey_response_form")),
        sa.CheckConstraint(f'"group" IN ({GROUPS})', name=op.f("ck_survey_response_group")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["survey_invitation.id"], name=op.f("fk_survey_response_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_response")),
    )
    op.create_index("ix_survey_response_at", "survey_response", ["at"])
    op.create_index(op.f("ix_survey_response_invitation_id"), "survey_response", ["invitation_id"])
    op.create_table(
        "survey_score",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["survey_response.id"], name=op.f("fk_survey_score_response_id")
        ),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_survey_score")),
    )
    op.create_table(
        "survey_refusal",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("since", AwareDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_survey_refusal")),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_stopped", "outbox")
    op.drop_index("ix_case__queue", "case_")
    _index_where("ix_case__queue", "case_", "state = 'awaiting_review'", *QUEUE)
    for name in TABLES:
        op.drop_table(name)
    _unguard_the_log()
    op.drop_index("ix_case_event__mark", "case_event")
    with op.batch_alter_table("case_event") as table:
        table.drop_constraint(op.f("ck_case_event_mark"), type_="check")
        for name in ("respond_by", "clause", "topic", "kind", "mark"):
            table.drop_column(name)
    _guard_the_log()
    with op.batch_alter_table("reading") as table:
        table.drop_column("first_reason")
        table.drop_column("first_state")
    for name in ("author", "mark"):
        op.drop_column("outbox", name)
