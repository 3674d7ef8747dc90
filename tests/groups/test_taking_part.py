"""Where members land after they signed in."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign_app.groups.decision_models import Decision
from campaign_app.people.models import Role
from tests.conftest import PASSWORD, SignIn


@pytest.mark.parametrize(("role", "page"), [(Role.MEMBER, "/my-group/"), (Role.ORGANIZER, "/desk")])
def test_everybody_lands_where_they_have_something_to_do(
    app: Flask, sign_in: SignIn, group: object, role: Role, page: str
) -> None:
    sign_in(role, group, "somebody@example.org")  # type: ignore[arg-type]
    answer = app.test_client().post("/sign-in", data={"email": "somebody@example.org", "password": PASSWORD})
    assert answer.location == page


def test_a_member_finds_the_open_question_and_no_page_of_the_desk(member: FlaskClient, decision: Decision) -> None:
    page = member.get("/my-group/").text
    assert f"/my-group/decisions/{decision.id}" in page
    assert "/desk" not in page
    assert member.get("/desk").status_code == 403


def test_without_a_question_the_page_says_so(member: FlaskClient) -> None:
    assert "Nothing waits for your vote" in member.get("/my-group/").text


def test_an_answered_question_waits_no_more(member: FlaskClient, decision: Decision) -> None:
    member.post(f"/my-group/decisions/{decision.id}", data={"option": decision.options[0].id})
    page = member.get("/my-group/").text
    assert "Nothing waits for your vote" in page
    assert "The count is here after" in page


def test_it_leads_to_what_is_held_of_oneself(member: FlaskClient) -> None:
    assert 'href="/me"' in member.get("/my-group/").text
    assert member.get("/me").status_code == 200


def test_an_organizer_sees_the_question_at_the_desk_until_it_is_answered(
    organizer: FlaskClient, decision: Decision
) -> None:
    assert "Which case next?" in organizer.get("/desk").text
    organizer.post(f"/my-group/decisions/{decision.id}", data={"option": decision.options[0].id})
    assert "Which case next?" not in organizer.get("/desk").text
