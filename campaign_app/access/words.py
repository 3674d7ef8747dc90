"""What Flask-Security says to people, in our words and in the language of the page."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _

WRONG, WELL, NOTE = "error", "good", "info"
_AGAIN = _("Something went wrong on the way. Please start again.")
_WRONG_CODE = _("This code is not right, was used before, or came too late. Wait for the next one.")
_TOO_LATE = _("That took too long. Please start again.")
_UNKNOWN_PASSKEY = _("This passkey is not known here.")

MESSAGES = {
    "API_ERROR": (_AGAIN, WRONG),
    "ANONYMOUS_USER_REQUIRED": (_("You are signed in already."), NOTE),
    "DISABLED_ACCOUNT": (_("This account is closed."), WRONG),
    "EMAIL_NOT_PROVIDED": (_("Please fill this in."), WRONG),
    "GENERIC_AUTHN_FAILED": (_("This e-mail and password do not fit together."), WRONG),
    "INVALID_CODE": (_WRONG_CODE, WRONG),
    "INVALID_EMAIL_ADDRESS": (_("This is no e-mail address."), WRONG),
    "INVALID_INPUT": (_("These characters cannot be used here."), WRONG),
    "INVALID_INPUT_LENGTH": (_("This is too long."), WRONG),
    "INVALID_PASSWORD": (_("This is not your password."), WRONG),
    "INVALID_RECOVERY_CODE": (_("This code is not right, or was used before."), WRONG),
    "INVALID_REDIRECT": (_AGAIN, WRONG),
    "NO_RECOVERY_CODES_SETUP": (_("There are no recovery codes yet."), NOTE),
    "PASSWORD_CHANGE": (_("Your password is changed, and you are signed out everywhere else."), WELL),
    "PASSWORD_INVALID_LENGTH": (_("A password has at least %(length)s characters."), WRONG),
    "PASSWORD_IS_THE_SAME": (_("This is the password that you have now. Choose another one."), WRONG),
    "PASSWORD_NOT_PROVIDED": (_("Please fill this in."), WRONG),
    "REAUTHENTICATION_REQUIRED": (_("Please type your password once more."), NOTE),
    "REAUTHENTICATION_SUCCESSFUL": (_("Thank you. You can go on now."), WELL),
    "RETYPE_PASSWORD_MISMATCH": (_("The two passwords are not the same."), WRONG),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (_("Your authenticator app is set up."), WELL),
    "TWO_FACTOR_DISABLED": (_("Your authenticator app is no longer asked for."), WELL),
    "TWO_FACTOR_INVALID_TOKEN": (_WRONG_CODE, WRONG),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_("You are signed in."), WELL),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (_("You need this second factor. Set up another one first."), WRONG),
    "TWO_FACTOR_PERMISSION_DENIED": (_AGAIN, WRONG),
    "TWO_FACTOR_SETUP_EXPIRED": (_TOO_LATE, WRONG),
    "UNAUTHENTICATED": (_("Please sign in first."), NOTE),
    "USER_DOES_NOT_EXIST": (_("This e-mail and password do not fit together."), WRONG),
    "WEBAUTHN_CREDENTIAL_DELETED": (_("The passkey is removed."), WELL),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": (_("This passkey is known here already."), WRONG),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": (_UNKNOWN_PASSKEY, WRONG),
    "WEBAUTHN_EXPIRED": (_TOO_LATE, WRONG),
    "WEBAUTHN_MISMATCH_USER_HANDLE": (_UNKNOWN_PASSKEY, WRONG),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": (_("A name has letters, digits, spaces and hyphens."), WRONG),
    "WEBAUTHN_NAME_INUSE": (_("You have a passkey of this name already."), WRONG),
    "WEBAUTHN_NAME_NOT_FOUND": (_("You have no passkey of this name."), WRONG),
    "WEBAUTHN_NAME_REQUIRED": (_("Please fill this in."), WRONG),
    "WEBAUTHN_NO_VERIFY": (_("The passkey could not be checked. Please try again."), WRONG),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": (_UNKNOWN_PASSKEY, WRONG),
    "WEBAUTHN_REGISTER_SUCCESSFUL": (_("The passkey is added."), WELL),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (_UNKNOWN_PASSKEY, WRONG),
}


def init_app(app: Flask) -> None:
    app.config.update({f"SECURITY_MSG_{name}": message for name, message in MESSAGES.items()})
