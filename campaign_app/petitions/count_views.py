"""The pages of counting: many sheets on one page, to be counted, checked by a second person, and settled."""

from __future__ import annotations

from enum import StrEnum

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_security import current_user
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.db import db
from campaign_app.petitions import count_form, issuing, serials
from campaign_app.petitions.count_form import FIELDS
from campaign_app.petitions.counting import Standing
from campaign_app.petitions.custody_models import SheetCount
from campaign_app.petitions.models import Petition
from campaign_app.petitions.own import own_petition
from campaign_app.petitions.sheet_models import Sheet, SheetStatus
from campaign_app.privacy import audit

bp = Blueprint("sheet_counts", __name__, url_prefix="/desk/petitions/<int:petition_id>/counting")

Answer = str | tuple[str, int] | Response

A_PAGE = 25  # sheets
LAST = 10  # counts of one's own that are shown, for a slip


class Step(StrEnum):
    """What is to be done with the sheets of a page."""

    COUNT = "count"
    CHECK = "check"
    SETTLE = "settle"


@bp.get("")
@permission("keep sheets")
def show(petition_id: int) -> str:
    """Sheets to count, to check or to settle."""
    petition = own_petition(petition_id)
    step = _step()
    return _page(petition, step, count_form.rows(_sheets(petition, step)))


@bp.post("")
@permission("keep sheets")
def enter(petition_id: int) -> Answer:
    """Store the counts that were typed; those that cannot be stay on the page with what is wrong."""
    petition, step = own_petition(petition_id), _step()
    ids = [int(id) for id in request.form.getlist("sheet") if id.isdecimal()][:A_PAGE]
    sheets = select(Sheet).where(Sheet.id.in_(ids), Sheet.petition_id == petition.id).order_by(Sheet.number)
    rows = count_form.rows(db.session.scalars(sheets).all())
    for row in rows:
        row.read(request.form)
    typed = [row for row in rows if not row.is_empty]
    entered = [row.sheet for row in typed if row.enter(current_user.id)]
    audit.record("count sheets", petition, count=len(entered))
    disputed = sum(sheet.standing is Standing.DISPUTED for sheet in entered)
    db.session.commit()
    _tell(len(entered), disputed)
    if wrong := [row for row in typed if row.errors]:
        return _page(petition, step, wrong), 422
    return redirect(url_for(".show", petition_id=petition_id, step=step), 303)


def _tell(entered: int, disputed: int) -> None:
    if entered:
        flash(ngettext("%(num)s sheet is counted.", "%(num)s sheets are counted.", entered), "good")
    if disputed:
        said = ngettext(
            "%(num)s sheet was counted otherwise before. Somebody has to settle it.",
            "%(num)s sheets were counted otherwise before. Somebody has to settle them.",
            disputed,
        )
        flash(said, "warning")
    if not entered and request.method == "POST":
        flash(gettext("Nothing was counted."), "warning")


def _step() -> Step:
    asked = request.args.get("step", "")
    return Step(asked) if asked in list(Step) else Step.COUNT


def _which(petition: Petition, step: Step) -> list[ColumnElement[bool]]:
    of_petition: list[ColumnElement[bool]] = [Sheet.petition_id == petition.id, Sheet.destruction_id.is_(None)]
    if step is Step.COUNT:
        return [*of_petition, Sheet.status.in_((SheetStatus.RETURNED, SheetStatus.ISSUED))]
    if step is Step.SETTLE:
        return [*of_petition, Sheet.standing == Standing.DISPUTED]
    mine = select(SheetCount.sheet_id).where(SheetCount.account_id == current_user.id)
    return [*of_petition, Sheet.standing == Standing.UNCHECKED, Sheet.id.not_in(mine), Sheet.delivery_id.is_(None)]


def _sheets(petition: Petition, step: Step) -> list[Sheet]:
    """The next sheets, those that are back first; or those that were typed or scanned."""
    query = select(Sheet).where(*_which(petition, step)).options(selectinload(Sheet.batch))
    if typed := serials.typed(request.args.get("sheets", "")[:1000], petition.code):
        query = query.where(*issuing.named(petition, typed))
    back_first = Sheet.status != SheetStatus.RETURNED
    return list(db.session.scalars(query.order_by(back_first, Sheet.number).limit(A_PAGE)))


def _page(petition: Petition, step: Step, rows: list[count_form.SheetRow]) -> str:
    counted = select(SheetCount).join(Sheet).where(Sheet.petition_id == petition.id)
    last = counted.where(SheetCount.account_id == current_user.id).order_by(SheetCount.id.desc()).limit(LAST)
    left = {
        one: db.session.scalar(select(func.count()).select_from(Sheet).where(*_which(petition, one))) for one in Step
    }
    return render_template(
        "petitions/counting.html",
        petition=petition,
        step=step,
        steps=Step,
        rows=rows,
        left=left,
        fields=FIELDS,
        last=db.session.scalars(last.options(selectinload(SheetCount.sheet))).all(),
        sheets=request.args.get("sheets", ""),
    )
