"""Keep a group's decisions, activities and handovers, and its stock of stamps and cash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NEVER_REUSED = {"sqlite_autoincrement": True}
STOCK = ("stamps", "cash")
KINDS = sa.Enum(
    "LETTER_EVENING", "STREET_STALL", "VISIT", "VIGIL", "TALK", "DINNER", "OTHER", name="activitykind"
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_early_on", sa.Date(), nullable=True),
        _refers("decision", "group"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        **NEVER_REUSED,
    )
    op.create_index(op.f("ix_decision_group_id"), "decision", ["group_id"])
    op.create_table(
        "decision_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        _refers("decision_option", "decision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_option")),
    )
    op.create_index(op.f("ix_decision_option_decision_id"), "decision_option", ["decision_id"])
    op.create_table(
        "decision_voter",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _refers("decision_voter", "decision"),
        _refers("decision_voter", "person"),
        sa.PrimaryKeyConstraint("decision_id", "person_id", name=op.f("pk_decision_voter")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_decision_voter_person_id"), "decision_voter", ["person_id"])
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        _refers("activity", "group"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        **NEVER_REUSED,
    )
    for column in ("group_id", "held_on"):
        op.create_index(op.f(f"ix_activity_{column}"), "activity", [column])
    op.create_table(
        "activity_campaign",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        _refers("activity_campaign", "activity"),
        _refers("activity_campaign", "campaign"),
        sa.PrimaryKeyConstraint("activity_id", "campaign_id", name=op.f("pk_activity_campaign")),
    )
    op.create_index(op.f("ix_activity_campaign_campaign_id"), "activity_campaign", ["campaign_id"])
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("ticked", sa.JSON(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("outgoing_id", sa.Integer(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        _refers("handover", "group"),
        _refers("handover", "person", "outgoing_id", "SET NULL"),
        _refers("handover", "person", "successor_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        **NEVER_REUSED,
    )
    for column in ("group_id", "outgoing_id", "successor_id"):
        op.create_index(op.f(f"ix_handover_{column}"), "handover", [column])
    with op.batch_alter_table("group") as batch:
        for column in STOCK:
            batch.add_column(sa.Column(column, sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("stock_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("group") as batch:
        for column in (*STOCK, "stock_on"):
            batch.drop_column(column)
    for table in ("handover", "activity_campaign", "activity", "decision_voter", "decision_option", "decision"):
        op.drop_table(table)
    KINDS.drop(op.get_bind(), checkfirst=True)


def _refers(table: str, to: str, column: str = "", ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    column = column or f"{to}_id"
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete
    )  # fmt: skip
