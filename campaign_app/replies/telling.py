"""Telling writers who asked: what is to be told is stored with what happened, and sent by a job, once at most."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused

from flask_babel import force_locale
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, delete, func, select, update

from campaign_app import mail
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, now
from campaign_app.jobs import queue
from campaign_app.jobs.handlers import daily, handles
from campaign_app.jobs.work import Work
from campaign_app.letters.models import LetterRecord
from campaign_app.replies import messages
from campaign_app.replies.models import News, Notice, WantsToKnow

KIND = "tell writers"


def tell(news: News, subject: int, campaign: Campaign, letter: LetterRecord | None = None) -> int:
    """Have those told who asked for news: each address once, of a reply only who wrote the letter; how many these are.

    ``subject`` is what the news is about. The caller commits.
    """
    wishes = list(db.session.scalars(_who_asked(news, campaign, letter)))
    known = set(db.session.scalars(select(Notice.wish_id).where(Notice.news == news, Notice.subject == subject)))
    db.session.add_all(Notice(wish_id=wish, news=news, subject=subject) for wish in wishes if wish not in known)
    if wishes:
        queue.enqueue(KIND, None, group_id=campaign.group_id)
    return len(wishes)


def take_back(news: News, subject: int) -> None:
    """What was not told yet is not told any more. The caller commits."""
    db.session.execute(delete(Notice).where(Notice.news == news, Notice.subject == subject, Notice.begun_at.is_(None)))


@handles(KIND, permission=None, title=_("Telling writers who asked for it"))
def send(work: Work) -> None:
    """Send what is waiting. An e-mail that may have gone already when the program was killed is not sent again."""
    if not mail.sends_mail():
        return
    waiting = list(db.session.scalars(select(Notice.id).where(Notice.begun_at.is_(None)).order_by(Notice.id)))
    for done, notice_id in enumerate(waiting):  # the work gets on by what was sent, not by what was tried
        with work.storing(done, len(waiting)):
            message = _begin(notice_id)
        if message is None:
            continue
        try:
            mail.send(*message)
        except SMTPRecipientsRefused:
            continue  # there is no such address, and it would be refused again
        except (OSError, SMTPException):
            with work.storing(done):
                _note(notice_id, begun_at=None)  # it did not go
            raise
        with work.storing(done + 1):
            _note(notice_id, sent_at=now())


@daily("tell writers what is left to tell")
def send_what_is_left(work: Work) -> None:  # noqa: ARG001
    queue.enqueue(KIND, None)
    db.session.commit()


def _who_asked(news: News, campaign: Campaign, letter: LetterRecord | None) -> Select[int]:
    """The wishes that the news fulfils, one of each address."""
    first = select(func.min(WantsToKnow.id)).join(LetterRecord, LetterRecord.id == WantsToKnow.letter_id)
    asked = first.where(LetterRecord.campaign_id == campaign.id, WantsToKnow.keep_until >= campaign.today)
    if news is News.REPLY:
        asked = asked.where(LetterRecord.form == (letter.form if letter else ""))
    return asked.group_by(WantsToKnow.email_index)


def _begin(notice_id: int) -> messages.Message | None:
    """The e-mail to be sent, unless another worker has it or there is nobody to tell any more."""
    changed = db.session.execute(
        update(Notice)
        .where(Notice.id == notice_id, Notice.begun_at.is_(None))
        .values(begun_at=now())
        .execution_options(synchronize_session=False)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        return None
    notice = db.session.get_one(Notice, notice_id, populate_existing=True)
    with force_locale(notice.wish.language.replace("-", "_")):
        return messages.message(notice)


def _note(notice_id: int, **values: object) -> None:
    db.session.execute(update(Notice).where(Notice.id == notice_id).values(**values))
