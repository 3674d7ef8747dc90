from __future__ import annotations

from pathlib import Path

from flask import Flask

from campaign_app.access import roles
from campaign_app.access.permissions import PERMISSIONS

PAGE = Path(roles.__file__).parents[2] / "docs" / "roles.md"


def test_the_page_about_roles_is_what_the_table_of_permissions_says(app: Flask) -> None:
    assert PAGE.read_text(encoding="utf-8") == roles.page(app), "run: make roles"


def test_every_permission_is_explained_and_every_address_listed(app: Flask) -> None:
    page = roles.page(app)
    assert all(f"**{name}**: {permission.what}" in page for name, permission in PERMISSIONS.items())
    assert all(f"`{rule.rule}`" in page for rule in app.url_map.iter_rules())
