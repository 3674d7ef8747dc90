"""A new password by a link that is good once: sent by e-mail, or made by somebody who may invite the person."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_security import current_user, hash_password
from sqlalchemy import delete, select
from werkzeug.wrappers import Response
from wtforms import BooleanField, EmailField

from campaign_app import keys, mail
from campaign_app.access import second_factor, sessions
from campaign_app.access.forms import FirstPasswordForm
from campaign_app.access.models import Account, ResetLink
from campaign_app.access.permissions import is_staff, may_reset, permission
from campaign_app.access.sign_in import accounts
from campaign_app.db import db, now
from campaign_app.forms import Form, required
from campaign_app.privacy import audit

bp = Blueprint("resets", __name__)

GOOD_FOR = timedelta(hours=2)
HANDED_OVER_GOOD_FOR = timedelta(days=2)  # a link that somebody has to pass on


class ForgottenForm(Form):
    email = EmailField(_("E-mail"), [required])


class ResetLinkForm(Form):
    without_second_factor = BooleanField(
        _("They also lost their second factor"),
        description=_("The link then opens the account without it, and they set up a new one. Be sure who asks."),
    )


@bp.route("/reset", methods=["GET", "POST"])
@permission("read")
def ask() -> str | tuple[str, int] | Response:
    """Ask for a link. What is answered, and when, is the same for every address."""
    form = ForgottenForm()
    if not mail.sends_mail() or not form.validate_on_submit():
        return render_template("access/forgotten.html", form=form), 422 if form.errors else 200
    mail.in_background(_send_link, form.email.data)
    return render_template("access/forgotten.html", form=None)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@permission("read")
def choose(token: str) -> str | tuple[str, int] | Response:
    """Choose a new password. The link is used up by the password, not by being looked at."""
    link = db.session.scalar(select(ResetLink).filter_by(token_hash=keys.token_hash(token)))
    if link is None or link.expires_at < now():
        return render_template("access/gone.html"), 410
    form = FirstPasswordForm()
    if not form.validate_on_submit():
        return render_template("access/new_password.html", form=form), 422 if form.errors else 200
    if not _use_up(link):
        db.session.rollback()
        return render_template("access/gone.html"), 410
    _give_password(link.account, form.password.data, without_second_factor=link.without_second_factor)
    db.session.commit()
    flash(gettext("Your password is changed. Sign in with the new one."), "good")
    return redirect(url_for("security.login"), 303)


@bp.route("/desk/access/<int:account_id>/reset", methods=["GET", "POST"])
@permission("invite")
def make(account_id: int) -> str | tuple[str, int]:
    """Make a link for somebody to pass on, by whoever may invite them to each role that they have."""
    account = db.session.get(Account, account_id)
    if account is None or not may_reset(current_user, account):
        abort(404)
    form = ResetLinkForm()
    if not is_staff(current_user):
        del form.without_second_factor
    link = None
    if form.validate_on_submit():
        without = "without_second_factor" in form and form.without_second_factor.data
        link = new_link(account, HANDED_OVER_GOOD_FOR, without_second_factor=without)
        audit.record("make reset link", account, without_second_factor=int(without))
        db.session.commit()
    return render_template("access/reset_link.html", form=form, account=account, link=link), 200


def new_link(account: Account, good_for: timedelta, *, without_second_factor: bool = False) -> str:
    """The address of a new link, which replaces the one before. The caller commits."""
    token = secrets.token_urlsafe(keys.TOKEN_BYTES)
    db.session.execute(delete(ResetLink).where(ResetLink.account_id == account.id))
    db.session.add(
        ResetLink(
            account_id=account.id,
            token_hash=keys.token_hash(token),
            without_second_factor=without_second_factor,
            expires_at=now() + good_for,
        )
    )
    return f"{current_app.config['SITE_URL'].rstrip('/')}/reset/{token}"


def _send_link(email: str) -> None:
    account = accounts.find_user(email=email.strip())
    if not isinstance(account, Account) or not account.active or account.demo:
        return
    link = new_link(account, GOOD_FOR)
    audit.record("send reset link", account)
    db.session.commit()
    text = gettext(
        "Somebody, hopefully you, asked for a new password.\n\n%(link)s\n\nThe link is good once, for two hours. "
        "If you did not ask for it, you need not do anything.",
        link=link,
    )
    mail.send(account.email, gettext("A new password for %(site)s", site=current_app.config["SECTION_NAME"]), text)


def _use_up(link: ResetLink) -> bool:
    """Whether it was this request that used the link up."""
    used = db.session.execute(delete(ResetLink).where(ResetLink.id == link.id))
    return bool(used.rowcount)  # type: ignore[attr-defined]


def _give_password(account: Account, password: str, *, without_second_factor: bool) -> None:
    account.password = hash_password(password)
    accounts.set_uniquifier(account)
    sessions.end(account)
    if without_second_factor:
        second_factor.take_away(account)
    audit.record("reset password", account)
