"""The desk's pages for replies: record what came, read it, send it on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.campaigns.models import Campaign
from campaign_app.days import today
from campaign_app.db import begin_writing, db, read_only
from campaign_app.i18n import page_language
from campaign_app.labels import label, labelled
from campaign_app.languages import written_date
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.privacy import audit
from campaign_app.replies import addresses, finding, recording, scans
from campaign_app.replies.forms import ChangeForm, ReplyForm
from campaign_app.replies.models import Reply, ReplyKind
from campaign_app.replies.recording import RecordedBefore, VoidLetter, WentAnotherWay

bp = Blueprint("replies", __name__, url_prefix="/desk/replies")

A_PAGE = 50  # replies

Answer = str | tuple[str, int] | Response


@bp.get("")
@permission("track")
def index() -> str:
    """What came back to one's groups, the newest first; what is looked for stands in the address."""
    search = finding.Search.of(request.args)
    page = db.paginate(search.found, per_page=A_PAGE, error_out=False)
    return render_template(
        "replies/index.html", page=page, search=search, campaigns=finding.campaigns(), kinds=labelled(ReplyKind)
    )


@bp.route("/new", methods=["GET", "POST"])
@permission("track")
def create() -> Answer:
    """Record a reply; ``letter``, ``unknown`` and ``kind`` of the address are proposed."""
    read_only()  # to draw a scan anew takes a while; others may write in the meantime
    proposed = {name: request.args.get(name, "") for name in ("letter", "unknown", "kind")}
    form = ReplyForm(finding.campaigns(), data=proposed)
    unread = _read_code(form)
    if not form.validate_on_submit() or unread:
        form.photo.errors = [unread] if unread else []
        return _form_page(form)
    try:
        scan = scans.redrawn(form.scans.data)
    except scans.Refused as refused:
        form.scans.errors = [str(refused)]
        return _form_page(form)
    begin_writing()
    reply = _recorded(form)
    if reply is None:
        read_only()
        return _form_page(form)
    if scan and reply.scan is None:
        scans.keep(reply, scan)
    reply_id, said = reply.id, _said(reply)
    db.session.commit()
    flash(said, "good")
    return redirect(url_for(".show", reply_id=reply_id, new=1), 303)


@bp.get("/<int:reply_id>")
@permission("track")
def show(reply_id: int) -> str:
    """A reply, with all that it says."""
    reply = finding.own_reply(reply_id)
    audit.record_reading("read reply", reply)
    return render_template("replies/show.html", reply=reply, is_new="new" in request.args)


@bp.route("/<int:reply_id>/edit", methods=["GET", "POST"])
@permission("track")
def edit(reply_id: int) -> Answer:
    """Change what is noted of a reply, or add its scan."""
    read_only()
    reply = finding.own_reply(reply_id)
    form = ChangeForm(reply)
    if request.method == "GET":
        audit.record_reading("read reply", reply)
    if not form.validate_on_submit():
        return _change_page(reply, form)
    try:
        scan = scans.redrawn(form.scans.data)
    except scans.Refused as refused:
        form.scans.errors = [str(refused)]
        return _change_page(reply, form)
    begin_writing()
    reply = finding.own_reply(reply_id)
    if problem := _day_problem(form.received_on.data, reply.letter):
        form.received_on.errors = [problem]
        return _change_page(reply, form)
    form.write(reply)
    reply.kind = ReplyKind(form.kind.data)
    if scan:
        scans.keep(reply, scan)
    addresses.reconsider(reply.target)
    audit.record("change reply", reply)
    db.session.commit()
    flash(gettext("The reply is saved."), "good")
    return redirect(url_for(".show", reply_id=reply_id), 303)


@bp.get("/<int:reply_id>/scan")
@permission("track")
def scan(reply_id: int) -> Response:
    """The scan, as a file to be saved."""
    reply = finding.own_reply(reply_id)
    if reply.scan is None:
        abort(404)
    audit.record_reading("open reply scan", reply)
    return scans.download(reply)


@bp.post("/<int:reply_id>/forward")
@permission("track")
def forward(reply_id: int) -> Response:
    """Note that the reply was sent on to the section today, or take that back."""
    reply = finding.own_reply(reply_id)
    reply.forwarded_on = None if "undo" in request.form else today()
    audit.record("change reply", reply)
    db.session.commit()
    return redirect(url_for(".show", reply_id=reply_id), 303)


