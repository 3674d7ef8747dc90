"""A letter at the desk: where it stands, how it came there, and what can be said of it or taken back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement
from werkzeug.wrappers import Response

from campaign_app.access.permissions import mine, permission
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.status import LetterStatus
from campaign_app.tracking import marking
from campaign_app.tracking.models import How
from campaign_app.tracking.posting_forms import PostedOnForm

bp = Blueprint("letter_desk", __name__, url_prefix="/desk/letters/<int:letter_id>")


@bp.get("")
@permission("track")
def show(letter_id: int) -> str:
    """Where the letter stands, and each act on it."""
    letter = own_letter(letter_id)
    return _page(letter, PostedOnForm(letter, formdata=None, data={"day": letter.campaign.today}))


@bp.post("/posted")
@permission("track")
def posted(letter_id: int) -> tuple[str, int] | Response:
    """Mark it as posted on a day."""
    letter = own_letter(letter_id)
    form = PostedOnForm(letter)
    if not form.validate():
        return _page(letter, form), 422
    act = marking.mark([_this(letter)], LetterStatus.MADE, LetterStatus.POSTED, How.LIST, form.day.data)
    return _done(letter_id, act.count, gettext("The letter is marked as posted."))


@bp.post("/release")
@permission("track")
def release(letter_id: int) -> Response:
    """It was not posted and will not be: it no longer counts."""
    letter = own_letter(letter_id)
    act = marking.mark([_this(letter)], LetterStatus.MADE, LetterStatus.VOID, How.LIST)
    return _done(letter_id, act.count, gettext("The letter is released: it no longer counts."))


@bp.post("/undo")
@permission("track")
def undo(letter_id: int) -> Response:
    """Take back the act that was last when the page was made, for this letter alone."""
    letter = own_letter(letter_id)
    act = marking.undo(request.form.get("act", 0, int), [_this(letter)], How.LIST)
    return _done(letter_id, act.count if act else 0, gettext("The letter is as it was before."))


def own_letter(letter_id: int) -> LetterRecord:
    """A letter of one's groups; for all others there is no such page."""
    found: LetterRecord = db.first_or_404(mine(LetterRecord, "track").where(LetterRecord.id == letter_id))
    return found


def _this(letter: LetterRecord) -> ColumnElement[bool]:
    return LetterRecord.id == letter.id


def _done(letter_id: int, count: int, said: str) -> Response:
    db.session.commit()
    if count:
        flash(said, "good")
    else:
        flash(gettext("Somebody else was quicker: nothing was changed."), "warning")
    return redirect(url_for(".show", letter_id=letter_id), 303)


def _page(letter: LetterRecord, form: PostedOnForm) -> str:
    acts = marking.history(letter)
    return render_template("tracking/letter_desk.html", letter=letter, form=form, acts=acts)
