"""Public totals for others to show: a feed, an interface for programs, and a counter to embed.

None of them sets a cookie or loads anything from elsewhere, and all may be kept by caches for some minutes.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request, session
from flask_babel import force_locale
from werkzeug.wrappers import Response

from campaign_app import languages
from campaign_app.access.permissions import permission
from campaign_app.campaigns.models import Campaign
from campaign_app.campaigns.views import BY_SLUG
from campaign_app.db import db
from campaign_app.i18n import page_language
from campaign_app.pages import FRAMED
from campaign_app.tracking import beside, feed, openapi, public_numbers, totals
from campaign_app.tracking.totals import Scope

bp = Blueprint("public", __name__)

KEPT = 300  # seconds
BARE = "default-src 'none'; base-uri 'none'; form-action 'none'; "  # of a page that loads nothing


@bp.get("/feed.atom")
@permission("read")
def atom() -> Response:
    """Campaigns, what happened since and outcomes, as Atom (RFC 4287)."""
    xml = render_template("tracking/feed.xml", entries=feed.entries(), site=current_app.config["SITE_URL"])
    return _kept(xml, "application/atom+xml")


@bp.get("/api/campaigns")
@permission("read")
def campaigns() -> Response:
    """All public campaigns with their totals."""
    return _json(public_numbers.summaries(public_numbers.campaigns()))


@bp.get("/api/campaigns/<slug>")
@permission("read")
def campaign(slug: str) -> Response:
    """A campaign over time and by country."""
    found = _public(slug)
    return _json(public_numbers.details(found)) if found else _json({"error": "There is no such campaign."}, 404)


@bp.get("/api/openapi.json")
@permission("read")
def description() -> Response:
    """What the interface promises."""
    return _json(openapi.document(current_app.config["SITE_URL"], current_app.config["SECTION_NAME"]))


@bp.get("/campaigns/<slug>/counter")
@permission("read")
def counter(slug: str) -> Response:
    """A page to embed in others, which shows how many letters there are."""
    answer = _counter(slug, "tracking/counter.html", "text/html")
    answer.headers["Content-Security-Policy"] = BARE + FRAMED
    return answer


@bp.get("/campaigns/<slug>/counter.svg")
@permission("read")
def counter_image(slug: str) -> Response:
    """The same as an image."""
    answer = _counter(slug, "tracking/counter.svg", "image/svg+xml")
    answer.headers["Content-Security-Policy"] = BARE + "frame-ancestors 'none'"
    return answer


@bp.after_request
def _without_a_cookie(answer: Response) -> Response:
    """Nobody is known here: what a page would remember, such as a language, is not."""
    session.modified = False
    return answer


def _counter(slug: str, template: str, kind: str) -> Response:
    """In the language that ``in`` asks for, else as the browser does."""
    found = _public(slug) or abort(404)
    scope = Scope([found.id])
    letters = totals.total(scope).made + beside.handwritten(scope).get(found.id, 0)
    wanted = request.args.get("in", "")
    language = wanted if wanted in current_app.config["LANGUAGES"] else page_language()
    with force_locale(language.replace("-", "_")):
        page = render_template(
            template, campaign=found, letters=letters, language=language, direction=languages.direction(language),
            link=f"{current_app.config['SITE_URL']}/campaigns/{found.slug}",
        )  # fmt: skip
    return _kept(page, kind)


def _public(slug: str) -> Campaign | None:
    """The campaign where everybody sees it, whoever asks."""
    found = db.session.scalar(BY_SLUG, {"slug": slug})
    return found if found and found.is_public else None


def _json(content: Any, status: int = 200) -> Response:
    answer = _kept(json.dumps(content, ensure_ascii=False), "application/json")
    if status != 200:
        answer.status_code = status
    answer.headers["Access-Control-Allow-Origin"] = "*"  # pages of others may read it, and learn nothing of the reader
    return answer


def _kept(content: str, kind: str) -> Response:
    answer = current_app.response_class(content, mimetype=kind)
    answer.headers["Cache-Control"] = f"public, max-age={KEPT}"
    answer.add_etag()
    return answer.make_conditional(request)
