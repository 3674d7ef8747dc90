"""What goes with a delivery on paper: the cover letter, the list of its sheets, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext

from campaign_app.documents import letter_pdf
from campaign_app.documents.joined import joined
from campaign_app.documents.paper import Layout
from campaign_app.documents.register import Column, Section
from campaign_app.labels import label
from campaign_app.letters.letter import Letter
from campaign_app.pages import written_day
from campaign_app.petitions import deliveries, papers
from campaign_app.petitions.deliveries import Sum
from campaign_app.petitions.delivery_forms import WAYS
from campaign_app.petitions.delivery_models import Delivery, SheetDestruction
from campaign_app.petitions.papers import n
from campaign_app.petitions.sheet_models import Sheet

NUMBER = 26.0  # mm; the width of a column of numbers


def pack(delivery: Delivery) -> bytes:
    """Letter and list as one PDF, to be printed and put on top of the sheets."""
    layout = Layout(paper=papers.paper_of(delivery.petition))
    letter = [letter_pdf.write(Letter.from_json(delivery.letter), layout)] if delivery.letter else []
    return joined([*letter, sheet_list(delivery)])


def sheet_list(delivery: Delivery) -> bytes:
    """Every serial with its counts; below, what they add up to by place and by week."""
    sheets = deliveries.packed(delivery)
    rows = tuple((one.sheet.serial, one.place, n(one.sheet.raw), n(one.sheet.valid)) for one in sheets)
    columns = (Column(gettext("Serial"), 40), Column(gettext("Place")), *_numbers()[1:])
    return papers.write(
        delivery.petition,
        gettext("Sheets delivered"),
        delivery.target.title,
        facts=(
            (gettext("Sheets"), n(delivery.sheets)),
            (gettext("Packed on"), written_day(delivery.packed_on)),
            (gettext("Rows filled"), n(delivery.raw)),
            (gettext("Valid"), n(delivery.valid)),
        ),
        sections=(
            Section("", columns, rows, (gettext("Together"), "", n(delivery.raw), n(delivery.valid))),
            _summed(gettext("By place"), gettext("Place"), delivery, deliveries.by("place", sheets)),
            _summed(gettext("By week"), gettext("Week from"), delivery, deliveries.by("week", sheets)),
        ),
        signatures=(gettext("Handed over by, day"), gettext("Received by, day")),
    )


def certificate(record: SheetDestruction, sheets: Sequence[Sheet]) -> bytes:
    """That the sheets were destroyed, serial by serial."""
    columns = (
        Column(gettext("Serial"), 44),
        Column(gettext("Before")),
        Column(gettext("Rows filled"), NUMBER, "right"),
    )
    rows = tuple((sheet.serial, str(label(sheet.status)), n(sheet.raw)) for sheet in sheets)
    said = gettext(
        "The signature sheets listed here were destroyed on %(day)s, so that nobody can read any more who signed them. "
        "No copy was kept.",
        day=written_day(record.destroyed_on),
    )
    signing = ((gettext("Destroyed by"), record.by_whom), (gettext("Witness"), record.witness))
    return papers.write(
        record.petition,
        gettext("Certificate of destruction"),
        facts=(
            (gettext("Sheets"), n(len(sheets))),
            (gettext("Destroyed on"), written_day(record.destroyed_on)),
            (gettext("How"), str(dict(WAYS)[record.way])),
        ),
        sections=(Section("", columns, rows),),
        statement=said,
        signatures=tuple(f"{what}: {who}" if who else what for what, who in signing),
    )


def _summed(heading: str, name: str, delivery: Delivery, sums: Sequence[Sum]) -> Section:
    rows = tuple((_name(one.name), n(one.sheets), n(one.raw), n(one.valid)) for one in sums)
    whole = (gettext("Together"), n(delivery.sheets), n(delivery.raw), n(delivery.valid))
    return Section(heading, (Column(name), *_numbers()), rows, whole)


def _numbers() -> tuple[Column, ...]:
    names = (gettext("Sheets"), gettext("Rows filled"), gettext("Valid"))
    return tuple(Column(name, NUMBER, "right") for name in names)


def _name(name: str | date) -> str:
    return written_day(name) if isinstance(name, date) else name or gettext("Place not noted")
