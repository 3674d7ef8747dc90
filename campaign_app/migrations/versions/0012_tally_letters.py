"""Tally letters; the triggers that keep the tally are set up after each migration (see ``env.py``)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "letter_tally",
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("posted", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("aspect", "campaign_id", "begins_on", "group_id", "value", name=op.f("pk_letter_tally")),
        sqlite_with_rowid=False,
    )
    # Lists of letters are walked by these, the latest first, however many there are.
    op.drop_index("ix_letter_campaign_status", "letter")
    op.drop_index(op.f("ix_letter_group_id"), "letter")
    op.drop_index(op.f("ix_letter_target_id"), "letter")
    for name in ("campaign_id", "group_id", "target_id", "country", "language"):
        op.create_index(f"ix_letter_{name}_status", "letter", [name, "status", "made_on", "id"])
    op.create_index("ix_letter_status_made_on", "letter", ["status", "made_on", "id"])


def downgrade() -> None:
    for event in ("insert", "update", "delete"):
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER IF EXISTS letter_tally_{event} ON letter")
            op.execute(f"DROP FUNCTION IF EXISTS letter_tally_{event}")
        else:
            op.execute(f"DROP TRIGGER IF EXISTS letter_tally_{event}")
    op.drop_index("ix_letter_status_made_on", "letter")
    for name in ("campaign_id", "group_id", "target_id", "country", "language"):
        op.drop_index(f"ix_letter_{name}_status", "letter")
    op.create_index(op.f("ix_letter_target_id"), "letter", ["target_id"])
    op.create_index(op.f("ix_letter_group_id"), "letter", ["group_id"])
    op.create_index("ix_letter_campaign_status", "letter", ["campaign_id", "status"])
    op.drop_table("letter_tally")
