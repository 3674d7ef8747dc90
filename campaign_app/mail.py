"""E-mail: plain text, by the server that the settings name, and none where they name none."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from flask_babel import force_locale
from flask_mailman import EmailMessage, Mail

from campaign_app.i18n import page_language

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    Mail().init_app(app)
    app.jinja_env.globals.update(sends_mail=sends_mail)


def sends_mail() -> bool:
    return bool(current_app.config["MAIL_SERVER"])


def send(to: str, subject: str, body: str) -> None:
    """Send an e-mail now. Raises OSError or smtplib.SMTPException where the server does not take it."""
    EmailMessage(subject=subject, body=body, from_email=current_app.config["MAIL_DEFAULT_SENDER"], to=[to]).send()


def in_background(work: Callable[..., None], *arguments: Any) -> threading.Thread:
    """Do ``work`` beside the request, in its language: the answer neither waits for it nor tells how it went."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    language = page_language().replace("-", "_")

    def run() -> None:
        with app.app_context(), force_locale(language):
            try:
                work(*arguments)
            except Exception as error:
                log.error("An e-mail could not be sent: %s", type(error).__name__)

    thread = threading.Thread(target=run, name="mail")
    thread.start()
    return thread
