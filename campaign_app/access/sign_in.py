"""Sign-in, by Flask-Security."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, redirect, render_template, session, url_for
from flask_security import Security, SQLAlchemyUserDatastore, UserMixin, current_user
from flask_security.utils import check_and_get_token_status
from sqlalchemy import select
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from campaign_app import keys
from campaign_app.access import forms, passkeys, second_factor, sessions, words
from campaign_app.access.models import Account, Passkey
from campaign_app.access.permissions import first_page
from campaign_app.db import db, now
from campaign_app.people.models import Membership, email_index

security = Security(
    totp_cls=second_factor.CodesTakenOnce,
    mf_recovery_codes_util_cls=second_factor.RecoveryCodes,
    webauthn_util_cls=passkeys.Passkeys,
)


class Accounts(SQLAlchemyUserDatastore):
    """The accounts, found by the blind index of their e-mail address."""

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> UserMixin | None:
        if "email" in wanted:
            return db.session.scalar(select(Account).where(Account.email_index == email_index(wanted["email"])))
        return super().find_user(case_insensitive, **wanted)


accounts = Accounts(db, Account, Membership, Passkey)

DEMO_PASSWORD = "letters for human rights"  # noqa: S105 - shown on the sign-in page, and good for demo accounts alone


def init_app(app: Flask) -> None:
    app.config["SECURITY_TOTP_SECRETS"] = {1: keys.hmac_digest(app.config["SECRET_KEY"], "authenticator apps").hex()}
    app.config["SECURITY_TOTP_ISSUER"] = app.config["SECURITY_WAN_RP_NAME"] = app.config["SECTION_NAME"]
    app.config["SECURITY_DATETIME_FACTORY"] = now
    app.config["SECURITY_POST_LOGIN_VIEW"] = LocalProxy(lambda: first_page(current_user))
    words.init_app(app)
    security.init_app(
        app,
        accounts,
        login_form=forms.SignInForm,
        verify_form=forms.PasswordAgainForm,
        change_password_form=forms.NewPasswordForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_setup_form=forms.SetUpAppForm,
        two_factor_select_form=forms.WhichFactorForm,
        two_factor_rescue_form=forms.NoOtherWayForm,
        mf_recovery_form=forms.RecoveryForm,
        wan_register_form=passkeys.NewPasskeyForm,
        wan_signin_response_form=passkeys.UsedPasskeyForm,
        wan_delete_form=passkeys.DeletePasskeyForm,
    )
    security.want_json(lambda _request: False)  # pages only: JSON would hand out tokens that open the site
    app.view_functions["security.two_factor_rescue"] = _use_a_recovery_code
    ask = app.view_functions["security.two_factor_token_validation"]
    app.view_functions["security.two_factor_token_validation"] = lambda: _unless_signed_in(ask)
    set_up = app.view_functions["security.two_factor_setup_validate"]
    app.view_functions["security.two_factor_setup_validate"] = lambda token: _show_key_again(set_up(token), token)
    sessions.init_app(app)
    app.jinja_env.globals.update(demo_accounts=demo_accounts, demo_password=DEMO_PASSWORD)


def demo_accounts() -> list[Account]:
    """The accounts that the sign-in page offers while the site runs as a demonstration."""
    if not current_app.config["DEMO"]:
        return []
    return list(db.session.scalars(select(Account).where(Account.demo).order_by(Account.id)))


def _show_key_again(answer: Any, token: str) -> Any:
    """After a mistyped code, the page with the same key again: the phone knows that one by now."""
    if answer.location != url_for("security.two_factor_setup"):
        return answer
    expired, invalid, state = check_and_get_token_status(
        token, "tf_setup", current_app.config["SECURITY_TWO_FACTOR_SETUP_WITHIN"]
    )
    if expired or invalid:
        return answer
    values = security.totp_factory.fetch_setup_values(state["totp_secret"], current_user)
    page = render_template(
        "security/two_factor_setup.html",
        two_factor_setup_form=forms.SetUpAppForm(formdata=None),
        two_factor_verify_code_form=forms.CodeForm(formdata=None),
        chosen_method=state["method"],
        state_token=token,
        authr_qrcode=values["image"],
        authr_key=values["key"],
    )
    return page, 422


def _unless_signed_in(ask: Any) -> Any:
    """Whoever is signed in and is asked for no code goes on; the library would end the session."""
    if current_user.is_authenticated and "tf_state" not in session:
        return redirect(first_page(current_user))
    return ask()


def _use_a_recovery_code() -> Response:
    """The one way on for whoever cannot use their second factor."""
    return redirect(url_for("security.mf_recovery"), 303)
