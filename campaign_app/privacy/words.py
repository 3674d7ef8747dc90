"""What people read about each kind of personal data: what it is, why it is kept, and until when."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from campaign_app.privacy.retention import RETENTION, Rule, Since

WHAT: dict[str, Any] = {
    "kept letters": _("Letters that their writers asked to have kept"),
    "stored files": _("Stored documents"),
    "people": _("People: name, contact, languages, addresses"),
    "memberships": _("Memberships and roles that ended"),
    "terms of officers": _("Terms of officers that ended"),
    "withdrawn consents": _("Consents that were withdrawn"),
    "fees": _("Membership fees"),
    "fees without a name": _("Fees of people who are no longer known"),
    "audit log": _("The audit log: who did what, in ids"),
    "sessions": _("Sessions of signed-in people"),
    "invitations": _("Invitations"),
    "reset links": _("Links for a new password"),
    "print-run rows": _("Rows of print runs: names and addresses of writers"),
    "print-run results": _("Finished print runs, ready to download"),
    "job payloads": _("What jobs were asked to do"),
    "reply scans": _("What replies say, and their scans"),
    "sheet scans": _("Scans of signature sheets: what signers wrote"),
    "wishes for news": _("E-mail addresses of writers who asked for news of their letters"),
    "reminders": _("E-mail addresses of writers who asked to be reminded of posting"),
    "letters waiting to be printed": _("Letters of a letter evening that wait to be printed"),
    "collectors": _("Who collected signatures with which sheets, and where"),
    "deliveries": _("Cover letters, photos and receipts of delivered petitions"),
    "destructions": _("Who destroyed signature sheets, and before whom"),
    "voters": _("Who voted on a question of their group, never for what"),
    "handovers": _("Handovers of groups, with notes for the successor"),
}
WHY: dict[str, Any] = {
    "kept letters": _("so that the writer can print the letter again"),
    "stored files": _("so that they can be downloaded"),
    "people": _("to keep in touch, and to make letters in the name of those who agreed"),
    "memberships": _("to know who was responsible for what"),
    "terms of officers": _("to know who was responsible for what"),
    "withdrawn consents": _("to show that there was a consent, and when it ended"),
    "fees": _("bookkeeping, as the law asks"),
    "fees without a name": _("bookkeeping, as the law asks"),
    "audit log": _("to find out who saw or changed personal data"),
    "sessions": _("to keep people signed in"),
    "invitations": _("to let invited people in"),
    "reset links": _("to let people in who lost their password"),
    "print-run rows": _("to print letters again, and to mark them as posted"),
    "print-run results": _("to print an evening’s letters"),
    "job payloads": _("to finish what was begun after an interruption"),
    "collectors": _("to get sheets back, and to know who answers for them"),
    "deliveries": _("to show that the petition was delivered"),
    "destructions": _("to show that the sheets were destroyed"),
    "reply scans": _("to show what was answered"),
    "sheet scans": _("to count the signatures"),
    "wishes for news": _("to tell them when a reply comes, when something happens, and when the campaign ends"),
    "reminders": _("to ask them once whether their letter is posted"),
    "letters waiting to be printed": _("to print them during the evening"),
    "voters": _("so that everybody votes once"),
    "handovers": _("to know who was responsible for what"),
}
_UNTIL: dict[Since, Any] = {
    Since.LAST_ROLE_ENDED: _("%(time)s after the last role ended"),
    Since.TERM_ENDED: _("%(time)s after it ended"),
    Since.WITHDRAWN: _("%(time)s after the withdrawal"),
    Since.PAID: _("%(time)s after the payment"),
    Since.WRITTEN: _("%(time)s after it was written"),
    Since.ENDED: _("%(time)s after the end"),
    Since.EXPIRED: _("%(time)s after it expired"),
}


def what(kind: str) -> str:
    return str(WHAT[kind])


def why(kind: str) -> str:
    return str(WHY[kind])


def until(kind: str) -> str:
    """Until when a kind is kept, in the language of the page."""
    rule = RETENTION[kind]
    if rule.is_promised:
        return gettext("the day that was named when it was stored")
    return str(_UNTIL[rule.since]) % {"time": _time(rule)}


def _time(rule: Rule) -> str:
    if rule.years:
        return ngettext("%(num)s year", "%(num)s years", rule.years)
    return ngettext("%(num)s day", "%(num)s days", rule.days)
