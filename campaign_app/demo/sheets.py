"""Signature sheets of the demo section: some are out, some are back and counted, one was lost to coffee."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from campaign_app.access.models import Account
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.documents import sheet_page
from campaign_app.documents.sheet_design import SheetDesign as Design
from campaign_app.people.models import email_index
from campaign_app.petitions import counts, custody, issuing, printing, wording
from campaign_app.petitions.counting import Count
from campaign_app.petitions.custody import Move
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet

Table = dict[str, Any]


def add(tables: Iterable[Table], campaigns: dict[str, Campaign], today: date) -> None:
    """Print, issue and count the sheets of petitions that have none."""
    for table in tables:
        petition = db.session.scalars(select(Petition).filter_by(campaign_id=campaigns[table["campaign"]].id)).first()
        if petition and not db.session.scalar(select(Sheet.id).where(Sheet.petition_id == petition.id).limit(1)):
            _print(petition, table["sheets"])
            for issue in table["issues"]:
                _issue(petition, issue, today)
            _count(petition, table["counts"])


def _print(petition: Petition, count: int) -> None:
    design = petition.designs[0]
    content = wording.content_of(petition, Design.from_json(design.choices))
    batch = printing.batch_of(petition, design, content, sheet_page.arrange(content).grid, count, None)
    printing.record(batch)
    db.session.flush()


def _issue(petition: Petition, table: Table, today: date) -> None:
    """Give sheets out, and take back those that are said to be back."""
    whom = {name: table[name] for name in ("collector", "place", "unattended") if name in table}
    issue = issuing.new(petition, None, due_on=today + timedelta(days=table["collect_in_days"]), **whom)
    issue.issued_at -= timedelta(days=table["days_ago"])
    custody.move(_between(petition, table["sheets"]), Move.ISSUE, None, issue=issue)
    if "back" in table:
        custody.move(_between(petition, table["back"]), Move.HAND_BACK, None)
    if "spoiled" in table:
        custody.move(_between(petition, table["spoiled"]), Move.SPOIL, None, reason=table["reason"])


def _count(petition: Petition, tables: Iterable[Table]) -> None:
    """Count sheets once or twice, each time by somebody else."""
    for table in tables:
        known = Account.email_index.in_([email_index(address) for address in table["by"]])
        people = db.session.scalars(select(Account.id).where(known).order_by(Account.id)).all()
        for sheet in db.session.scalars(select(Sheet).where(*_between(petition, table["sheets"]))).all():
            for turn, account in enumerate(people, 1):
                counts.enter(sheet, Count(table["filled"], blank=table["blank"]), turn, account)
                db.session.flush()


def _between(petition: Petition, ends: list[int]) -> list[ColumnElement[bool]]:
    first, last = ends
    return [Sheet.petition_id == petition.id, Sheet.number.between(first, last)]
