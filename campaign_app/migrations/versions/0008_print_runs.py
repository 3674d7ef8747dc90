"""Keep print runs: their rows, letters and files, and what stamps cost a group."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "group_tariff",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("fk_group_tariff_group_id_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_group_tariff")),
    )
    op.create_table(
        "print_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Enum("PEOPLE", "ROSTER", "GUESTS", "SHELL", name="source"), nullable=False),
        sa.Column("state", sa.Enum("PREPARED", "MAKING", "MADE", "FORGOTTEN", name="runstate"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("ignored_columns", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_print_run_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_print_run_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_print_run_group_id_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("print_run") as batch_op:
        batch_op.create_index(batch_op.f("ix_print_run_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_print_run_expires_on"), ["expires_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_print_run_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_print_run_state"), ["state"], unique=False)

    op.create_table(
        "print_chunk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["print_run.id"], name=op.f("fk_print_chunk_run_id_print_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_chunk")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_print_chunk_run_id")),
    )
    op.create_table(
        "print_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "state", sa.Enum("NEW", "READY", "FAULTY", "LEFT_OUT", "DONE", "FAILED", name="rowstate"), nullable=False
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("has_message", sa.Boolean(), nullable=False),
        sa.Column("values", sa.Text(), nullable=True),
        sa.Column("found", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_print_row_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["print_run.id"], name=op.f("fk_print_row_run_id_print_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_row")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_print_row_run_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("print_row") as batch_op:
        batch_op.create_index(batch_op.f("ix_print_row_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_print_row_run_id_state", ["run_id", "state"], unique=False)

    op.create_table(
        "print_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_print_file_file_id_stored_file"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["print_run.id"], name=op.f("fk_print_file_run_id_print_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_file")),
        sa.UniqueConstraint("file_id", name=op.f("uq_print_file_file_id")),
        sa.UniqueConstraint("run_id", "part", name=op.f("uq_print_file_run_id")),
    )
    op.create_table(
        "print_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["row_id"], ["print_row.id"], name=op.f("fk_print_letter_row_id_print_row"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["print_run.id"], name=op.f("fk_print_letter_run_id_print_run"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_print_letter_target_id_target")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_letter")),
        sa.UniqueConstraint("row_id", "target_id", name=op.f("uq_print_letter_row_id")),
        sa.UniqueConstraint("run_id", "place", name=op.f("uq_print_letter_run_id")),
    )
    with op.batch_alter_table("print_letter") as batch_op:
        batch_op.create_index(batch_op.f("ix_print_letter_target_id"), ["target_id"], unique=False)

    with op.batch_alter_table("letter", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("run_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("row_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("marked_by", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_letter_marked_by"), ["marked_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_row_id"), ["row_id"], unique=False)
        batch_op.create_index("ix_letter_run_status", ["run_id", "status"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_letter_row_id_print_row"), "print_row", ["row_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_letter_run_id_print_run"), "print_run", ["run_id"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("letter", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_letter_run_id_print_run"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_letter_row_id_print_row"), type_="foreignkey")
        batch_op.drop_index("ix_letter_run_status")
        batch_op.drop_index(batch_op.f("ix_letter_row_id"))
        batch_op.drop_index(batch_op.f("ix_letter_marked_by"))
        batch_op.drop_column("marked_by")
        batch_op.drop_column("row_id")
        batch_op.drop_column("run_id")

    with op.batch_alter_table("print_letter") as batch_op:
        batch_op.drop_index(batch_op.f("ix_print_letter_target_id"))

    op.drop_table("print_letter")
    op.drop_table("print_file")
    with op.batch_alter_table("print_row") as batch_op:
        batch_op.drop_index("ix_print_row_run_id_state")
        batch_op.drop_index(batch_op.f("ix_print_row_person_id"))

    op.drop_table("print_row")
    op.drop_table("print_chunk")
    with op.batch_alter_table("print_run") as batch_op:
        batch_op.drop_index(batch_op.f("ix_print_run_state"))
        batch_op.drop_index(batch_op.f("ix_print_run_group_id"))
        batch_op.drop_index(batch_op.f("ix_print_run_expires_on"))
        batch_op.drop_index(batch_op.f("ix_print_run_campaign_id"))

    op.drop_table("print_run")
    op.drop_table("group_tariff")
    for name in ("source", "runstate", "rowstate"):
        sa.Enum(name=name).drop(op.get_bind(), checkfirst=True)  # which PostgreSQL keeps apart from the tables
