"""Who has access: accounts and open invitations of one's groups; inviting, accepting, ending a role."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_security import current_user, login_user, logout_user
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import EmailField, SelectField, StringField, ValidationError

from campaign_app import mail
from campaign_app.access import invitations
from campaign_app.access.accounts import new_account
from campaign_app.access.forms import FirstPasswordForm
from campaign_app.access.invitations import NoLongerGood
from campaign_app.access.models import Account, Invitation
from campaign_app.access.permissions import first_page, is_staff, may_end, may_give, may_reset, mine, permission
from campaign_app.access.sign_in import security
from campaign_app.days import today, yesterday
from campaign_app.db import db, now
from campaign_app.forms import Form, options, required
from campaign_app.groups.models import Group
from campaign_app.groups.own import own_groups
from campaign_app.labels import choices, label
from campaign_app.people.models import Membership, Person, Role
from campaign_app.privacy import audit

bp = Blueprint("invitations", __name__)

SECTION = 0  # in the form, where a role is not of one group


class InviteForm(Form):
    email = EmailField(_("E-mail"), [required], description=_("The invitation works for this address alone."))
    role = SelectField(_("Role"))
    group_id = SelectField(_("Group"), coerce=int)

    def validate_email(self, field: EmailField) -> None:
        try:
            field.data = str(security.mail_util.normalize(field.data))
        except ValueError as error:
            raise ValidationError(gettext("This is no e-mail address.")) from error


class AcceptForm(FirstPasswordForm):
    """What makes an account of an invitation. Its fields come in the order in which they are filled in."""

    email = EmailField(_("E-mail"), [required], description=_("The address to which you were invited."))
    name = StringField(_("Your name"), [required])


@bp.get("/desk/access")
@permission("invite")
def index() -> str:
    """Who can sign in for one's groups, and who is invited."""
    open_ones = db.session.scalars(mine(Invitation, "invite").order_by(Invitation.expires_at)).all()
    accounts = _accounts()
    audit.record_reading("list accounts", "account", count=len(accounts) + len(open_ones))
    page = {"may_end": may_end, "may_reset": may_reset, "now": now(), "today": today()}
    return render_template("access/index.html", invitations=open_ones, accounts=accounts, **page)


@bp.route("/desk/access/invite", methods=["GET", "POST"])
@permission("invite")
def create() -> str | tuple[str, int]:
    """Invite an e-mail address; ``?person=7`` invites somebody whom the group knows."""
    person = _person()
    groups = own_groups("invite")
    form = InviteForm(data={"email": person.email if person else "", "role": Role.ORGANIZER.value})
    _offer(form, groups)
    if not form.validate_on_submit():
        return render_template("access/invite.html", form=form, person=person), 422 if form.errors else 200
    role = Role(form.role.data)
    group = None if role is Role.STAFF else next((g for g in groups if g.id == form.group_id.data), None)
    if not may_give(current_user, role, group):
        form.group_id.errors = [gettext("Members and organizers belong to a group, staff to none.")]
        return render_template("access/invite.html", form=form, person=person), 422
    invitation = invitations.invite(current_user._get_current_object(), form.email.data, role, group, person)
    return _with_link(invitation, "invite")


@bp.post("/desk/access/invitations/<int:invitation_id>/renew")
@permission("invite")
def renew(invitation_id: int) -> str | tuple[str, int]:
    """A new link in place of the one before, for another seven days."""
    return _with_link(_own(invitation_id), "renew invitation")


@bp.post("/desk/access/invitations/<int:invitation_id>/withdraw")
@permission("invite")
def withdraw(invitation_id: int) -> Response:
    """Take an invitation back."""
    invitation = _own(invitation_id)
    audit.record("withdraw invitation", invitation)
    db.session.delete(invitation)
    db.session.commit()
    flash(gettext("The invitation is withdrawn; its link opens nothing any more."), "good")
    return redirect(url_for(".index"), 303)


@bp.post("/desk/access/roles/<int:membership_id>/end")
@permission("invite")
def end_role(membership_id: int) -> Response:
    """End a role at once. Its last day was yesterday, so that it stops working at the next request."""
    membership = db.session.get(Membership, membership_id)
    if membership is None or not may_end(current_user, membership):
        abort(404)
    membership.ends_on = yesterday()
    audit.record("end role", membership)
    db.session.commit()
    flash(gettext("The role is ended. An invitation gives it back."), "good")
    return redirect(url_for(".index"), 303)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@permission("read")
