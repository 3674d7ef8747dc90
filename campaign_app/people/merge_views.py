"""Records that may be one person, side by side, and made one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.db import db
from campaign_app.people import merging
from campaign_app.people.listing import with_everything
from campaign_app.people.models import Person
from campaign_app.people.own import own_person
from campaign_app.privacy import audit

_ = lazy_gettext
bp = Blueprint("merge", __name__, url_prefix="/merge")

MOST_PAIRS = 50
FIRST, SECOND, BOTH = "first", "second", "both"
LABELS = {
    "name": _("Name"),
    "native_name": _("Name in their own script"),
    "pronoun": _("Pronoun in letters"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "letter_address": _("Address on letters"),
    "private_address": _("Private address"),
    "languages_written": _("Languages they write letters in"),
    "languages_read": _("Languages they read"),
    "nationality": _("Nationality"),
    "occupation": _("Occupation"),
    "note": _("Note"),
}

Answer = str | tuple[str, int] | Response


@bp.get("/")
@permission("keep people")
def index() -> str:
    """Pairs of records that may be one person."""
    pairs = merging.pairs()
    shown = pairs[:MOST_PAIRS]
    ids = sorted({number for pair in shown for number in (pair.first, pair.second)})
    people = {person.id: person for person in with_everything(ids)}
    audit.record_reading("list", "person", count=len(people))
    return render_template("people/duplicates.html", pairs=shown, more=len(pairs) - len(shown), people=people)


@bp.route("/<int:first_id>/<int:second_id>", methods=["GET", "POST"])
@permission("keep people")
def compare(first_id: int, second_id: int) -> Answer:
    """Both records field by field; what is chosen is shown once more before one of them is gone for good."""
    first, second = own_person(first_id), own_person(second_id)
    if first is second:
        abort(404)
    try:
        kept, gone = merging.in_order(first, second)
    except merging.BothSignIn:
        return render_template("people/cannot_merge.html", people=(first, second), both_sign_in=True), 409
    if not merging.may_merge(first, second):
        return render_template("people/cannot_merge.html", people=(first, second), both_sign_in=False), 409
    if request.form.get("action") == "merge":
        return _merge(kept, gone)
    if request.method == "GET":
        audit.record_reading("open", first, other=second.id)
    return render_template(
        "people/merge.html",
        kept=kept,
        gone=gone,
        fields=[(name, LABELS[name], getattr(kept, name), getattr(gone, name)) for name in merging.FIELDS],
        picked=_picked(kept, gone, request.form),
        chosen=_chosen(kept, gone) if request.method == "POST" else None,
        labels=LABELS,
        withdrawn=list(merging.withdrawn_by_the_other(kept, gone)),
    )


def _merge(kept: Person, gone: Person) -> Answer:
    gone_id = gone.id
    try:
        merging.merge(kept, gone, _chosen(kept, gone))
        audit.record("merge", kept, other=gone_id)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return render_template("people/cannot_merge.html", people=(), both_sign_in=False), 409
    flash(gettext("The two records are one now."), "good")
    return redirect(url_for("people.show", person_id=kept.id), 303)


def _picked(kept: Person, gone: Person, form: Mapping[str, str]) -> dict[str, str]:
    """For each field the side that was picked, or else the one that says something."""
    proposed = {name: FIRST if getattr(kept, name) or not getattr(gone, name) else SECOND for name in merging.FIELDS}
    sides = (FIRST, SECOND, BOTH)
    return {name: form[name] if form.get(name) in sides else side for name, side in proposed.items()}


def _chosen(kept: Person, gone: Person) -> dict[str, Any]:
    """The values that were picked; notes can be put one below the other."""
    values = {}
    for name, side in _picked(kept, gone, request.form).items():
        values[name] = getattr(gone if side == SECOND else kept, name)
    if request.form.get("note") == BOTH:
        values["note"] = "\n".join(filter(None, (kept.note, gone.note)))
    return values
