"""What the pack of a handover says, in the language of the page. Of people it holds those with duties, and counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import current_app, url_for
from flask_babel import gettext, ngettext

from campaign_app.documents.pack import Pack, Part, Row
from campaign_app.documents.paper import PAPERS
from campaign_app.groups import contents, outstanding
from campaign_app.groups.models import Duty, Group, Officer
from campaign_app.i18n import page_language
from campaign_app.labels import label
from campaign_app.languages import name as language_name
from campaign_app.languages import written_date
from campaign_app.pages import written_day


def pdf(group: Group, day: date) -> bytes:
    """The pack, on the group's paper. Raises Unprintable."""
    content: bytes = current_app.extensions["press"].pack(pack(group, day), PAPERS[group.paper])
    return content


def pack(group: Group, day: date) -> Pack:
    """What the successor takes home."""
    return Pack(
        language=page_language(),
        title=gettext("Handover of %(group)s", group=group.name),
        about=gettext("As of %(day)s", day=written_day(day)),
        parts=tuple(_parts(group, day)),
        page=gettext("Page %(page)s of %(pages)s"),
        letterhead=tuple(group.letterhead.splitlines()),
    )


def _parts(group: Group, day: date) -> Iterator[Part]:
    yield Part(gettext("The group"), tuple(_group(group)))
    yield Part(gettext("Officers"), tuple(_officers(group, day)), gettext("Nobody has a duty."))
    yield Part(gettext("Campaigns"), tuple(_campaigns(group)), gettext("No campaign is open."))
    yield Part(gettext("Outstanding"), tuple(_outstanding(group)), gettext("Nothing is outstanding."))
    yield Part(gettext("Stock"), tuple(_stock(group)))
    yield Part(gettext("People"), tuple(_people(group, day)))
    yield Part(gettext("How to sign in"), tuple(_sign_in()))


def _group(group: Group) -> Iterator[Row]:
    yield Row(gettext("Number"), (str(group.number),))
    yield Row(gettext("Status"), (str(label(group.status)),))
    yield Row(gettext("Languages"), (", ".join(language_name(tag, page_language()) for tag in group.languages),))
    yield Row(gettext("Return address"), tuple(group.return_address.splitlines()) or (gettext("none"),))


def _officers(group: Group, day: date) -> Iterator[Row]:
    for officer in sorted(group.officers, key=lambda officer: list(Duty).index(officer.duty)):
        if officer.ends_on is None or officer.ends_on >= day:
            yield Row(officer.title or str(label(officer.duty)), (officer.person.name, _term(officer, day)))


def _term(officer: Officer, day: date) -> str:
    since = written_day(officer.starts_on)
    if officer.ends_on:
        return gettext("%(since)s to %(until)s", since=since, until=written_day(officer.ends_on))
    return gettext("from %(day)s", day=since) if officer.starts_on > day else gettext("since %(day)s", day=since)


def _campaigns(group: Group) -> Iterator[Row]:
    for campaign in contents.campaigns(group):
        post_by = campaign.post_by and written_date(campaign.post_by, page_language())
        deadline = gettext("Post by %(day)s", day=post_by) if post_by else gettext("No deadline")
        said = " · ".join(filter(None, (campaign.reference, str(label(campaign.status)), deadline)))
        yield Row(campaign.title, (said,), box=True)


def _outstanding(group: Group) -> Iterator[Row]:
    for thing in outstanding.of(group):
        whom = (gettext("with %(whom)s", whom=thing.with_whom),) if thing.with_whom else ()
        yield Row(thing.text, whom, box=True)


def _stock(group: Group) -> Iterator[Row]:
    yield Row(gettext("Stamps"), (group.stamps or gettext("not noted"),), box=True)
    yield Row(gettext("Cash"), (group.cash or gettext("not noted"),), box=True)
    if group.stock_on:
        yield Row(gettext("Noted on"), (written_day(group.stock_on),))


def _people(group: Group, day: date) -> Iterator[Row]:
    people = contents.people(group, day)
    yield Row(gettext("In the group"), (ngettext("%(num)s person", "%(num)s people", len(people)),))
    for purpose, count in contents.consents(people):
        yield Row(str(label(purpose)), (gettext("%(count)s agreed", count=count),))


def _sign_in() -> Iterator[Row]:
    yield Row(gettext("Where"), (current_app.config["SITE_URL"] + url_for("security.login"),))
    yield Row(
        gettext("With what"),
        (
            gettext("Your own e-mail address and password. An account belongs to one person and is never passed on."),
            gettext("Whoever has none is invited by an organizer of the group, or by the section’s staff."),
        ),
    )
    yield Row(
        gettext("Where everything is"),
        (gettext("Groups → this group. Notes for you are on the page “Hand over”; they are not printed."),),
    )
