from __future__ import annotations

from flask_security.core import _default_messages

from campaign_app.access.words import MESSAGES

# What belongs to ways of Flask-Security that are not open here: registration, its own resets, tokens, SMS, OAuth.
NOT_SAID_HERE = {
    "UNAUTHORIZED", "IDENTITY_ALREADY_ASSOCIATED", "IDENTITY_NOT_REGISTERED", "OAUTH_HANDSHAKE_ERROR",
    "PASSWORD_MISMATCH", "PASSWORD_TOO_SIMPLE", "PASSWORD_BREACHED", "PASSWORD_BREACHED_SITE_ERROR", "PHONE_INVALID",
    "INVALID_PASSWORD_CODE", "FORGOT_PASSWORD", "REFRESH", "REFRESH_TOKEN_INVALID", "CODE_HAS_BEEN_SENT",
    "FAILED_TO_SEND_CODE", "USE_CODE",
}  # fmt: skip
NOT_OPEN_HERE = (
    "GENERIC_RECOVERY", "GENERIC_US", "CONFIRM", "EMAIL_CONFIRMED", "ALREADY_CONFIRMED", "INVALID_CONFIRMATION",
    "EMAIL_ALREADY", "PASSWORD_RESET", "INVALID_RESET", "LOGIN", "INVALID_LOGIN", "PASSWORDLESS", "US_", "USERNAME",
    "CHANGE_EMAIL",
)  # fmt: skip


def test_whatever_flask_security_says_here_is_said_in_our_words() -> None:
    said = {name for name in _default_messages if not name.startswith(NOT_OPEN_HERE)} - NOT_SAID_HERE
    assert said - MESSAGES.keys() == set()
    assert MESSAGES.keys() <= _default_messages.keys()
