"""The audit log for staff: who opened, exported or changed personal data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, render_template, request
from sqlalchemy import Select, select
from werkzeug.wrappers import Response

from campaign_app.access.permissions import permission
from campaign_app.db import db
from campaign_app.forms import options
from campaign_app.pages import download
from campaign_app.privacy import audit
from campaign_app.privacy.forms import AuditSearch
from campaign_app.privacy.models import AuditEntry

bp = Blueprint("audit", __name__, url_prefix="/desk/audit")

A_PAGE = 50  # entries
COLUMNS = ("id", "at", "account_id", "group_id", "action", "subject", "count")


@bp.get("")
@permission("read audit log")
def index() -> str:
    """The entries that are asked for, the newest first."""
    form = _search()
    page = db.paginate(_found(form).order_by(AuditEntry.id.desc()), per_page=A_PAGE, error_out=False)
    return render_template("privacy/audit.html", form=form, page=page, asked=_asked(), zone=_zone())


@bp.get("/verify")
@permission("read audit log")
def verify() -> str:
    """Whether the chain holds from the first entry to the last."""
    return render_template("privacy/audit_verified.html", broken=list(audit.broken_links()))


@bp.get("/export.csv")
@permission("read audit log")
def export() -> Response:
    """The entries that are asked for as a table, the oldest first."""
    content = "".join(_lines(db.session.scalars(_found(_search()).order_by(AuditEntry.id))))
    audit.record_reading("export", "audit log")
    return download(content.encode("utf-8-sig"), "audit-log.csv", "text/csv")


def _search() -> AuditSearch:
    form = AuditSearch(request.args)
    actions = db.session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action))
    form.action.choices = options([("", "—"), *((action, action) for action in actions)])
    form.validate()
    return form


def _found(form: AuditSearch) -> Select[AuditEntry]:
    """What is asked for; a field that makes no sense narrows nothing down, and says so beside itself."""
    query = select(AuditEntry)
    wanted = {field.name: field.data for field in form if field.data and not field.errors}
    if "person" in wanted:
        query = query.where(AuditEntry.subject == f"person {wanted['person']}")
    if "account" in wanted:
        query = query.where(AuditEntry.account_id == wanted["account"])
    if "action" in wanted:
        query = query.where(AuditEntry.action == wanted["action"])
    if "since" in wanted:
        query = query.where(AuditEntry.at >= datetime.combine(wanted["since"], time(), _zone()))
    if "until" in wanted:
        query = query.where(AuditEntry.at < datetime.combine(wanted["until"] + timedelta(days=1), time(), _zone()))
    return query


def _asked() -> dict[str, Any]:
    return {name: value for name, value in request.args.items() if name in AuditSearch.FIELDS and value}


def _zone() -> ZoneInfo:
    return ZoneInfo(current_app.config["TIME_ZONE"])


def _lines(entries: Any) -> Iterator[str]:
    yield _line(COLUMNS)
    for entry in entries:
        yield _line([entry.at.isoformat() if name == "at" else getattr(entry, name) for name in COLUMNS])


def _line(values: Any) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()
