"""What a handover lists of signature sheets: those that are out, with whom, and those that wait to be counted."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import func, select

from campaign_app.db import db
from campaign_app.groups import outstanding
from campaign_app.groups.models import Group
from campaign_app.groups.outstanding import Outstanding
from campaign_app.pages import written_day
from campaign_app.petitions import issuing
from campaign_app.petitions.counting import Standing
from campaign_app.petitions.issuing import Out
from campaign_app.petitions.models import Petition
from campaign_app.petitions.sheet_models import Sheet, SheetStatus

TO_BE_DONE = (Sheet.status == SheetStatus.RETURNED) | Sheet.standing.in_((Standing.UNCHECKED, Standing.DISPUTED))


@outstanding.source
def sheets(group: Group) -> Iterator[Outstanding]:
    """The group's sheets that somebody has, what is overdue first; then those to be counted or checked."""
    own = select(Petition.id).where(Petition.group_id == group.id)
    for held in issuing.out([Sheet.petition_id.in_(own)]):
        url = url_for("custody.issued", petition_id=held.issue.petition_id, issue_id=held.issue.id)
        yield Outstanding(_said(held), url, held.issue.with_whom or held.issue.place)
    waiting = select(Petition, func.count(Sheet.id)).join(Sheet, Sheet.petition_id == Petition.id)
    waiting = waiting.where(Petition.group_id == group.id, TO_BE_DONE).group_by(Petition.id).order_by(Petition.id)
    for petition, count in db.session.execute(waiting):
        text = ngettext(
            "%(num)s sheet of %(code)s is to be counted or checked",
            "%(num)s sheets of %(code)s are to be counted or checked",
            count,
            code=petition.code,
        )
        yield Outstanding(text, url_for("sheet_counts.show", petition_id=petition.id))


def _said(held: Out) -> str:
    first, last = (f"{held.issue.petition.code}-{number:04}" for number in (held.first, held.last))
    names = {"count": held.sheets, "first": first, "last": last}
    if held.issue.due_on is None:
        return gettext("Signature sheets: %(count)s, from %(first)s to %(last)s", **names)
    day = written_day(held.issue.due_on)
    said = gettext(
        "Signature sheets: %(count)s, from %(first)s to %(last)s, to be collected by %(day)s", day=day, **names
    )
    return str(said)
