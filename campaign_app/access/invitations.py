"""Inviting somebody to a role: a link that is good once, for one e-mail address and some days."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, select

from campaign_app import keys
from campaign_app.access.accounts import with_role
from campaign_app.access.models import Account, Invitation
from campaign_app.access.permissions import may_give
from campaign_app.days import today
from campaign_app.db import db, now
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership, Person, Role, email_index
from campaign_app.privacy import audit

GOOD_FOR = timedelta(days=7)


class NoLongerGood(Exception):
    """The invitation was used or withdrawn, is too old, or its inviter may no longer give the role."""


def invite(inviter: Account, email: str, role: Role, group: Group | None, person: Person | None = None) -> Invitation:
    """A new invitation, for the caller to commit; ``renew`` gives it a link."""
    invitation = Invitation(
        email=email, role=role, group=group, person=person, inviter=inviter, expires_at=now() + GOOD_FOR
    )
    db.session.add(invitation)
    return invitation


def renew(invitation: Invitation) -> str:
    """The address of a new link; the one before opens nothing any more. The caller commits."""
    token = secrets.token_urlsafe(keys.TOKEN_BYTES)
    invitation.token_hash = keys.token_hash(token)
    invitation.expires_at = now() + GOOD_FOR
    return f"{current_app.config['SITE_URL'].rstrip('/')}/invitation/{token}"


def find(token: str) -> Invitation:
    """The invitation of a link. Raises NoLongerGood."""
    found = db.session.scalar(select(Invitation).filter_by(token_hash=keys.token_hash(token)))
    if found is None or found.expires_at < now() or not found.inviter.active:
        raise NoLongerGood
    if not may_give(found.inviter, found.role, found.group):
        raise NoLongerGood
    return found


def account_of(invitation: Invitation) -> Account | None:
    """The account of whoever is invited, if they have one."""
    return db.session.scalar(select(Account).filter_by(email_index=invitation.email_index))


def accept(invitation: Invitation, account: Account | None, person: Person) -> None:
    """Give ``person`` the role, once. The caller commits. Raises NoLongerGood."""
    used = db.session.execute(delete(Invitation).where(Invitation.id == invitation.id))
    if not used.rowcount:  # type: ignore[attr-defined]
        raise NoLongerGood
    db.session.expunge(invitation)
    day = today()
    group = db.session.get_one(Group, invitation.group_id) if invitation.group_id else None
    held = [membership for membership in person.memberships if membership.holds_on(day)]
    if (invitation.role, invitation.group_id) not in [(membership.role, membership.group_id) for membership in held]:
        with_role(person, invitation.role, group, day)
    audit.record("accept invitation", account or person, invitation=invitation.id, inviter=invitation.inviter_id)


def person_for(invitation: Invitation, name: str) -> Person:
    """Whom the section knows under the invited address in the same group; else somebody new."""
    if invitation.person is not None:
        return invitation.person
    in_group = Person.memberships.any(Membership.group_id == invitation.group_id)
    in_section = Person.memberships.any(Membership.role == Role.STAFF)
    without_account = ~select(Account.id).where(Account.person_id == Person.id).exists()
    known = db.session.scalar(
        select(Person)
        .where(Person.email_index == invitation.email_index, without_account)
        .where(in_group if invitation.group_id else in_section)
        .order_by(Person.id)
    )
    return known or Person(name=name, email=invitation.email)


def is_for(invitation: Invitation, email: str) -> bool:
    return invitation.email_index == email_index(email.strip())
