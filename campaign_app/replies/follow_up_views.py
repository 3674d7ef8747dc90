"""Letters that wait for a reply for too long, and the form in which somebody asks again."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from campaign_app import keys
from campaign_app.access.permissions import mine, permission
from campaign_app.db import db, read_only
from campaign_app.letters.forms import Choice
from campaign_app.letters.models import LetterRecord
from campaign_app.letters.record import PAGE
from campaign_app.letters.views import answer, form_of, previewed
from campaign_app.replies import follow_up_texts, follow_ups

bp = Blueprint("follow_ups", __name__)

Answer = str | tuple[str, int] | Response


@bp.get("/desk/replies/waiting")
@permission("track")
def index() -> str:
    """What had no reply after its campaign's waiting time, by campaign and target, the longest first."""
    return render_template("replies/waiting.html", waiting=follow_ups.waiting())


@bp.route("/desk/replies/waiting/<int:letter_id>/write", methods=["GET", "POST"])
@permission("track")
def write(letter_id: int) -> Answer:
    """One letter that follows up this one, and all that wait like it."""
    read_only()
    letter = db.session.scalar(mine(LetterRecord, "track").where(LetterRecord.id == letter_id)) or abort(404)
    waiting = follow_ups.like(letter)
    if letter not in waiting and request.method == "GET":
        return redirect(url_for(".index"), 303)  # somebody else was quicker, or a reply came
    return _written(waiting or [letter], url_for(".preview", letter_id=letter_id))


@bp.post("/desk/replies/waiting/<int:letter_id>/write/preview")
@permission("track")
def preview(letter_id: int) -> str:
    """The letter as it would print now, as a piece of the page."""
    read_only()
    letter = db.session.scalar(mine(LetterRecord, "track").where(LetterRecord.id == letter_id)) or abort(404)
    return _previewed(follow_ups.like(letter) or [letter])


@bp.route(f"{PAGE}<token>/write-again", methods=["GET", "POST"])
@permission("write letters")
def write_own(token: str) -> Answer:
    """Whoever has the letter's QR code asks again."""
    read_only()
    letter = _of_token(token)
    if not follow_ups.is_overdue(letter) and request.method == "GET":
        return redirect(url_for("tracking.letter", token=token), 303)
    return _written([letter], url_for(".preview_own", token=token))


@bp.post(f"{PAGE}<token>/write-again/preview")
@permission("write letters")
def preview_own(token: str) -> str:
    """The same letter as it would print now."""
    read_only()
    return _previewed([_of_token(token)])


def _of_token(token: str) -> LetterRecord:
    query = select(LetterRecord).where(LetterRecord.token_hash == keys.token_hash(token))
    return db.session.scalar(query) or abort(404)


def _written(letters: Sequence[LetterRecord], preview_at: str) -> Answer:
    """The form, what it would print, or the letter that it makes."""
    choice = _choice(letters, preview_at)
    if not choice.campaign.takes_follow_ups:
        return redirect(url_for("campaigns.show", slug=choice.campaign.slug), 303)
    return answer(form_of(choice), choice)


def _previewed(letters: Sequence[LetterRecord]) -> str:
    choice = _choice(letters, "")
    return previewed(form_of(choice), choice)


def _choice(letters: Sequence[LetterRecord], preview_at: str) -> Choice:
    """What the form offers: one target, and what follow-ups say in the first letter's language or the one asked for."""
    oldest = letters[0]
    texts = follow_up_texts.offered(oldest.campaign, oldest.language)
    by_language = {text.language: text for text in texts}
    wanted = (request.form.get("switch"), request.form.get("language"), request.args.get("language"))
    language = next((tag for tag in wanted if tag in by_language), texts[0].language)
    follows = follow_ups.following(letters)
    return Choice(oldest.campaign, by_language[str(language)], [oldest.target], [], texts, preview_at, follows)
