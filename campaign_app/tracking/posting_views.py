"""Posting by scan: a page that keeps a phone's camera open, and takes typed references where there is no camera."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.status import LetterStatus
from campaign_app.tracking import frames, marking, posting
from campaign_app.tracking.models import How
from campaign_app.tracking.posting import Scanned
from campaign_app.tracking.posting_forms import PostingForm, ScanForm, answered
from campaign_app.tracking.telling import tell_marked, tell_undone

bp = Blueprint("posting", __name__, url_prefix="/desk/posting")

CAMERA = "camera=(self), geolocation=(), microphone=()"


@bp.get("")
@permission("track")
def show() -> Response:
    """The camera and, below it, a field to type references."""
    return _page(PostingForm(formdata=None, data={"day": today()}))


@bp.post("")
@permission("track")
def type_in() -> Response:
    """Mark the letters whose references are typed: all of them, or none."""
    form = PostingForm()
    if not form.validate():
        return _page(form, 422)
    ids = [letter.id for letter in form.letters]
    day = max(posting.day_of(letter, form.day.data) for letter in form.letters)
    act = marking.mark([LetterRecord.id.in_(ids)], LetterStatus.MADE, LetterStatus.POSTED, How.SCAN, day)
    db.session.commit()
    tell_marked(act, len(ids))
    return redirect(url_for(".show", act=act.id if act.count else None), 303)


@bp.post("/scan")
@permission("track")
def scan() -> str | tuple[str, int]:
    """Mark the letter whose code a browser's own detector read; the answer is a line of the page."""
    return _scanned(request.form.get("day", ""), [request.form.get("code", "")])


@bp.post("/frame")
@permission("track")
def frame() -> str | tuple[str, int]:
    """Mark the letters whose codes are in a frame of a camera, which is read in memory and not kept."""
    request.max_content_length = frames.LARGEST
    try:
        found = frames.codes(request.get_data(cache=False))
    except frames.NotAFrame:
        abort(415)
    return _scanned(request.args.get("day", ""), found) if found else ("", 204)


@bp.post("/undo")
@permission("track")
def undo() -> Response:
    """Take back what was marked last."""
    act = posting.undo(request.form.get("act", 0, int))
    db.session.commit()
    tell_undone(act)
    return redirect(url_for(".show"), 303)


def _scanned(day: str, codes: Sequence[str]) -> str | tuple[str, int]:
    """A line for each code, with how many were marked today."""
    done = []
    for code in codes:
        form = ScanForm(MultiDict({"day": day, "code": code}))
        if not form.validate():
            return render_template("tracking/_refused.html", errors=[e for field in form for e in field.errors]), 422
        done.append(posting.post(code, form.day.data))
    db.session.commit()
    return render_template("tracking/_scanned.html", done=done, marked=posting.marked_today())


def _page(form: PostingForm, status: int = 200) -> Response:
    """The page, the only one that may ask for the camera."""
    act = request.args.get("act", type=int)
    page = render_template("tracking/posting.html", form=form, marked=posting.marked_today(), act=act)
    answer = make_response(page, status)
    answer.headers["Permissions-Policy"] = CAMERA
    return answer


@bp.app_template_filter("scanned")
def _in_words(scanned: Scanned) -> str:
    return answered(scanned.answer, scanned.letter.reference if scanned.letter else scanned.code)
