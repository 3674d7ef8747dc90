"""The second factor: codes from an app, each taken once, and printed codes for a lost phone.

Whoever organizes or serves as staff needs one. They may sign in once without it; from then on they are led to set it
up, and reach nothing else of the desk before.
"""

from __future__ import annotations

import secrets
from typing import Any

import segno
from flask import Flask, current_app, flash, redirect, request, url_for
from flask_babel import gettext
from flask_security import (
    MfRecoveryCodesUtil,
    Totp,
    UserMixin,
    current_user,
    password_changed,
    tf_disabled,
    tf_profile_changed,
    wan_deleted,
    wan_registered,
)
from passlib.totp import TokenError, TotpMatch
from sqlalchemy import or_, update
from werkzeug.wrappers import Response

from campaign_app.access import sessions
from campaign_app.access.models import Account
from campaign_app.access.permissions import PERMISSIONS, declared
from campaign_app.db import db
from campaign_app.keys import ALPHABET
from campaign_app.privacy import audit
from campaign_app.sealing import vault

RECOVERY_CODES = 10
RECOVERY_CODE_LENGTH = 12  # characters: 60 bits
# What can be reached before the second factor is set up, besides public pages.
SETTING_UP = {
    "own_account.show",
    "own_account.end_session",
    "own_account.end_other_sessions",
    "security.change_password",
    "security.two_factor_setup",
    "security.two_factor_setup_validate",
    "security.wan_register",
    "security.wan_register_response",
    "security.verify",
}


class CodesTakenOnce(Totp):
    """The codes of an authenticator app, which refuse to be replayed."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        return user.tf_last_counter  # type: ignore[attr-defined]

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Take the code, unless another request took it in the meantime. Raises TokenError."""
        unused = or_(Account.tf_last_counter.is_(None), Account.tf_last_counter < tmatch.counter)
        taken = update(Account).where(Account.id == user.id, unused).values(tf_last_counter=tmatch.counter)
        if not db.session.execute(taken).rowcount:  # type: ignore[attr-defined]
            raise TokenError

    def generate_qrcode(self, username: str, totp: str) -> str:
        return segno.make(self.get_totp_uri(username, totp), error="M").svg_data_uri(scale=5, border=4)


class RecoveryCodes(MfRecoveryCodesUtil):
    """Codes to print: shown once, kept as blind indexes, and each of them good for one sign-in."""

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
        user.mf_recovery_codes = [_index(code) for code in codes]
        audit.record("make recovery codes", user)
        return codes

    def get_recovery_codes(self, user: UserMixin) -> list[str]:  # noqa: ARG002
        return []  # nobody can show them again

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        db.session.refresh(user, with_for_update=True)  # two requests with one code wait for each other
        return _index(code) in (user.mf_recovery_codes or ())

    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:
        known = user.mf_recovery_codes or []
        user.mf_recovery_codes = [other for other in known if other != _index(code)]
        return len(user.mf_recovery_codes) < len(known)


def init_app(app: Flask) -> None:
    app.before_request(_lead)
    app.jinja_env.globals.update(
        lacks_second_factor=lambda: lacks_second_factor(current_user),
        is_setting_up=lambda: request.endpoint in SETTING_UP,
    )
    for signal, action in (
        (tf_profile_changed, "set up authenticator app"),
        (tf_disabled, "remove authenticator app"),
        (wan_registered, "add passkey"),
        (wan_deleted, "remove passkey"),
    ):
        signal.connect(_recorder(action), app, weak=False)
    password_changed.connect(_end_other_sessions, app)


def lacks_second_factor(account: Account) -> bool:
    """Whether somebody needs a second factor and has none. Demo accounts on a demonstration need none."""
    if not account.is_authenticated or (account.demo and current_app.config["DEMO"]):
        return False
    return account.needs_second_factor and not account.has_second_factor


def take_away(account: Account) -> None:
    """Forget every second factor of somebody who lost them."""
    account.tf_primary_method = account.tf_totp_secret = account.mf_recovery_codes = None
    account.webauthn.clear()


def _lead() -> Response | None:
    """Lead whoever lacks a second factor to its page, once their grace is over."""
    endpoint = request.endpoint
    if endpoint is None or endpoint in SETTING_UP or not lacks_second_factor(current_user):
        return None
    session, name = sessions.current(), declared(current_app, endpoint)
    if (session and session.grace) or (name and PERMISSIONS[name].is_public):
        return None
    flash(gettext("Please set up your second factor first."), "warning")
    return redirect(url_for("own_account.show"), 303)


def _recorder(action: str) -> Any:
    return lambda _app, user, **_: audit.record(action, user)


def _end_other_sessions(_app: Flask, user: Account, **_: Any) -> None:
    db.session.flush()
    sessions.end(user, but=sessions.current())
    audit.record("change password", user)


def _recovery_code() -> str:
    code = "".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_CODE_LENGTH))
    return "-".join(code[start : start + 4] for start in range(0, RECOVERY_CODE_LENGTH, 4))


def _index(code: str) -> str:
    """What is kept of a recovery code; however it is typed, it is the same one."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return vault().index("recovery code", plain.translate(str.maketrans("OIL", "011")))
