"""The accounts that people sign in with, and what opens or leads to one: passkeys, sessions, links."""

from __future__ import annotations

from datetime import datetime

from flask_security import UserMixin, WebAuthnMixin
from sqlalchemy import JSON, ForeignKey, LargeBinary, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.days import today
from campaign_app.db import Base, Moment, now
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership, Person, Role, index_email
from campaign_app.sealing import Sealed

SECOND_FACTOR_ROLES = frozenset({Role.ORGANIZER, Role.STAFF})


class Account(Base, UserMixin):
    """What a person signs in with. The e-mail address is sealed, and found by its blind index.

    The names of its second factors are those that Flask-Security reads. ``tf_last_counter`` is the time step of the
    last code that was taken, so that none is taken twice; recovery codes are kept as their blind indexes.
    ``grace_used`` tells that the one sign-in without a second factor is over.
    """

    __tablename__ = "account"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Sealed)
    email_index: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    grace_used: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(unique=True)  # type: ignore[assignment]
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None] = mapped_column(Sealed)
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    webauthn: Mapped[list[Passkey]] = relationship(  # type: ignore[assignment]
        cascade="all, delete-orphan", order_by="Passkey.id"
    )

    @property
    def roles(self) -> list[Membership]:  # type: ignore[override] # what Flask-Security reads, it never sets
        """The memberships that hold today: an ended one stops working at the next request."""
        day = today()
        return [membership for membership in self.person.memberships if membership.holds_on(day)]

    @property
    def needs_second_factor(self) -> bool:
        return any(membership.role in SECOND_FACTOR_ROLES for membership in self.roles)

    @property
    def has_second_factor(self) -> bool:
        return bool(self.tf_totp_secret or self.webauthn)

    def check_tf_required_setup(self) -> bool:
        """Whether the authenticator app must stay, as Flask-Security asks before it is taken away."""
        return self.needs_second_factor and not self.webauthn


class Passkey(Base, WebAuthnMixin):
    """A public key by which an account is opened; the private one never leaves its device."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Sealed)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    transports: Mapped[list[str] | None] = mapped_column(JSON)
    backup_state: Mapped[bool]
    device_type: Mapped[str]
    extensions: Mapped[str | None]
    lastuse_datetime: Mapped[datetime] = mapped_column(Moment)
    usage: Mapped[str]

    def get_user_mapping(self) -> dict[str, int]:
        return {"id": self.account_id}


class SignedIn(Base):
    """A session: somebody is signed in on a device. Its token is in their cookie, and here only its hash.

    ``browser`` and ``system`` are plain words such as Firefox and Linux. ``grace`` marks the one session in which the
    desk may be used without a second factor.
    """

    __tablename__ = "signed_in"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    browser: Mapped[str]
    system: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(Moment, default=now)
    last_seen_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    grace: Mapped[bool] = mapped_column(default=False)


class ResetLink(Base):
    """A link by which an account gets a new password, once; an account has one at most.

    ``without_second_factor`` also takes the second factors away, for somebody who lost them.
    """

    __tablename__ = "reset_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), unique=True)
    account: Mapped[Account] = relationship()
    token_hash: Mapped[str] = mapped_column(unique=True)
    without_second_factor: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class Invitation(Base):
    """An open invitation to a role in a group, or in the section where there is no group.

    It is bound to an e-mail address, and deleted when it is accepted or withdrawn. ``person`` is whom it is for where
    the section knows them already.
    """

    __tablename__ = "invitation"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(Sealed)
    email_index: Mapped[str] = mapped_column(index=True)
    role: Mapped[Role]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    group: Mapped[Group | None] = relationship()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    person: Mapped[Person | None] = relationship()
    inviter_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    inviter: Mapped[Account] = relationship()
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment)


for model in (Account, Invitation):
    event.listen(model, "before_insert", index_email)
    event.listen(model, "before_update", index_email)
