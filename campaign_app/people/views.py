"""The people of one's groups: found, added, shown, changed."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from campaign_app.access.permissions import groups_for, permission
from campaign_app.days import today, yesterday
from campaign_app.db import db, now, read_only
from campaign_app.groups.own import own_groups
from campaign_app.i18n import page_language
from campaign_app.labels import labelled
from campaign_app.pages import download
from campaign_app.people import (
    consent_views,
    exporting,
    fee_views,
    import_views,
    listing,
    merge_views,
    merging,
    money,
    role_views,
)
from campaign_app.people.forms import AddForm, PersonForm
from campaign_app.people.listing import PageOfPeople, Search
from campaign_app.people.models import Person, Purpose, Role
from campaign_app.people.own import ACTION, own_memberships, own_person
from campaign_app.privacy import audit
from campaign_app.tables.writing import CSV_TYPE, XLSX_TYPE, csv_pieces, write_xlsx

bp = Blueprint("people", __name__, url_prefix="/desk/people")
for part in (role_views, consent_views, fee_views, merge_views, import_views):
    bp.register_blueprint(part.bp)

PER_PAGE = 50

Answer = str | tuple[str, int] | Response


@bp.route("/", methods=["GET", "POST"])
@permission("keep people")
def index() -> str:
    """The people of one's groups, by name in any script and by what they are to the group.

    Only a form can ask for a name: what stands in an address is kept in histories and logs.
    """
    read_only()
    asked = request.form if request.method == "POST" else {**request.args.to_dict(), "words": ""}
    search, day, groups = Search.of(asked), today(), own_groups(ACTION)
    number = asked.get("page", "")
    page = PageOfPeople(int(number) if number.isdigit() else 1, PER_PAGE, ids=listing.found(search, day))
    audit.record_reading("list", "person", count=len(page.items))
    return render_template(
        "people/index.html", page=page, search=search, groups=groups, roles=Role, purposes=Purpose, today=day,
        own=groups, labelled=labelled,
    )  # fmt: skip


@bp.post("/export")
@permission("keep people")
def export() -> Response:
    """The people whom a search finds, as a file; that they were taken is logged with their number."""
    read_only()
    ids = listing.found(Search.of(request.form), today())
    rows = exporting.rows(listing.in_pieces(ids), groups_for(current_user, ACTION))
    audit.record_reading("export", "person", count=len(ids))
    if request.form.get("kind") == "csv":
        return download(b"".join(csv_pieces(exporting.HEADER, rows)), "people.csv", CSV_TYPE)
    write_xlsx(book := BytesIO(), exporting.HEADER, rows, now())
    return download(book.getvalue(), "people.xlsx", XLSX_TYPE)


@bp.route("/new", methods=["GET", "POST"])
@permission("keep people")
def create() -> Answer:
    """A new person and their role, unless one's groups know somebody with that name or e-mail address already."""
    groups = own_groups(ACTION)
    form = AddForm(groups, request.args.get("group", type=int))
    twins = []
    if form.validate_on_submit():
        person = Person()
        form.write(person)
        twins = [] if form.keep_both.data else merging.twins(person)
        if not twins:
            person.memberships.append(form.membership)
            db.session.add(person)
            audit.record("add", person)
            db.session.commit()
            flash(gettext("The person is added. Next: what they agreed to."), "good")
            return redirect(url_for(".show", person_id=person.id), 303)
    page = render_template("people/edit.html", form=form, person=None, groups=groups, twins=twins)
    return page, 422 if form.is_submitted() else 200


@bp.get("/<int:person_id>")
@permission("keep people")
def show(person_id: int) -> str:
    """All that is held of a person, but for what belongs to other groups."""
    person = own_person(person_id)
    audit.record_reading("open", person)
    return render_template(
        "people/show.html", person=person, memberships=own_memberships(person), today=today(), yesterday=yesterday(),
        amount=lambda fee: money.written_amount(fee.amount, fee.currency, page_language()),
    )  # fmt: skip


@bp.route("/<int:person_id>/edit", methods=["GET", "POST"])
@permission("keep people")
def edit(person_id: int) -> Answer:
    """Change what is held of a person."""
    person = own_person(person_id)
    form = PersonForm(person)
    if not form.validate_on_submit():
        if request.method == "GET":
            audit.record_reading("open", person)
        page = render_template("people/edit.html", form=form, person=person, twins=[])
        return page, 422 if form.errors else 200
    form.write(person)
    audit.record("change", person)
    db.session.commit()
    flash(gettext("What is held of the person is saved."), "good")
    return redirect(url_for(".show", person_id=person.id), 303)
