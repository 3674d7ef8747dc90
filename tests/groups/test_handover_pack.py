"""The pack that a successor takes home."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pages import Page, opened, spaceless

from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.groups.models import Duty, Group, Officer
from campaign_app.people.models import Membership, Person, Role
from tests.conftest import store


@pytest.fixture
def people(app: Flask, group: Group) -> None:
    """An officer, and a member without a duty."""
    for name, duty in (("石 Ilse Treasurer", Duty.TREASURER), ("Quiet Member", None)):
        person = Person(name=name, email=f"{name[:2]}@example.org", phone="+82 2 000")
        person.memberships.append(Membership(group_id=group.id, role=Role.MEMBER, starts_on=date(2020, 1, 1)))
        store(app, person)
        if duty:
            store(app, Officer(group_id=group.id, person_id=person.id, duty=duty, starts_on=date(2020, 1, 1)))


def read(pdf: bytes) -> str:
    return spaceless("".join(Page(pdf, number).text for number in range(len(opened(pdf).pages))))


@pytest.mark.usefixtures("people")
def test_it_holds_what_a_successor_needs_and_no_more_of_people(
    app: Flask, organizer: FlaskClient, group: Group, campaign: Campaign
) -> None:
    with app.app_context():
        stored = db.session.get_one(Group, group.id)
        stored.stamps, stored.cash = "40 for airmail", "43,000 won"
        db.session.commit()
    answer = organizer.get(f"/desk/groups/{group.slug}/handover/pack.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={group.slug}-handover.pdf"
    said = read(answer.data)
    for text in ("Group 48 Seoul", "12 Sample-ro", campaign.title, campaign.reference, "Post by", "40 for airmail",
                 "43,000 won", "Ilse Treasurer", "3 people", "/sign-in"):  # fmt: skip
        assert spaceless(text) in said, text
    for text in ("Quiet Member", "@example.org", "+82 2 000"):
        assert spaceless(text) not in said, text


def test_what_cannot_be_printed_is_named(app: Flask, organizer: FlaskClient, group: Group) -> None:
    with app.app_context():
        db.session.get_one(Group, group.id).stamps = "40 \U0001f600"
        db.session.commit()
    page = organizer.get(f"/desk/groups/{group.slug}/handover/pack.pdf", follow_redirects=True).text
    assert "Stock: These characters cannot be printed" in page
