"""Give accounts second factors, sessions that can be ended, links to reset a password, and invitations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

NEVER_REUSED = {"sqlite_autoincrement": True}
ROLES = ("MEMBER", "ORGANIZER", "STAFF")
FACTORS = ("fs_webauthn_user_handle", "tf_primary_method", "tf_totp_secret", "tf_last_counter", "mf_recovery_codes")


def upgrade() -> None:
    with op.batch_alter_table("account", table_kwargs=NEVER_REUSED) as batch:
        batch.add_column(sa.Column("grace_used", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("fs_webauthn_user_handle", sa.String(), nullable=True))
        batch.add_column(sa.Column("tf_primary_method", sa.String(), nullable=True))
        batch.add_column(sa.Column("tf_totp_secret", sa.Text(), nullable=True))
        batch.add_column(sa.Column("tf_last_counter", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("mf_recovery_codes", sa.JSON(), nullable=True))
        batch.create_unique_constraint(op.f("uq_account_fs_webauthn_user_handle"), ["fs_webauthn_user_handle"])
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=True),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(), nullable=False),
        sa.Column("extensions", sa.String(), nullable=True),
        sa.Column("lastuse_datetime", sa.DateTime(), nullable=False),
        sa.Column("usage", sa.String(), nullable=False),
        *_of_account("passkey"),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_account_id"), "passkey", ["account_id"])
    op.create_table(
        "signed_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("grace", sa.Boolean(), nullable=False),
        *_of_account("signed_in"),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signed_in_token_hash")),
        **NEVER_REUSED,
    )
    for column in ("account_id", "last_seen_at"):
        op.create_index(op.f(f"ix_signed_in_{column}"), "signed_in", [column])
    op.create_table(
        "reset_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("without_second_factor", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        *_of_account("reset_link"),
        sa.UniqueConstraint("account_id", name=op.f("uq_reset_link_account_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reset_link_token_hash")),
    )
    role = sa.Enum(*ROLES, name="role").with_variant(  # the type is there already
        postgresql.ENUM(*ROLES, name="role", create_type=False), "postgresql"
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_index", sa.String(), nullable=False),
        sa.Column("role", role, nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("inviter_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_invitation_{column}_{table}"), ondelete="CASCADE"
            )
            for column, table in (("group_id", "group"), ("person_id", "person"), ("inviter_id", "account"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
        **NEVER_REUSED,
    )
    for column in ("email_index", "group_id", "person_id", "inviter_id"):
        op.create_index(op.f(f"ix_invitation_{column}"), "invitation", [column])


def downgrade() -> None:
    for table in ("invitation", "reset_link", "signed_in", "passkey"):
        op.drop_table(table)
    with op.batch_alter_table("account", table_kwargs=NEVER_REUSED) as batch:
        batch.drop_constraint(op.f("uq_account_fs_webauthn_user_handle"), type_="unique")
        for column in (*FACTORS, "grace_used"):
            batch.drop_column(column)


def _of_account(table: str) -> tuple[sa.ForeignKeyConstraint, sa.PrimaryKeyConstraint]:
    """That a row belongs to an account and goes with it, and is known by its id."""
    return (
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
