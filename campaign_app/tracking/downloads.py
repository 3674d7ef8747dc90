"""Numbers as a file, whichever kind is asked for: the report to print, and tables to go on with."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from werkzeug.wrappers import Response

from campaign_app.db import now
from campaign_app.pages import download
from campaign_app.tables.writing import CSV_TYPE, XLSX_TYPE, csv_pieces, write_xlsx
from campaign_app.tracking import report
from campaign_app.tracking.overview import Overview
from campaign_app.tracking.totals import Scope

JSON_TYPE, PDF_TYPE = "application/json", "application/pdf"


def table(shown: Overview, scope: Scope, kind: str, name: str) -> Response:
    """The report as ``csv``, ``xlsx`` or ``json``, called ``name``."""
    if kind == "json":
        told = [report.of(line.campaign, scope) for line in shown.campaigns]
        return download(as_json(told), f"{name}.json", JSON_TYPE)
    rows = report.rows(shown.campaigns, shown.outcomes)
    if kind == "csv":
        return download(b"".join(csv_pieces(report.header(), rows)), f"{name}.csv", CSV_TYPE)
    write_xlsx(book := BytesIO(), report.header(), rows, now())
    return download(book.getvalue(), f"{name}.xlsx", XLSX_TYPE)


def as_json(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"
