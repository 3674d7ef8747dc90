"""Settings and their defaults: all of them stand in ``SETTINGS``.

A setting is looked up in the environment as ``CAMPAIGN_APP_<NAME>``, then in ``instance/config.toml`` under its
name in lower case, then here. Lists are written with commas in the environment.
"""

from __future__ import annotations

import os
import secrets
import tomllib
import warnings
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SETTINGS: dict[str, tuple[Any, str]] = {
    "SITE_URL": ("http://127.0.0.1:8000", "The address under which people reach the site; QR codes lead there."),
    "DATABASE_URL": ("", "An SQLAlchemy address; empty for SQLite in the instance folder."),
    "SECRET_KEY": ("", "At least 32 characters; empty for one generated into the instance folder."),
    "SECTION_NAME": ("Letters for Human Rights", "The name at the top of every page."),
    "ORGANIZATION_NAMES": (
        [],
        "Names that letters of a campaign must not hold where it may not name the organization.",
    ),
    "COUNTRY": ("KR", "Where letters are posted from unless the writer says otherwise (ISO 3166)."),
    "TIME_ZONE": ("Asia/Seoul", "The time zone of the section and of new campaigns."),
    "LANGUAGES": (["en", "ko"], "Languages of the pages, the first one as default."),
    "PRESS_PROCESSES": (2, "Processes that set letters on paper; 0 to do it in the process that serves pages."),
    "THREADS": (48, "Threads that serve pages; most of them only wait for the press."),
    "WORKERS": (
        1,
        "Threads that do jobs beside the pages; 0 where `campaign-app worker` does them in its own process.",
    ),
    "TRUSTED_PROXIES": (0, "How many reverse proxies stand in front of the site."),
    "RATE_LIMITS": (True, "Whether attempts and floods are limited; off only to measure how fast the site is."),
    "RATE_LIMIT_STORAGE": (
        "memory://",
        "Where attempts are counted; redis://… where several processes share the site.",
    ),
    "MAIL_SERVER": ("", "The SMTP server that sends e-mail; empty for links to copy instead."),
    "MAIL_PORT": (587, "The SMTP server's port."),
    "MAIL_USE_TLS": (True, "Begin TLS with the SMTP server."),
    "MAIL_USERNAME": ("", "The user at the SMTP server; empty for none."),
    "MAIL_PASSWORD": ("", "The password at the SMTP server."),
    "MAIL_DEFAULT_SENDER": ("", "The address that e-mail comes from."),
    "DEMO": (False, "Show and admit the demo accounts; never where the site can be reached from outside."),
}
SECRET_KEY_LENGTH = 32
LOOPBACK = ("127.0.0.1", "::1", "localhost")
ENVIRONMENT_PREFIX = "CAMPAIGN_APP_"
LARGEST_UPLOAD = 200 * 1024 * 1024  # bytes; scans of signature sheets: forty photographs, five hundred pages
LARGEST_REQUEST = 32 * 1024 * 1024  # bytes; a story's image or a target list
LARGEST_FIELDS = 2 * 1024 * 1024  # bytes of a form's text fields


def instance_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder that ``CAMPAIGN_APP_INSTANCE`` names, if it does."""
    named = environment.get(f"{ENVIRONMENT_PREFIX}INSTANCE")
    return Path(named).resolve() if named else None


def load(
    instance: Path, environment: Mapping[str, str] = os.environ, given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """All settings for Flask: what is given, the environment, ``config.toml`` in ``instance``, and the defaults.

    Raises ValueError where a setting is unknown or not of its kind.
    """
    file = instance / "config.toml"
    written = {key.upper(): value for key, value in tomllib.loads(file.read_text()).items()} if file.exists() else {}
    if unknown := written.keys() - SETTINGS.keys():
        raise ValueError(f"{file} has unknown settings: {', '.join(sorted(unknown)).lower()}")
    settings = {name: default for name, (default, _) in SETTINGS.items()} | written
    for name in SETTINGS:
        if (value := environment.get(ENVIRONMENT_PREFIX + name)) is not None:
            settings[name] = value
    settings = {name: _of_kind(name, value) for name, value in settings.items()} | dict(given or {})
    settings["SECRET_KEY"] = _secret_key(settings["SECRET_KEY"], instance)
    return _for_libraries(settings, instance) | settings


def is_in_environment(name: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment gives the setting."""
    return ENVIRONMENT_PREFIX + name in environment


