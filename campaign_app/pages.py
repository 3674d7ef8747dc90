"""What every page shares: headers, names for templates, and the pages for errors."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from babel.dates import format_skeleton
from flask import Flask, abort, current_app, render_template, request, session
from flask_babel import format_number, format_time, gettext, to_user_timezone
from flask_wtf.csrf import CSRFError
from markdown_it import MarkdownIt
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, NotFound, SecurityError, ServiceUnavailable
from werkzeug.wrappers import Response

from campaign_app import faults, languages, resources
from campaign_app.db import read_only
from campaign_app.faults import Fault
from campaign_app.i18n import page_language
from campaign_app.labels import label

INSUFFICIENT_STORAGE = 507  # RFC 4918, 11.5
_STORY = MarkdownIt("zero", {"html": False}).enable(["list", "emphasis", "newline", "escape"])

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # nothing outwards; over HTTPS a form must show that it comes from here
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
FRAMED = "frame-ancestors *"  # in the policy of a page that everybody may embed


def init_app(app: Flask) -> None:
    app.before_request(_take_forms_alone)
    app.after_request(_with_headers)
    app.register_error_handler(HTTPException, _error_page)
    app.register_error_handler(CSRFError, _csrf_page)
    app.register_error_handler(OverflowError, _nowhere)
    app.register_error_handler(DBAPIError, _fault_page)
    app.register_error_handler(OSError, _fault_page)
    app.register_error_handler(SecurityError, _under_a_wrong_name)
    app.url_defaults(_static_version)
    app.jinja_env.filters.update(
        label=label,
        day=written_day,
        short_day=short_day,
        month=written_month,
        moment=moment,
        number=format_number,
        story=story,
        plain=plain,
        language_name=languages.name,
    )
    app.jinja_env.globals.update(country_name=lambda code: languages.country_name(code, page_language()))


def written_day(day: date | datetime) -> str:
    """A day written out in the language of the page."""
    return languages.written_date(day, page_language())


def short_day(day: date) -> str:
    """A day in little room, the month named, as for a chart."""
    return format_skeleton("MMMd", day, locale=languages.locale(page_language()))


def written_month(day: date) -> str:
    """A month with its year."""
    return str(format_skeleton("yMMMM", day, locale=languages.locale(page_language())))


def moment(instant: datetime) -> str:
    """A day and time on the section's clock, in the language of the page."""
    return f"{written_day(to_user_timezone(instant).date())}, {format_time(instant, 'HH:mm')}"


def story(text: str) -> Markup:
    """A story's Markdown as HTML: paragraphs, lists, emphasis, and nothing that is HTML itself."""
    html = _STORY.render(text)
    return Markup(html)  # noqa: S704 - the renderer escapes all text and knows no raw HTML # nosec B704


def plain(text: str) -> str:
    """The beginning of a story without its marks."""
    return " ".join(re.sub(r"[*_#]+", "", text).split())


def local_address(address: str | None) -> str | None:
    """``address`` where it is a path on this site, else None: ``//evil`` and ``/\\evil`` lead away."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc or "\\" in parts.path else address


def download(content: bytes, name: str, kind: str) -> Response:
    """A file to be saved, never shown in place and never cached."""
    answer = current_app.response_class(content, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _take_forms_alone() -> None:
    """Refuse JSON: form libraries would read it too, with numbers and lone surrogates where a form has text."""
    if request.is_json:
        abort(415)


def _with_headers(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if FRAMED in answer.headers["Content-Security-Policy"]:
        del answer.headers["X-Frame-Options"]  # which knows no "everybody"
    # Routing's own redirects repeat whatever Host was sent.
    if answer.location and answer.location.startswith(request.host_url):
        answer.location = "/" + str(answer.location).removeprefix(request.host_url).lstrip("/")
    if answer.mimetype == "text/html":
        personal = request.method == "POST" or "_user_id" in session  # Flask-Login's key: somebody is signed in
        answer.headers.setdefault("Cache-Control", "no-store" if personal else "no-cache")
    return answer


def _static_version(endpoint: str, values: dict[str, Any]) -> None:
    """Give each static file's address a part of its hash, so that a browser asks again only for what changed."""
    if endpoint == "static" and "filename" in values:
        values.setdefault("v", _short_hash(values["filename"]))


@cache
def _short_hash(name: str) -> str:
    return hashlib.sha256((resources.STATIC / name).read_bytes()).hexdigest()[:8]


def _error_page(error: HTTPException) -> tuple[str, int] | HTTPException | Response:
    if error.code is None or error.response is not None:
        return error
    explanations = {
        403: gettext("Your account may not open this page."),
        404: gettext("There is no such page, or it is not yours to see."),
        413: gettext("That was more than this site takes at once."),
        429: gettext("That was a lot in a short time. Please wait a minute and try again."),
        503: gettext("The site is busy. What you sent was not recorded; please try again."),
    }
    text = explanations.get(error.code) or gettext("Something went wrong, and nothing was recorded.")
    return render_template("error.html", code=error.code, text=text), error.code


def _fault_page(error: DBAPIError | OSError) -> tuple[str, int] | HTTPException | Response:
    """Say so where the database is locked or the disk is full. A bug stays one."""
    fault = faults.of(error)
    if fault is None:
        raise error
    read_only()  # for the page itself, which others who write do not hinder
    if fault is not Fault.FULL:
        return _error_page(ServiceUnavailable() if fault is Fault.LOCKED else NotFound())
    text = gettext("The disk of this site is full. What you sent was not recorded. Please tell whoever runs the site.")
    return render_template("error.html", code=INSUFFICIENT_STORAGE, text=text), INSUFFICIENT_STORAGE


def _csrf_page(error: CSRFError) -> tuple[str, int]:  # noqa: ARG001
    text = gettext("This page was open for too long. Please go back, reload it and send it again.")
    return render_template("error.html", code=400, text=text), 400


def _under_a_wrong_name(error: SecurityError) -> Response:  # noqa: ARG001
    """The site was asked for under a name that is not its own. No page is made: its links would bear that name."""
    return current_app.response_class("This site has another name.\n", 400, mimetype="text/plain")


def _nowhere(error: OverflowError) -> tuple[str, int] | HTTPException | Response:  # noqa: ARG001
    """An id beyond what a database counts to is nobody's."""
    return _error_page(NotFound())
