"""Link replies to the acts that marked their letters, and let writers end what they asked for by a link."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

NEVER_REUSED = {"sqlite_autoincrement": True}


def upgrade() -> None:
    with op.batch_alter_table("reply", table_kwargs=NEVER_REUSED) as batch_op:
        batch_op.drop_column("act")
        batch_op.add_column(sa.Column("act_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_reply_act_id_act"), "act", ["act_id"], ["id"])

    op.execute("DELETE FROM wants_to_know")  # nobody could ask for news before
    with op.batch_alter_table("wants_to_know", table_kwargs=NEVER_REUSED) as batch_op:
        for name in ("about_reply", "about_outcome", "about_closing"):
            batch_op.drop_column(name)
        batch_op.add_column(sa.Column("stop_hash", sa.String(), nullable=False))
        batch_op.create_index(op.f("ix_wants_to_know_email_index"), ["email_index"], unique=False)
        batch_op.create_unique_constraint(op.f("uq_wants_to_know_stop_hash"), ["stop_hash"])


def downgrade() -> None:
    with op.batch_alter_table("wants_to_know", table_kwargs=NEVER_REUSED) as batch_op:
        batch_op.drop_constraint(op.f("uq_wants_to_know_stop_hash"), type_="unique")
        batch_op.drop_index(op.f("ix_wants_to_know_email_index"))
        batch_op.drop_column("stop_hash")
        for name in ("about_reply", "about_outcome", "about_closing"):
            batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true()))

    with op.batch_alter_table("reply", table_kwargs=NEVER_REUSED) as batch_op:
        batch_op.drop_constraint(op.f("fk_reply_act_id_act"), type_="foreignkey")
        batch_op.drop_column("act_id")
        batch_op.add_column(sa.Column("act", sa.String(), nullable=True))
