"""A group is handed over: what is to be settled, the day, and who has access before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text, update

from campaign_app.access.models import Account
from campaign_app.campaigns.models import Campaign
from campaign_app.days import today
from campaign_app.db import db
from campaign_app.groups import outstanding
from campaign_app.groups.handover_models import Handover
from campaign_app.groups.models import Duty, Group, Officer
from campaign_app.groups.outstanding import Outstanding
from campaign_app.people.models import Consent, Membership, Person, Purpose, Role, Way
from campaign_app.privacy.models import AuditEntry
from tests.conftest import PASSWORD, SignIn, store
from tests.databases import on_both_databases
from tests.groups.conftest import person_of

OUTGOING, SUCCESSOR = "outgoing@example.org", "successor@example.org"
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def coordinator(app: Flask, sign_in: SignIn, group: Group) -> FlaskClient:
    """The organizer who coordinates the group, signed in."""
    client = sign_in(Role.ORGANIZER, group, OUTGOING)
    person = person_of(app, OUTGOING)
    store(app, Officer(group_id=group.id, person_id=person.id, duty=Duty.COORDINATOR, starts_on=LONG_AGO))
    return client


@pytest.fixture
def successor(app: Flask, sign_in: SignIn, group: Group) -> Person:
    """A member of the group who can sign in."""
    sign_in(Role.MEMBER, group, SUCCESSOR)
    return person_of(app, SUCCESSOR)


@pytest.fixture
def address(group: Group) -> str:
    return f"/desk/groups/{group.slug}/handover"


@pytest.fixture
def day(app: Flask) -> date:
    """The successor's first day."""
    with app.app_context():
        return today() + timedelta(days=10)


@pytest.fixture
def outgoing(app: Flask, coordinator: FlaskClient) -> Person:  # noqa: ARG001 - whose account it is
    return person_of(app, OUTGOING)


@pytest.fixture
def form(outgoing: Person, successor: Person, day: date) -> dict[str, str]:
    return {"outgoing_id": str(outgoing.id), "successor_id": str(successor.id), "starts_on": day.isoformat()}


def signed_in(app: Flask, email: str) -> FlaskClient:
    """Somebody who signs in; that organizers need a second factor is another test's business."""
    client = app.test_client()
    with app.app_context():
        db.session.execute(update(Account).values(grace_used=False))
        db.session.commit()
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    return client


def access(app: Flask, email: str, address: str) -> tuple[int, int]:
    """What somebody who signs in now gets at the page of the handover, and where members take part."""
    client = signed_in(app, email)
    return client.get(f"{address}/").status_code, client.get("/my-group/").status_code


def midnight(day: date) -> str:
    return f"{day}T00:00:00+09:00"


def just_before(day: date) -> str:
    return f"{day - timedelta(days=1)}T23:59:59+09:00"


@on_both_databases
def test_the_old_access_ends_and_the_new_begins_at_midnight_of_the_day(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str], day: date
) -> None:
    assert "is arranged" in coordinator.post(f"{address}/pass", data=form, follow_redirects=True).text
    with time_machine.travel(just_before(day), tick=False):
        assert access(app, OUTGOING, address) == (200, 200)
        assert access(app, SUCCESSOR, address) == (403, 200)
    with time_machine.travel(midnight(day), tick=False):
        assert access(app, OUTGOING, address) == (403, 403)
        assert access(app, SUCCESSOR, address) == (200, 200)


def test_a_session_that_is_open_at_midnight_is_refused_at_its_next_request(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str], day: date
) -> None:
    coordinator.post(f"{address}/pass", data=form)
    with time_machine.travel(just_before(day), tick=False):
        open_session = signed_in(app, OUTGOING)
        assert open_session.get(f"{address}/").status_code == 200
    with time_machine.travel(midnight(day), tick=False):
        assert open_session.get(f"{address}/").status_code == 403


def test_whoever_stays_is_a_member_from_that_day_on(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str], day: date
) -> None:
    coordinator.post(f"{address}/pass", data=form | {"stays": "y"})
    with time_machine.travel(midnight(day), tick=False):
        assert access(app, OUTGOING, address) == (403, 200)


def test_whoever_does_not_stay_leaves_as_a_member_too(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str], day: date, group: Group
) -> None:
    outgoing = person_of(app, OUTGOING)
    store(app, Membership(person_id=outgoing.id, group_id=group.id, role=Role.MEMBER, starts_on=LONG_AGO))
    coordinator.post(f"{address}/pass", data=form)
    with time_machine.travel(midnight(day), tick=False):
        assert access(app, OUTGOING, address) == (403, 403)


def test_the_duty_passes_with_the_role(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str], day: date
) -> None:
    coordinator.post(f"{address}/pass", data=form)
    with app.app_context():
        old, new = db.session.scalars(select(Officer).order_by(Officer.starts_on)).all()
        assert (old.ends_on, new.starts_on, new.ends_on) == (day - timedelta(days=1), day, None)
        assert new.duty is Duty.COORDINATOR


