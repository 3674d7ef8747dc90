"""Seal what tells who people are, and keep consents, fees, officers and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = "0002"
down_revision = "0001"

# Columns that were plain until now.
SEALED = {"person": ("name", "native_name"), "account": ("email",), "group": ("return_address",)}
NEVER_REUSED = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Enum("LETTERS", "CONTACT", "NEWS", name="purpose"), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("way", sa.Enum("FORM", "PAPER", "EMAIL", "SPOKEN", name="way"), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"])
    op.create_table(
        "fee_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("paid_until", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_fee_payment_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_payment")),
    )
    op.create_index(op.f("ix_fee_payment_person_id"), "fee_payment", ["person_id"])
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "duty",
            sa.Enum("COORDINATOR", "DEPUTY", "TREASURER", "SECRETARY", "CAMPAIGNS", "OTHER", name="duty"),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_officer_group_id_group"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_officer_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
    )
    op.create_index(op.f("ix_officer_group_id"), "officer", ["group_id"])
    op.create_index(op.f("ix_officer_person_id"), "officer", ["person_id"])
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    for column in ("at", "account_id", "group_id", "subject"):
        op.create_index(op.f(f"ix_audit_entry_{column}"), "audit_entry", [column])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.bulk_insert(head, [{"id": 1, "length": 0, "digest": ""}])
    with op.batch_alter_table("group") as batch:
        batch.alter_column("return_address", existing_type=sa.Text(), existing_nullable=False)
        batch.add_column(sa.Column("window", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("envelope", sa.String(), nullable=False, server_default="DL"))
        batch.add_column(sa.Column("label_sheet", sa.String(), nullable=False, server_default="L7163"))
        batch.add_column(sa.Column("letterhead", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("person", table_kwargs=NEVER_REUSED) as batch:
        for column in ("name", "native_name"):
            batch.alter_column(column, existing_type=sa.String(), type_=sa.Text(), existing_nullable=False)
        for column in ("pronoun", "email", "phone", "nationality", "occupation", "note"):
            batch.add_column(sa.Column(column, sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("email_index", sa.String(), nullable=False, server_default=""))
        for column in ("letter_address", "private_address"):
            batch.add_column(sa.Column(column, sa.Text(), nullable=True))
        for column in ("languages_read", "languages_written"):
            batch.add_column(sa.Column(column, sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("created_at", sa.DateTime(), nullable=False, server_default="2026-01-01 00:00:00"))
        batch.create_index(op.f("ix_person_email_index"), ["email_index"])
    with op.batch_alter_table("account", table_kwargs=NEVER_REUSED) as batch:
        batch.alter_column("email", existing_type=sa.String(), type_=sa.Text(), existing_nullable=False)
        batch.add_column(sa.Column("email_index", sa.String(), nullable=True))
        batch.drop_constraint(op.f("uq_account_email"), type_="unique")
    _seal()
    with op.batch_alter_table("account", table_kwargs=NEVER_REUSED) as batch:
        batch.alter_column("email_index", existing_type=sa.String(), nullable=False)
        batch.create_unique_constraint(op.f("uq_account_email_index"), ["email_index"])


def downgrade() -> None:
    _open()
    with op.batch_alter_table("account") as batch:
        batch.drop_constraint(op.f("uq_account_email_index"), type_="unique")
        batch.drop_column("email_index")
        batch.alter_column("email", existing_type=sa.Text(), type_=sa.String(), existing_nullable=False)
        batch.create_unique_constraint(op.f("uq_account_email"), ["email"])
    with op.batch_alter_table("person") as batch:
        batch.drop_index(op.f("ix_person_email_index"))
        for column in ("pronoun", "email", "email_index", "phone", "letter_address", "private_address", "nationality"):
            batch.drop_column(column)
        for column in ("occupation", "languages_read", "languages_written", "note", "created_at"):
            batch.drop_column(column)
        for column in ("name", "native_name"):
            batch.alter_column(column, existing_type=sa.Text(), type_=sa.String(), existing_nullable=False)
    with op.batch_alter_table("group") as batch:
        for column in ("window", "envelope", "label_sheet", "letterhead"):
            batch.drop_column(column)
    for table in ("audit_head", "audit_entry", "officer", "fee_payment", "consent"):
        op.drop_table(table)
    for name in ("purpose", "way", "duty"):
        sa.Enum(name=name).drop(op.get_bind(), checkfirst=True)


def _seal() -> None:
    """Seal what stood there plainly. The application's vault is asked for, not imported."""
    vault = current_app.extensions["vault"]
    for name, columns in SEALED.items():
        for row, values in _values(name, columns):
            sealed = {column: vault.seal(value.encode()).decode() for column, value in values.items() if value}
            if name == "account":
                sealed["email_index"] = vault.index("email", values["email"])
            _set(name, row, sealed)


def _open() -> None:
    vault = current_app.extensions["vault"]
    for name, columns in SEALED.items():
        for row, values in _values(name, columns):
            _set(name, row, {column: vault.open(value.encode()).decode() for column, value in values.items() if value})


def _values(name: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    table = sa.table(name, sa.column("id"), *map(sa.column, columns))
    rows = op.get_bind().execute(sa.select(table)).mappings().all()
    return [(row["id"], {column: row[column] for column in columns}) for row in rows]


def _set(name: str, row: int, values: dict[str, str]) -> None:
    if values:
        table = sa.table(name, sa.column("id"), *map(sa.column, values))
        op.get_bind().execute(sa.update(table).where(table.c.id == row).values(values))
