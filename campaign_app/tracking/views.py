"""The page of a letter, found by the token in its QR code: it shows nothing personal and takes "I posted it"."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign_app import keys
from campaign_app.access.permissions import permission
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.letters.record import PAGE
from campaign_app.outcomes.recording import outcomes_of
from campaign_app.replies import finding, follow_ups
from campaign_app.tracking import marking
from campaign_app.tracking.models import How

bp = Blueprint("tracking", __name__)


@bp.get(f"{PAGE}<token>")
@permission("write letters")
def letter(token: str) -> str:
    """Where a letter stands."""
    row = _letter(token)
    page = {
        "came": finding.replies_to(row),
        "outcomes": outcomes_of(row.campaign),
        "overdue": follow_ups.is_overdue(row),
    }
    return render_template("tracking/letter.html", letter=row, token=token, **page)


@bp.post(f"{PAGE}<token>/posted")
@permission("write letters")
def posted(token: str) -> Response:
    """Mark the letter as posted; whoever comes second is told."""
    row = _letter(token)
    act = marking.mark(
        [LetterRecord.id == row.id], LetterStatus.MADE, LetterStatus.POSTED, How.OWN_PAGE, row.campaign.today
    )
    db.session.commit()
    if act.count:
        flash(gettext("Thank you. Your letter is on its way and counted."), "good")
    else:
        flash(gettext("This letter was marked before."), "warning")
    return redirect(url_for("tracking.letter", token=token), 303)


@bp.post(f"{PAGE}<token>/not-posted")
@permission("write letters")
def not_posted(token: str) -> Response:
    """Undo ``posted``."""
    row = _letter(token)
    is_posted = [LetterRecord.id == row.id, LetterRecord.status == LetterStatus.POSTED]
    act = marking.undo(row.marked_by or 0, is_posted, How.OWN_PAGE)
    db.session.commit()
    if act and act.count:
        flash(gettext("The letter is no longer marked as posted."), "good")
    else:
        flash(gettext("This letter is not marked as posted."), "warning")
    return redirect(url_for("tracking.letter", token=token), 303)


def _letter(token: str) -> LetterRecord:
    row = db.session.scalar(select(LetterRecord).where(LetterRecord.token_hash == keys.token_hash(token)))
    if row is None:
        abort(404)
    return row
