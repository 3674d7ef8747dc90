"""The page of a sheet, or of sheets issued together, by their QR code: a collector tells how many signed, and where.

It needs no account, and shows nothing that does not stand on the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy import func, select
from werkzeug.wrappers import Response
from wtforms import IntegerField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from campaign_app import keys
from campaign_app.access.permissions import permission
from campaign_app.db import db, now
from campaign_app.forms import Form
from campaign_app.petitions.issue_models import CollectorNote, SheetIssue
from campaign_app.petitions.models import Petition
from campaign_app.petitions.serials import PAGE
from campaign_app.petitions.sheet_models import Sheet, SheetBatch, SheetStatus
from campaign_app.privacy import audit

bp = Blueprint("collectors", __name__)

_ = lazy_gettext

OPEN = (SheetStatus.PRINTED, SheetStatus.ISSUED, SheetStatus.MISSING)  # sheets that are not back


@dataclass(frozen=True, slots=True)
class Held:
    """What a QR code stands for: one sheet, or the sheets of an issue that are still out; and on how many rows."""

    petition: Petition
    sheet: Sheet | None
    issue: SheetIssue | None
    sheets: int
    rows: int

    @property
    def is_open(self) -> bool:
        return self.sheets > 0

    @property
    def key(self) -> dict[str, int | None]:
        return {"sheet_id": self.sheet.id if self.sheet else None, "issue_id": self.issue.id if self.issue else None}


class NoteForm(Form):
    """How many signed, and where."""

    signatures = IntegerField(_("Signatures"), [InputRequired(_("Please fill this in."))])
    place = StringField(_("Place"), [Length(max=200)], description=_("Such as a street or a shop; no names of people."))

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def validate_signatures(self, field: IntegerField) -> None:
        if field.data is not None and not 0 <= field.data <= self._rows:
            raise ValidationError(gettext("There is room for %(count)s signatures.", count=self._rows))


@bp.route(f"{PAGE}<token>", methods=["GET", "POST"])
@permission("write letters")
def note(token: str) -> str | tuple[str, int] | Response:
    """Hand in a count, note a place; what was told before is replaced, and never shown."""
    held = _held(token)
    form = NoteForm(held.rows)
    if not held.is_open or not form.validate_on_submit():
        return render_template("petitions/collector.html", held=held, form=form), 422 if form.errors else 200
    told = db.session.scalar(select(CollectorNote).filter_by(**held.key))
    if told is None:
        db.session.add(told := CollectorNote(**held.key))
    told.signatures, told.noted_at = form.signatures.data, now()
    told.place = form.place.data or told.place or ""
    audit.record("note of a collector", held.sheet or held.issue)
    db.session.commit()
    flash(gettext("Thank you. Your count is noted; please bring the paper back."), "good")
    return redirect(url_for(".note", token=token), 303)


def _held(token: str) -> Held:
    """What the token stands for, or 404."""
    hashed = keys.token_hash(token)
    if sheet := db.session.scalar(select(Sheet).where(Sheet.token_hash == hashed)):
        is_open = sheet.status in OPEN and sheet.destruction_id is None
        return Held(sheet.petition, sheet, None, int(is_open), sheet.batch.rows)
    issue = db.session.scalar(select(SheetIssue).where(SheetIssue.token_hash == hashed)) or abort(404)
    out = select(Sheet.batch_id, func.count()).where(Sheet.issue_id == issue.id, Sheet.status.in_(OPEN))
    counts = db.session.execute(out.group_by(Sheet.batch_id)).all()
    rows = sum(db.session.get_one(SheetBatch, batch_id).rows * count for batch_id, count in counts)
    return Held(issue.petition, None, issue, sum(count for _batch, count in counts), rows)
