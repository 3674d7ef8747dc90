"""What a writer who asked for news ends by the link in an e-mail."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.db import db, leave_no_trace
from campaign_app.replies import wishes
from campaign_app.replies.wishes import STOP

bp = Blueprint("news", __name__)


@bp.get(f"{STOP}<token>")
@permission("write letters")
def stop(token: str) -> str:
    """Ask before deleting: whatever looks at links in e-mails must not do it."""
    wish = wishes.of_token(token)
    return render_template("replies/stop.html", wish=wish, token=token) if wish else abort(404)


@bp.post(f"{STOP}<token>")
@permission("write letters")
def stopped(token: str) -> str | Response:
    """Delete the address, with everything that was still to be told."""
    wish = wishes.of_token(token) or abort(404)
    db.session.delete(wish)
    db.session.commit()
    leave_no_trace()
    return render_template("replies/stopped.html")
