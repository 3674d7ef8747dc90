"""Whatever is not declared is denied. What each role gets is in ``test_matrix``."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from campaign_app.access.permissions import PERMISSIONS, declared


def test_safety_19_every_route_declares_a_permission(app: Flask) -> None:
    forgotten = [rule.endpoint for rule in app.url_map.iter_rules() if declared(app, rule.endpoint) not in PERMISSIONS]
    assert forgotten == []


def test_safety_rule_2_a_route_without_a_declaration_answers_nobody(app: Flask, staff: FlaskClient) -> None:
    app.view_functions["forgotten"] = lambda: "secret"
    app.url_map.add(Rule("/forgotten", endpoint="forgotten"))
    assert staff.get("/forgotten").status_code == 403
