"""Keep each act on letters, letters written by hand, letter evenings and reminders."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"

NEVER_REUSED = {"sqlite_autoincrement": True}
STATUSES = ("MADE", "POSTED", "ANSWERED", "RETURNED", "VOID")
WAYS = ("OWN_PAGE", "SCAN", "LIST", "SHELL", "REPLY")
KINDS = ("LETTER", "CARD", "OTHER")


def upgrade() -> None:
    _acts()
    _evenings()
    _handwritten()
    _reminders()
    with op.batch_alter_table("letter", table_kwargs=NEVER_REUSED) as batch:
        batch.add_column(sa.Column("act_id", sa.Integer(), nullable=True))
    _tell_of_acts_so_far()
    with op.batch_alter_table("letter", table_kwargs=NEVER_REUSED) as batch:
        batch.drop_index("ix_letter_marked_by")
        batch.drop_column("marked_by")
    with op.batch_alter_table("letter", table_kwargs=NEVER_REUSED) as batch:
        batch.alter_column("act_id", new_column_name="marked_by")
    with op.batch_alter_table("letter", table_kwargs=NEVER_REUSED) as batch:
        batch.add_column(sa.Column("evening_id", sa.Integer(), nullable=True))
        batch.create_index(op.f("ix_letter_marked_by"), ["marked_by"])
        batch.create_index("ix_letter_evening_status", ["evening_id", "status"])
        batch.create_foreign_key(op.f("fk_letter_marked_by_act"), "act", ["marked_by"], ["id"])
        batch.create_foreign_key(
            op.f("fk_letter_evening_id_evening"), "evening", ["evening_id"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("letter", table_kwargs=NEVER_REUSED) as batch:
        batch.drop_constraint(op.f("fk_letter_evening_id_evening"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_letter_marked_by_act"), type_="foreignkey")
        batch.drop_index("ix_letter_evening_status")
        batch.drop_index("ix_letter_marked_by")
        batch.drop_column("evening_id")
        batch.drop_column("marked_by")
    with op.batch_alter_table("letter", table_kwargs=NEVER_REUSED) as batch:
        batch.add_column(sa.Column("marked_by", sa.String(), nullable=True))
        batch.create_index(op.f("ix_letter_marked_by"), ["marked_by"])
    for table in ("overtaken_act", "reminder", "handwritten_count", "waiting_letters", "evening_table", "evening", "act"):
        op.drop_table(table)
    for name in ("how", "handwrittenkind"):
        sa.Enum(name=name).drop(op.get_bind(), checkfirst=True)  # which PostgreSQL keeps apart from the tables


def _acts() -> None:
    status = sa.Enum(*STATUSES, name="letterstatus").with_variant(
        postgresql.ENUM(*STATUSES, name="letterstatus", create_type=False), "postgresql"
    )
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.Enum(*WAYS, name="how"), nullable=False),
        sa.Column("before", status, nullable=False),
        sa.Column("after", status, nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        _refers("act", "account", ondelete="SET NULL"),
        _refers("act", "act", "undoes_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
        **NEVER_REUSED,
    )
    _index("act", "account_id", "undoes_id")
    op.create_table(
        "overtaken_act",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        _refers("overtaken_act", "letter", ondelete="CASCADE"),
        _refers("overtaken_act", "act", "by_id"),
        _refers("overtaken_act", "act", "act_id"),
        sa.PrimaryKeyConstraint("letter_id", "by_id", name=op.f("pk_overtaken_act")),
    )
    _index("overtaken_act", "act_id", "by_id")


def _evenings() -> None:
    op.create_table(
        "evening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        _refers("evening", "group"),
        _refers("evening", "account", ondelete="SET NULL"),
        _refers("evening", "activity", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evening")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_evening_token_hash")),
        **NEVER_REUSED,
    )
    _index("evening", "activity_id", "ends_at", "group_id", "held_on")
    op.create_table(
        "evening_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evening_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        _refers("evening_table", "evening", ondelete="CASCADE"),
        _refers("evening_table", "campaign"),
        _refers("evening_table", "target"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evening_table")),
        sa.UniqueConstraint(
            "evening_id", "campaign_id", "target_id", "language", name=op.f("uq_evening_table_evening_id")
        ),
        **NEVER_REUSED,
    )
    _index("evening_table", "campaign_id", "target_id")
    op.create_table(
        "waiting_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evening_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=False),
        _refers("waiting_letters", "evening", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_letters")),
        sa.UniqueConstraint("form", name=op.f("uq_waiting_letters_form")),
        **NEVER_REUSED,
    )
    _index("waiting_letters", "evening_id", "keep_until")


def _handwritten() -> None:
    op.create_table(
        "handwritten_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Enum(*KINDS, name="handwrittenkind"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("evening_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        _refers("handwritten_count", "campaign"),
        _refers("handwritten_count", "target"),
        _refers("handwritten_count", "group"),
        _refers("handwritten_count", "activity", ondelete="SET NULL"),
        _refers("handwritten_count", "evening", ondelete="SET NULL"),
        _refers("handwritten_count", "account", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handwritten_count")),
        **NEVER_REUSED,
    )
    _index("handwritten_count", "activity_id", "evening_id", "group_id", "target_id")
    op.create_index("ix_handwritten_count_campaign_id_written_on", "handwritten_count", ["campaign_id", "written_on"])


def _reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("letters", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        _refers("reminder", "campaign", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("form", name=op.f("uq_reminder_form")),
        **NEVER_REUSED,
    )
    _index("reminder", "campaign_id", "keep_until", "remind_on")


def _tell_of_acts_so_far() -> None:
    """An act for what was marked before acts were kept, all dated to this moment: when it was is not known.

    What bears no act's name was marked on the letters' own pages.
    """
    letter = sa.table(
        "letter", *(sa.column(name) for name in ("marked_by", "act_id", "posted_on")),
        sa.column("status", sa.Enum(*STATUSES, name="letterstatus")),
    )  # fmt: skip
    act = sa.table(
        "act", *(sa.column(name) for name in ("id", "day", "count")), sa.column("at", sa.DateTime()),
        sa.column("how", sa.Enum(*WAYS, name="how")),
        *(sa.column(name, sa.Enum(*STATUSES, name="letterstatus")) for name in ("before", "after")),
    )  # fmt: skip
    connection, at = op.get_bind(), datetime.now(UTC).replace(tzinfo=None)
    alike = (letter.c.marked_by, letter.c.status, letter.c.posted_on)
    query = sa.select(*alike, sa.func.count()).where(letter.c.status != "MADE").group_by(*alike)
    for number, (name, status, day, count) in enumerate(connection.execute(query).all(), 1):
        how = "LIST" if name else "OWN_PAGE"
        new = {"id": number, "at": at, "how": how, "before": "MADE", "after": status, "day": day, "count": count}
        connection.execute(sa.insert(act).values(new))
        same = (column.is_not_distinct_from(value) for column, value in zip(alike, (name, status, day), strict=True))
        connection.execute(sa.update(letter).where(*same).values(act_id=number))
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT setval('act_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM act), false)"))


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _refers(table: str, to: str, column: str = "", ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    column = column or f"{to}_id"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=ondelete)
