"""Keep what happens to sheets: issues, steps, counts, samples, deliveries, destruction."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"


STATUSES = ("PRINTED", "ISSUED", "RETURNED", "MISSING", "SPOILED", "VOID", "COUNTED", "DELIVERED")


def upgrade() -> None:
    status = sa.Enum(*STATUSES, name="sheetstatus").with_variant(  # the type is there already
        postgresql.ENUM(*STATUSES, name="sheetstatus", create_type=False), "postgresql"
    )
    standing = sa.Enum("UNCHECKED", "DISPUTED", "VERIFIED", name="standing")
    standing.create(op.get_bind(), checkfirst=True)  # a new column does not make its type on PostgreSQL
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum("PACKED", "POSTED", "ACCEPTED", "REFUSED", "WITHDRAWN", name="deliverystatus"),
            nullable=False,
        ),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("packed_at", sa.DateTime(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_delivery_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_delivery_petition_id_petition")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_delivery_target_id_target")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_petition_id"), ["petition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_target_id"), ["target_id"], unique=False)

    op.create_table(
        "sheet_destruction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("destroyed_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("by_whom", sa.Text(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sheet_destruction_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"], ["petition.id"], name=op.f("fk_sheet_destruction_petition_id_petition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_destruction")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sheet_destruction") as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_destruction_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "sheet_issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("collector", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("unattended", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sheet_issue_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sheet_issue_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_sheet_issue_petition_id_petition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_issue")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sheet_issue_token_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sheet_issue") as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_issue_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_issue_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_issue_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "sheet_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sheet_sample_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_sheet_sample_petition_id_petition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_sample")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sheet_sample") as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_sample_petition_id"), ["petition_id"], unique=False)

    op.create_table(
        "delivery_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_receipt_delivery_id_delivery"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_delivery_receipt_file_id_stored_file"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_receipt")),
        sa.UniqueConstraint("file_id", name=op.f("uq_delivery_receipt_file_id")),
    )
    with op.batch_alter_table("delivery_receipt") as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_receipt_delivery_id"), ["delivery_id"], unique=False)

    op.create_table(
        "collector_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("signatures", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["sheet_issue.id"], name=op.f("fk_collector_note_issue_id_sheet_issue"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheet.id"], name=op.f("fk_collector_note_sheet_id_sheet"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collector_note")),
        sa.UniqueConstraint("issue_id", name=op.f("uq_collector_note_issue_id")),
        sa.UniqueConstraint("sheet_id", name=op.f("uq_collector_note_sheet_id")),
    )
    op.create_table(
        "sampled_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["sheet_sample.id"], name=op.f("fk_sampled_sheet_sample_id_sheet_sample"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheet.id"], name=op.f("fk_sampled_sheet_sheet_id_sheet"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampled_sheet")),
        sa.UniqueConstraint("sample_id", "sheet_id", name=op.f("uq_sampled_sheet_sample_id")),
    )
    with op.batch_alter_table("sampled_sheet") as batch_op:
        batch_op.create_index(batch_op.f("ix_sampled_sheet_sheet_id"), ["sheet_id"], unique=False)

    op.create_table(
        "sheet_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.Column("raw", sa.Integer(), nullable=False),
        sa.Column("struck_out", sa.Integer(), nullable=False),
        sa.Column("illegible", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("outside_dates", sa.Integer(), nullable=False),
        sa.Column("not_eligible", sa.Integer(), nullable=False),
        sa.Column("duplicate", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sheet_count_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_count_sheet_id_sheet"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_count")),
        sa.UniqueConstraint("sheet_id", "turn", name=op.f("uq_sheet_count_sheet_id")),
    )
    op.create_table(
        "sheet_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("before", status, nullable=False),
        sa.Column("after", status, nullable=False),
        sa.Column("issue_before", sa.Integer(), nullable=True),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("undoes", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sheet_event_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["issue_before"], ["sheet_issue.id"], name=op.f("fk_sheet_event_issue_before_sheet_issue")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["sheet_issue.id"], name=op.f("fk_sheet_event_issue_id_sheet_issue")),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_event_sheet_id_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_event")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sheet_event") as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_event_act"), ["act"], unique=False)
        batch_op.create_index("ix_sheet_event_sheet_id_id", ["sheet_id", "id"], unique=False)

    with op.batch_alter_table("sheet", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("issue_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("standing", standing, nullable=True))
        batch_op.add_column(sa.Column("raw", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("valid", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("delivery_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("destruction_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_sheet_delivery_id"), ["delivery_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_destruction_id"), ["destruction_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_issue_id"), ["issue_id"], unique=False)
        batch_op.create_index("ix_sheet_petition_id_status", ["petition_id", "status"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_sheet_delivery_id_delivery"), "delivery", ["delivery_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_sheet_issue_id_sheet_issue"), "sheet_issue", ["issue_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_sheet_destruction_id_sheet_destruction"), "sheet_destruction", ["destruction_id"], ["id"]
        )


def downgrade() -> None:
    for table in ("sheet_event", "sheet_count", "sampled_sheet", "collector_note", "delivery_receipt", "sheet_sample"):
        op.drop_table(table)
    with op.batch_alter_table("sheet", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_index("ix_sheet_petition_id_status")
        for column, table in (("issue", "sheet_issue"), ("destruction", "sheet_destruction"), ("delivery", "delivery")):
            batch_op.drop_constraint(batch_op.f(f"fk_sheet_{column}_id_{table}"), type_="foreignkey")
            batch_op.drop_index(batch_op.f(f"ix_sheet_{column}_id"))
            batch_op.drop_column(f"{column}_id")
        for name in ("standing", "raw", "valid"):
            batch_op.drop_column(name)
    for table in ("sheet_issue", "sheet_destruction", "delivery"):
        op.drop_table(table)
    for name in ("standing", "deliverystatus"):
        sa.Enum(name=name).drop(op.get_bind(), checkfirst=True)  # which PostgreSQL keeps apart from the tables
