"""Letter evenings at the desk: opened with their tables, looked after, and closed."""

from __future__ import annotations

import segno
from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access.permissions import mine, permission
from campaign_app.db import db
from campaign_app.evenings import opening, printing, tallies
from campaign_app.evenings.forms import ClosingForm, EveningForm
from campaign_app.evenings.models import Evening, EveningTable
from campaign_app.groups.own import own_groups
from campaign_app.letters.files import KINDS
from campaign_app.letters.making import press
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.status import LetterStatus
from campaign_app.pages import download
from campaign_app.privacy import audit
from campaign_app.tracking import marking
from campaign_app.tracking.models import HandwrittenKind, How
from campaign_app.tracking.telling import tell_marked, tell_undone

bp = Blueprint("evenings", __name__, url_prefix="/desk/evenings")

Answer = str | tuple[str, int] | Response
A_PAGE = 50  # evenings


@bp.get("")
@permission("track")
def index() -> str:
    """The evenings of one's groups, the latest first."""
    page = db.paginate(mine(Evening, "track").order_by(Evening.id.desc()), per_page=A_PAGE, error_out=False)
    return render_template("evenings/index.html", page=page, counts={one.id: opening.counts(one) for one in page.items})


@bp.route("/new", methods=["GET", "POST"])
@permission("track")
def create() -> Answer:
    """Open an evening with its tables."""
    groups = own_groups("track")
    places = opening.places(groups[0].id if groups else None)
    form = EveningForm(groups, places)
    if not form.validate_on_submit():
        return render_template("evenings/new.html", form=form, places=places), 422 if form.errors else 200
    chosen = [place for place in places if place.value in form.tables.data]
    evening = opening.opened(form.group.data, current_user.id, form.hours.data, chosen)
    db.session.add(evening)
    audit.record("open evening", evening)
    db.session.commit()
    flash(gettext("The evening is open. Put the shared laptop on its first page."), "good")
    return redirect(url_for(".show", evening_id=evening.id), 303)


@bp.get("/<int:evening_id>")
@permission("track")
def show(evening_id: int) -> str:
    """The evening: its links, what waits to be printed, and its tables with their tallies."""
    return _page(own_evening(evening_id), ClosingForm(formdata=None))


@bp.get("/<int:evening_id>/queue")
@permission("track")
def queue(evening_id: int) -> str:
    """What waits to be printed, as a piece of the page."""
    evening = own_evening(evening_id)
    return render_template("evenings/_queue.html", evening=evening, queue=printing.queue(evening))


@bp.post("/<int:evening_id>/print")
@permission("track")
def take(evening_id: int) -> Response:
    """What waits as one PDF; or one writer's letters once more, where a page was jammed."""
    evening = own_evening(evening_id)
    again = request.form.get("again", type=int)
    batch = printing.batch(evening, again)
    if batch is None:
        flash(gettext("Nothing waits to be printed."), "warning")
        return redirect(url_for(".show", evening_id=evening_id), 303)
    audit.record("print letters of evening", evening, count=len(batch.letters))
    printing.mark_printed(batch)
    db.session.commit()
    return download(press().combined(batch.letters, batch.layout), f"evening-{evening_id}.pdf", KINDS["pdf"])


@bp.post("/<int:evening_id>/tally")
@permission("track")
def tally(evening_id: int) -> Response:
    """Count a letter or card that was written by hand; or take one back."""
    evening = own_evening(evening_id)
    table = db.session.get(EveningTable, request.form.get("table", 0, int))
    kind = request.form.get("kind", "")
    step = request.form.get("step", type=int)
    if table is None or table.evening_id != evening.id or kind not in set(HandwrittenKind) or step not in (1, -1):
        abort(400)
    if not tallies.tally(table, HandwrittenKind(kind), step, current_user.id):
        flash(gettext("There is none to take back."), "warning")
    db.session.commit()
    return redirect(url_for(".show", evening_id=evening_id, _anchor=f"table-{table.id}"), 303)


@bp.post("/<int:evening_id>/posted")
@permission("track")
def posted(evening_id: int) -> Response:
    """Mark all of the evening's letters that are left as posted today."""
    evening = own_evening(evening_id)
    day = max(table.campaign.today for table in evening.tables)  # their time zones may differ
    act = marking.mark([LetterRecord.evening_id == evening.id], LetterStatus.MADE, LetterStatus.POSTED, How.LIST, day)
    db.session.commit()
    tell_marked(act, act.count)
    return redirect(url_for(".show", evening_id=evening_id, act=act.id if act.count else None), 303)


@bp.post("/<int:evening_id>/undo")
@permission("track")
def undo(evening_id: int) -> Response:
    """Take back what was marked last."""
    evening = own_evening(evening_id)
    act = marking.undo(request.form.get("act", 0, int), [LetterRecord.evening_id == evening.id], How.LIST)
    db.session.commit()
    tell_undone(act)
    return redirect(url_for(".show", evening_id=evening_id), 303)


@bp.post("/<int:evening_id>/close")
@permission("track")
def close(evening_id: int) -> Answer:
    """End the evening and note it among the group's activities."""
    evening = own_evening(evening_id)
    form = ClosingForm()
    if not form.validate():
        return _page(evening, form), 422
    if evening.closed_at is None:
        opening.close(evening, form.people.data, form.place.data)
        audit.record("close evening", evening)
        db.session.commit()
        flash(gettext("The evening is closed and noted among the group’s activities."), "good")
    else:
        flash(gettext("It had ended already."), "warning")
    return redirect(url_for(".show", evening_id=evening_id), 303)


def own_evening(evening_id: int) -> Evening:
    """An evening of one's groups; for all others there is no such page."""
    found: Evening = db.first_or_404(mine(Evening, "track").where(Evening.id == evening_id))
    return found


def _page(evening: Evening, form: ClosingForm) -> str:
    token = opening.token(evening.key)
    kiosk = current_app.config["SITE_URL"].rstrip("/") + url_for("kiosk.start", token=token)
    return render_template(
        "evenings/show.html",
        evening=evening,
        form=form,
        token=token,
        kiosk=kiosk,
        code=segno.make(kiosk, error="M").svg_data_uri(scale=5, border=4),
        counts=opening.counts(evening),
        tallies=tallies.tallied(evening),
        kinds=(HandwrittenKind.LETTER, HandwrittenKind.CARD),
        queue=printing.queue(evening),
        act=request.args.get("act", type=int),
    )
