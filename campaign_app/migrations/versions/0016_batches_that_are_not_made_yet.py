"""Let a batch of sheets be asked for before it is made: its files come later, and it is printed once they are there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    with op.batch_alter_table("sheet_batch", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("printed_at", existing_type=sa.DateTime(), nullable=True)
        batch.add_column(sa.Column("created_at", sa.DateTime(), nullable=False, server_default="2026-01-01 00:00:00"))
    with op.batch_alter_table("sheet_batch", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("created_at", existing_type=sa.DateTime(), server_default=None)
    with op.batch_alter_table("sheet_file") as batch:
        batch.alter_column("file_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM sheet_file WHERE file_id IS NULL")
    op.execute("UPDATE sheet_batch SET printed_at = created_at WHERE printed_at IS NULL")
    with op.batch_alter_table("sheet_file") as batch:
        batch.alter_column("file_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("sheet_batch", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_column("created_at")
        batch.alter_column("printed_at", existing_type=sa.DateTime(), nullable=False)
