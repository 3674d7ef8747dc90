"""After the evening: which letters of a run went into the postbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement, func, select
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.print_runs.forms import PostedForm
from campaign_app.print_runs.models import PrintRun, RunRow, RunState
from campaign_app.print_runs.views import own_run
from campaign_app.privacy import audit
from campaign_app.tracking import marking
from campaign_app.tracking.models import How
from campaign_app.tracking.telling import tell_marked, tell_undone

bp = Blueprint("run_posted", __name__, url_prefix="/desk/runs/<int:run_id>/posted")

A_PAGE = 100  # letters


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter in the list; ``writer`` is empty for a guest, and once the run is forgotten."""

    record: LetterRecord
    number: int | None
    writer: str


@bp.get("")
@permission("print")
def show(run_id: int) -> str:
    """The letters of the run, to tick those that were posted."""
    run = own_run(run_id)
    audit.record_reading("see print run letters", run)
    return _page(run, PostedForm(*_days(run), formdata=None, data={"day": run.campaign.today}))


@bp.post("")
@permission("print")
def mark(run_id: int) -> str | tuple[str, int] | Response:
    """Mark all, those that are ticked, or those whose references are typed; or release what was not posted."""
    run, action = own_run(run_id), request.form.get("action")
    form = PostedForm(*_days(run))
    if not form.validate():
        return _page(run, form), 422
    which: list[ColumnElement[bool]] = [LetterRecord.run_id == run.id]
    if action == "typed":
        if wrong := _wrongly_typed(form, which):
            form.references.errors = [wrong]
            return _page(run, form), 422
        which.append(marking.named(marking.typed(form.references.data)))
    elif action == "ticked":
        if not form.letters.data:
            form.letters.errors = [gettext("Tick the letters that were posted first.")]
            return _page(run, form), 422
        which.append(LetterRecord.id.in_(form.letters.data))
    after = LetterStatus.VOID if action == "release" else LetterStatus.POSTED
    return _marked(run, which, after, form.day.data)


def _wrongly_typed(form: PostedForm, which: list[ColumnElement[bool]]) -> str:
    """What is wrong with what was typed, or an empty text."""
    typed = marking.typed(form.references.data or "")
    if not typed:
        return gettext("Type the references of the letters that were posted first.")
    unknown = marking.unknown(typed, which)
    return gettext("Not in this run: %(references)s", references=", ".join(unknown)) if unknown else ""


@bp.post("/undo")
@permission("print")
def undo(run_id: int) -> Response:
    """Take back what was marked last."""
    run = own_run(run_id)
    act = marking.undo(request.form.get("act", 0, int), [LetterRecord.run_id == run.id], How.LIST)
    db.session.commit()
    tell_undone(act)
    return redirect(url_for(".show", run_id=run_id), 303)


def _marked(run: PrintRun, which: list[ColumnElement[bool]], after: LetterStatus, day: Any) -> Response:
    run_id = run.id
    meant = db.session.scalar(select(func.count()).select_from(LetterRecord).where(*which)) or 0
    posted_on = day if after is LetterStatus.POSTED else None
    act = marking.mark(which, LetterStatus.MADE, after, How.LIST, posted_on)
    audit.record("mark letters of print run", run, count=act.count)
    db.session.commit()
    tell_marked(act, meant if len(which) > 1 else act.count)
    return redirect(url_for(".show", run_id=run_id, act=act.id if act.count else None), 303)


def _days(run: PrintRun) -> tuple[Any, Any]:
    """Today, and the first day on which a letter of the run can have been posted."""
    made = db.session.scalar(select(func.min(LetterRecord.made_on)).where(LetterRecord.run_id == run.id))
    return run.campaign.today, made


def _page(run: PrintRun, form: PostedForm) -> str:
    status = LetterStatus(request.args["status"]) if request.args.get("status") in list(LetterStatus) else None
    query = select(LetterRecord).where(
        LetterRecord.run_id == run.id, *([LetterRecord.status == status] if status else [])
    )
    page = db.paginate(query.order_by(LetterRecord.id), per_page=A_PAGE, error_out=False)
    counts = (
        select(LetterRecord.status, func.count()).where(LetterRecord.run_id == run.id).group_by(LetterRecord.status)
    )
    return render_template(
        "print_runs/posted.html",
        run=run,
        form=form,
        page=page,
        listed=_listed(run, page.items),
        counts=dict(db.session.execute(counts).all()),
        status=status,
        act=request.args.get("act"),
        can_reprint=run.state is RunState.MADE,
    )


def _listed(run: PrintRun, records: Sequence[LetterRecord]) -> list[Listed]:
    ids = {record.row_id for record in records if record.row_id}
    rows = db.session.scalars(select(RunRow).where(RunRow.id.in_(ids), RunRow.run_id == run.id))
    known = {row.id: (row.number, row.writer.name) for row in rows}
    return [Listed(record, *known.get(record.row_id or 0, (None, ""))) for record in records]
