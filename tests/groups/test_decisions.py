"""A group decides: one vote each, secret, counted when it is over, kept on record."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from campaign_app.db import db
from campaign_app.groups.decision_models import Decision, DecisionOption, Voter
from campaign_app.groups.models import Group
from campaign_app.people.models import Membership, Role
from campaign_app.privacy.models import AuditEntry
from tests.conftest import SignIn, store
from tests.databases import SQLITE_FILE, on_both_databases

PAGE = "/my-group/decisions/{}"


def vote(client: FlaskClient, decision: Decision, place: int) -> str:
    """What the page says after a vote for the option at ``place``."""
    form = {"option": decision.options[place].id}
    return client.post(PAGE.format(decision.id), data=form, follow_redirects=True).text


def counts(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(DecisionOption.votes).order_by(DecisionOption.id)))


@on_both_databases
def test_a_member_votes_once(app: Flask, member: FlaskClient, decision: Decision) -> None:
    assert "Your vote is counted" in vote(member, decision, 1)
    assert "You have voted already" in vote(member, decision, 0)
    assert counts(app) == [0, 1, 0]
    assert "<input" not in member.get(PAGE.format(decision.id)).text.split("<main")[1]


@on_both_databases
def test_a_vote_that_is_sent_by_eight_at_once_is_counted_once(
    app: Flask, member: FlaskClient, decision: Decision
) -> None:
    cookie = member.get_cookie("session")
    assert cookie

    def send(place: int) -> bool:
        client = app.test_client()
        client.set_cookie("session", cookie.value)
        return "Your vote is counted" in vote(client, decision, place % 3)

    with ThreadPoolExecutor(8) as threads:
        thanked = list(threads.map(send, range(8)))
    assert thanked.count(True) == sum(counts(app)) == 1


def test_an_organizer_votes_as_anybody_else(app: Flask, organizer: FlaskClient, decision: Decision) -> None:
    assert "Your vote is counted" in vote(organizer, decision, 2)
    assert counts(app) == [0, 0, 1]


def test_a_vote_for_nothing_or_for_another_question_is_refused(
    app: Flask, member: FlaskClient, decision: Decision
) -> None:
    for form in ({}, {"option": "9999"}, {"option": "x"}):
        answer = member.post(PAGE.format(decision.id), data=form)
        assert answer.status_code == 422
    assert counts(app) == [0, 0, 0]


def test_staff_see_a_question_but_have_no_vote_in_a_group_that_is_not_theirs(
    app: Flask, staff: FlaskClient, decision: Decision
) -> None:
    assert staff.get(PAGE.format(decision.id)).status_code == 200
    assert "Only those who have a role in the group vote" in vote(staff, decision, 0)
    assert counts(app) == [0, 0, 0]


def test_whoever_has_no_role_any_more_has_no_vote(
    app: Flask, member: FlaskClient, decision: Decision, group: Group
) -> None:
    with app.app_context():
        db.session.scalars(select(Membership).filter_by(group_id=group.id)).one().ends_on = date(2021, 1, 1)
        db.session.commit()
    assert member.post(PAGE.format(decision.id), data={"option": decision.options[0].id}).status_code == 403
    assert counts(app) == [0, 0, 0]


def test_the_count_is_seen_after_the_last_day_and_not_before(
    app: Flask, member: FlaskClient, organizer: FlaskClient, decision: Decision, sign_in: SignIn, group: Group
) -> None:
    vote(member, decision, 1)
    for client in (member, organizer):
        page = client.get(PAGE.format(decision.id)).text
        assert "<progress" not in page
        assert "1 vote" not in page
    with time_machine.travel(f"{decision.closes_on}T23:59:00+09:00", tick=False):
        late = sign_in(Role.MEMBER, group, "late@example.org")
        assert "Your vote is counted" in vote(late, decision, 1)
    with time_machine.travel(f"{decision.closes_on + timedelta(days=1)}T00:00:00+09:00", tick=False):
        too_late = sign_in(Role.MEMBER, group, "too-late@example.org")
        assert "takes no more votes" in vote(too_late, decision, 0)
        page = too_late.get(PAGE.format(decision.id)).text
    assert "2 votes" in page
    assert page.index("Tein") < page.index("Nasim")
    assert counts(app) == [0, 2, 0]


def test_closing_early_shows_the_count_and_is_final(
    member: FlaskClient, organizer: FlaskClient, decision: Decision, group: Group
) -> None:
    vote(member, decision, 0)
    address = f"/desk/groups/{group.slug}/decisions/{decision.id}"
    assert "1 vote" in organizer.post(f"{address}/close", follow_redirects=True).text
    assert "takes no more votes" in vote(organizer, decision, 1)
    assert "closed already" in organizer.post(f"{address}/close", follow_redirects=True).text
    assert "1 vote" in member.get(PAGE.format(decision.id)).text


def test_a_question_is_withdrawn_only_while_nobody_has_voted(
    app: Flask, member: FlaskClient, organizer: FlaskClient, decision: Decision, group: Group
) -> None:
    address = f"/desk/groups/{group.slug}/decisions/{decision.id}/withdraw"
    vote(member, decision, 0)
    assert "the question stays" in organizer.post(address, follow_redirects=True).text
    with app.app_context():
        db.session.execute(Voter.__table__.delete())
        db.session.execute(DecisionOption.__table__.update().values(votes=0))
        db.session.commit()
    assert "is withdrawn" in organizer.post(address, follow_redirects=True).text
    assert member.get(PAGE.format(decision.id)).status_code == 404


@pytest.mark.parametrize(
    ("votes", "says"), [((2, 2, 0), "Tie"), ((0, 0, 0), "Nobody voted"), ((1, 3, 0), "Tein")], ids=str
)
def test_what_it_came_to_is_said_as_it_is(
    app: Flask, member: FlaskClient, group: Group, votes: tuple[int, ...], says: str
) -> None:
    options = [
        DecisionOption(text=text, votes=count) for text, count in zip(("Nasim", "Tein", "Both"), votes, strict=True)
    ]
    past = date.today() - timedelta(days=3)
    closed = Decision(group_id=group.id, question="Which?", opened_on=past, closes_on=past, options=options)
    store(app, closed)
    for address in (PAGE.format(closed.id), "/my-group/"):
        tag = member.get(address).text.split('class="tag')[1].split("</span>")[0]
        assert says in tag


def test_a_question_is_put_by_a_form(app: Flask, organizer: FlaskClient, group: Group) -> None:
    day = date.today() + timedelta(days=3)
    form = {"question": "Which <b>?", "answers": "One\n\n Two ", "closes_on": day.isoformat()}
    page = organizer.post(f"/desk/groups/{group.slug}/decisions/new", data=form, follow_redirects=True).text
    assert "Which &lt;b&gt;?" in page
    with app.app_context():
        (stored,) = db.session.scalars(select(Decision)).all()
        assert [option.text for option in stored.options] == ["One", "Two"]
        assert stored.closes_on == day
        assert [e.action for e in db.session.scalars(select(AuditEntry)) if e.subject == f"decision {stored.id}"] == [
            "add"
        ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("question", ""),
        ("answers", "One"),
        ("answers", "One\none "),
        ("answers", "\n".join(map(str, range(13)))),
        ("answers", "A\n" + "b" * 201),
        ("closes_on", "2020-01-01"),
        ("closes_on", "2999-01-01"),
        ("question", "\x00"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    app: Flask, organizer: FlaskClient, group: Group, field: str, value: str
) -> None:
    form = {"question": "Which?", "answers": "One\nTwo", "closes_on": date.today().isoformat(), field: value}
    assert organizer.post(f"/desk/groups/{group.slug}/decisions/new", data=form).status_code == 422
    with app.app_context():
        assert db.session.scalars(select(Decision)).all() == []


def test_another_groups_question_is_not_there(stranger: FlaskClient, decision: Decision, group: Group) -> None:
    address = f"/desk/groups/{group.slug}/decisions/{decision.id}"
    assert stranger.get(PAGE.format(decision.id)).status_code == 404
    assert stranger.post(PAGE.format(decision.id), data={"option": decision.options[0].id}).status_code == 404
    assert stranger.post(f"{address}/close").status_code == 404
    assert stranger.post(f"{address.replace(group.slug, 'group-7')}/close").status_code == 404
    assert stranger.post(f"{address.replace(group.slug, 'group-7')}/withdraw").status_code == 404
    assert "Which case next?" not in stranger.get("/my-group/").text


@pytest.fixture
def at_noon() -> Iterator[None]:
    """So that nothing differs by the time at which it is stored."""
    with time_machine.travel(f"{date.today()}T12:00:00+09:00", tick=False):
        yield


@pytest.mark.usefixtures("at_noon")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_says_who_voted_for_what(
    app: Flask, member: FlaskClient, organizer: FlaskClient, decision: Decision
) -> None:
    """Two people vote, and then vote the other way round: the databases are the same in every byte of every row."""
    database = Path(app.instance_path, SQLITE_FILE)
    before = database.with_suffix(".before")
    with app.app_context():
        db.engine.dispose()
    shutil.copy(database, before)
    stored = []
    for first, second in ((0, 1), (1, 0)):
        assert "Your vote is counted" in vote(member, decision, first)
        assert "Your vote is counted" in vote(organizer, decision, second)
        with app.app_context():
            db.engine.dispose()
        stored.append(rows(database))
        shutil.copy(before, database)
    assert stored[0] == stored[1]
    assert len(stored[0]["decision_voter"]) == 2


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_no_option_was_written_by_the_transaction_of_one_voter_alone(
    app: Flask, member: FlaskClient, organizer: FlaskClient, decision: Decision
) -> None:
    vote(member, decision, 0)
    vote(organizer, decision, 1)
    with app.app_context():
        assert len(db.session.scalars(text("SELECT DISTINCT xmin::text FROM decision_option")).all()) == 1


def test_who_voted_is_all_that_is_kept_of_a_voter() -> None:
    assert set(Voter.__table__.columns.keys()) == {"decision_id", "person_id"}
    assert not any(key.column.table.name == "person" for key in DecisionOption.__table__.foreign_keys)


def rows(database: Path) -> dict[str, list[Any]]:
    """Every row of every table, in the order in which SQLite keeps them."""
    with closing(connect(database)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
