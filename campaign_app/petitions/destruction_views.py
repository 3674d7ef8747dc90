"""The pages of destruction: which sheets may go, and the certificate that names them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_security import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.pages import download
from campaign_app.petitions import delivery_papers, destroying, issuing
from campaign_app.petitions.delivery_forms import WAYS, DestroyForm
from campaign_app.petitions.delivery_models import SheetDestruction
from campaign_app.petitions.models import Petition
from campaign_app.petitions.own import of_petition, own_petition
from campaign_app.petitions.sheet_models import Sheet
from campaign_app.privacy import audit

bp = Blueprint("destructions", __name__, url_prefix="/desk/petitions/<int:petition_id>/destruction")

Answer = str | tuple[str, int] | Response


@bp.get("")
@permission("keep sheets")
def index(petition_id: int) -> str:
    """Sheets that may be destroyed, and those that were."""
    petition = own_petition(petition_id)
    return _page(petition, DestroyForm(petition, today()))


@bp.post("")
@permission("keep sheets")
def destroy(petition_id: int) -> Answer:
    """Record that sheets were destroyed."""
    petition = own_petition(petition_id)
    form = DestroyForm(petition, today())
    if not form.validate():
        return _page(petition, form), 422
    which = destroying.destroyable(petition, today())
    if form.typed:
        which += issuing.named(petition, form.typed)
    how = {"destroyed_on": form.day.data, "way": form.way.data, "by_whom": form.by_whom.data}
    record, count = destroying.destroy(petition, which, **how, witness=form.witness.data, account_id=current_user.id)
    if not count:
        db.session.rollback()
        form.sheets.errors = [gettext("None of these sheets may be destroyed now.")]
        return _page(petition, form), 422
    audit.record("destroy sheets", record, count=count)
    db.session.commit()
    flash(
        ngettext("%(num)s sheet is recorded as destroyed.", "%(num)s sheets are recorded as destroyed.", count), "good"
    )
    return redirect(url_for(".index", petition_id=petition_id), 303)


@bp.get("/<int:destruction_id>/certificate.pdf")
@permission("keep sheets")
def certificate(petition_id: int, destruction_id: int) -> Response:
    """The certificate, by serial, to be signed and filed."""
    record = of_petition(SheetDestruction, destruction_id, own_petition(petition_id))
    audit.record_reading("print certificate of destruction", record)
    sheets = db.session.scalars(select(Sheet).where(Sheet.destruction_id == record.id).order_by(Sheet.number)).all()
    content = delivery_papers.certificate(record, sheets)
    return download(content, f"{record.petition.code}-destruction-{record.id}.pdf", "application/pdf")


def _page(petition: Petition, form: DestroyForm) -> str:
    may_go = select(Sheet.status, func.count()).where(*destroying.destroyable(petition, today())).group_by(Sheet.status)
    records = select(SheetDestruction, func.count(Sheet.id)).join(Sheet, Sheet.destruction_id == SheetDestruction.id)
    records = records.where(SheetDestruction.petition_id == petition.id).group_by(SheetDestruction.id)
    return render_template(
        "petitions/destruction.html",
        petition=petition,
        form=form,
        may_go=dict(db.session.execute(may_go).all()),
        due_on=destroying.due_on(petition),
        today=today(),
        records=db.session.execute(records.order_by(SheetDestruction.id.desc())).all(),
        ways=dict(WAYS),
    )