def _of_kind(name: str, value: Any) -> Any:
    kind = type(SETTINGS[name][0])
    if isinstance(value, kind):
        return value
    if not isinstance(value, str):
        raise ValueError(f"The setting {name} must be of the kind {kind.__name__}.")
    if kind is bool:
        return value.lower() in ("1", "true", "yes", "on")
    if kind is list:
        return [part.strip() for part in value.split(",") if part.strip()]
    try:
        return kind(value)
    except ValueError as error:
        raise ValueError(f"The setting {name} must be of the kind {kind.__name__}.") from error


def _secret_key(given: str, instance: Path) -> str:
    """The given key if it is strong, else one kept in a file that only its owner can read."""
    if len(given) >= SECRET_KEY_LENGTH:
        return given
    if given:
        warnings.warn("SECRET_KEY is too short; a generated one is used instead.", stacklevel=3)
    file = instance / "secret_key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(descriptor, "w") as stream:
        stream.write(key := secrets.token_urlsafe(SECRET_KEY_LENGTH))
    return key


def _trusted_hosts(site_url: str) -> list[str] | None:
    """The names under which the site answers: its own and this machine's. Any, until it is told its own."""
    host = urlsplit(site_url).hostname or ""
    if site_url == SETTINGS["SITE_URL"][0] or ":" in host:  # Werkzeug compares no IPv6 addresses
        return None
    return [host, "127.0.0.1", "localhost"]


def _for_libraries(settings: dict[str, Any], instance: Path) -> dict[str, Any]:
    return {
        "SQLALCHEMY_DATABASE_URI": settings["DATABASE_URL"] or f"sqlite:///{instance / 'campaigns.sqlite'}",
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": 10, "max_overflow": settings["THREADS"]},
        "RATELIMIT_ENABLED": settings["RATE_LIMITS"],
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FIELDS,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings["SITE_URL"].startswith("https:"),
        "PERMANENT_SESSION_LIFETIME": 12 * 3600,  # seconds
        "BABEL_DEFAULT_LOCALE": settings["LANGUAGES"][0],
        "BABEL_DEFAULT_TIMEZONE": settings["TIME_ZONE"],
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
        "TRUSTED_HOSTS": _trusted_hosts(settings["SITE_URL"]),
        "WTF_CSRF_TIME_LIMIT": None,  # a letter may take an evening; the token ends with the session
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SALT": settings["SECRET_KEY"],
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_CHANGE_URL": "/account/password",
        "SECURITY_VERIFY_URL": "/account/password-again",
        "SECURITY_TWO_FACTOR_SETUP_URL": "/account/app",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
        "SECURITY_WAN_REGISTER_URL": "/account/passkeys",
        "SECURITY_WAN_DELETE_URL": "/account/passkeys/remove",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
        "SECURITY_TWO_FACTOR_RESCUE_URL": "/sign-in/without",
        "SECURITY_TWO_FACTOR_SELECT_URL": "/sign-in/which",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
        "SECURITY_WAN_SIGNIN_URL": "/sign-in/passkey",
        "SECURITY_POST_CHANGE_VIEW": "own_account.show",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "own_account.show",
        "SECURITY_WAN_POST_REGISTER_VIEW": "own_account.show",
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {
            "code": "flask_security.twofactor.CodeTfPlugin",
            "webauthn": "campaign_app.access.passkeys.PasskeyFactor",
        },
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,  # seconds that a clock may be wrong
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_WEBAUTHN": True,
        "SECURITY_WAN_ALLOW_USER_HINTS": False,
        "SECURITY_WAN_ALLOW_AS_VERIFY": None,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_UNAUTHORIZED_VIEW": None,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_I18N_DIRNAME": ["translations", "builtin"],
        "SECURITY_FLASH_MESSAGES": True,
        "SECURITY_FRESHNESS": timedelta(minutes=15),  # then second factors are changed with the password only
        "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(0),
        "SECURITY_JOIN_USER_ROLES": False,
    }
