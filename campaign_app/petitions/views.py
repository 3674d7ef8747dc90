"""The desk's pages for petitions: begin one, see where it stands, say what it says."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_security import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from campaign_app import days, languages
from campaign_app.access.permissions import can, groups_for, mine, permission
from campaign_app.campaigns.models import Campaign, Status
from campaign_app.db import db
from campaign_app.groups.own import own_groups
from campaign_app.petitions import beginning, wording
from campaign_app.petitions.forms import (
    COLUMNS,
    BatchForm,
    NewPetitionForm,
    PetitionForm,
    PetitionTextForm,
    language_options,
)
from campaign_app.petitions.models import Petition
from campaign_app.petitions.own import PERMISSION, own_petition
from campaign_app.petitions.printing import MOST_SHEETS
from campaign_app.petitions.sheet_models import Sheet, SheetBatch
from campaign_app.privacy import audit
from campaign_app.targets.models import Target

bp = Blueprint("petitions", __name__, url_prefix="/desk/petitions")

Answer = str | tuple[str, int] | Response


@bp.get("")
@permission("keep sheets")
def index() -> str:
    """The petitions of one's groups, and the campaigns for which there could be one."""
    query = mine(Petition, PERMISSION).options(selectinload(Petition.texts), selectinload(Petition.campaign))
    petitions = db.session.scalars(query.order_by(Petition.id.desc())).all()
    counts = select(Sheet.petition_id, func.count()).where(Sheet.petition_id.in_([one.id for one in petitions]))
    sheets = {row[0]: row[1] for row in db.session.execute(counts.group_by(Sheet.petition_id))}
    return render_template("petitions/index.html", petitions=petitions, sheets=sheets, campaigns=_campaigns())


@bp.route("/new/<slug>", methods=["GET", "POST"])
@permission("keep sheets")
def create(slug: str) -> Answer:
    """A new petition with its first text; a design to begin with comes along."""
    campaign = next((one for one in _campaigns() if one.slug == slug), None) or abort(404)
    groups, section = own_groups(PERMISSION), groups_for(current_user, PERMISSION) is None
    proposed = beginning.proposed(campaign, groups, days.today())
    form = NewPetitionForm(campaign, campaign.targets, groups, whole_section=section, data=proposed)
    if not form.validate_on_submit():
        return render_template("petitions/new.html", form=form, campaign=campaign), 422 if form.errors else 200
    group = next((group for group in groups if group.id == form.group_id.data), None)
    petition = beginning.petition(campaign, group)
    form.apply_to(petition)
    said = (form.title.data, form.text.data, form.who_may_sign.data)
    wording.save_text(petition, form.language.data, *said, current_user.id)
    beginning.add_design(petition, (form.language.data,))
    db.session.flush()
    audit.record("begin petition", petition)
    db.session.commit()
    flash(gettext("The petition is stored. Look at its sheet, then print."), "good")
    return redirect(url_for(".show", petition_id=petition.id), 303)


@bp.get("/<int:petition_id>")
@permission("keep sheets")
def show(petition_id: int) -> str:
    """What the petition says, the designs of its sheets, and what was printed."""
    petition = own_petition(petition_id)
    return _shown(petition, BatchForm(MOST_SHEETS))


@bp.route("/<int:petition_id>/edit", methods=["GET", "POST"])
@permission("keep sheets")
def edit(petition_id: int) -> Answer:
    """To whom it goes, when, and where its sheets come back to."""
    petition = own_petition(petition_id)
    values = {name: getattr(petition, name) for name in (*COLUMNS, "return_address")}
    values["addressees"] = [target.id for target in petition.addressees]
    form = PetitionForm(petition.campaign, _targets(petition), data=values)
    if not form.validate_on_submit():
        return render_template("petitions/edit.html", form=form, petition=petition), 422 if form.errors else 200
    form.apply_to(petition)
    audit.record("change petition", petition)
    db.session.commit()
    flash(gettext("The petition is stored. Sheets that are printed stay as they are."), "good")
    return redirect(url_for(".show", petition_id=petition_id), 303)


@bp.route("/<int:petition_id>/texts/<language>", methods=["GET", "POST"])
@permission("keep sheets")
def text(petition_id: int, language: str) -> Answer:
    """What it says in one language; what changed makes a new version."""
    petition = own_petition(petition_id)
    if language not in languages.LETTER_LANGUAGES:
        abort(404)
    now = petition.text_in(language)
    values = {name: getattr(now, name) for name in ("title", "text", "who_may_sign")} if now else {}
    form = PetitionTextForm(petition.campaign, data=values | {"notice": wording.notice(petition, language)})
    if not form.validate_on_submit():
        earlier = [one for one in reversed(petition.texts) if one.language == language]
        page = {"form": form, "petition": petition, "language": language, "versions": earlier}
        return render_template("petitions/text.html", **page), 422 if form.errors else 200
    said = (form.title.data, form.text.data, form.who_may_sign.data)
    new = wording.save_text(petition, language, *said, current_user.id)
    noticed = wording.save_notice(petition, language, form.notice.data, current_user.id)
    db.session.commit()
    flash(*_saved(bool(new or noticed)))
    return redirect(url_for(".show", petition_id=petition_id), 303)


@bp.post("/<int:petition_id>/delete")
@permission("keep sheets")
def delete(petition_id: int) -> Response:
    """Delete a petition of which no sheet was ever printed. Its number is not given again."""
    petition = own_petition(petition_id)
    if _batches(petition):
        flash(gettext("Sheets of this petition are printed, so it stays."), "warning")
        return redirect(url_for(".show", petition_id=petition_id), 303)
    audit.record("delete petition", petition)
    db.session.delete(petition)
    db.session.commit()
    flash(gettext("The petition is deleted."), "good")
    return redirect(url_for(".index"), 303)


def _shown(petition: Petition, form: BatchForm) -> str:
    written = set(petition.languages)
    return render_template(
        "petitions/show.html",
        petition=petition,
        form=form,
        batches=_batches(petition),
        more=[choice for choice in language_options() if choice.value not in written],
        most=MOST_SHEETS,
    )


def _saved(changed: bool) -> tuple[str, str]:
    if changed:
        return gettext("A new version is saved. Sheets that are printed keep theirs."), "good"
    return gettext("Nothing was changed, so no new version was made."), "notice"


def _batches(petition: Petition) -> Sequence[SheetBatch]:
    query = select(SheetBatch).where(SheetBatch.petition_id == petition.id)
    return db.session.scalars(query.options(selectinload(SheetBatch.files)).order_by(SheetBatch.id.desc())).all()


def _campaigns() -> Sequence[Campaign]:
    """The campaigns for which one may collect: all that are open, and drafts of one's own."""
    query = select(Campaign).where(Campaign.status.in_((Status.OPEN, Status.DRAFT))).order_by(Campaign.title)
    return [one for one in db.session.scalars(query) if one.is_public or can(current_user, PERMISSION, one)]


def _targets(petition: Petition) -> Sequence[Target]:
    """Those of the campaign, and those that were chosen when they still were."""
    return list(dict.fromkeys((*petition.campaign.targets, *petition.addressees)))
