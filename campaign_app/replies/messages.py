"""What writers are told by e-mail: that something happened and where to read it, and nothing of what a reply says."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app
from flask_babel import gettext

from campaign_app.db import db
from campaign_app.labels import label
from campaign_app.languages import written_date
from campaign_app.outcomes.models import Outcome
from campaign_app.replies.models import News, Notice, Reply, WantsToKnow
from campaign_app.replies.wishes import stop_link

Message = tuple[str, str, str]  # to, subject, body
Said = tuple[str, str]  # subject, and the paragraphs about the news


def message(notice: Notice) -> Message | None:
    """The e-mail in the language of the page that is being made; None where what happened was taken back."""
    said = _SAID[notice.news](notice)
    if said is None:
        return None
    subject, news = said
    return notice.wish.email, subject, "\n\n".join((news, _where(notice.wish), _why(notice.wish))) + "\n"


def _of_reply(notice: Notice) -> Said | None:
    reply = db.session.get(Reply, notice.subject)
    if reply is None or reply.letter is None:
        return None
    day = written_date(reply.received_on, notice.wish.language)
    said = gettext(
        "A reply came on %(day)s to your letter %(reference)s for “%(campaign)s”. Your group has it.",
        day=day, reference=reply.letter.reference, campaign=reply.campaign.title,
    )  # fmt: skip
    return gettext("A reply came to your letter"), said


def _of_outcome(notice: Notice) -> Said | None:
    outcome = db.session.get(Outcome, notice.subject)
    if outcome is None:
        return None
    title, what = outcome.campaign.title, str(label(outcome.what))
    day = written_date(outcome.happened_on, notice.wish.language)
    said = "\n\n".join(filter(None, (f"{what}, {day}", outcome.text)))
    thanks = gettext("You wrote for this campaign. Thank you: letters like yours are how the world says that it looks.")
    return gettext("News of “%(campaign)s”", campaign=title), f"{said}\n\n{thanks}"


def _of_closing(notice: Notice) -> Said | None:
    campaign = notice.wish.letter.campaign
    if not campaign.has_ended:  # it was reopened meanwhile
        return None
    reason = [str(label(campaign.reason))] if campaign.reason else []
    said = gettext("The campaign “%(campaign)s” is over, and takes no more letters.", campaign=campaign.title)
    return gettext("“%(campaign)s” is over", campaign=campaign.title), "\n\n".join(
        filter(None, (said, *reason, campaign.reason_note))
    )


_SAID: dict[News, Callable[[Notice], Said | None]] = {
    News.REPLY: _of_reply,
    News.OUTCOME: _of_outcome,
    News.CLOSING: _of_closing,
}


def _where(wish: WantsToKnow) -> str:
    address = f"{current_app.config['SITE_URL'].rstrip('/')}/campaigns/{wish.letter.campaign.slug}"
    return gettext("More on the campaign’s page: %(address)s", address=address)


def _why(wish: WantsToKnow) -> str:
    return gettext(
        "You asked for this where you wrote your letter. Your e-mail address is kept until %(day)s, and for nothing "
        "else. To have it deleted now: %(link)s",
        day=written_date(wish.keep_until, wish.language), link=stop_link(wish),
    )  # fmt: skip
