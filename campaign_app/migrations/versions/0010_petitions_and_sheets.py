"""Keep petitions and their sheets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "taken_number",
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_taken_number")),
    )
    op.create_table(
        "petition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("goal", sa.Integer(), nullable=True),
        sa.Column("organizer", sa.String(), nullable=False),
        sa.Column("return_address", sa.Text(), nullable=False),
        sa.Column("return_by", sa.Date(), nullable=True),
        sa.Column("collect_within", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_petition_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_petition_group_id_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition")),
        sa.UniqueConstraint("code", name=op.f("uq_petition_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("petition") as batch_op:
        batch_op.create_index(batch_op.f("ix_petition_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_petition_group_id"), ["group_id"], unique=False)

    op.create_table(
        "petition_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_petition_notice_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_petition_notice_petition_id_petition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_notice")),
        sa.UniqueConstraint("petition_id", "language", "number", name=op.f("uq_petition_notice_petition_id")),
    )
    op.create_table(
        "petition_target",
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_petition_target_petition_id_petition"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["target.id"], name=op.f("fk_petition_target_target_id_target"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("petition_id", "target_id", name=op.f("pk_petition_target")),
    )
    with op.batch_alter_table("petition_target") as batch_op:
        batch_op.create_index(batch_op.f("ix_petition_target_target_id"), ["target_id"], unique=False)

    op.create_table(
        "petition_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who_may_sign", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_petition_text_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_petition_text_petition_id_petition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_text")),
        sa.UniqueConstraint("petition_id", "language", "number", name=op.f("uq_petition_text_petition_id")),
    )
    op.create_table(
        "sheet_logo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_sheet_logo_petition_id_petition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_logo")),
    )
    with op.batch_alter_table("sheet_logo") as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_logo_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "sheet_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("logo_id", sa.Integer(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sheet_batch_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["logo_id"], ["sheet_logo.id"], name=op.f("fk_sheet_batch_logo_id_sheet_logo")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_sheet_batch_petition_id_petition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_batch")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sheet_batch") as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_batch_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "sheet_design",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("logo_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["logo_id"], ["sheet_logo.id"], name=op.f("fk_sheet_design_logo_id_sheet_logo"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_sheet_design_petition_id_petition"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_design")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sheet_design") as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_design_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PRINTED",
                "ISSUED",
                "RETURNED",
                "MISSING",
                "SPOILED",
                "VOID",
                "COUNTED",
                "DELIVERED",
                name="sheetstatus",
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["sheet_batch.id"], name=op.f("fk_sheet_batch_id_sheet_batch")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_sheet_petition_id_petition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint("petition_id", "number", name=op.f("uq_sheet_petition_id")),
        sa.UniqueConstraint("serial", name=op.f("uq_sheet_serial")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sheet_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sheet") as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_status"), ["status"], unique=False)

    op.create_table(
        "sheet_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["sheet_batch.id"], name=op.f("fk_sheet_file_batch_id_sheet_batch"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_sheet_file_file_id_stored_file"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_file")),
        sa.UniqueConstraint("batch_id", "suffix", name=op.f("uq_sheet_file_batch_id")),
        sa.UniqueConstraint("file_id", name=op.f("uq_sheet_file_file_id")),
    )


def downgrade() -> None:
    for table in ("sheet_file", "sheet", "sheet_design", "sheet_batch", "sheet_logo"):
        op.drop_table(table)
    for table in ("petition_text", "petition_target", "petition_notice", "petition", "taken_number"):
        op.drop_table(table)
    sa.Enum(name="sheetstatus").drop(op.get_bind(), checkfirst=True)  # which PostgreSQL keeps apart from the tables
