"""The pages of print runs: what to make, what is wrong, how far it is, what can be taken."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_security import current_user
from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from campaign_app import languages
from campaign_app.access.permissions import groups_for, mine, permission
from campaign_app.campaigns.models import Campaign, Status
from campaign_app.db import db
from campaign_app.documents import envelopes, labels
from campaign_app.documents.paper import ENVELOPES, INTERNATIONAL, LABEL_SHEETS
from campaign_app.groups.own import own_groups
from campaign_app.i18n import page_language
from campaign_app.jobs.models import Job
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.pages import download
from campaign_app.people.money import written_amount
from campaign_app.print_runs import check_job, making, paper_words, preparing, sources, summary, words
from campaign_app.print_runs.forms import RunForm, run_form
from campaign_app.print_runs.models import PrintRun, RowState, RunRow, RunState, Source
from campaign_app.print_runs.preparing import NoWriters
from campaign_app.privacy import audit
from campaign_app.stored_files import room
from campaign_app.table_forms import CannotRead

bp = Blueprint("print_runs", __name__, url_prefix="/desk/runs")
bp.add_app_template_filter(lambda code: languages.country_name(code, page_language()), "country")
bp.add_app_template_filter(lambda price, currency: written_amount(price, currency, page_language()), "money")

UNMADE = timedelta(days=7)  # that a run which nobody makes is kept
RECENT = 50  # runs on a page
SHOWN_ROWS = 5  # to see that a roster was read rightly

Answer = str | tuple[str, int] | Response


@bp.get("")
@permission("print")
def index() -> str:
    """The runs of one's groups, and the campaigns for which there could be one."""
    query = mine(PrintRun, "print").options(selectinload(PrintRun.campaign), selectinload(PrintRun.group))
    runs = db.session.scalars(query.order_by(PrintRun.id.desc()).limit(RECENT)).all()
    counts = select(LetterRecord.run_id, LetterRecord.status, func.count())
    counts = counts.where(LetterRecord.run_id.in_([run.id for run in runs]))
    letters = {
        (run, status): n
        for run, status, n in db.session.execute(counts.group_by(LetterRecord.run_id, LetterRecord.status))
    }
    return render_template("print_runs/index.html", runs=runs, letters=letters, campaigns=_campaigns(), words=words)


@bp.route("/new/<slug>", methods=["GET", "POST"])
@permission("print")
def create(slug: str) -> Answer:
    """Choose who writes and what is printed; the rows are checked next, and nothing is made yet."""
    campaign = _campaign(slug)
    form = run_form(campaign, own_groups("print"), for_section=_serves_section())
    if not form.validate_on_submit():
        return _form_page(form, campaign), 422 if form.errors else 200
    return _filled(None, form, slug)


@bp.route("/<int:run_id>/edit", methods=["GET", "POST"])
@permission("print")
def edit(run_id: int) -> Answer:
    """Change what is printed, or bring the writers again from where they come."""
    run = own_run(run_id, RunState.PREPARED)
    proposed = {"group_id": run.group_id or 0, "source": run.source.value}
    form = run_form(run.campaign, own_groups("print"), run.plan, for_section=_serves_section(), **proposed)
    form.source.choices = [(KEEP, gettext("The rows that are there")), *form.source.choices]
    if not form.is_submitted():
        form.source.data = KEEP
    if not form.validate_on_submit():
        return _form_page(form, run.campaign, run), 422 if form.errors else 200
    if form.source.data != KEEP:
        return _filled(run.id, form, run.campaign.slug)
    run.plan = form.plan
    check_job.recheck(run)
    return _check(run)


KEEP = "keep"


@bp.get("/<int:run_id>")
@permission("print")
def show(run_id: int) -> str:
    """Where the run stands: checked, being made, made."""
    run = own_run(run_id)
    audit.record_reading("see print run", run)
    return render_template(
        "print_runs/show.html",
        run=run,
        job=_job(run),
        summary=summary.summary_of(run) if run.state is not RunState.FORGOTTEN else None,
        faulty=summary.faulty_rows(run),
        notable=summary.notable_rows(run),
        first=summary.first_ready(run),
        letters=_letters(run),
        first_rows=_first_rows(run) if run.state is RunState.PREPARED else [],
        words=words,
        statuses=LetterStatus,
    )