@bp.post("/<int:reply_id>/undo")
@permission("track")
def undo(reply_id: int) -> Response:
    """Delete a reply that was recorded by mistake; its letter is as it was before."""
    reply = finding.own_reply(reply_id)
    recording.undo(reply)
    db.session.commit()
    flash(gettext("The reply is deleted, and its letter is as it was before."), "good")
    return redirect(url_for(".index"), 303)


def _read_code(form: ReplyForm) -> str:
    """Fill in the reference from the photograph of its QR code, if there is one; what keeps it from being read."""
    if form.photo.data and not form.letter.data:
        try:
            form.letter.data = scans.code_in(form.photo.data)
        except scans.Refused as refused:
            return str(refused)
    return ""


def _recorded(form: ReplyForm) -> Reply | None:
    """The reply as it is recorded, or None where the form says at its fields why it is not."""
    letter = finding.letter(form.letter.data) if form.letter.data else None
    if form.letter.data and letter is None:
        form.letter.errors = [gettext("No letter of your groups has this reference.")]
        return None
    if problem := _day_problem(form.received_on.data, letter):
        form.received_on.errors = [problem]
        return None
    try:
        return recording.record(_reply(form, letter), another=form.another.data)
    except VoidLetter:
        form.letter.errors = [gettext("This letter is void: it was never posted, so nothing can answer it.")]
    except WentAnotherWay as other:
        form.kind.errors = [_contradiction(other.status)]
    except RecordedBefore as before:
        form.another.errors = [_recorded_before(before.reply)]
    return None


def _reply(form: ReplyForm, letter: LetterRecord | None) -> Reply:
    """What the form says, as a row that is not stored yet."""
    reply = Reply(form=form.key.data, kind=ReplyKind(form.kind.data), account_id=current_user.id)
    if letter is not None:
        reply.letter, reply.campaign, reply.target, reply.group_id = (
            letter, letter.campaign, letter.target, letter.group_id
        )  # fmt: skip
    else:
        campaign_id, target_id = map(int, form.unknown.data.split("-"))
        reply.campaign = campaign = db.session.get_one(Campaign, campaign_id)
        reply.target = next((target for target in campaign.targets if target.id == target_id), None)
        reply.group_id = campaign.group_id
    form.write(reply)
    return reply


def _day_problem(day: Any, letter: LetterRecord | None) -> str:
    """What is wrong with a reply on ``day``, or an empty text."""
    if letter is None or day >= (letter.posted_on or letter.made_on):
        return ""
    said = (
        gettext("The letter was posted on %(day)s; nothing can answer it before.")
        if letter.posted_on
        else gettext("The letter was made on %(day)s; nothing can answer it before.")
    )
    return said % {"day": written_date(letter.posted_on or letter.made_on, page_language())}


def _contradiction(status: LetterStatus) -> str:
    if status is LetterStatus.RETURNED:
        return gettext("This letter came back undelivered, so nobody can have answered it. Undo that first.")
    return gettext("This letter was answered, so it cannot have come back undelivered. Undo the reply first.")


def _recorded_before(reply: Reply) -> str:
    day = written_date(reply.received_on, page_language())
    by = reply.account.person.name if reply.account else gettext("Someone")
    if reply.is_returned_mail:
        return gettext("%(name)s recorded already that it came back, on %(day)s.", name=by, day=day)
    return gettext(
        "%(name)s recorded a reply already: %(kind)s, received on %(day)s. If yours is another one, tick this.",
        name=by, kind=label(reply.kind), day=day,
    )  # fmt: skip


def _said(reply: Reply) -> str:
    if reply.letter is None:
        return gettext("The reply is recorded.")
    if reply.is_returned_mail:
        return gettext("The letter is marked as returned, and its address is to be checked in every campaign.")
    return gettext("The reply is recorded, and letter %(reference)s is answered.", reference=reply.letter.reference)


def _form_page(form: ReplyForm) -> Answer:
    page = render_template("replies/new.html", form=form)
    return (page, 422) if form.is_submitted() else page


def _change_page(reply: Reply, form: ChangeForm) -> Answer:
    page = render_template("replies/edit.html", form=form, reply=reply)
    return (page, 422) if form.is_submitted() else page
