"""Telling people from programs that fill in forms, without asking people for anything.

The form has a field that nobody sees, and says when it was opened. A letter that comes sooner than anybody can write is
made like any other; but such letters are few, or they are too many from one address.
"""

from __future__ import annotations

import time

from cryptography.fernet import InvalidToken
from flask import current_app, g
from werkzeug.wrappers import Response

from campaign_app import keys

SOONEST = 3  # seconds from opening the form to sending it


def stamp() -> str:
    """When the form was opened, sealed."""
    return keys.box(current_app.config["SECRET_KEY"], "form opened").encrypt(b"").decode()


def note(stamped: str) -> None:
    """Note for the limits whether the form that was opened at ``stamped`` is sent in haste."""
    g.in_haste = _seconds_since(stamped) < SOONEST


def made_in_haste(_answer: Response) -> bool:
    return bool(g.get("in_haste"))


def _seconds_since(stamped: str) -> float:
    box = keys.box(current_app.config["SECRET_KEY"], "form opened")
    try:
        return time.time() - box.extract_timestamp(stamped.encode())
    except InvalidToken:
        return 0
