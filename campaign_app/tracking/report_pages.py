"""What the report says on paper, in the language of the page: the same numbers, charts and tables as the dashboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import current_app
from flask_babel import format_decimal, gettext, ngettext

from campaign_app.documents.paper import A4, Paper
from campaign_app.documents.report import Columns, Element, Figures, Lines, Part, Report, Table
from campaign_app.i18n import page_language
from campaign_app.labels import label
from campaign_app.pages import short_day, written_day, written_month
from campaign_app.tracking.letter_list import State
from campaign_app.tracking.overview import Overview
from campaign_app.tracking.rankings import Ranking, rankings
from campaign_app.tracking.totals import Totals

STATES = (State.MADE, State.POSTED, State.ANSWERED, State.RETURNED, State.VOID)


def pdf(shown: Overview, title: str, about: list[str], paper: Paper = A4, extra: tuple[Part, ...] = ()) -> bytes:
    """The report as PDF. Raises Unprintable."""
    content: bytes = current_app.extensions["press"].report(report(shown, title, about, extra), paper)
    return content


def report(shown: Overview, title: str, about: list[str], extra: tuple[Part, ...] = ()) -> Report:
    """All of it; ``extra`` parts come before the tables."""
    parts = (*_totals(shown), *extra, *_parts(shown))
    return Report(page_language(), title, tuple(about), parts, gettext("Page %(page)s of %(pages)s"))


def period(since: date | None, until: date | None) -> str:
    """The period in words."""
    if since and until:
        return gettext("%(since)s to %(until)s", since=written_day(since), until=written_day(until))
    if since:
        return gettext("from %(day)s", day=written_day(since))
    return gettext("until %(until)s", until=written_day(until)) if until else gettext("The whole time")


def _totals(shown: Overview) -> Iterator[Part]:
    letters = ((getattr(shown.letters, state), str(label(state))) for state in State)
    others = (
        (shown.handwritten, gettext("By hand")),
        (shown.replies.total, gettext("Replies")),
        (shown.sheets.valid, gettext("Signatures")),
    )
    figures = tuple((format_decimal(number), words) for number, words in (*letters, *others))
    yield Part(gettext("Letters"), (Figures(figures),))


def _parts(shown: Overview) -> Iterator[Part]:
    if shown.weeks:
        weeks = tuple((short_day(week), count.made) for week, count in shown.weeks)
        months = tuple((written_month(month), *_counts(count)) for month, count in shown.months)
        table = Table((gettext("Month"), *(str(label(state)) for state in STATES)), months)
        yield Part(gettext("Letters by the week they were made in"), (Columns(weeks), table))
    yield Part(gettext("Campaigns"), (_campaigns(shown),))
    for ranking in rankings(shown):
        if ranking.lines:
            yield Part(ranking.title, (_ranking(ranking),))
    yield from what_came(shown)


def _campaigns(shown: Overview) -> Table:
    header = (
        gettext("Campaign"), *(str(label(state)) for state in STATES), gettext("By hand"), gettext("Replies"),
        gettext("Signatures"),
    )  # fmt: skip
    rows = tuple(
        (
            line.campaign.title,
            *_counts(line.letters),
            *map(format_decimal, (line.handwritten, line.replies.total, line.sheets.valid)),
        )
        for line in shown.campaigns
    )
    return Table(header, rows)


def _ranking(ranking: Ranking) -> Table:
    rows = tuple((name, *_counts(line.letters)) for name, line in ranking.lines)
    bars = tuple(line.letters.made for _, line in ranking.lines)
    return Table((ranking.what, *(str(label(state)) for state in STATES)), rows, bars)


def _counts(letters: Totals) -> tuple[str, ...]:
    return tuple(format_decimal(getattr(letters, state)) for state in STATES)


def what_came(shown: Overview) -> Iterator[Part]:
    if shown.replies.by_kind:
        kinds = shown.replies.by_kind.most_common()
        rows = tuple((str(label(kind)), format_decimal(count)) for kind, count in kinds)
        elements: list[Element] = [
            Table((gettext("What came back"), gettext("Replies")), rows, tuple(c for _, c in kinds))
        ]
        if (days := shown.replies.median_days) is not None:
            half = ngettext("Half of them came within %(num)s day.", "Half of them came within %(num)s days.", days)
            elements.append(Lines((half,)))
        yield Part(gettext("Replies"), tuple(elements))
    if shown.sheets.total:
        statuses = shown.sheets.by_status.most_common()
        rows = tuple((str(label(status)), format_decimal(count)) for status, count in statuses)
        header = (gettext("Where the sheets are today"), gettext("Sheets"))
        yield Part(gettext("Sheets and signatures"), (Table(header, rows, tuple(c for _, c in statuses)),))
    if shown.outcomes:
        yield Part(gettext("What it did"), (_outcomes(shown),))


def _outcomes(shown: Overview) -> Table:
    header = (gettext("Day"), gettext("What happened"), gettext("Campaign"))
    told = tuple((written_day(one.happened_on), str(label(one.what)), one.campaign.title) for one in shown.outcomes)
    return Table(header, told, numbers=False)
