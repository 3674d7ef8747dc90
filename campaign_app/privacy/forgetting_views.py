"""What is forgotten when, for staff: the dry run, the confirmation of large shares, and the receipts."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.privacy import forgetting
from campaign_app.privacy.models import Receipt

bp = Blueprint("forgetting", __name__, url_prefix="/desk/forgetting")

RECEIPTS = 20  # on the page


@bp.get("")
@permission("keep retention")
def show() -> str:
    """What would go today, by kind, and what went before."""
    receipts = db.session.scalars(select(Receipt).order_by(Receipt.id.desc()).limit(RECEIPTS)).all()
    return render_template("privacy/forgetting.html", shares=forgetting.shares(today()), receipts=receipts)


@bp.post("")
@permission("keep retention")
def forget() -> Response:
    """Forget what is due, and of the large shares those that are ticked."""
    receipt = forgetting.forget(today(), request.form.getlist("confirmed"), current_user.id)
    count = sum(receipt.counts.values())
    said = ngettext(
        "%(num)s row was deleted. The receipt is below.", "%(num)s rows were deleted. The receipt is below.", count
    )
    flash(
        said if count else gettext("Nothing was deleted: what is due waits to be ticked."),
        "good" if count else "warning",
    )
    return redirect(url_for(".show"), 303)