@on_both_databases
def test_until_the_day_it_is_taken_back_and_all_is_as_it_was(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str], day: date
) -> None:
    before = roles_and_terms(app)
    coordinator.post(f"{address}/pass", data=form | {"stays": "y"})
    assert roles_and_terms(app) != before
    assert "is taken back" in coordinator.post(f"{address}/take-back", follow_redirects=True).text
    assert roles_and_terms(app) == before
    assert "nothing to take back" in coordinator.post(f"{address}/take-back", follow_redirects=True).text
    with time_machine.travel(midnight(day), tick=False):
        assert access(app, OUTGOING, address) == (200, 200)


def test_from_the_day_on_nothing_is_taken_back(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str], day: date
) -> None:
    coordinator.post(f"{address}/pass", data=form)
    after = roles_and_terms(app)
    with time_machine.travel(midnight(day), tick=False):
        page = signed_in(app, SUCCESSOR).post(f"{address}/take-back", follow_redirects=True).text
    assert "nothing to take back" in page
    assert roles_and_terms(app) == after


def test_what_somebody_changed_since_is_left_when_it_is_taken_back(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str]
) -> None:
    coordinator.post(f"{address}/pass", data=form)
    outgoing = person_of(app, OUTGOING)
    with app.app_context():
        changed = db.session.scalars(select(Membership).filter_by(person_id=outgoing.id)).one()
        changed.ends_on = date(2999, 1, 1)
        db.session.commit()
    coordinator.post(f"{address}/take-back")
    with app.app_context():
        kept = db.session.scalars(select(Membership).filter_by(person_id=outgoing.id)).one()
        assert kept.ends_on == date(2999, 1, 1)


def test_there_is_one_successor_at_a_time(
    coordinator: FlaskClient, address: str, form: dict[str, str], app: Flask
) -> None:
    coordinator.post(f"{address}/pass", data=form)
    after = roles_and_terms(app)
    assert "chosen already" in coordinator.post(f"{address}/pass", data=form, follow_redirects=True).text
    assert roles_and_terms(app) == after


def test_an_organizer_who_takes_over_keeps_the_role_they_have(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str], group: Group
) -> None:
    other = int(form["successor_id"])
    store(app, Membership(person_id=other, group_id=group.id, role=Role.ORGANIZER, starts_on=LONG_AGO))
    coordinator.post(f"{address}/pass", data=form)
    with app.app_context():
        held = db.session.scalars(select(Membership).filter_by(person_id=other, role=Role.ORGANIZER)).all()
        assert [(membership.starts_on, membership.ends_on) for membership in held] == [(LONG_AGO, None)]


@pytest.mark.parametrize("days", [0, -1, 400])
def test_the_day_is_still_to_come(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str], days: int
) -> None:
    with app.app_context():
        wrong = today() + timedelta(days=days)
    answer = coordinator.post(f"{address}/pass", data=form | {"starts_on": wrong.isoformat()})
    assert answer.status_code == 422


@pytest.mark.usefixtures("stranger")
def test_only_the_groups_own_people_who_can_sign_in_take_over(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str], group: Group
) -> None:
    without_account = Person(name="No Account")
    without_account.memberships.append(Membership(group_id=group.id, role=Role.MEMBER, starts_on=LONG_AGO))
    store(app, without_account)
    foreign = person_of(app, "organizer.7@example.org")
    before = roles_and_terms(app)
    for wrong in (str(without_account.id), str(foreign.id), form["outgoing_id"], "0", "", "999", "x"):
        answer = coordinator.post(f"{address}/pass", data=form | {"successor_id": wrong})
        assert answer.status_code == 422, wrong
    assert coordinator.post(f"{address}/pass", data=form | {"outgoing_id": str(foreign.id)}).status_code == 422
    assert roles_and_terms(app) == before
    page = coordinator.get(f"{address}/pass").text
    assert "No Account" not in page


def test_with_nobody_to_choose_the_page_says_whom_to_ask(coordinator: FlaskClient, address: str) -> None:
    assert "Nobody else in the group can sign in yet" in coordinator.get(f"{address}/pass").text


def test_ticks_stay_and_can_be_undone(app: Flask, coordinator: FlaskClient, address: str) -> None:
    for step in ("stock", "people", "nothing"):
        coordinator.post(f"{address}/", data={"tick": step})
    assert "2 of 6 ticked off" in coordinator.get(f"{address}/").text
    coordinator.post(f"{address}/", data={"undo": "stock"})
    with app.app_context():
        assert db.session.scalars(select(Handover)).one().ticked == ["people"]


TYPED = {"stamps": "40 for airmail", "cash": "43,000 won", "notes": "The key is with Bada."}


