"""The language of the pages, as the reader chose it or as the browser asks."""

from __future__ import annotations

from flask import Flask, current_app, has_request_context, request, session
from flask_babel import Babel, get_locale

from campaign_app import languages

babel = Babel()
CHOICE = "lang"


def init_app(app: Flask) -> None:
    babel.init_app(app, locale_selector=_language)
    app.before_request(_remember_choice)
    app.jinja_env.globals.update(
        page_language=page_language,
        page_direction=lambda: languages.direction(page_language()),
        language_name=languages.name,
        site_languages=lambda: current_app.config["LANGUAGES"],
    )


def page_language() -> str:
    """The BCP 47 tag of the page's language."""
    return str(get_locale()).replace("_", "-")


def _language() -> str:
    known = current_app.config["LANGUAGES"]
    if not has_request_context():
        return str(known[0])
    if session.get(CHOICE) in known:
        return str(session[CHOICE])
    return request.accept_languages.best_match(known) or str(known[0])


def _remember_choice() -> None:
    """Any page takes ``?lang=ko``, and the choice stays for the next ones."""
    if request.args.get(CHOICE) in current_app.config["LANGUAGES"]:
        session[CHOICE] = request.args[CHOICE]
