"""The dashboard: what was sent, by whom (a group, never a person), where to, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from tempfile import TemporaryFile
from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    stream_with_context,
    url_for,
)
from flask_babel import gettext
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.days import today
from campaign_app.db import now
from campaign_app.documents.unfit import Unprintable
from campaign_app.groups.own import own_group, own_groups
from campaign_app.groups.yearly_account import activities
from campaign_app.pages import download, written_day
from campaign_app.tables.errors import TooMuchInside
from campaign_app.tables.writing import CSV_TYPE, XLSX_TYPE, csv_pieces, json_pieces, write_xlsx
from campaign_app.tracking import charts, downloads, letter_list, letter_rows, report_pages
from campaign_app.tracking.filters import ACTION, FilterForm, Filters
from campaign_app.tracking.letter_list import Place, State
from campaign_app.tracking.list_forms import ListForm
from campaign_app.tracking.overview import overview
from campaign_app.tracking.rankings import rankings

bp = Blueprint("dashboard", __name__, url_prefix="/desk/tracking")

Answer = str | tuple[str, int] | Response


@bp.get("")
@permission("track")
def show() -> Answer:
    """All numbers of one's groups, within a period, a group and a theme."""
    return _page(FilterForm(own_groups(ACTION)))


@bp.get("/group/<slug>")
@permission("track")
def group(slug: str) -> Answer:
    """The same of one group, with what it did this month."""
    found, day = own_group(slug, ACTION), today()
    month = day.replace(day=1)
    return _page(FilterForm([found], found), group=found, month=month, activities=activities(found, month, day))


@bp.get("/report.<any(pdf, csv, xlsx, json):suffix>")
@permission("track")
def report(suffix: str) -> Answer:
    """The same numbers to print, or as a table."""
    form = FilterForm(own_groups(ACTION))
    if not form.validate():
        return render_template("tracking/dashboard.html", form=form, shown=None), 422
    filters = form.filters
    shown = overview(filters.scope)
    if suffix != "pdf":
        return downloads.table(shown, filters.scope, suffix, "report")
    try:
        content = report_pages.pdf(shown, gettext("Letters and what came of them"), _about(form, filters))
    except Unprintable as unfit:
        flash(
            gettext("These characters cannot be printed: %(characters)s.", characters=", ".join(unfit.characters)),
            "error",
        )
        return redirect(url_for(".show", **dict[str, Any](filters.asked)))
    return download(content, "report.pdf", downloads.PDF_TYPE)


@bp.get("/letters")
@permission("track")
def letters() -> Answer:
    """The letters behind a number."""
    form = ListForm(own_groups(ACTION))
    if not form.validate():
        return render_template("tracking/letters.html", form=form, rows=None), 422
    search, count = form.search, form.search.count
    rows, following = letter_list.page(search, Place.of(request.args.get("after", ""))) if count != 0 else ([], None)
    return render_template(
        "tracking/letters.html", form=form, rows=rows, count=count, following=following, asked=form.asked
    )


@bp.get("/letters.<any(csv, xlsx, json):suffix>")
@permission("track")
def export(suffix: str) -> Answer:
    """The same letters as a file; however many, they are never in memory at once."""
    form = ListForm(own_groups(ACTION))
    if not form.validate():
        return render_template("tracking/letters.html", form=form, rows=None), 422
    rows = letter_rows.rows(letter_list.every(form.search))
    if suffix == "csv":
        return _streamed(csv_pieces(letter_rows.header(), rows), "letters.csv", CSV_TYPE)
    if suffix == "json":
        return _streamed(json_pieces(letter_rows.KEYS, rows), "letters.json", downloads.JSON_TYPE)
    book = TemporaryFile()  # noqa: SIM115 - closed when it is sent
    try:
        write_xlsx(book, letter_rows.header(), rows, now())
    except TooMuchInside:
        book.close()
        form.form_errors.append(gettext("A workbook takes 1,048,575 letters. Take CSV, or fewer of them."))
        return render_template("tracking/letters.html", form=form, rows=None), 422
    book.seek(0)
    answer = send_file(book, XLSX_TYPE, as_attachment=True, download_name="letters.xlsx", max_age=0)
    answer.call_on_close(book.close)
    return answer


def _page(form: FilterForm, **of_group: Any) -> Answer:
    if not form.validate():
        return render_template("tracking/dashboard.html", form=form, shown=None, **of_group), 422
    filters = form.filters
    shown = overview(filters.scope)
    return render_template(
        "tracking/dashboard.html", form=form, shown=shown, filters=filters, states=State,
        weeks=charts.columns([(week, count.made) for week, count in shown.weeks]), rankings=rankings(shown),
        **links(filters), **of_group,
    )  # fmt: skip


def links(filters: Filters) -> dict[str, Any]:
    """How the pages of numbers lead to the letters that are counted."""
    common: dict[str, Any] = dict(filters.of_letters)

    def week_of(monday: date) -> str:
        """The letters of a week, as far as they are within the period."""
        since, until = max(monday, filters.since or monday), monday + timedelta(days=6)
        days = {"since": since.isoformat(), "until": min(until, filters.until or until).isoformat()}
        return url_for("dashboard.letters", **(common | days))

    def letters_by(argument: str, key: str) -> str:
        return url_for("dashboard.letters", **(common | {argument: key}))

    return {"of_letters": common, "week_of": week_of, "letters_by": letters_by}


def _about(form: FilterForm, filters: Filters) -> list[str]:
    """What stands below the title: whose numbers of when these are."""
    chosen = [field for field in (form.group, form.theme) if field.data]
    named = [{choice.value: str(choice.label) for choice in field.choices}[field.data] for field in chosen]
    made = gettext("as of %(day)s", day=written_day(today()))
    whose = current_app.config["SECTION_NAME"]
    return [" · ".join((whose, *named)), f"{report_pages.period(filters.since, filters.until)} · {made}"]


def _streamed(pieces: Iterator[bytes], name: str, kind: str) -> Response:
    answer = current_app.response_class(stream_with_context(pieces), mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
