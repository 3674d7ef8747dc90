"""The petitions of the demo section, each with a sheet designed and ready to print."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, select

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.petitions import beginning, wording
from campaign_app.petitions.models import Petition

Table = dict[str, Any]


def add(tables: Iterable[Table], groups: dict[str, Group], campaigns: dict[str, Campaign], today: date) -> None:
    """Add the petitions of campaigns that have none."""
    for table in tables:
        campaign, group = campaigns[table["campaign"]], groups[table["group"]]
        if not db.session.scalar(select(exists().where(Petition.campaign_id == campaign.id))):
            _add(table, campaign, group, today)


def _add(table: Table, campaign: Campaign, group: Group, today: date) -> None:
    petition = beginning.petition(campaign, group)
    petition.organizer, petition.return_address = group.name, group.return_address
    petition.opens_on, petition.closes_on = campaign.opens_on, campaign.post_by
    petition.return_by, petition.goal = today + timedelta(days=table["return_by_in_days"]), table["goal"]
    petition.addressees = list(campaign.targets)
    for language in table["languages"]:
        said = table[language]
        wording.save_text(petition, language, said["title"], said["text"].strip(), said["who_may_sign"], None)
    beginning.add_design(petition, tuple(table["languages"]))
    db.session.flush()
