"""What the account of a group's year says on paper, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import current_app
from flask_babel import format_decimal, gettext

from campaign_app.days import today
from campaign_app.documents.paper import PAPERS
from campaign_app.documents.report import Figures, Lines, Part, Report, Table
from campaign_app.groups.models import Group
from campaign_app.groups.yearly_account import YearlyAccount
from campaign_app.i18n import page_language
from campaign_app.labels import label
from campaign_app.pages import written_day
from campaign_app.tracking import report_pages
from campaign_app.tracking.overview import Overview, overview
from campaign_app.tracking.totals import Scope


def pdf(group: Group, account: YearlyAccount) -> bytes:
    """The account, on the group's paper. Raises Unprintable."""
    content: bytes = current_app.extensions["press"].report(report(group, account), PAPERS[group.paper])
    return content


def report(group: Group, account: YearlyAccount) -> Report:
    """All of it: what the group did, then its letters and what came of them."""
    year = account.year
    shown = overview(Scope(groups=[group.id], since=date(year, 1, 1), until=date(year, 12, 31)))
    about = (group.name, gettext("as of %(day)s", day=written_day(today())))
    parts = (*_activities(account), *_letters(account, shown), *report_pages.what_came(shown))
    page = gettext("Page %(page)s of %(pages)s")
    return Report(page_language(), gettext("The account of %(year)s", year=year), about, tuple(parts), page)


def _activities(account: YearlyAccount) -> Iterator[Part]:
    figures = (
        (format_decimal(len(account.activities)), gettext("Activities")),
        (format_decimal(account.people), gettext("People reached")),
    )
    kinds = tuple(
        (str(label(one.kind)), format_decimal(one.times), format_decimal(one.people)) for one in account.kinds
    )
    bars = tuple(one.times for one in account.kinds)
    header = (gettext("What it was"), gettext("Times"), gettext("People"))
    table = (Table(header, kinds, bars),) if kinds else ()
    yield Part(gettext("What we did"), (Figures(figures), *table))
    if account.activities:
        yield Part(gettext("Activities"), (_held(account), *_notes(account)))


def _held(account: YearlyAccount) -> Table:
    header = (gettext("Day"), gettext("What it was"), gettext("Place"), gettext("People"), gettext("Campaigns"))
    rows = tuple(
        (
            written_day(one.held_on), str(label(one.kind)), one.place,
            "" if one.people is None else format_decimal(one.people),
            "; ".join(campaign.title for campaign in one.campaigns),
        )
        for one in reversed(account.activities)
    )  # fmt: skip
    return Table(header, rows, numbers=False)


def _notes(account: YearlyAccount) -> Iterator[Lines]:
    for one in reversed(account.activities):
        if one.note:
            yield Lines((f"{written_day(one.held_on)}: {' '.join(one.note.split())}",))


def _letters(account: YearlyAccount, shown: Overview) -> Iterator[Part]:
    figures = (
        (format_decimal(account.made), gettext("Letters made")),
        (format_decimal(account.posted), gettext("Letters posted")),
        (format_decimal(shown.handwritten), gettext("By hand")),
        (format_decimal(shown.replies.total), gettext("Replies")),
        (format_decimal(shown.sheets.valid), gettext("Signatures")),
    )
    rows = tuple(
        (one.title, format_decimal(count.made), format_decimal(count.posted)) for one, count in account.letters
    )
    header = (gettext("Campaign"), gettext("Made"), gettext("Posted"))
    table = (Table(header, rows, tuple(count.made for _, count in account.letters)),) if rows else ()
    yield Part(gettext("Letters by campaign"), (Figures(figures), *table))
