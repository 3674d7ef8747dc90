"""The people of a group: who keeps it, who belongs to it, and what was put to them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from campaign_app.access.models import Account
from campaign_app.db import db
from campaign_app.groups.decision_models import Decision, DecisionOption
from campaign_app.groups.models import Group
from campaign_app.people.models import Person, Role, email_index
from tests.conftest import SignIn, store
from tests.people.conftest import audited

__all__ = ["audited"]  # what tests of groups share with those of people


@pytest.fixture
def member(sign_in: SignIn, group: Group) -> FlaskClient:
    """A member of ``group``, signed in."""
    return sign_in(Role.MEMBER, group)


@pytest.fixture
def decision(app: Flask, group: Group) -> Decision:
    """An open question with three options."""
    options = [DecisionOption(text=text, votes=0) for text in ("Nasim", "Tein", "Both")]
    today = date.today()
    decision = Decision(
        group_id=group.id, question="Which case next?", opened_on=today, closes_on=today + timedelta(days=7),
        options=options,
    )  # fmt: skip
    store(app, decision, *options)
    return decision


def person_of(app: Flask, email: str) -> Person:
    """Whose account has this address."""
    with app.app_context():
        account = db.session.scalars(select(Account).filter_by(email_index=email_index(email))).one()
        return account.person
