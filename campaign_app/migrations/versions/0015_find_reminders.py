"""Find the reminders of a person again, by a blind index of their address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.execute("DELETE FROM reminder")  # nobody could ask for one so far
    with op.batch_alter_table("reminder", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("address_index", sa.String(), nullable=False))
        batch.create_index(op.f("ix_reminder_address_index"), ["address_index"])


def downgrade() -> None:
    with op.batch_alter_table("reminder", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_index(op.f("ix_reminder_address_index"))
        batch.drop_column("address_index")
