"""What tests of campaigns share."""

from __future__ import annotations

import pytest
from flask import Flask

from campaign_app.campaigns.models import Campaign
from campaign_app.letters.models import LetterRecord
from tests.conftest import store


@pytest.fixture
def letter(app: Flask, campaign: Campaign) -> LetterRecord:
    """A letter that was made under the campaign."""
    letter = LetterRecord(
        campaign_id=campaign.id,
        target_id=campaign.targets[0].id,
        group_id=campaign.group_id,
        text_version_id=campaign.texts[0].versions[0].id,
        language="en",
        country="EG",
        reference="ABCD-0001",
        token_hash="hash of a token",
        form="hash of a form",
        made_on=campaign.opens_on,
        made_at=campaign.created_at,
    )
    store(app, letter)
    return letter
