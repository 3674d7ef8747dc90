"""One's own sign-in: second factor, password, and the sessions on one's devices."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access import sessions
from campaign_app.access.passkeys import NewPasskeyForm
from campaign_app.access.permissions import permission
from campaign_app.db import db
from campaign_app.privacy import audit

bp = Blueprint("own_account", __name__, url_prefix="/account")


@bp.get("/sign-in")
@permission("see own account")
def show() -> str:
    """How one signs in, and where one is signed in."""
    account = current_user._get_current_object()
    page = {"sessions": sessions.of(account), "here": sessions.current(), "bounds": sessions.bounds(account)}
    return render_template("access/own_account.html", account=account, form=NewPasskeyForm(formdata=None), **page)


@bp.get("/alive")
@permission("see own account")
def alive() -> tuple[str, int]:
    """Asked by a page in which somebody types, so that the session knows them to be there."""
    return "", 204


@bp.post("/sessions/<int:session_id>/end")
@permission("see own account")
def end_session(session_id: int) -> Response:
    """End a session of one's own on another device, or on this one."""
    if not sessions.end(current_user, session_id):
        abort(404)
    audit.record("end session", current_user)
    db.session.commit()
    flash(gettext("That session is ended."), "good")
    return redirect(url_for(".show"), 303)


@bp.post("/sessions/end-others")
@permission("see own account")
def end_other_sessions() -> Response:
    """End all sessions but this one."""
    count = sessions.end(current_user, but=sessions.current())
    audit.record("end other sessions", current_user, count=count)
    db.session.commit()
    flash(gettext("You are signed out everywhere else."), "good")
    return redirect(url_for(".show"), 303)
