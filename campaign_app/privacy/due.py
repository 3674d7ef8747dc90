"""Which rows are due of the kinds that every section stores. Other packages register theirs in their own rooms."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import and_, exists, func, or_, select

from campaign_app.access.models import Invitation, ResetLink, SignedIn
from campaign_app.days import midnight
from campaign_app.db import db
from campaign_app.groups.models import Officer
from campaign_app.letters.models import KeptLetter
from campaign_app.people.models import Consent, FeePayment, Membership, Person
from campaign_app.privacy import audit, erasing
from campaign_app.privacy.forgetting import Due, forgets
from campaign_app.privacy.models import AuditEntry, SettledFee
from campaign_app.stored_files.models import StoredFile

BEHIND = timedelta(days=1)  # a campaign's own midnight may come up to a day after the section's


@forgets("kept letters")
def kept_letters(before: date) -> Due:
    return KeptLetter, KeptLetter.keep_until < before - BEHIND


@forgets("stored files")
def stored_files(before: date) -> Due:
    return StoredFile, StoredFile.expires_on < before


@forgets("people", delete=erasing.part_with)
def people(before: date) -> Due:
    """Whoever has no role any more, with everything that is held about them."""
    holds = exists().where(
        Membership.person_id == Person.id, or_(Membership.ends_on.is_(None), Membership.ends_on >= before)
    )
    return Person, and_(~holds, Person.created_at < midnight(before))


@forgets("memberships")
def memberships(before: date) -> Due:
    return Membership, Membership.ends_on < before


@forgets("terms of officers")
def terms(before: date) -> Due:
    return Officer, Officer.ends_on < before


@forgets("withdrawn consents")
def withdrawn_consents(before: date) -> Due:
    return Consent, Consent.withdrawn_on < before


@forgets("fees")
def fees(before: date) -> Due:
    return FeePayment, FeePayment.paid_on < before


@forgets("fees without a name")
def settled_fees(before: date) -> Due:
    return SettledFee, SettledFee.paid_on < before


@forgets("sessions")
def sessions(before: date) -> Due:
    """A session that was not used for a day has ended, whoever it belongs to."""
    return SignedIn, SignedIn.last_seen_at < midnight(before)


@forgets("invitations")
def invitations(before: date) -> Due:
    return Invitation, Invitation.expires_at < midnight(before)


@forgets("reset links")
def reset_links(before: date) -> Due:
    return ResetLink, ResetLink.expires_at < midnight(before)


@forgets("audit log", delete=lambda entry: audit.forget_before(entry.id + 1))
def audit_log(before: date) -> Due:
    """Entries from the beginning up to the first that is young, whatever the clock said in between."""
    young = select(func.min(AuditEntry.id)).where(AuditEntry.at >= midnight(before)).scalar_subquery()
    return AuditEntry, AuditEntry.id < func.coalesce(young, db.session.scalar(select(func.max(AuditEntry.id))) or 0)
