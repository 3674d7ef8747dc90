"""Batches of sheets: print them, take their files, print them again, make them void."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_security import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.db import begin_writing, db, read_only
from campaign_app.documents.sheet_design import SheetDesign as Design
from campaign_app.documents.unfit import Unfit
from campaign_app.jobs.models import Job
from campaign_app.petitions import custody, printing, wording
from campaign_app.petitions.custody import Move
from campaign_app.petitions.forms import BatchForm, VoidForm
from campaign_app.petitions.models import Petition, SheetDesign
from campaign_app.petitions.numbering import serial
from campaign_app.petitions.own import of_petition, own_petition
from campaign_app.petitions.problems import of_sheet
from campaign_app.petitions.sheet_models import Sheet, SheetBatch
from campaign_app.petitions.wording import NoText
from campaign_app.privacy import audit
from campaign_app.stored_files import room

bp = Blueprint("sheet_batches", __name__, url_prefix="/desk/petitions/<int:petition_id>")

Answer = str | tuple[str, int] | Response
SUFFIXES = ("pdf", "docx")


@bp.post("/print")
@permission("keep sheets")
def create(petition_id: int) -> Response:
    """Print sheets: they get their numbers now, and their files as soon as these are made."""
    form = BatchForm(printing.MOST_SHEETS)
    read_only()  # to lay out a sheet takes a while; others may write in the meantime
    design = _design(own_petition(petition_id))
    if not form.validate():
        return _refused(petition_id, str(form.count.errors[0] if form.count.errors else gettext("Please look again.")))
    choices, design_id = Design.from_json(design.choices), design.id
    try:
        content = wording.content_of(design.petition, choices, design.logo.png if design.logo else b"")
        grid = current_app.extensions["press"].sheet(content).grid
    except (Unfit, NoText) as problem:
        return _refused(petition_id, of_sheet(problem))
    begin_writing()
    petition = own_petition(petition_id)
    design = of_petition(SheetDesign, design_id, petition)
    batch = printing.batch_of(petition, design, content, grid, form.count.data, current_user.id)
    printing.ask_for(batch, form.suffixes, current_user.id)
    audit.record("print sheets", batch, count=batch.count)
    db.session.commit()
    return _to(batch)


@bp.get("/batches/<int:batch_id>")
@permission("keep sheets")
def show(petition_id: int, batch_id: int) -> str:
    """The sheets of a batch, how far their files are, and what became of them."""
    return _page(_own(petition_id, batch_id), VoidForm())


@bp.post("/batches/<int:batch_id>/again")
@permission("keep sheets")
def again(petition_id: int, batch_id: int) -> Response:
    """Make a file that is not there any more, or was not asked for before: the same sheets with the same serials."""
    batch = _own(petition_id, batch_id)
    suffix = request.form.get("suffix", "pdf")
    if suffix not in SUFFIXES:
        abort(422)
    printing.ask_for(batch, (suffix,), current_user.id)
    audit.record("print sheets again", batch)
    db.session.commit()
    return _to(batch)


@bp.post("/batches/<int:batch_id>/void")
@permission("keep sheets")
def void(petition_id: int, batch_id: int) -> Answer:
    """Make those sheets of the batch void that nobody has counted yet."""
    batch, form = _own(petition_id, batch_id), VoidForm()
    if not form.validate():
        return _page(batch, form), 422
    act = custody.move([Sheet.batch_id == batch.id], Move.VOID, current_user.id, reason=form.reason.data)
    audit.record("make sheets void", batch, count=act.count)
    db.session.commit()
    if not act.count:
        flash(gettext("No sheet of this batch can be made void any more."), "warning")
        return _to(batch)
    flash(ngettext("%(num)s sheet is void.", "%(num)s sheets are void.", act.count), "good")
    undo = url_for("custody.sheets", petition_id=petition_id, act=act.name)  # which offers to take it back
    return redirect(undo, 303)


@bp.get("/batches/<int:batch_id>/files/<any(pdf, docx):suffix>")
@permission("keep sheets")
def take(petition_id: int, batch_id: int, suffix: str) -> Response:
    """A file of the batch."""
    batch = _own(petition_id, batch_id)
    file = next((file.file for file in batch.files if file.suffix == suffix), None) or abort(404)
    audit.record_reading("take sheets", batch)
    answer = current_app.response_class(room.read(file), mimetype="application/octet-stream")
    name = f"{serial(batch.petition.code, batch.first)}-{batch.last:04}.{suffix}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    answer.content_length = file.size
    return answer


def _own(petition_id: int, batch_id: int) -> SheetBatch:
    return of_petition(SheetBatch, batch_id, own_petition(petition_id))


def _design(petition: Petition) -> SheetDesign:
    """The design that the form names, or else the first."""
    wanted = request.form.get("design", type=int)
    if wanted:
        return of_petition(SheetDesign, wanted, petition)
    return petition.designs[0] if petition.designs else abort(404)


def _refused(petition_id: int, why: str) -> Response:
    flash(why, "warning")
    return redirect(url_for("petitions.show", petition_id=petition_id), 303)


def _to(batch: SheetBatch) -> Response:
    return redirect(url_for(".show", petition_id=batch.petition_id, batch_id=batch.id), 303)


def _page(batch: SheetBatch, form: VoidForm) -> str:
    counts = select(Sheet.status, func.count()).where(Sheet.batch_id == batch.id).group_by(Sheet.status)
    return render_template(
        "petitions/batch.html",
        batch=batch,
        petition=batch.petition,
        form=form,
        job=_job(batch),
        files={file.suffix: file.file for file in batch.files if file.file},
        asked=[file.suffix for file in batch.files],
        suffixes=SUFFIXES,
        statuses={row[0]: row[1] for row in db.session.execute(counts)},
        first=serial(batch.petition.code, batch.first),
        last=serial(batch.petition.code, batch.last),
    )


def _job(batch: SheetBatch) -> Job | None:
    query = select(Job).where(Job.subject == batch.id, Job.kind == printing.KIND).order_by(Job.id.desc())
    return db.session.scalar(query.limit(1))
