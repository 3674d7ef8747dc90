"""The designer of sheets, with a live page beside it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.db import db, read_only
from campaign_app.documents.sheet_design import SheetDesign as Design
from campaign_app.documents.sheet_look import SheetLook
from campaign_app.documents.unfit import Unfit
from campaign_app.petitions import wording
from campaign_app.petitions.design_form import DesignForm
from campaign_app.petitions.models import Petition, SheetDesign, SheetLogo
from campaign_app.petitions.own import of_petition, own_petition
from campaign_app.petitions.problems import of_sheet
from campaign_app.petitions.wording import NoText

bp = Blueprint("sheet_designs", __name__, url_prefix="/desk/petitions/<int:petition_id>/designs")

Answer = str | tuple[str, int] | Response


@dataclass(frozen=True, slots=True)
class Sketch:
    """The page as it would print, or what is in its way."""

    look: SheetLook | None = None
    problem: str = ""

    @property
    def picture(self) -> str:
        return b64encode(self.look.png).decode() if self.look else ""


@bp.route("/new", methods=["GET", "POST"])
@permission("keep sheets")
def create(petition_id: int) -> Answer:
    """Another design, which begins as the first one."""
    petition = _written(petition_id)
    first = Design.from_json(petition.designs[0].choices) if petition.designs else Design((petition.languages[0],))
    return _edited(petition, None, first)


@bp.route("/<int:design_id>", methods=["GET", "POST"])
@permission("keep sheets")
def edit(petition_id: int, design_id: int) -> Answer:
    """How the next sheets look; what is printed keeps the design that it was printed with."""
    petition = _written(petition_id)
    stored = of_petition(SheetDesign, design_id, petition)
    return _edited(petition, stored, Design.from_json(stored.choices))


@bp.post("/preview")
@permission("keep sheets")
def preview(petition_id: int) -> Answer:
    """The sheet as it would print now, as a piece of the designer; 422 where it cannot."""
    read_only()
    petition = _written(petition_id)
    stored = next((one for one in petition.designs if one.id == request.args.get("design", type=int)), None)
    form = DesignForm(petition, Design((petition.languages[0],)))
    sketch = _sketch(petition, form, stored)
    return render_template("petitions/_sheet.html", form=form, sketch=sketch), 200 if sketch and sketch.look else 422


@bp.post("/<int:design_id>/delete")
@permission("keep sheets")
def delete(petition_id: int, design_id: int) -> Response:
    """Delete a design; sheets that were printed with it stay."""
    petition = own_petition(petition_id)
    stored = of_petition(SheetDesign, design_id, petition)
    if len(petition.designs) == 1:
        abort(409)
    db.session.delete(stored)
    db.session.commit()
    flash(gettext("The design is deleted."), "good")
    return redirect(url_for("petitions.show", petition_id=petition_id), 303)


def _written(petition_id: int) -> Petition:
    """The petition, which must say something before its sheet can be designed."""
    petition = own_petition(petition_id)
    return petition if petition.texts else abort(404)


def _edited(petition: Petition, stored: SheetDesign | None, shown: Design) -> Answer:
    form = DesignForm(petition, shown)
    saving = request.method == "POST" and request.form.get("action") != "preview"
    if saving and form.validate():
        stored = stored or SheetDesign(petition=petition)
        stored.choices, stored.logo = form.design.to_json(), _logo(petition, form, stored)
        db.session.add(stored)
        db.session.commit()
        flash(gettext("The design is stored."), "good")
        return redirect(url_for("petitions.show", petition_id=petition.id), 303)
    if request.method == "POST":
        read_only()
        petition = own_petition(petition.id)
    sketch = _sketch(petition, form, stored)
    page = {"petition": petition, "form": form, "design": stored, "sketch": sketch}
    return render_template("petitions/design.html", **page), 422 if saving else 200


def _logo(petition: Petition, form: DesignForm, stored: SheetDesign | None) -> SheetLogo | None:
    """The logo to print with: the one that was uploaded, or else the one before."""
    if png := form.uploaded_logo():
        return SheetLogo(petition_id=petition.id, png=png, sha256=hashlib.sha256(png).hexdigest())
    return None if form.no_logo.data or stored is None else stored.logo


def _sketch(petition: Petition, form: DesignForm, stored: SheetDesign | None) -> Sketch | None:
    """The page as it would print, or None where the form must be mended first."""
    if form.errors or (form.is_submitted() and not form.validate()):
        return None
    kept = stored.logo.png if stored and stored.logo and not form.no_logo.data else b""
    return sketch_of(petition, form.design, form.uploaded_logo() or kept)


def sketch_of(petition: Petition, design: Design, logo: bytes = b"") -> Sketch:
    try:
        return Sketch(current_app.extensions["press"].sheet(wording.content_of(petition, design, logo)))
    except (Unfit, NoText) as problem:
        return Sketch(problem=of_sheet(problem))
