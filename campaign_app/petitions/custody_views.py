"""The pages of custody: who has what, issuing sheets, handing them back, and what happened to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_security import current_user
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from campaign_app.access.permissions import mine, permission
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.pages import download
from campaign_app.petitions import counts, custody, deliveries, issue_papers, issuing, totals
from campaign_app.petitions.counting import Standing
from campaign_app.petitions.custody import Move
from campaign_app.petitions.custody_models import SheetEvent
from campaign_app.petitions.issue_forms import IssueForm, MoveForm
from campaign_app.petitions.issue_models import CollectorNote, SheetIssue
from campaign_app.petitions.models import Petition
from campaign_app.petitions.own import PERMISSION, of_petition, own_petition
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from campaign_app.privacy import audit

bp = Blueprint("custody", __name__, url_prefix="/desk")

Answer = str | tuple[str, int] | Response

A_PAGE = 100  # sheets
MOVES = {"back": Move.HAND_BACK, "missing": Move.MISS, "spoiled": Move.SPOIL, "void": Move.VOID}


@bp.get("/sheets")
@permission("keep sheets")
def overview() -> str:
    """Who has what of all petitions, overdue first."""
    petitions = db.session.scalars(mine(Petition, PERMISSION).order_by(Petition.id.desc())).all()
    out = issuing.out([Sheet.petition_id.in_([petition.id for petition in petitions])])
    audit.record_reading("see collectors of sheets", count=len(out))
    known = totals.of_petitions([petition.id for petition in petitions])
    return render_template("petitions/custody.html", petitions=petitions, totals=known, out=out, today=today())


@bp.get("/petitions/<int:petition_id>/sheets")
@permission("keep sheets")
def index(petition_id: int) -> str:
    """Where the sheets of a petition are, and who has what, overdue first."""
    petition = own_petition(petition_id)
    out = issuing.out([Sheet.petition_id == petition.id])
    audit.record_reading("see collectors of sheets", petition, count=len(out))
    return render_template(
        "petitions/custody_index.html",
        petition=petition,
        totals=totals.of_petitions([petition.id])[petition.id],
        disputed=_disputed(petition),
        out=out,
        today=today(),
    )


@bp.route("/petitions/<int:petition_id>/sheets/issue", methods=["GET", "POST"])
@permission("keep sheets")
def issue(petition_id: int) -> Answer:
    """Give sheets to a collector, or lay them out at a place."""
    petition = own_petition(petition_id)
    form = IssueForm(petition, today(), request.args.get("sheets", ""))
    if not form.validate_on_submit():
        return render_template("petitions/issue.html", petition=petition, form=form), 422 if form.errors else 200
    new = issuing.new(petition, current_user.id, **form.to_whom)
    act = custody.move(issuing.named(petition, form.typed), Move.ISSUE, current_user.id, issue=new)
    if not act.count:
        db.session.rollback()
        form.sheets.errors = [gettext("None of these sheets is at hand: they are out, lost or counted already.")]
        return render_template("petitions/issue.html", petition=petition, form=form), 422
    audit.record("issue sheets", new, count=act.count)
    new_id = new.id
    db.session.commit()
    flash(ngettext("%(num)s sheet is issued.", "%(num)s sheets are issued.", act.count), "good")
    return redirect(url_for(".issued", petition_id=petition_id, issue_id=new_id, act=act.name), 303)


@bp.get("/petitions/<int:petition_id>/issues/<int:issue_id>")
@permission("keep sheets")
def issued(petition_id: int, issue_id: int) -> str:
    """Sheets that were issued together, and what their collector told."""
    petition = own_petition(petition_id)
    issue = of_petition(SheetIssue, issue_id, petition)
    audit.record_reading("see collectors of sheets", issue)
    note = db.session.scalar(select(CollectorNote).where(CollectorNote.issue_id == issue.id))
    sheets = db.session.scalars(select(Sheet).where(Sheet.issue_id == issue.id).order_by(Sheet.number)).all()
    return render_template(
        "petitions/issued.html",
        petition=petition,
        issue=issue,
        note=note,
        notes=_notes(sheets),
        sheets=sheets,
        link=issuing.link(issue),
        act=request.args.get("act"),
        today=today(),
    )


@bp.get("/petitions/<int:petition_id>/issues/<int:issue_id>/<any(list, tally):paper>.pdf")
@permission("keep sheets")
def paper(petition_id: int, issue_id: int, paper: str) -> Response:
    """What is needed at a stall without internet: the list of the sheets issued, and cards to tally signatures."""
    petition = own_petition(petition_id)
    issue = of_petition(SheetIssue, issue_id, petition)
    audit.record_reading("print issue of sheets", issue)
    content = issue_papers.issue_list(issue) if paper == "list" else issue_papers.tally_cards(issue)
    return download(content, f"{petition.code}-{paper}.pdf", "application/pdf")


@bp.get("/petitions/<int:petition_id>/sheets/list")
@permission("keep sheets")
def sheets(petition_id: int) -> str:
    """The sheets behind a number, to look at or to say what became of them."""
    petition = own_petition(petition_id)
    return _list(petition, MoveForm(petition, formdata=None))


@bp.post("/petitions/<int:petition_id>/sheets/list")
@permission("keep sheets")
def move(petition_id: int) -> Answer:
    """Hand sheets back, or say that they are missing, spoiled or void."""
    petition = own_petition(petition_id)
    how = MOVES.get(request.form.get("action", ""))
    form = MoveForm(petition, how)
    if how is None or not form.validate():
        return _list(petition, form), 422
    meant = or_(Sheet.id.in_(form.ticked.data or ()), *issuing.named(petition, form.typed)[1:])
    act = custody.move([Sheet.petition_id == petition.id, meant], how, current_user.id, reason=form.reason.data)
    audit.record("move sheets", petition, count=act.count)
    db.session.commit()
    _tell(act.count)
    shown: dict[str, Any] = {name: value for name, value in request.args.items() if name in FILTERS}
    return redirect(url_for(".sheets", petition_id=petition_id, act=act.name if act.count else None, **shown), 303)


@bp.post("/petitions/<int:petition_id>/sheets/undo")
@permission("keep sheets")
def undo(petition_id: int) -> Response:
    """Take back what was done last."""
    petition = own_petition(petition_id)
    count = custody.undo(request.form.get("act", ""), [Sheet.petition_id == petition.id], current_user.id)
    audit.record("undo", petition, count=count)
    db.session.commit()
    flash(ngettext("%(num)s sheet is as it was before.", "%(num)s sheets are as they were before.", count), "good")
    return redirect(url_for(".index", petition_id=petition_id), 303)


@bp.get("/petitions/<int:petition_id>/sheets/<int:sheet_id>")
@permission("keep sheets")
def sheet(petition_id: int, sheet_id: int) -> str:
    """One sheet: where it is, every step on its way, and what was counted on it."""
    petition = own_petition(petition_id)
    sheet = of_petition(Sheet, sheet_id, petition)
    audit.record_reading("see collectors of sheets", sheet)
    steps = select(SheetEvent).where(SheetEvent.sheet_id == sheet.id).order_by(SheetEvent.id.desc())
    return render_template(
        "petitions/sheet.html",
        petition=petition,
        sheet=sheet,
        steps=db.session.scalars(steps.options(selectinload(SheetEvent.issue))).all(),
        counts=counts.of(sheet),
        note=_notes([sheet]).get(sheet.id),
    )


@bp.post("/petitions/<int:petition_id>/sheets/<int:sheet_id>/anew")
@permission("keep sheets")
def count_anew(petition_id: int, sheet_id: int) -> Response:
    """Forget what was counted on a sheet, to count it anew."""
    sheet = of_petition(Sheet, sheet_id, own_petition(petition_id))
    if counts.start_anew(sheet, current_user.id):
        audit.record("count anew", sheet)
        db.session.commit()
        flash(gettext("The sheet is to be counted anew."), "good")
    else:
        db.session.rollback()
        flash(gettext("This sheet is in a delivery, or has no count."), "warning")
    return redirect(url_for(".sheet", petition_id=petition_id, sheet_id=sheet_id), 303)


def _tell(count: int) -> None:
    if count:
        flash(ngettext("%(num)s sheet moved.", "%(num)s sheets moved.", count), "good")
    else:
        flash(gettext("Nothing moved: somebody was quicker, or these sheets cannot be moved there."), "warning")


COUNTED = {  # what numbers of signatures count
    "all": Sheet.standing.is_not(None),
    "unverified": Sheet.standing.in_((Standing.UNCHECKED, Standing.DISPUTED)),
}
FILTERS: dict[str, Callable[[str], ColumnElement[bool]]] = {
    "status": lambda value: Sheet.status == SheetStatus(value),
    "standing": lambda value: Sheet.standing == Standing(value),
    "counted": lambda value: COUNTED[value],
    "issue": lambda value: Sheet.issue_id == int(value),
    "delivery": lambda value: Sheet.delivery_id == int(value),
    "destruction": lambda value: Sheet.destruction_id == int(value),
}


def _filters() -> list[ColumnElement[bool]]:
    """What the address asks for; 404 for what it cannot mean."""
    try:
        return [FILTERS[name](value) for name, value in request.args.items() if name in FILTERS and value]
    except (KeyError, ValueError):
        abort(404)


def _list(petition: Petition, form: MoveForm) -> str:
    which = [Sheet.petition_id == petition.id, *_filters()]
    query = select(Sheet).where(*which).order_by(Sheet.number).options(selectinload(Sheet.issue))
    page = db.paginate(query, per_page=A_PAGE, error_out=False)
    if any(sheet.issue_id for sheet in page.items):
        audit.record_reading("see collectors of sheets", petition, count=len(page.items))
    return render_template(
        "petitions/sheet_list.html",
        petition=petition,
        form=form,
        page=page,
        sums=deliveries.sums(which),
        act=request.args.get("act"),
        asked={name: value for name, value in request.args.items() if name in FILTERS},
        statuses=SheetStatus,
        standings=Standing,
    )


def _notes(sheets: Iterable[Sheet]) -> dict[int, CollectorNote]:
    """What collectors told of sheets, by the sheet's id."""
    ids = [sheet.id for sheet in sheets]
    found = db.session.scalars(select(CollectorNote).where(CollectorNote.sheet_id.in_(ids)))
    return {note.sheet_id: note for note in found if note.sheet_id}


def _disputed(petition: Petition) -> int:
    where = Sheet.petition_id == petition.id, Sheet.standing == Standing.DISPUTED
    return db.session.scalar(select(func.count()).select_from(Sheet).where(*where)) or 0
