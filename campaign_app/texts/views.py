"""The desk's pages for letter texts: begin one, edit it beside the page it prints, see what it said before."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from campaign_app import languages
from campaign_app.access.permissions import permission
from campaign_app.campaigns.editing import own_campaign
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db, read_only
from campaign_app.letters.merge import Text
from campaign_app.texts import explain, library, sample, versions
from campaign_app.texts.changes import changes
from campaign_app.texts.forms import TextForm
from campaign_app.texts.models import LetterText, TextVersion
from campaign_app.texts.sketch import Sketch, sketch

bp = Blueprint("texts", __name__, url_prefix="/desk/campaigns/<slug>/texts")


@bp.get("/new")
@permission("keep campaigns")
def start(slug: str) -> str:
    """Choose a language, and a text to begin with."""
    campaign = own_campaign(slug)
    written = {text.language for text in campaign.texts}
    offered = [language for language in languages.LETTER_LANGUAGES if language not in written]
    language = request.args.get("language") or next(iter(offered), "")
    if offered and language not in offered:
        abort(404)
    return render_template(
        "texts/start.html",
        campaign=campaign,
        languages=offered,
        language=language,
        shipped=library.in_language(language, campaign),
        english=library.in_language("en", campaign),
        fitting=library.fitting(campaign),
    )


@bp.route("/<language>", methods=["GET", "POST"])
@permission("keep campaigns")
def edit(slug: str, language: str) -> str | tuple[str, int] | Response:
    """A text beside the page that it prints; saving what changed makes a new version."""
    campaign, text = own_text(slug, language)
    form = _form(campaign, text, language)
    if request.method == "GET" or request.form.get("action") == "preview":
        return _page(form, campaign, language)
    if not form.validate():
        return _page(form, campaign, language), 422
    if newer := _newer(form, text, language):
        return _page(form, campaign, language, newer), 409
    version = versions.save(campaign, form.text(language), current_user.id)
    db.session.commit()
    flash(*_said(version))
    return redirect(url_for(".edit", slug=slug, language=language), 303)


@bp.post("/<language>/preview")
@permission("keep campaigns")
def preview(slug: str, language: str) -> str | tuple[str, int]:
    """The page as it would print now, as a piece of the editor; 422 where the text cannot be read."""
    _release_lock()
    campaign, _ = own_text(slug, language)
    form = TextForm(campaign)
    shown = _sketch(form, campaign, language)
    return render_template("texts/_preview.html", form=form, sketch=shown), 200 if shown else 422


@bp.get("/<language>/history")
@permission("keep campaigns")
def history(slug: str, language: str) -> str:
    """Every version with who made it and when, and what it changed."""
    campaign, text = own_text(slug, language)
    version = _version(text, request.args.get("version", str(versions.number_of(text))))
    before = _version(text, str(version.number - 1)) if version.number > 1 else None
    changed = changes(before.plain if before else None, version.plain)
    return render_template(
        "texts/history.html", campaign=campaign, text=text, version=version, changes=changed, labels=_labels()
    )


def own_text(slug: str, language: str) -> tuple[Campaign, LetterText | None]:
    """The campaign and its text, which may not be written yet. 404 for a language in which no letters are written."""
    campaign = own_campaign(slug)
    if language not in languages.LETTER_LANGUAGES:
        abort(404)
    return campaign, versions.written_in(campaign, language)


def _form(campaign: Campaign, text: LetterText | None, language: str) -> TextForm:
    """The form with what was typed, or else with the text to begin with."""
    begun = _beginning(campaign, text, language)
    return TextForm(
        campaign,
        started_from=versions.number_of(text),
        subject=begun.subject,
        salutation=begun.salutation,
        body=begun.body,
        closing=begun.closing,
    )


def _beginning(campaign: Campaign, text: LetterText | None, language: str) -> Text:
    """What the page's address asks for, such as ``shipped.torture.en``, ``copy.fr`` or ``version.2``."""
    match request.args.get("start", "").split("."):
        case ["version", number]:
            return _version(text, number).plain
        case ["copy", other] if source := versions.written_in(campaign, other):
            return source.current.plain
        case ["shipped", kind, other] if (kind, other) in library.shipped():
            return library.shipped()[kind, other].text
        case [""]:
            return text.current.plain if text else Text(language, "", "", "", "")
    raise NotFound


def _version(text: LetterText | None, number: str) -> TextVersion:
    found = next((version for version in text.versions if str(version.number) == number), None) if text else None
    return found or abort(404)


def _newer(form: TextForm, text: LetterText | None, language: str) -> TextVersion | None:
    """The version that someone else saved since this form was opened, unless it says the same."""
    if text is None or text.current.number == form.started_from.data:
        return None
    return text.current if text.current.plain != form.text(language) else None


def _page(form: TextForm, campaign: Campaign, language: str, newer: TextVersion | None = None) -> str:
    """The editor. Where someone saved a newer version, the next save is one that knows of it."""
    changed = changes(newer.plain, form.text(language)) if newer else {}
    if newer:
        form.started_from.data, form.started_from.raw_data = newer.number, None
    if request.method == "POST":
        _release_lock()
    return render_template(
        "texts/edit.html",
        form=form,
        campaign=campaign,
        language=language,
        text=versions.written_in(campaign, language),
        newer=newer,
        changes=changed,
        labels=_labels(),
        fields=explain.field_choices(sample.examples(campaign, language)),
        target=sample.first_target(campaign),
        sketch=_sketch(form, campaign, language),
    )


def _sketch(form: TextForm, campaign: Campaign, language: str) -> Sketch | None:
    """The page as it would print, or None where the text must be mended first or is not begun."""
    sound = not form.errors and (form.validate() if form.is_submitted() else bool(form.body.data))
    return sketch(campaign, form.text(language)) if sound else None


def _release_lock() -> None:
    """Setting a page takes a while; others may write in the meantime."""
    read_only()


def _labels() -> dict[str, str]:
    return {
        "subject": gettext("Subject"),
        "salutation": gettext("Salutation"),
        "body": gettext("Letter"),
        "closing": gettext("Closing"),
    }


def _said(version: TextVersion | None) -> tuple[str, str]:
    if version is None:
        return gettext("Nothing was changed, so no new version was made."), "notice"
    return gettext("Version %(number)s is saved. New letters say this.", number=version.number), "good"
