"""Keep scans of returned sheets until what they say is confirmed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "scan_pile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_scan_pile_account_id_account"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_scan_pile_group_id_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_pile")),
        sa.UniqueConstraint("form", name=op.f("uq_scan_pile_form")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_scan_pile_expires_on"), "scan_pile", ["expires_on"])
    op.create_index(op.f("ix_scan_pile_group_id"), "scan_pile", ["group_id"])
    op.create_table(
        "scan_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pile_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("refused", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_scan_file_file_id_stored_file"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["pile_id"], ["scan_pile.id"], name=op.f("fk_scan_file_pile_id_scan_pile"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_file")),
        sa.UniqueConstraint("pile_id", "place", name=op.f("uq_scan_file_pile_id")),
        sa.UniqueConstraint("file_id", name=op.f("uq_scan_file_file_id")),
    )
    op.create_index(op.f("ix_scan_file_digest"), "scan_file", ["digest"])
    op.create_table(
        "scan_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pile_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_scan_page_account_id_account"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["file_id"], ["scan_file.id"], name=op.f("fk_scan_page_file_id_scan_file"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["picture_id"], ["stored_file.id"], name=op.f("fk_scan_page_picture_id_stored_file"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["pile_id"], ["scan_pile.id"], name=op.f("fk_scan_page_pile_id_scan_pile"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_scan_page_sheet_id_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_page")),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_scan_page_file_id")),
        sa.UniqueConstraint("picture_id", name=op.f("uq_scan_page_picture_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_scan_page_pile_id"), "scan_page", ["pile_id"])
    op.create_index(op.f("ix_scan_page_sheet_id"), "scan_page", ["sheet_id"])


def downgrade() -> None:
    op.drop_table("scan_page")
    op.drop_table("scan_file")
    op.drop_table("scan_pile")