@bp.post("/<int:run_id>/make")
@permission("print")
def make(run_id: int) -> Response:
    """Make the letters of the rows that are ready; rows that are not must be mended or left out first."""
    run = own_run(run_id, RunState.PREPARED)
    states = summary.states_of(run)
    if states.get(RowState.FAULTY) or states.get(RowState.NEW) or not states.get(RowState.READY):
        flash(gettext("First mend the rows that cannot be printed, or leave them out."), "warning")
        return redirect(url_for(".show", run_id=run_id), 303)
    making.enqueue(run, current_user.id)
    audit.record("make print run", run, count=states[RowState.READY])
    db.session.commit()
    return redirect(url_for(".show", run_id=run_id), 303)


@bp.post("/<int:run_id>/back")
@permission("print")
def back(run_id: int) -> Response:
    """Mend a run that could not be made: its rows are checked anew. A 409 while it is being made."""
    run = own_run(run_id, RunState.MAKING)
    if (job := _job(run)) and job.is_open:
        abort(409)
    making.back_to_rows(run, current_user.id)
    audit.record("take print run back", run)
    db.session.commit()
    return redirect(url_for(".show", run_id=run_id), 303)


@bp.post("/<int:run_id>/leave-out")
@permission("print")
def leave_out(run_id: int) -> Response:
    """Leave out every row that cannot be printed."""
    run = own_run(run_id, RunState.PREPARED)
    faulty = (RunRow.run_id == run.id, RunRow.state == RowState.FAULTY)
    count = db.session.execute(update(RunRow).where(*faulty).values(state=RowState.LEFT_OUT)).rowcount  # type: ignore[attr-defined]
    db.session.commit()
    flash(ngettext("%(num)s row is left out.", "%(num)s rows are left out.", count), "good")
    return redirect(url_for(".show", run_id=run_id), 303)


@bp.post("/<int:run_id>/take-back")
@permission("print")
def take_back(run_id: int) -> Response:
    """Undo ``leave_out``: check the rows that were left out again."""
    run = own_run(run_id, RunState.PREPARED)
    out = (RunRow.run_id == run.id, RunRow.state == RowState.LEFT_OUT)
    db.session.execute(update(RunRow).where(*out).values(state=RowState.NEW))
    return _check(run)


@bp.post("/<int:run_id>/delete")
@permission("print")
def discard(run_id: int) -> Response:
    """Delete a run that was not made, with all that is known of its writers."""
    run = own_run(run_id, RunState.PREPARED)
    audit.record("delete print run", run)
    db.session.delete(run)
    db.session.commit()
    flash(gettext("The run is deleted, with all rows."), "good")
    return redirect(url_for(".index"), 303)


@bp.get("/<int:run_id>/files/<part>")
@permission("print")
def take(run_id: int, part: str) -> Response:
    """A file of the run."""
    run = own_run(run_id)
    file = next((file for file in run.files if file.part == part), None) or abort(404)
    audit.record_reading("take print run file", run)
    answer = current_app.response_class(room.read(file.file), mimetype="application/octet-stream")
    name = f"{run.campaign.slug}-{run.id}-{part.replace(' ', '-')}.{file.suffix}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    answer.content_length = file.file.size
    return answer


@bp.get("/test-page/<kind>/<name>.pdf")
@permission("print")
def test_page(kind: str, name: str) -> Response:
    """A page to find out how far the printer has to be corrected, for an envelope or a sheet of labels."""
    said, stream = paper_words.of_test_page(), None
    if kind == "envelope" and name in ENVELOPES:
        stream = envelopes.write_test_page(ENVELOPES[name], INTERNATIONAL, said)
    elif kind == "labels" and name in LABEL_SHEETS:
        stream = labels.write_test_page(LABEL_SHEETS[name], said)
    return download(stream, f"test-page-{name}.pdf", "application/pdf") if stream else abort(404)


