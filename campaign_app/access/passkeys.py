"""Passkeys. Each of them is good for both: to sign in with alone, where it makes sure of its owner by a PIN, a finger
or a face, and as the second factor after a password.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, session
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_security import (
    UserMixin,
    WebAuthnDeleteForm,
    WebAuthnRegisterForm,
    WebAuthnSigninResponseForm,
    WebauthnUtil,
    current_user,
)
from flask_security.webauthn import WebAuthnTfPlugin
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from wtforms import HiddenField, StringField

from campaign_app.forms import required

BOTH = "first"  # Flask-Security's word for a key that may come first; here it may come second, too


class Passkeys(WebauthnUtil):
    """What is asked of the devices that make and use passkeys."""

    def authenticator_selection(self, user: UserMixin, usage: str) -> AuthenticatorSelectionCriteria:  # noqa: ARG002
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        )

    def authentication_options(
        self, user: UserMixin | None, usage: list[str], existing_options: dict[str, Any]
    ) -> dict[str, Any]:
        if "secondary" in usage and user is not None:
            existing_options["allow_credentials"] = [
                PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in user.webauthn
            ]
        return super().authentication_options(user, usage, existing_options)

    def user_verification(self, user: UserMixin | None, usage: list[str]) -> UserVerificationRequirement:  # noqa: ARG002
        """A key that comes first stands for both factors, so that holding it is not enough."""
        if "secondary" in usage:
            return UserVerificationRequirement.DISCOURAGED
        return UserVerificationRequirement.REQUIRED


class PasskeyFactor(WebAuthnTfPlugin):
    """A passkey as the second factor after a password: any that the account has."""

    def get_setup_methods(self, user: UserMixin) -> list[tuple[str, str]]:
        return [("webauthn", "")] if user.webauthn else []


class NewPasskeyForm(WebAuthnRegisterForm):
    usage = HiddenField()
    name = StringField(_("Name of the passkey"), [required], description=_("Such as: my phone, blue key."))

    def validate(self, **kwargs: Any) -> bool:
        self.usage.data = BOTH
        return super().validate(**kwargs)


class UsedPasskeyForm(WebAuthnSigninResponseForm):
    """What the device answered, for the account that began to sign in where one did."""

    def validate(self, **kwargs: Any) -> bool:
        self.remember.data = ""  # a session ends by itself
        second, self.is_secondary = self.is_secondary, False  # each passkey is good for both
        if not super().validate(**kwargs):
            return False
        if second and (self.user is None or self.user.fs_uniquifier != session["tf_user_id"]):
            self.credential.errors = [gettext("This passkey belongs to another account.")]
            return False
        if getattr(self.user, "demo", False) and not current_app.config["DEMO"]:
            self.credential.errors = [gettext("This account is for demonstrations.")]
            return False
        return True


class DeletePasskeyForm(WebAuthnDeleteForm):
    """Take a passkey away, unless the account would be left without the second factor that it needs."""

    def validate(self, **kwargs: Any) -> bool:
        if not super().validate(**kwargs):
            return False
        only = len(current_user.webauthn) == 1 and not current_user.tf_totp_secret
        if only and current_user.needs_second_factor:
            self.name.errors = [gettext("This is your only second factor. Set up another one first.")]
            return False
        return True
