"""The forms of signing in and of keeping one's account, with our labels; what they check is Flask-Security's."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    MfRecoveryForm,
    TwoFactorRescueForm,
    TwoFactorSelectForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from wtforms import EmailField, HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import EqualTo, Length, ValidationError

from campaign_app.access.models import Account
from campaign_app.forms import Form, required

LONGEST_PASSWORD = 200  # characters; hashing takes time
_LONG_ENOUGH = _("At least 12 characters. A sentence is easy to remember.")
_NOT_THE_SAME = _("The two passwords are not the same.")
_short = Length(max=LONGEST_PASSWORD)


class SignInForm(LoginForm):
    """E-mail and password. A demo account is admitted only while the site runs as a demonstration."""

    email = EmailField(_("E-mail"), [required])
    password = PasswordField(_("Password"), [required, _short])
    remember = None  # a session ends by itself

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = ""

    def validate(self, **kwargs: Any) -> bool:
        if not super().validate(**kwargs):
            self.email.errors = self.password.errors = ()  # which of them is wrong is not said
            self.form_errors = [gettext("This e-mail and password do not fit together.")]
            return False
        if isinstance(self.user, Account) and self.user.demo and not current_app.config["DEMO"]:
            self.form_errors = [gettext("This account is for demonstrations.")]
            return False
        return True


class PasswordAgainForm(VerifyForm):
    password = PasswordField(_("Password"), [required, _short])


class NewPasswordForm(ChangePasswordForm):
    password = PasswordField(_("Your password now"), [required, _short])
    new_password = PasswordField(_("New password"), [required, _short], description=_LONG_ENOUGH)
    new_password_confirm = PasswordField(
        _("The new password once more"), [required, EqualTo("new_password", _NOT_THE_SAME)]
    )


class CodeForm(TwoFactorVerifyCodeForm):
    code = StringField(_("Code"), [required, Length(max=20)], description=_("Six digits, as your app shows them now."))

    def validate(self, **kwargs: Any) -> bool:
        if isinstance(self.user, Account) and self.user.demo and not current_app.config["DEMO"]:
            return False
        return super().validate(**kwargs)


class RecoveryForm(MfRecoveryForm):
    code = StringField(_("Recovery code"), [required, Length(max=40)], description=_("One that you did not use yet."))


class SetUpAppForm(TwoFactorSetupForm):
    setup = HiddenField()  # a button's value, since there is one method


class WhichFactorForm(TwoFactorSelectForm):
    which = HiddenField(validators=[required])  # a button's value


class NoOtherWayForm(TwoFactorRescueForm):
    help_setup = RadioField(choices=[])  # Flask-Security adds to it; our page leads to the recovery codes itself


class FirstPasswordForm(Form):
    """A password for an account, twice; a base for forms that make one or replace it."""

    password = PasswordField(_("Password"), [required, _short], description=_LONG_ENOUGH)
    again = PasswordField(_("The password once more"), [required, EqualTo("password", _NOT_THE_SAME)])

    def validate_password(self, field: PasswordField) -> None:
        password_util = current_app.extensions["security"].password_util
        wrong, normal = password_util.validate(field.data or "", is_register=False)
        if wrong:
            raise ValidationError(wrong[0])
        field.data = normal
