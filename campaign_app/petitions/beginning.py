"""Beginning a petition from what its campaign and group already say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.documents.sheet_design import SheetDesign as Design
from campaign_app.forms import lines
from campaign_app.groups.models import Group
from campaign_app.petitions import numbering
from campaign_app.petitions.models import Petition, SheetDesign


def proposed(campaign: Campaign, groups: Sequence[Group], today: date) -> dict[str, Any]:
    """What the form of a new petition shows at first."""
    group = next((group for group in groups if group.id == campaign.group_id), groups[0] if groups else None)
    return {
        "group_id": group.id if group else None,
        "language": next(iter(text.language for text in campaign.texts), "en"),
        "title": campaign.title,
        "text": text_of(campaign),
        "addressees": [target.id for target in campaign.targets],
        "organizer": group.name if group else "",
        "return_address": group.return_address if group else "",
        "opens_on": max(campaign.opens_on, today),
        "closes_on": campaign.post_by if campaign.post_by and campaign.post_by >= today else None,
        "collect_within": 14,
    }


def text_of(campaign: Campaign) -> str:
    """The campaign's demands as a text to sign."""
    demands = lines(campaign.demands)
    if not demands:
        return ""
    return "\n".join(
        (gettext("We, the undersigned, ask you to:"), "", *(f"- {demand.lstrip('- ')}" for demand in demands))
    )


def petition(campaign: Campaign, group: Group | None) -> Petition:
    """A petition with its number, which is the group's next. The caller fills it in and commits."""
    begun = Petition(campaign=campaign, group=group, code=numbering.petition_code(group))
    db.session.add(begun)
    return begun


def add_design(petition: Petition, languages: tuple[str, ...]) -> SheetDesign:
    """A design as sheets mostly are, on the group's paper."""
    paper = petition.group.paper if petition.group else "A4"
    design = SheetDesign(choices=Design(languages, paper=paper).to_json())
    petition.designs.append(design)
    return design
