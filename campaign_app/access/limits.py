"""How often is too often. Attempts are counted by account and by address, in memory or in Redis, and forgotten soon.

Nothing is locked for good, and no address is stored: what is counted is a keyed hash, good for a counter alone.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, request, session
from flask_limiter import Limiter
from werkzeug.wrappers import Response

from campaign_app import keys
from campaign_app.letters import haste


def address() -> str:
    """Who asks, by address: of IPv6 the network, since one household has many addresses."""
    asked_from = request.remote_addr or ""
    try:
        parsed = ipaddress.ip_address(asked_from)
    except ValueError:
        return _hashed("address", asked_from)
    network = ipaddress.ip_network((parsed, 64), strict=False) if parsed.version == 6 else parsed
    return _hashed("address", str(network))


def account() -> str:
    """Whom somebody wants to be: the e-mail address that was typed, whether it has an account or not."""
    return _hashed("account", request.form.get("email", "").strip().casefold())


def half_signed_in() -> str:
    """Whose second factor is asked for."""
    return _hashed("second factor", str(session.get("tf_user_id", "")))


def _hashed(kind: str, value: str) -> str:
    return keys.hmac_digest(current_app.config["SECRET_KEY"], "limits", kind, value).hex()


def failed(answer: Response) -> bool:
    return answer.status_code not in (302, 303)


def lost(answer: Response) -> bool:
    """Whether a token or code opened nothing."""
    return answer.status_code in (404, 410, 422)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many answers of an endpoint one key may get; all of them, or only those that ``counts`` names."""

    endpoint: str
    rate: str
    by: Callable[[], str] = address
    counts: Callable[[Response], bool] | None = None
    methods: tuple[str, ...] = ("POST",)


ANY_METHOD = ("GET", "POST")
LIMITS = (
    Limit("security.login", "10 per 15 minutes", account, failed),
    Limit("security.login", "50 per 15 minutes", address, failed),
    Limit("security.verify", "10 per 15 minutes", address, failed),
    Limit("security.change_password", "10 per 15 minutes", address, failed),
    Limit("security.two_factor_token_validation", "10 per 15 minutes", half_signed_in, failed),
    Limit("security.mf_recovery", "10 per 15 minutes", half_signed_in, failed),
    Limit("security.wan_signin_response", "50 per 15 minutes"),
    Limit("resets.ask", "5 per hour", account),
    Limit("resets.ask", "30 per hour"),
    Limit("resets.choose", "30 per 15 minutes", address, lost, ANY_METHOD),
    Limit("invitations.accept", "30 per 15 minutes", address, lost, ANY_METHOD),
    Limit("invitations.create", "100 per hour"),
    Limit("letters.write", "3000 per minute"),  # a letter evening behind one address, and then some
    Limit("letters.write", "120 per minute", address, haste.made_in_haste),
    Limit("letters.preview", "3000 per minute"),
    Limit("letters.take", "3000 per minute"),
    Limit("letters.kept", "30 per 15 minutes", address, lost),
    Limit("posting.frame", "1200 per minute"),  # the phones of a letter evening, three frames a second each
    Limit("posting.scan", "1200 per minute"),
    Limit("kiosk.start", "60 per 15 minutes", address, lost, ANY_METHOD),
    Limit("kiosk.wall", "60 per 15 minutes", address, lost, ANY_METHOD),
    Limit("kiosk.number", "60 per 15 minutes", address, lost, ANY_METHOD),
    Limit("kiosk.done", "60 per 15 minutes", address, lost, ANY_METHOD),
    Limit("kiosk.write", "300 per minute"),  # one laptop or several of one evening
    Limit("kiosk.write", "60 per 15 minutes", address, lost, ("GET",)),
    Limit("kiosk.preview", "600 per minute"),
    Limit("reminders.ask", "60 per hour"),
    Limit("reminders.entry", "60 per 15 minutes"),
    Limit("collectors.note", "60 per 15 minutes", address, lost, ANY_METHOD),
    *(
        Limit(f"public.{page}", "600 per minute", methods=("GET",))
        for page in ("atom", "campaigns", "campaign", "counter", "counter_image")
    ),
    Limit("news.stop", "60 per 15 minutes", address, lost, ANY_METHOD),
    Limit("news.stopped", "60 per 15 minutes", address, lost),
    Limit("follow_ups.write_own", "60 per 15 minutes", address, lost, ANY_METHOD),
    Limit("follow_ups.write_own", "300 per minute"),
    Limit("follow_ups.preview_own", "600 per minute"),
    Limit("tracking.letter", "60 per 15 minutes", address, lost, ANY_METHOD),
    Limit("tracking.posted", "60 per 15 minutes", address, lost),
    Limit("tracking.not_posted", "60 per 15 minutes", address, lost),
)


def init_app(app: Flask) -> None:
    """Put the limits on the views, which must be registered by now."""
    app.extensions["limits"] = limiter = Limiter(  # which its own decorators refer to weakly
        address,
        app=app,
        storage_uri=app.config["RATE_LIMIT_STORAGE"],
        strategy="moving-window",
        in_memory_fallback_enabled=True,  # without Redis, each process counts by itself
    )
    for limit in LIMITS:
        decorate = limiter.shared_limit(
            limit.rate,
            scope=f"{limit.endpoint} {limit.by.__name__} {limit.rate}",
            key_func=limit.by,
            deduct_when=limit.counts,
            methods=list(limit.methods),
        )
        view = app.view_functions[limit.endpoint]
        app.view_functions[limit.endpoint] = decorate(view)  # type: ignore[assignment]