def accept(token: str) -> str | tuple[str, int] | Response:
    """Accept an invitation: with one's account, or by making one."""
    try:
        invitation = invitations.find(token)
        account = invitations.account_of(invitation)
        return _accept_as_new(invitation) if account is None else _accept_as_known(invitation, account, token)
    except NoLongerGood:
        db.session.rollback()
        return render_template("access/gone.html"), 410


def _accept_as_known(invitation: Invitation, account: Account, token: str) -> str | tuple[str, int] | Response:
    signed_in = current_user.is_authenticated
    if signed_in and current_user.id == account.id and request.method == "POST":
        invitations.accept(invitation, account, account.person)
        db.session.commit()
        flash(gettext("Welcome. The role is yours from now on."), "good")
        return redirect(first_page(current_user), 303)
    whose = "own" if signed_in and current_user.id == account.id else "other" if signed_in else "nobody"
    page = render_template("access/accept_known.html", invitation=invitation, whose=whose, token=token)
    return page, 403 if whose != "own" and request.method == "POST" else 200


def _accept_as_new(invitation: Invitation) -> str | tuple[str, int] | Response:
    form = AcceptForm(data={"name": invitation.person.name if invitation.person else ""})
    valid = form.validate_on_submit()
    if valid and not invitations.is_for(invitation, form.email.data):
        form.email.errors = [gettext("This invitation is for another address. Ask for one of your own.")]
        valid = False
    if not valid:
        return render_template("access/accept.html", invitation=invitation, form=form), 422 if form.errors else 200
    if current_user.is_authenticated:
        logout_user()
    person = invitations.person_for(invitation, form.name.data)
    person.email = person.email or invitation.email
    account = new_account(person, invitation.email, form.password.data)
    db.session.add(account)
    db.session.flush()
    invitations.accept(invitation, account, person)
    login_user(account, authn_via=["password"])
    db.session.commit()
    flash(gettext("Welcome. Your account is made."), "good")
    return redirect(url_for("own_account.show"), 303)


def _accounts() -> Sequence[Account]:
    """The accounts of those who belong, or belonged, to one's groups; for staff all."""
    people = mine(Person, "invite").with_only_columns(Person.id)
    query = select(Account).where(Account.person_id.in_(people))
    return sorted(db.session.scalars(query), key=lambda account: (not account.roles, account.person.name.casefold()))


def _own(invitation_id: int) -> Invitation:
    found = db.session.scalar(mine(Invitation, "invite").where(Invitation.id == invitation_id))
    return found or abort(404)


def _person() -> Person | None:
    """Whom the address names, where it is somebody of one's groups."""
    wanted = request.args.get("person", type=int)
    if wanted is None:
        return None
    return db.session.scalar(mine(Person, "invite").where(Person.id == wanted)) or abort(404)


def _offer(form: InviteForm, groups: Sequence[Group]) -> None:
    staff = is_staff(current_user)
    form.role.choices = choices([Role.MEMBER, Role.ORGANIZER, *([Role.STAFF] if staff else [])])
    section = [(SECTION, gettext("None: the whole section"))] if staff else []  # first, so that a group is chosen
    form.group_id.choices = options([*section, *((group.id, group.name) for group in groups)])


def _with_link(invitation: Invitation, action: str) -> str:
    """Store the invitation and show its link, which is not shown again; by e-mail too where mail is set up."""
    link = invitations.renew(invitation)
    audit.record(action, invitation)
    db.session.commit()
    if mail.sends_mail():
        mail.in_background(mail.send, invitation.email, *_message(invitation, link))
    return render_template("access/invited.html", invitation=invitation, link=link)


def _message(invitation: Invitation, link: str) -> tuple[str, str]:
    site = current_app.config["SECTION_NAME"]
    where = invitation.group.name if invitation.group else site
    text = gettext(
        "%(where)s invites you as: %(role)s.\n\n%(link)s\n\nThe link is good once, for seven days and for this e-mail "
        "address. If you do not expect it, you need not do anything.",
        where=where, role=label(invitation.role), link=link,
    )  # fmt: skip
    return gettext("Invitation to %(site)s", site=site), text
