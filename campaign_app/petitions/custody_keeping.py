"""How long the names of collectors are kept, what a collector is told of them, and where names stand on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, delete, or_, select

from campaign_app.days import midnight
from campaign_app.db import db
from campaign_app.people.models import Person
from campaign_app.petitions.issue_models import CollectorNote, SheetIssue
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from campaign_app.privacy.erasing import on_paper
from campaign_app.privacy.forgetting import Due, forgets
from campaign_app.privacy.holdings import Row, holds


def forget(issue: SheetIssue) -> None:
    """Delete who had the sheets and what was told of places; that they were out stays. The caller commits."""
    issue.person_id, issue.collector, issue.place = None, "", ""
    own = select(Sheet.id).where(Sheet.issue_id == issue.id)
    told = or_(CollectorNote.issue_id == issue.id, CollectorNote.sheet_id.in_(own))
    db.session.execute(delete(CollectorNote).where(told).execution_options(synchronize_session=False))


@forgets("collectors", delete=forget)
def due(before: date) -> Due:
    """Those of whose sheets none is out, and none came back or was counted since."""
    out = Sheet.status.in_((SheetStatus.ISSUED, SheetStatus.MISSING))
    recent = select(Sheet.id).where(Sheet.issue_id == SheetIssue.id, or_(out, Sheet.moved_at >= midnight(before)))
    named = or_(SheetIssue.person_id.is_not(None), SheetIssue.collector != "", SheetIssue.place != "")
    return SheetIssue, and_(named, SheetIssue.issued_at < midnight(before), ~recent.exists())


@holds("signature sheets", _("Signature sheets that were issued to you"), "collectors")
def issues_of(person: Person) -> Iterable[Row]:
    """Every issue to the person, with the sheets that were last with them."""
    for issue in _issues(person):
        group = issue.petition.organizer
        yield {"group": group, "place": issue.place, "sheets": _serials(issue), "issued_at": issue.issued_at}


@on_paper
def sheets_of(person: Person) -> list[str]:
    """Collectors sign their name at the foot of each sheet."""
    return [serial for issue in _issues(person) for serial in _serials(issue)]


def _issues(person: Person) -> Iterable[SheetIssue]:
    return db.session.scalars(select(SheetIssue).where(SheetIssue.person_id == person.id).order_by(SheetIssue.id))


def _serials(issue: SheetIssue) -> list[str]:
    there = Sheet.issue_id == issue.id, Sheet.destruction_id.is_(None)
    return list(db.session.scalars(select(Sheet.serial).where(*there).order_by(Sheet.number)))
