"""Sign-in, by Flask-Security."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_security import LoginForm, Security, SQLAlchemyUserDatastore, UserMixin
from sqlalchemy import select
from wtforms import EmailField, PasswordField

from campaign_app.access.models import Account
from campaign_app.db import db
from campaign_app.forms import required
from campaign_app.people.models import Membership, email_index

security = Security()


class Accounts(SQLAlchemyUserDatastore):
    """The accounts, found by the blind index of their e-mail address."""

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> UserMixin | None:
        if "email" in wanted:
            return db.session.scalar(select(Account).where(Account.email_index == email_index(wanted["email"])))
        return super().find_user(case_insensitive, **wanted)


accounts = Accounts(db, Account, Membership)

DEMO_PASSWORD = "letters for human rights"  # noqa: S105 - shown on the sign-in page, and good for demo accounts alone


class SignInForm(LoginForm):
    """E-mail and password. A demo account is admitted only while the site runs as a demonstration."""

    email = EmailField(_("E-mail"), [required])
    password = PasswordField(_("Password"), [required])

    def validate(self, **kwargs: Any) -> bool:
        if not super().validate(**kwargs):
            self.email.errors = self.password.errors = ()  # which of them is wrong is not said
            self.form_errors = [gettext("This e-mail and password do not fit together.")]
            return False
        if isinstance(self.user, Account) and self.user.demo and not current_app.config["DEMO"]:
            self.form_errors = [gettext("This account is for demonstrations.")]
            return False
        return True


def init_app(app: Flask) -> None:
    security.init_app(app, accounts, login_form=SignInForm)
    app.jinja_env.globals.update(demo_accounts=demo_accounts, demo_password=DEMO_PASSWORD)


def demo_accounts() -> list[Account]:
    """The accounts that the sign-in page offers while the site runs as a demonstration."""
    if not current_app.config["DEMO"]:
        return []
    return list(db.session.scalars(select(Account).where(Account.demo).order_by(Account.id)))
