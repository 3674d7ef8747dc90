"""One row of a run: mended in place, left out, printed once more."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.db import db
from campaign_app.letters.merge import MissingDetail
from campaign_app.pages import download
from campaign_app.print_runs import check_job, words
from campaign_app.print_runs.forms import row_form
from campaign_app.print_runs.models import PrintRun, RowState, RunLetter, RunRow, RunState
from campaign_app.print_runs.setup import SKETCH, setup_of
from campaign_app.print_runs.views import own_run
from campaign_app.privacy import audit

SHOWN = (RowState.READY, RowState.FAULTY)  # rows of whose letter there is a picture

bp = Blueprint("run_rows", __name__, url_prefix="/desk/runs/<int:run_id>/rows/<int:number>")


@bp.route("", methods=["GET", "POST"])
@permission("print")
def edit(run_id: int, number: int) -> str | tuple[str, int] | Response:
    """The row as it came, each problem at its field."""
    run = own_run(run_id, RunState.PREPARED)
    row = _row(run, number)
    form = row_form(row.writer, run.campaign)
    if form.validate_on_submit():
        row.values, row.state = form.apply_to(row.writer).to_json(), RowState.NEW
        audit.record("change print run row", run)
        check_job.enqueue(run, current_user.id)
        db.session.commit()
        return redirect(url_for("print_runs.show", run_id=run_id), 303)
    if not form.is_submitted():
        audit.record_reading("see print run row", run)
        for problem in row.problems:
            if problem.field in form:
                form[problem.field].errors = [*form[problem.field].errors, words.told(problem)]
    elsewhere = [words.told(problem) for problem in row.problems if problem.field not in form]
    shown = row.state in SHOWN
    page = render_template("print_runs/row.html", form=form, run=run, row=row, elsewhere=elsewhere, shown=shown)
    return (page, 422) if form.is_submitted() else page


@bp.post("/leave-out")
@permission("print")
def leave_out(run_id: int, number: int) -> Response:
    """Print nothing for this row; it can be taken back."""
    row = _row(own_run(run_id, RunState.PREPARED), number)
    row.state = RowState.LEFT_OUT
    db.session.commit()
    return redirect(url_for("print_runs.show", run_id=run_id), 303)


@bp.post("/take-back")
@permission("print")
def take_back(run_id: int, number: int) -> Response:
    """Undo ``leave_out``."""
    run = own_run(run_id, RunState.PREPARED)
    _row(run, number).state = RowState.NEW
    check_job.enqueue(run, current_user.id)
    db.session.commit()
    return redirect(url_for("print_runs.show", run_id=run_id), 303)


@bp.get("/letter.png")
@permission("print")
def picture(run_id: int, number: int) -> Response:
    """The row's first letter as it will print; a 404 where something that it needs is missing."""
    run = own_run(run_id, RunState.PREPARED)
    row = _row(run, number)
    try:
        drafts = setup_of(run).letters(row.writer, lambda _: SKETCH)
    except MissingDetail:
        abort(404)
    audit.record_reading("see print run letter", run)
    preview = current_app.extensions["press"].preview((drafts or abort(404))[0].letter, run.plan.layout)
    answer = current_app.response_class(preview.pngs[0], mimetype="image/png")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/letters.pdf")
@permission("print")
def reprint(run_id: int, number: int) -> Response:
    """The row's letters once more, exactly as they were."""
    run = own_run(run_id, RunState.MADE)
    row = _row(run, number)
    kept = db.session.scalars(db.select(RunLetter).filter_by(row_id=row.id).order_by(RunLetter.place))
    letters = [letter.made.letter for letter in kept] or abort(404)
    audit.record_reading("reprint print run row", run)
    press, layout = current_app.extensions["press"], run.plan.layout
    pdf = press.pdf(letters[0], layout) if len(letters) == 1 else press.combined(letters, layout)
    return download(pdf, f"{run.campaign.slug}-{run.id}-{number}.pdf", "application/pdf")


def _row(run: PrintRun, number: int) -> RunRow:
    row: RunRow = db.one_or_404(db.select(RunRow).filter_by(run_id=run.id, number=number))
    return row
