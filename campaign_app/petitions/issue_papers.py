"""The papers of an issue, for a stall without internet: its list of sheets, and tally cards."""

from __future__ import annotations

from flask_babel import gettext
from sqlalchemy import select

from campaign_app.days import day_of
from campaign_app.db import db
from campaign_app.documents import tally_card
from campaign_app.documents.register import Column, Section
from campaign_app.documents.tally_card import TallyCard
from campaign_app.i18n import page_language
from campaign_app.pages import written_day
from campaign_app.petitions import issuing, papers
from campaign_app.petitions.issue_models import SheetIssue
from campaign_app.petitions.papers import n
from campaign_app.petitions.sheet_models import Sheet


def issue_list(issue: SheetIssue) -> bytes:
    """The sheets issued together, to be ticked off and filled in with a pen as they come back."""
    serials = db.session.scalars(select(Sheet.serial).where(Sheet.issue_id == issue.id).order_by(Sheet.number)).all()
    columns = (
        Column(gettext("Back"), 12, tick=True),
        Column(gettext("Serial"), 36),
        Column(gettext("Signatures"), 26),
        Column(gettext("Day"), 26),
        Column(gettext("Note")),
    )
    facts = [(gettext("Sheets"), n(len(serials))), (gettext("Issued on"), written_day(day_of(issue.issued_at)))]
    if issue.due_on:
        facts.append((gettext("Collect by"), written_day(issue.due_on)))
    return papers.write(
        issue.petition,
        gettext("Issue list"),
        issue.with_whom,
        issue.place,
        facts=tuple(facts),
        sections=(Section("", columns, tuple(("", serial, "", "", "") for serial in serials)),),
        signatures=(gettext("Received by, day"), gettext("Returned to, day")),
        link=issuing.link(issue),
    )


def tally_cards(issue: SheetIssue) -> bytes:
    """Four cards on a page, on which a box is crossed off for each signature."""
    petition = issue.petition
    card = TallyCard(
        title=gettext("Tally card"),
        petition=petition.title,
        code=petition.code,
        to_write=(gettext("Collector"), gettext("Place"), gettext("Day"), gettext("Sheets")),
        how=gettext("Cross off a box for each signature."),
        total=gettext("Signatures"),
        link=issuing.link(issue),
        language=page_language(),
    )
    return tally_card.write(card, papers.paper_of(petition))
