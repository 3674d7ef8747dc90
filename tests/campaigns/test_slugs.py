"""Addresses of campaigns, from titles in any script."""

from __future__ import annotations

import pytest
from flask import Flask

from campaign_app.campaigns import slugs


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Free Nadia Example!", "free-nadia-example"),
        ("  Spaces \n and\ttabs ", "spaces-and-tabs"),
        ("Müller, Đặng & Łukasz — “Œuvre”", "muller-dang-lukasz-oeuvre"),
        ("Don’t wait", "dont-wait"),
        ("UA 60/16", "ua-60-16"),
        ("평화의 편지", "평화의-편지"),
        ("自由を", "自由を"),
        ("ปล่อยตัว", "ปล่อยตัว"),
        ("सत्य की जीत", "सत्य-की-जीत"),
        ("الحرية الآن", "الحرية-الآن"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>", "script"),
        ("!!!", ""),
        ("🕊", ""),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_title_becomes_an_address(title: str, slug: str) -> None:
    assert slugs.slug(title) == slug
    assert slugs.slug(slug) == slug


@pytest.mark.usefixtures("campaign")
def test_a_free_address_is_numbered_where_others_have_it(app: Flask) -> None:
    with app.app_context():
        assert slugs.free_slug("Nadia Example") == "nadia-example-2"
        assert slugs.free_slug("!!!") == "campaign"
        assert slugs.free_slug("New") == "new-2"
