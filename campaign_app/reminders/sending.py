"""Sending reminders: once a day, each of them once, and then the address is deleted."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable
from datetime import date, timedelta

from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete, select

from campaign_app import keys
from campaign_app.campaigns.models import Status
from campaign_app.days import today
from campaign_app.db import begin_writing, db
from campaign_app.jobs.handlers import daily
from campaign_app.jobs.work import Work
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.status import LetterStatus
from campaign_app.mail import send, sends_mail
from campaign_app.people.models import Person
from campaign_app.privacy.erasing import parts_with
from campaign_app.privacy.forgetting import Due, forgets
from campaign_app.privacy.holdings import Row, holds
from campaign_app.reminders import asking
from campaign_app.sealing import vault
from campaign_app.tracking.models import Reminder


@daily("remind writers")
def remind(work: Work) -> None:
    """Send what is due. It is deleted before it is sent, so that nobody is asked twice; what was not taken waits."""
    if not sends_mail():
        return
    due = db.session.scalars(select(Reminder.id).where(Reminder.remind_on <= today()).order_by(Reminder.id)).all()
    for done, reminder_id in enumerate(due, 1):
        _remind(reminder_id)
        work.progress(done, len(due))


def _remind(reminder_id: int) -> None:
    begin_writing()
    reminder = db.session.get(Reminder, reminder_id)
    if reminder is None:
        return
    address, language, waiting = reminder.address, reminder.language, _not_posted(reminder)
    with force_locale(language.replace("-", "_")):
        subject, body = _words(reminder, waiting)
    again = Reminder(
        campaign_id=reminder.campaign_id, form=reminder.form, address=address, address_index=reminder.address_index,
        letters=reminder.letters, language=language, remind_on=today() + timedelta(days=1),
        keep_until=reminder.keep_until,
    )  # fmt: skip
    db.session.delete(reminder)
    db.session.commit()
    if not waiting:
        return
    try:
        send(address, subject, body)
    except (OSError, smtplib.SMTPException):
        begin_writing()
        db.session.add(again)
        db.session.commit()


def _not_posted(reminder: Reminder) -> list[list[str]]:
    """The letters that still wait for the postbox; none where their campaign wants no more letters."""
    if reminder.campaign.status is not Status.OPEN:
        return []
    hashes = {keys.token_hash(token): [title, token] for title, token in reminder.letters}
    query = select(LetterRecord.token_hash).where(
        LetterRecord.token_hash.in_(hashes), LetterRecord.status == LetterStatus.MADE
    )
    return [hashes[found] for found in db.session.scalars(query.order_by(LetterRecord.id))]


def _words(reminder: Reminder, waiting: list[list[str]]) -> tuple[str, str]:
    campaign = reminder.campaign
    subject = gettext("Did you post your letter? %(campaign)s", campaign=campaign.title)
    pages = "\n\n".join(f"{title}\n{link}" for title, link in asking.links(waiting))
    told = gettext(
        "You asked to be reminded once. If your letter is posted, please say so on its page; if not, it still counts "
        "when it is. This was the only e-mail: your address is deleted now."
    )
    return subject, f"{told}\n\n{pages}\n"


@forgets("reminders")
def due(before: date) -> Due:
    return Reminder, Reminder.keep_until < before


@holds("reminders", _("Letters of which you asked to be reminded"), kind="reminders")
def reminders_of(person: Person) -> Iterable[Row]:
    for reminder in db.session.scalars(select(Reminder).where(*_of(person)).order_by(Reminder.id)):
        yield {"email": reminder.address, "campaign": reminder.campaign.title, "keep_until": reminder.keep_until}


@parts_with
def part_with(person: Person) -> None:
    db.session.execute(delete(Reminder).where(*_of(person)))


def _of(person: Person) -> tuple[ColumnElement[bool], ...]:
    return Reminder.address_index == vault().index(asking.EMAIL, person.email), Reminder.address_index != ""
