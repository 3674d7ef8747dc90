"""The accounts that people sign in with."""

from __future__ import annotations

from flask_security import UserMixin
from sqlalchemy import ForeignKey, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaign_app.days import today
from campaign_app.db import Base
from campaign_app.people.models import Membership, Person, index_email
from campaign_app.sealing import Sealed


class Account(Base, UserMixin):
    """What a person signs in with. The e-mail address is sealed, and found by its blind index."""

    __tablename__ = "account"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Sealed)
    email_index: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def roles(self) -> list[Membership]:  # type: ignore[override] # what Flask-Security reads, it never sets
        """The memberships that hold today: an ended one stops working at the next request."""
        day = today()
        return [membership for membership in self.person.memberships if membership.holds_on(day)]


event.listen(Account, "before_insert", index_email)
event.listen(Account, "before_update", index_email)
