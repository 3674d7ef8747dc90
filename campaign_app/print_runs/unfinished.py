"""What a handover lists of print runs: those that are not made yet, and letters that lie printed and are not posted."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import func, select

from campaign_app.access.models import Account
from campaign_app.db import db
from campaign_app.groups import outstanding
from campaign_app.groups.models import Group
from campaign_app.groups.outstanding import Outstanding
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.print_runs.models import PrintRun, RunState


@outstanding.source
def runs(group: Group) -> Iterator[Outstanding]:
    """The group's runs, each with whoever began it."""
    own = select(PrintRun).where(PrintRun.group_id == group.id).order_by(PrintRun.id)
    for run in db.session.scalars(own):
        whom = _whom(run)
        if run.state in (RunState.PREPARED, RunState.MAKING):
            text = gettext("A print run for “%(campaign)s” is not made yet", campaign=run.campaign.title)
            yield Outstanding(text, url_for("print_runs.show", run_id=run.id), whom)
        elif count := _not_posted(run):
            text = ngettext(
                "%(num)s letter of a print run for “%(campaign)s” is not posted",
                "%(num)s letters of a print run for “%(campaign)s” are not posted",
                count,
                campaign=run.campaign.title,
            )
            yield Outstanding(text, url_for("run_posted.show", run_id=run.id), whom)


def _not_posted(run: PrintRun) -> int:
    made = LetterRecord.run_id == run.id, LetterRecord.status == LetterStatus.MADE
    return db.session.scalar(select(func.count()).select_from(LetterRecord).where(*made)) or 0


def _whom(run: PrintRun) -> str:
    account = db.session.get(Account, run.account_id) if run.account_id else None
    return account.person.name if account else ""
