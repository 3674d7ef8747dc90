"""What is held of people who voted or handed over: shown to them, and forgotten in time."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from campaign_app import invariants
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.groups.decision_models import Decision, DecisionOption, Voter
from campaign_app.groups.handover_models import Handover
from campaign_app.groups.models import Group
from campaign_app.people.models import Person
from campaign_app.privacy.forgetting import KINDS
from campaign_app.privacy.holdings import as_json
from tests.conftest import store
from tests.databases import on_both_databases
from tests.groups.conftest import person_of

MEMBER = "member.48@example.org"


def votes(app: Flask) -> tuple[int, int]:
    """How many are counted, and of how many voters it is known that they voted."""
    with app.app_context():
        counted = db.session.scalar(select(func.sum(DecisionOption.votes)))
        return counted or 0, db.session.scalar(select(func.count()).select_from(Voter)) or 0


def vote(client: FlaskClient, decision: Decision) -> None:
    client.post(f"/my-group/decisions/{decision.id}", data={"option": decision.options[0].id})


def test_my_data_says_that_one_voted_and_not_for_what(app: Flask, member: FlaskClient, decision: Decision) -> None:
    vote(member, decision)
    with app.app_context():
        held = as_json(db.session.get_one(Person, person_of(app, MEMBER).id))
    assert held["votes"] == [{"group": "Group 48 Seoul", "subject": "Which case next?"}]


def test_a_vote_stays_counted_when_its_voter_is_deleted(app: Flask, member: FlaskClient, decision: Decision) -> None:
    vote(member, decision)
    with app.app_context():
        db.session.delete(db.session.get_one(Person, person_of(app, MEMBER).id))
        db.session.commit()
        assert list(invariants.broken()) == []
    assert votes(app) == (1, 0)


@on_both_databases
def test_who_voted_is_forgotten_a_year_after_the_question_closed(
    app: Flask, member: FlaskClient, decision: Decision
) -> None:
    vote(member, decision)
    with app.app_context():
        for day, due in ((decision.closes_on + timedelta(days=365), 0), (decision.closes_on + timedelta(days=367), 1)):
            model, condition = KINDS["voters"].due(day)
            assert len(db.session.scalars(select(model).where(condition)).all()) == due


def test_handovers_are_shown_to_whom_they_concern_and_forgotten(app: Flask, member: FlaskClient, group: Group) -> None:
    assert member
    person = person_of(app, MEMBER)
    store(app, Handover(group_id=group.id, successor_id=person.id, starts_on=date(2022, 1, 1), ticked=[], changes={}))
    with app.app_context():
        held = as_json(db.session.get_one(Person, person.id))
        assert held["handovers"] == [{"group": group.name, "starts_on": "2022-01-01"}]
        model, condition = KINDS["handovers"].due(today())
        assert len(db.session.scalars(select(model).where(condition)).all()) == 1


def test_more_voters_than_votes_are_found(app: Flask, member: FlaskClient, decision: Decision) -> None:
    vote(member, decision)
    with app.app_context():
        assert list(invariants.broken()) == []
        db.session.execute(DecisionOption.__table__.update().values(votes=0))
        db.session.commit()
        assert list(invariants.broken()) == [f"No decision has more voters than votes: decision {decision.id}"]
