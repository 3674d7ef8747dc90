"""Whatever is not declared is denied: a walk over every address of the site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from campaign_app.access.permissions import PERMISSIONS, declared
from campaign_app.campaigns.models import Campaign
from campaign_app.people.models import Role
from tests.conftest import SignIn

HIDDEN = 404


def rules(app: Flask, method: str) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))


def address(app: Flask, rule: Rule, **known: object) -> str:
    """The rule's address, with 1 for whatever it asks for that is not known."""
    with app.test_request_context():
        return app.url_map.bind("localhost").build(
            rule.endpoint, {name: known.get(name, 1) for name in rule.arguments}, append_unknown=False
        )


def permissions_of(app: Flask, method: str, *, public: bool) -> list[Rule]:
    return [rule for rule in rules(app, method) if PERMISSIONS[declared(app, rule.endpoint) or ""].is_public is public]


def test_every_route_declares_a_permission(app: Flask) -> None:
    forgotten = [rule.endpoint for rule in app.url_map.iter_rules() if declared(app, rule.endpoint) not in PERMISSIONS]
    assert forgotten == []


def test_a_visitor_is_sent_to_the_sign_in_by_every_page_that_is_not_public(app: Flask, client: FlaskClient) -> None:
    closed = permissions_of(app, "GET", public=False)
    assert closed
    for rule in closed:
        answer = client.get(address(app, rule))
        assert (answer.status_code, answer.location.split("?")[0]) == (302, "/sign-in"), rule


def test_a_visitor_can_send_nothing_to_what_is_not_public(app: Flask, client: FlaskClient) -> None:
    for rule in permissions_of(app, "POST", public=False):
        answer = client.post(address(app, rule))
        assert answer.status_code == 302, rule
        assert answer.location.startswith("/sign-in"), rule


def test_a_member_without_a_role_that_counts_is_refused(app: Flask, sign_in: SignIn) -> None:
    member = sign_in(Role.MEMBER)
    for rule in permissions_of(app, "GET", public=False):
        if not PERMISSIONS[declared(app, rule.endpoint) or ""].own_account:
            assert member.get(address(app, rule)).status_code == 403, rule


def test_a_route_without_a_declaration_answers_nobody(app: Flask, staff: FlaskClient) -> None:
    app.view_functions["forgotten"] = lambda: "secret"
    app.url_map.add(Rule("/forgotten", endpoint="forgotten"))
    assert staff.get("/forgotten").status_code == 403


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_groups_campaign_is_not_there(
    app: Flask, campaign: Campaign, stranger: FlaskClient, method: str
) -> None:
    """Each address of a campaign's desk, by its slug and by its id."""
    known = {"slug": campaign.slug, "campaign": campaign.slug, "campaign_id": campaign.id, "id": campaign.id}
    kept = [
        rule
        for rule in rules(app, method)
        if declared(app, rule.endpoint) == "keep campaigns" and rule.arguments & {"slug", "campaign", "campaign_id"}
    ]
    assert kept
    for rule in kept:
        assert stranger.open(address(app, rule, **known), method=method).status_code == HIDDEN, rule