@on_both_databases
@pytest.mark.parametrize("pressed", [{}, {"tick": "people"}, {"undo": "people"}, {"pass": "1"}], ids=str)
def test_whatever_is_pressed_what_was_typed_is_kept(
    coordinator: FlaskClient, address: str, pressed: dict[str, str]
) -> None:
    coordinator.post(f"{address}/", data=TYPED | pressed)
    page = coordinator.get(f"{address}/").text
    assert all(text in page for text in TYPED.values())


def test_stock_and_notes_are_sealed(app: Flask, coordinator: FlaskClient, address: str) -> None:
    coordinator.post(f"{address}/", data=TYPED)
    with app.app_context():
        stored = [*db.session.execute(text('SELECT stamps, cash FROM "group"')).one()]
        stored += db.session.execute(text("SELECT notes FROM handover")).one()
    assert all(stored)
    assert not set(stored) & set(TYPED.values())


def test_the_day_of_the_stock_is_the_one_on_which_it_changed(
    app: Flask, coordinator: FlaskClient, address: str, group: Group
) -> None:
    coordinator.post(f"{address}/", data=TYPED)
    with app.app_context():
        db.session.get_one(Group, group.id).stock_on = LONG_AGO
        db.session.commit()
    coordinator.post(f"{address}/", data=TYPED | {"notes": "Other notes."})
    with app.app_context():
        assert db.session.get_one(Group, group.id).stock_on == LONG_AGO


def test_notes_that_are_too_long_are_shown_to_be_mended(coordinator: FlaskClient, address: str) -> None:
    answer = coordinator.post(f"{address}/", data=TYPED | {"notes": "long " * 2500})
    assert answer.status_code == 422
    assert "long long" in answer.text
    assert "40 for airmail" in answer.text


def test_the_successor_reads_the_notes_and_begins_with_nothing_ticked(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str], day: date
) -> None:
    coordinator.post(f"{address}/", data={"notes": "The key is with Bada.", "tick": "stock"})
    coordinator.post(f"{address}/pass", data=form)
    with time_machine.travel(midnight(day), tick=False):
        page = signed_in(app, SUCCESSOR).get(f"{address}/").text
    assert "The key is with Bada." in page
    assert "0 of 6 ticked off" in page


@pytest.mark.usefixtures("decision")
def test_the_page_shows_what_is_to_be_handed_over(
    app: Flask, coordinator: FlaskClient, address: str, campaign: Campaign, successor: Person
) -> None:
    given = {"purpose": Purpose.CONTACT, "wording": "…", "version": "1", "given_on": LONG_AGO, "way": Way.PAPER}
    store(app, Consent(person_id=successor.id, **given))
    page = coordinator.get(f"{address}/").text
    assert campaign.title in page
    assert campaign.reference in page
    assert "1 question is open for votes" in page
    assert f"/desk/people/{successor.id}" in page


@pytest.fixture
def lent_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    def sheets(group: Group) -> Iterator[Outstanding]:
        yield Outstanding(f"12 sheets of {group.name}", "/somewhere", with_whom="Bada")

    monkeypatch.setattr(outstanding, "SOURCES", [sheets])


@pytest.mark.usefixtures("lent_sheets")
def test_other_packages_say_what_is_outstanding_and_with_whom(coordinator: FlaskClient, address: str) -> None:
    page = coordinator.get(f"{address}/").text
    assert "12 sheets of Group 48 Seoul" in page
    assert "with Bada" in page


def test_every_step_leaves_a_line_in_the_audit_log(
    app: Flask, coordinator: FlaskClient, address: str, form: dict[str, str]
) -> None:
    coordinator.get(f"{address}/")
    coordinator.post(f"{address}/pass", data=form)
    coordinator.post(f"{address}/take-back")
    coordinator.get(f"{address}/pack.pdf")
    with app.app_context():
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.group_id.is_not(None))).all()
        assert [entry.action for entry in entries] == ["open handover", "hand over", "take back", "export handover"]
        assert entries[1].details == {"outgoing": int(form["outgoing_id"]), "successor": int(form["successor_id"])}


def test_another_groups_handover_is_not_there(stranger: FlaskClient, address: str) -> None:
    for page in ("", "pass", "pack.pdf"):
        assert stranger.get(f"{address}/{page}").status_code == 404
    for page in ("", "pass", "take-back"):
        assert stranger.post(f"{address}/{page}").status_code == 404


def test_a_member_hands_nothing_over(member: FlaskClient, address: str) -> None:
    assert member.get(f"{address}/").status_code == 403
    assert member.post(f"{address}/pass").status_code == 403


def roles_and_terms(app: Flask) -> list[tuple[object, ...]]:
    with app.app_context():
        roles = db.session.execute(
            select(Membership.person_id, Membership.role, Membership.starts_on, Membership.ends_on).order_by(
                Membership.id
            )
        )
        terms = db.session.execute(
            select(Officer.person_id, Officer.duty, Officer.starts_on, Officer.ends_on).order_by(Officer.id)
        )
        return [tuple(row) for row in (*roles, *terms)]
