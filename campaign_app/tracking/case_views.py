"""The section's action report, by case."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.db import db, now
from campaign_app.groups.own import own_groups
from campaign_app.pages import download
from campaign_app.tables.writing import CSV_TYPE, XLSX_TYPE, csv_pieces, write_xlsx
from campaign_app.tracking import case_forms, cases
from campaign_app.tracking.filters import ACTION, FilterForm

bp = Blueprint("cases", __name__, url_prefix="/desk/tracking/cases")

Answer = str | tuple[str, int] | Response


@bp.get("")
@permission("track")
def show() -> Answer:
    """A row for each case within a period, a group and a theme."""
    form = FilterForm(own_groups(ACTION))
    if not form.validate():
        return render_template("tracking/cases.html", form=form, rows=None), 422
    columns = cases.arranged()
    rows = [(case.line.campaign, cases.row(case, columns)) for case in cases.cases(form.filters.scope)]
    return render_template("tracking/cases.html", form=form, columns=columns, rows=rows, filters=form.filters)


@bp.get("/table.<any(csv, xlsx):suffix>")
@permission("track")
def table(suffix: str) -> Answer:
    """The same as a file."""
    form = FilterForm(own_groups(ACTION))
    if not form.validate():
        return render_template("tracking/cases.html", form=form, rows=None), 422
    columns = cases.arranged()
    header = [heading for _, heading in columns]
    rows = (cases.row(case, columns) for case in cases.cases(form.filters.scope))
    if suffix == "csv":
        return download(b"".join(csv_pieces(header, rows)), "cases.csv", CSV_TYPE)
    write_xlsx(book := BytesIO(), header, rows, now())
    return download(book.getvalue(), "cases.xlsx", XLSX_TYPE)


@bp.route("/columns", methods=["GET", "POST"])
@permission("keep section")
def arrange() -> Answer:
    """Which columns the section's form has, in which order, and what stands above them."""
    form = case_forms.arrange_form()
    if not form.validate_on_submit() or case_forms.nothing_chosen(form):
        return render_template(
            "tracking/columns.html", form=form, keys=list(cases.COLUMNS)
        ), 422 if form.is_submitted() else 200
    cases.arrange(case_forms.chosen(form))
    db.session.commit()
    flash(gettext("The columns are arranged."), "good")
    return redirect(url_for(".show"), 303)