def own_run(run_id: int, state: RunState | None = None) -> PrintRun:
    """The run, if it is of one's own groups; a 409 where it is not in the state that is needed."""
    run: PrintRun = db.first_or_404(mine(PrintRun, "print").where(PrintRun.id == run_id))
    if state and run.state is not state:
        abort(409)
    return run


def _serves_section() -> bool:
    """Whether a run may be the whole section's."""
    return groups_for(current_user, "print") is None


def _campaigns() -> Sequence[Campaign]:
    """The campaigns that take letters now."""
    query = (
        select(Campaign).where(Campaign.status == Status.OPEN).order_by(Campaign.post_by.is_(None), Campaign.post_by)
    )
    return [campaign for campaign in db.session.scalars(query) if campaign.takes_letters and campaign.texts]


def _campaign(slug: str) -> Campaign:
    found = next((campaign for campaign in _campaigns() if campaign.slug == slug), None)
    return found or abort(404)


def _form_page(form: RunForm, campaign: Campaign, run: PrintRun | None = None) -> str:
    offered = [choice.value for choice in form.group_id.choices]
    chosen = form.group_id.data if form.group_id.data in offered else offered[0]
    people = sources.count_of_willing(chosen or None, campaign.today)
    if not form.is_submitted() and not run and not people:
        form.source.data = Source.ROSTER
    return render_template("print_runs/edit.html", form=form, campaign=campaign, run=run, people=people)


def _filled(run_id: int | None, form: RunForm, slug: str) -> Answer:
    """The run with the writers that the form names; what is wrong with them is said at its field."""
    try:
        found = preparing.of_roster(form)
        campaign, run = _campaign_of(run_id, slug)
        group = next((group for group in own_groups("print") if group.id == form.group_id.data), None)
        found = found or preparing.writers(form, group)
    except CannotRead as error:
        form.file.errors = str(error).split("\n")
        return _form_page(form, *_campaign_of(run_id, slug)), 422
    except NoWriters as error:
        form.source.errors = [str(error)]
        return _form_page(form, campaign, run), 422
    if run is None:
        run = PrintRun(campaign=campaign, account_id=current_user.id, key=secrets.token_urlsafe(16))
        db.session.add(run)
    run.group, run.plan, run.source = group, form.plan, Source(form.source.data)
    run.ignored_columns, run.expires_on = list(found.ignored_columns), campaign.today + UNMADE
    db.session.flush()
    audit.record("prepare print run", run, count=preparing.store(run, found))
    return _check(run)


def _campaign_of(run_id: int | None, slug: str) -> tuple[Campaign, PrintRun | None]:
    """The campaign, and the run if it is there already: as they are now, once the roster was read."""
    if run_id is None:
        return _campaign(slug), None
    run = own_run(run_id, RunState.PREPARED)
    return run.campaign, run


def _check(run: PrintRun) -> Response:
    run_id = run.id
    check_job.enqueue(run, current_user.id)
    db.session.commit()
    return redirect(url_for("print_runs.show", run_id=run_id), 303)


def _job(run: PrintRun) -> Job | None:
    """What is being done for the run, or what was done last."""
    kinds = (check_job.KIND, making.KIND)
    query = select(Job).where(Job.subject == run.id, Job.kind.in_(kinds)).order_by(Job.id.desc())
    return db.session.scalar(query.limit(1))


def _first_rows(run: PrintRun) -> Sequence[RunRow]:
    """Enough rows to see whether a roster was read rightly."""
    return db.session.scalars(select(RunRow).filter_by(run_id=run.id).order_by(RunRow.number).limit(SHOWN_ROWS)).all()


def _letters(run: PrintRun) -> dict[LetterStatus, int]:
    """The run's letters by their status."""
    counts = select(LetterRecord.status, func.count().label("letters")).where(LetterRecord.run_id == run.id)
    return {row.status: row.letters for row in db.session.execute(counts.group_by(LetterRecord.status))}
