"""Keep replies, outcomes, letters that follow up others, and what writers asked to be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum(
                "RELEASED",
                "RELEASED_ON_BAIL",
                "CHARGES_DROPPED",
                "ACQUITTED",
                "SENTENCE_COMMUTED",
                "SENTENCE_REDUCED",
                "CONDITIONS_IMPROVED",
                "TRANSFERRED",
                "LAW_CHANGED",
                "OTHER_PROGRESS",
                "CONVICTED",
                "CONDITIONS_WORSENED",
                "DIED",
                "OTHER",
                name="whathappened",
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_outcome_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_outcome_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("form", name=op.f("uq_outcome_form")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outcome") as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outcome_happened_on"), ["happened_on"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["letter.id"], name=op.f("fk_follow_up_follows_id_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_follow_up_letter_id_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter_id", "follows_id", name=op.f("pk_follow_up")),
    )
    with op.batch_alter_table("follow_up") as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_follows_id"), ["follows_id"], unique=False)

    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "ACKNOWLEDGEMENT", "SUBSTANTIVE", "TRANSFERRED", "REFUSED", "HOSTILE", "RETURNED_MAIL", name="replykind"
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("translation", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("forwarded_on", sa.Date(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_reply_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_reply_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_reply_group_id_group")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_reply_letter_id_letter")),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["stored_file.id"], name=op.f("fk_reply_scan_id_stored_file"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_reply_target_id_target")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("form", name=op.f("uq_reply_form")),
        sa.UniqueConstraint("scan_id", name=op.f("uq_reply_scan_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reply") as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reply_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reply_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reply_received_on"), ["received_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_reply_target_id"), ["target_id"], unique=False)

    op.create_table(
        "wants_to_know",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_index", sa.String(), nullable=False),
        sa.Column("about_reply", sa.Boolean(), nullable=False),
        sa.Column("about_outcome", sa.Boolean(), nullable=False),
        sa.Column("about_closing", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_wants_to_know_letter_id_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wants_to_know")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_wants_to_know_letter_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("wants_to_know") as batch_op:
        batch_op.create_index(batch_op.f("ix_wants_to_know_keep_until"), ["keep_until"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wish_id", sa.Integer(), nullable=False),
        sa.Column("news", sa.Enum("REPLY", "OUTCOME", "CLOSING", name="news"), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["wish_id"], ["wants_to_know.id"], name=op.f("fk_notice_wish_id_wants_to_know"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("wish_id", "news", "subject", name=op.f("uq_notice_wish_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notice") as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_begun_at"), ["begun_at"], unique=False)

    with op.batch_alter_table("campaign") as batch_op:
        batch_op.add_column(sa.Column("asks_for_replies", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("waiting_days", sa.Integer(), nullable=False, server_default="60"))

    use = sa.Enum("APPEAL", "FOLLOW_UP", name="textuse")
    use.create(op.get_bind(), checkfirst=True)  # a new column does not make its type on PostgreSQL
    with op.batch_alter_table("letter_text") as batch_op:
        batch_op.add_column(sa.Column("use", use, nullable=False, server_default="APPEAL"))
        batch_op.drop_constraint(batch_op.f("uq_letter_text_campaign_id"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_letter_text_campaign_id"), ["campaign_id", "language", "use"])

    with op.batch_alter_table("target") as batch_op:
        batch_op.add_column(sa.Column("returned_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("target") as batch_op:
        batch_op.drop_column("returned_on")

    op.execute("DELETE FROM letter_text WHERE \"use\" <> 'APPEAL'")
    with op.batch_alter_table("letter_text") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_letter_text_campaign_id"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_letter_text_campaign_id"), ["campaign_id", "language"])
        batch_op.drop_column("use")

    with op.batch_alter_table("campaign") as batch_op:
        batch_op.drop_column("waiting_days")
        batch_op.drop_column("asks_for_replies")

    with op.batch_alter_table("notice") as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_begun_at"))

    op.drop_table("notice")
    with op.batch_alter_table("wants_to_know") as batch_op:
        batch_op.drop_index(batch_op.f("ix_wants_to_know_keep_until"))

    op.drop_table("wants_to_know")
    with op.batch_alter_table("reply") as batch_op:
        batch_op.drop_index(batch_op.f("ix_reply_target_id"))
        batch_op.drop_index(batch_op.f("ix_reply_received_on"))
        batch_op.drop_index(batch_op.f("ix_reply_letter_id"))
        batch_op.drop_index(batch_op.f("ix_reply_group_id"))
        batch_op.drop_index(batch_op.f("ix_reply_campaign_id"))

    op.drop_table("reply")
    with op.batch_alter_table("follow_up") as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_follows_id"))

    op.drop_table("follow_up")
    with op.batch_alter_table("outcome") as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_happened_on"))
        batch_op.drop_index(batch_op.f("ix_outcome_campaign_id"))

    op.drop_table("outcome")
    for name in ("whathappened", "replykind", "news", "textuse"):
        sa.Enum(name=name).drop(op.get_bind(), checkfirst=True)  # which PostgreSQL keeps apart from the tables
