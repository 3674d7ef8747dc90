"""The desk's pages for what a story grows by: pictures, and updates of the case."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.campaigns import pictures
from campaign_app.campaigns.editing import own_campaign, picture_folder
from campaign_app.campaigns.forms import PictureForm, UpdateForm
from campaign_app.campaigns.models import CaseUpdate, Picture
from campaign_app.campaigns.pictures import StoredPicture
from campaign_app.db import begin_writing, db, read_only
from campaign_app.redrawing import NotAPicture, TooManyPixels

bp = Blueprint("story", __name__, url_prefix="/desk/campaigns/<slug>")


@bp.route("/pictures", methods=["GET", "POST"])
@permission("keep campaigns")
def show_pictures(slug: str) -> str | tuple[str, int] | Response:
    """The pictures of a story, and one more."""
    read_only()  # decoding takes a while; others may write in the meantime
    form = PictureForm()
    campaign = own_campaign(slug)
    if not form.validate_on_submit() or not (stored := _stored(form)):
        return render_template(
            "campaigns/edit_pictures.html", campaign=campaign, form=form
        ), 422 if form.errors else 200
    _record(slug, stored, form.alternative.data)
    flash(gettext("The picture is stored."), "good")
    return redirect(url_for(".show_pictures", slug=slug), 303)


@bp.post("/pictures/<int:number>/remove")
@permission("keep campaigns")
def remove_picture(slug: str, number: int) -> Response:
    """Take a picture out of the story, and delete its file once that is recorded."""
    campaign = own_campaign(slug)
    picture = next((picture for picture in campaign.pictures if picture.id == number), None) or abort(404)
    file = picture.file
    campaign.pictures.remove(picture)
    db.session.commit()
    pictures.remove(file, picture_folder())
    flash(gettext("The picture is deleted."), "good")
    return redirect(url_for(".show_pictures", slug=slug), 303)


@bp.route("/updates", methods=["GET", "POST"])
@permission("keep campaigns")
def updates(slug: str) -> str | tuple[str, int] | Response:
    """What happened since the story was written, and what happened now."""
    campaign = own_campaign(slug)
    form = UpdateForm(data={"day": campaign.today})
    if not form.validate_on_submit():
        return render_template("campaigns/edit_updates.html", campaign=campaign, form=form), 422 if form.errors else 200
    update = CaseUpdate(day=form.day.data, text=form.text.data, account_id=current_user.id)
    campaign.updates.append(update)
    db.session.commit()
    flash(gettext("The update is stored."), "good")
    return redirect(url_for(".updates", slug=slug), 303)


@bp.post("/updates/<int:number>/remove")
@permission("keep campaigns")
def remove_update(slug: str, number: int) -> Response:
    campaign = own_campaign(slug)
    update = next((update for update in campaign.updates if update.id == number), None) or abort(404)
    campaign.updates.remove(update)
    db.session.commit()
    flash(gettext("The update is deleted."), "good")
    return redirect(url_for(".updates", slug=slug), 303)


def _stored(form: PictureForm) -> StoredPicture | None:
    """The uploaded picture, drawn anew and stored; None where it cannot be, with the reason at its field."""
    try:
        return pictures.store(form.file.data.stream, picture_folder())
    except NotAPicture:
        reason = gettext("This is not a picture that can be read. Please take a JPEG, PNG, WebP or GIF.")
    except TooManyPixels:
        reason = gettext("This picture is too large. Please make it smaller than 25 megapixels and 20 MB.")
    form.file.errors = [reason]
    return None


def _record(slug: str, stored: StoredPicture, alternative: str) -> None:
    """Record a stored picture; its file does not stay where that fails."""
    begin_writing()
    try:
        own_campaign(slug).pictures.append(
            Picture(
                file=stored.file,
                sha256=stored.sha256,
                alternative=alternative,
                width=stored.width,
                height=stored.height,
            )
        )
        db.session.commit()
    except Exception:
        pictures.remove(stored.file, picture_folder())
        raise
