"""The shared laptop of a letter evening: no account, one writer after the other, and nothing of them left on it."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, make_response, redirect, render_template, url_for
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign_app import keys
from campaign_app.access.permissions import permission
from campaign_app.db import db, read_only, writing_in_turn
from campaign_app.evenings import opening, printing
from campaign_app.evenings.models import Evening, EveningTable
from campaign_app.letters import haste, making, record
from campaign_app.letters.forms import Choice, WriteForm, write_form
from campaign_app.letters.making import Finished, Refused
from campaign_app.letters.views import busy
from campaign_app.letters.waiting import NoPlace

bp = Blueprint("kiosk", __name__, url_prefix="/evening/<token>")

Answer = str | tuple[str, int] | Response


@bp.get("")
@permission("write letters")
def start(token: str) -> str:
    """The tables to choose from."""
    return render_template("evenings/start.html", evening=_evening(token), token=token)


@bp.route("/<int:table_id>", methods=["GET", "POST"])
@permission("write letters")
def write(token: str, table_id: int) -> Answer:
    """The member's form for a table; what is made waits to be printed by the organizer."""
    read_only()
    table = _table(_evening(token), table_id)
    choice = _choice(table)
    if choice is None or current_user.is_authenticated:
        return redirect(url_for(".start", token=token), 303)
    form = _form(table, choice)
    if not form.is_submitted():
        return _page(form, table, token)
    haste.note(form.opened.data or "")
    return _make(form, choice, table, token) if form.validate() else (_page(form, table, token), 422)


@bp.post("/<int:table_id>/preview")
@permission("write letters")
def preview(token: str, table_id: int) -> str:
    """The letter as it would print now, as a piece of the page."""
    read_only()
    table = _table(_evening(token), table_id)
    choice = _choice(table) or abort(404)
    try:
        return render_template("letters/_preview.html", sketch=making.sketch(_form(table, choice), choice))
    except NoPlace:
        abort(503)


@bp.get("/done")
@permission("write letters")
def done(token: str) -> str:
    """What the writer does next. Nothing of the letter is on this page."""
    return render_template("evenings/done.html", evening=_evening(token), token=token)


@bp.get("/wall")
@permission("write letters")
def wall(token: str) -> str:
    """The number for the wall."""
    evening = _evening(token)
    return render_template("evenings/wall.html", evening=evening, token=token, counts=opening.counts(evening))


@bp.get("/wall/number")
@permission("write letters")
def number(token: str) -> str:
    """The number alone, for a page that stays open."""
    return render_template("evenings/_number.html", counts=opening.counts(_evening(token)))


@bp.after_request
def _leave_nothing(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _evening(token: str) -> Evening:
    """The evening whose kiosk the token opens: a 404 for a guess, a plain page once it is over."""
    evening = db.session.scalar(select(Evening).where(Evening.token_hash == keys.token_hash(token)))
    if evening is None:
        abort(404)
    if not evening.is_open:
        abort(make_response(render_template("evenings/over.html"), 410))
    return evening


def _table(evening: Evening, table_id: int) -> EveningTable:
    return next((table for table in evening.tables if table.id == table_id), None) or abort(404)


def _choice(table: EveningTable) -> Choice | None:
    """What the member's form offers at a table; None once its campaign takes no letters."""
    text = next((text for text in table.campaign.texts if text.language == table.language), None)
    if text is None or not table.campaign.takes_letters:
        return None
    return Choice(table.campaign, text, [table.target], [])


def _form(table: EveningTable, choice: Choice) -> WriteForm:
    group = table.evening.group
    form = write_form(choice, current_app.config["COUNTRY"], group.paper)
    if form.is_submitted():
        form.targets.data = [table.target_id]
        form.paper.data, form.window.data = group.paper, group.window
    del form.keep
    return form


def _make(form: WriteForm, choice: Choice, table: EveningTable, token: str) -> Answer:
    evening_id, table_id = table.evening_id, table.id
    try:
        finished = making.finish(form, choice)
    except Refused as refused:
        refused.tell(form)
        return _page(form, _table(_evening(token), table_id), token), 422
    except NoPlace:
        form.form_errors.append(busy())
        return _page(form, _table(_evening(token), table_id), token), 503
    _put_on_record(finished, form, evening_id, table_id)
    return redirect(url_for(".done", token=token), 303)


def _put_on_record(finished: Finished, form: WriteForm, evening_id: int, table_id: int) -> None:
    """Record the letters for the evening and its group, and have them wait for the printer; once a form."""
    with writing_in_turn():
        evening, table = db.session.get_one(Evening, evening_id), db.session.get_one(EveningTable, table_id)
        if not (evening.is_open and table.campaign.takes_letters):
            return
        form_hash = record.form_hash(table.campaign, form.key.data)
        record.record(table.campaign, finished.version_id, table.language, form_hash, finished.drafts)
        for row in record.of_form(form_hash).values():
            row.group_id, row.evening_id = evening.group_id, evening.id
        printing.wait(evening, form_hash, finished.handover)


def _page(form: WriteForm, table: EveningTable, token: str) -> str:
    return render_template("evenings/write.html", form=form, table=table, campaign=table.campaign, token=token)
