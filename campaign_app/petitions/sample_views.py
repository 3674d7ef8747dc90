"""The pages of samples: drawing sheets at random, and what they say of all."""

from __future__ import annotations

import secrets

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import IntegerField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from campaign_app.access.permissions import permission
from campaign_app.db import db
from campaign_app.forms import Form, required
from campaign_app.petitions import samples, sampling
from campaign_app.petitions.counting import Standing
from campaign_app.petitions.custody_models import SheetSample
from campaign_app.petitions.models import Petition
from campaign_app.petitions.own import of_petition, own_petition
from campaign_app.privacy import audit

bp = Blueprint("samples", __name__, url_prefix="/desk/petitions/<int:petition_id>/samples")

Answer = str | tuple[str, int] | Response
_ = lazy_gettext

PROPOSED = 50  # sheets


class DrawForm(Form):
    """How many sheets, and the seed that they follow from."""

    count = IntegerField(_("Sheets to draw"), [InputRequired(_("Please fill this in."))])
    seed = StringField(
        _("Seed"), [required, Length(max=60)],
        description=_("Whoever knows it can draw the same sheets again. Agree on it before, such as by throwing dice."),
    )  # fmt: skip

    def __init__(self, sheets: int) -> None:
        super().__init__(data={"count": min(PROPOSED, sheets), "seed": f"{secrets.randbelow(10**8):08}"})
        self._sheets = sheets

    def validate_count(self, field: IntegerField) -> None:
        if field.data is not None and not sampling.FEWEST <= field.data <= self._sheets:
            least, most = sampling.FEWEST, self._sheets
            raise ValidationError(
                gettext("From %(least)s to %(most)s, as many as are counted.", least=least, most=most)
            )


class PairsForm(Form):
    """How many signers stand on two sheets of the sample."""

    pairs = IntegerField(
        _("Signers who stand on two of these sheets"), [InputRequired(_("Please fill this in."))],
        description=_("Lay the sheets side by side. Two rows on one sheet are a duplicate there, and not meant."),
    )  # fmt: skip

    def __init__(self, sample: SheetSample, valid: int) -> None:
        super().__init__(data={"pairs": sample.pairs})
        self._valid = valid

    def validate_pairs(self, field: IntegerField) -> None:
        if field.data is not None and not 0 <= field.data <= self._valid:
            raise ValidationError(gettext("From 0 to %(most)s.", most=self._valid))


@bp.route("", methods=["GET", "POST"])
@permission("keep sheets")
def index(petition_id: int) -> Answer:
    """The samples of a petition, and a new one."""
    petition = own_petition(petition_id)
    sheets, raw = samples.population(petition)
    form = DrawForm(sheets)
    if not form.validate_on_submit():
        drawn = select(SheetSample).where(SheetSample.petition_id == petition.id).order_by(SheetSample.id.desc())
        known = [(sample, samples.estimate(sample)) for sample in db.session.scalars(drawn)]
        page = render_template(
            "petitions/samples.html",
            petition=petition, form=form, samples=known, sheets=sheets, raw=raw, fewest=sampling.FEWEST,
        )  # fmt: skip
        return page, 422 if form.errors else 200
    sample = samples.draw(petition, form.count.data, form.seed.data, current_user.id)
    audit.record("draw sample of sheets", petition, count=form.count.data)
    db.session.commit()
    flash(gettext("The sheets are drawn. Take them out, and check each row by row."), "good")
    return redirect(url_for(".show", petition_id=petition_id, sample_id=sample.id), 303)


@bp.route("/<int:sample_id>", methods=["GET", "POST"])
@permission("keep sheets")
def show(petition_id: int, sample_id: int) -> Answer:
    """The sheets of a sample, how far they are checked, and the estimate."""
    petition = own_petition(petition_id)
    sample = of_petition(SheetSample, sample_id, petition)
    form = PairsForm(sample, sum(member.sheet.valid or 0 for member in sample.members))
    if not form.validate_on_submit():
        return _page(petition, sample, form), 422 if form.errors else 200
    sample.pairs = form.pairs.data
    audit.record("note pairs of sample", petition)
    db.session.commit()
    return redirect(url_for(".show", petition_id=petition_id, sample_id=sample_id), 303)


def _page(petition: Petition, sample: SheetSample, form: PairsForm) -> str:
    return render_template(
        "petitions/sample.html",
        petition=petition,
        sample=sample,
        form=form,
        estimate=samples.estimate(sample),
        unchecked=sum(member.sheet.standing is not Standing.VERIFIED for member in sample.members),
        confidence=sampling.CONFIDENCE,
    )
