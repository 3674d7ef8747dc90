"""An instance with a little of everything in it, to check, to back up and to restore."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from campaign_app.campaigns.models import Campaign
from campaign_app.cli import campaign_app
from campaign_app.db import db
from campaign_app.groups.models import Group
from campaign_app.letters.models import LetterRecord
from campaign_app.people.models import Person
from campaign_app.privacy import audit
from campaign_app.stored_files import room
from tests.conftest import store
from tests.privacy.people import TODAY, consent, person

PASSPHRASE = "birds that sing before dawn"

Call = Callable[..., Result]


def letter(campaign: Campaign, number: int, **changes: object) -> LetterRecord:
    """A letter that was made under ``campaign``."""
    values = {
        "campaign_id": campaign.id, "target_id": 1, "group_id": campaign.group_id, "text_version_id": 1,
        "language": "en", "country": "EG", "reference": f"R{number}", "token_hash": f"T{number}", "form": f"F{number}",
        "made_on": TODAY, "made_at": datetime.now(UTC),
    }  # fmt: skip
    return LetterRecord(**(values | changes))


@pytest.fixture
def full(app: Flask, campaign: Campaign, group: Group) -> Person:
    """A person among letters, a stored file and lines of the audit log."""
    store(app, someone := person("Canary Nightingale", group, email="canary@example.org", consents=[consent()]))
    store(app, letter(campaign, 1), letter(campaign, 2))
    with app.app_context():
        with room.adding("reply scans", group_id=group.id) as new:
            new.write(b"a scan with a name")
        audit.record("add", db.session.get_one(Person, someone.id))
        db.session.commit()
    return someone


@pytest.fixture
def call(app: Flask, database: str, monkeypatch: pytest.MonkeyPatch) -> Call:
    """The command, for the instance of ``app``."""
    monkeypatch.setenv("CAMPAIGN_APP_INSTANCE", app.instance_path)
    monkeypatch.setenv("CAMPAIGN_APP_SECRET_KEY", app.config["SECRET_KEY"])
    monkeypatch.setenv("CAMPAIGN_APP_DATABASE_URL", database)
    monkeypatch.setenv("CAMPAIGN_APP_PASSPHRASE", PASSPHRASE)
    return lambda *arguments, typed="": CliRunner().invoke(campaign_app, arguments, input=typed)
