"""Replies, letters that follow up others, and what writers asked to be told."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.access.models import Account
from campaign_app.campaigns.models import Campaign
from campaign_app.db import Base, Moment, now
from campaign_app.letters.models import LetterRecord
from campaign_app.people.models import index_email
from campaign_app.sealing import Sealed
from campaign_app.stored_files.models import StoredFile
from campaign_app.targets.models import Target


class ReplyKind(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    SUBSTANTIVE = "substantive"
    TRANSFERRED = "transferred"
    REFUSED = "refused"
    HOSTILE = "hostile"
    RETURNED_MAIL = "returned_mail"


class Reply(Base):
    """What came back in the post: an answer, or a letter that the post returned undelivered.

    ``letter`` is the one it answers, where that is known; the campaign is known always. ``target`` is the office that
    it came from or that the letter went to; ``sender`` says in words who signed it. ``form`` is the form's own key: a
    form that is sent twice makes one reply. ``act`` is the name under which the letter was marked, so that it can be
    undone.
    """

    __tablename__ = "reply"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"), index=True)
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)
    target_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"), index=True)
    kind: Mapped[ReplyKind]
    received_on: Mapped[date] = mapped_column(index=True)
    sender: Mapped[str] = mapped_column(Sealed, default="")
    language: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Sealed, default="")
    translation: Mapped[str] = mapped_column(Sealed, default="")
    summary: Mapped[str] = mapped_column(Sealed, default="")
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"), unique=True)
    forwarded_on: Mapped[date | None]
    form: Mapped[str] = mapped_column(unique=True)
    act_id: Mapped[int | None] = mapped_column(ForeignKey("act.id"))
    recorded_at: Mapped[datetime] = mapped_column(Moment, default=now)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    campaign: Mapped[Campaign] = relationship()
    letter: Mapped[LetterRecord | None] = relationship()
    target: Mapped[Target | None] = relationship()
    scan: Mapped[StoredFile | None] = relationship()
    account: Mapped[Account | None] = relationship()

    @property
    def is_returned_mail(self) -> bool:
        return self.kind is ReplyKind.RETURNED_MAIL


class FollowUp(Base):
    """A letter that asks again after another, which had no reply."""

    __tablename__ = "follow_up"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True)
    follows_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True, index=True)
    letter: Mapped[LetterRecord] = relationship(foreign_keys=[letter_id])
    follows: Mapped[LetterRecord] = relationship(foreign_keys=[follows_id])


class News(StrEnum):
    """What a writer who asked for news is told."""

    REPLY = "reply"
    OUTCOME = "outcome"
    CLOSING = "closing"


class WantsToKnow(Base):
    """A writer's wish to be told by e-mail what becomes of the letters of one form, until a day that they were told.

    ``letter`` is the first of the form's letters. ``stop_hash`` stands for the token by which the writer ends it.
    """

    __tablename__ = "wants_to_know"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id", ondelete="CASCADE"), unique=True)
    email: Mapped[str] = mapped_column(Sealed)
    email_index: Mapped[str] = mapped_column(index=True)
    stop_hash: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str]
    keep_until: Mapped[date] = mapped_column(index=True)
    letter: Mapped[LetterRecord] = relationship()


event.listen(WantsToKnow, "before_insert", index_email)


class Notice(Base):
    """A piece of news for a writer who asked for it, told once at most.

    ``subject`` is the id of the reply or outcome, or of the campaign that closed. ``begun_at`` is stored before the
    e-mail is sent: whoever finds it does not send it again, since nobody knows whether it went.
    """

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("wish_id", "news", "subject"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wants_to_know.id", ondelete="CASCADE"))
    news: Mapped[News]
    subject: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    begun_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    wish: Mapped[WantsToKnow] = relationship()
