"""Who is signed in, and where: each session is a row, so that it can be ended from elsewhere.

The cookie holds a token that is drawn anew at each sign-in; without a row for it, the cookie opens nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, after_this_request, g, request, session
from flask_login import user_logged_in, user_logged_out
from sqlalchemy import delete, select, update
from werkzeug.wrappers import Response

from campaign_app import keys
from campaign_app.access import devices
from campaign_app.access.models import Account, SignedIn
from campaign_app.db import db, now, writing_beside

COOKIE_KEY = "signed_in"
TOKEN_BYTES = 32
SEEN_EVERY = timedelta(minutes=1)  # more often is not written down


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a session lasts: without being used, and at most."""

    idle: timedelta
    longest: timedelta

    def hold(self, row: SignedIn, moment: datetime) -> bool:
        return moment - row.last_seen_at < self.idle and moment - row.started_at < self.longest


FOR_ORGANIZERS_AND_STAFF = Bounds(timedelta(minutes=30), timedelta(hours=12))
FOR_MEMBERS = Bounds(timedelta(hours=12), timedelta(days=30))


def init_app(app: Flask) -> None:
    manager = app.login_manager  # type: ignore[attr-defined]
    manager.user_loader(_only_with_a_row(manager._user_callback))
    manager.request_loader(lambda _request: None)  # nobody comes in by a token in a header or an address
    user_logged_in.connect(_start, app)
    user_logged_out.connect(_end, app)
    app.teardown_request(_write_down_that_it_was_seen)


def current() -> SignedIn | None:
    """The session of this request."""
    found: SignedIn | None = g.get("signed_in")
    return found


def of(account: Account) -> Sequence[SignedIn]:
    """The sessions of an account that still hold, the one that was used last first."""
    rows = db.session.scalars(select(SignedIn).filter_by(account_id=account.id).order_by(SignedIn.last_seen_at.desc()))
    return [row for row in rows if bounds(account).hold(row, now())]


def bounds(account: Account) -> Bounds:
    return FOR_ORGANIZERS_AND_STAFF if account.needs_second_factor else FOR_MEMBERS


def end(account: Account, session_id: int | None = None, *, but: SignedIn | None = None) -> int:
    """End one session of an account, or all ``but`` one; how many these were."""
    query = delete(SignedIn).where(SignedIn.account_id == account.id)
    if session_id is not None:
        query = query.where(SignedIn.id == session_id)
    if but is not None:
        query = query.where(SignedIn.id != but.id)
    return int(db.session.execute(query).rowcount)  # type: ignore[attr-defined]


def _only_with_a_row(known: Callable[[str], Account | None]) -> Callable[[str], Account | None]:
    def load(uniquifier: str) -> Account | None:
        account = known(uniquifier)
        if account is None:
            return None
        g.signed_in = _row(account)
        return account if g.signed_in else None

    return load


def _row(account: Account) -> SignedIn | None:
    hashed = keys.token_hash(session.get(COOKIE_KEY, ""))
    row = db.session.scalar(select(SignedIn).filter_by(token_hash=hashed, account_id=account.id))
    if row is None or not bounds(account).hold(row, now()):
        return None
    if now() - row.last_seen_at > SEEN_EVERY:
        g.seen = row.id
    return row


def _start(_app: Flask, user: Account) -> None:
    """A new session with a token of its own, whatever the cookie held before. The caller commits."""
    _forget(session.pop(COOKIE_KEY, ""))
    for name in ("csrf_token", "_csrf_token"):
        session.pop(name, None)
        g.pop(name, None)
    token = session[COOKIE_KEY] = secrets.token_urlsafe(TOKEN_BYTES)
    agent = request.headers.get("User-Agent", "")
    g.signed_in = SignedIn(
        account_id=user.id, token_hash=keys.token_hash(token), browser=devices.browser(agent),
        system=devices.system(agent), grace=not user.grace_used,
    )  # fmt: skip
    user.grace_used = user.grace_used or user.needs_second_factor
    db.session.add(g.signed_in)


def _end(_app: Flask, user: Account) -> None:  # noqa: ARG001
    """End the session here, not only in the cookie."""
    _forget(session.pop(COOKIE_KEY, ""))
    g.signed_in = None
    after_this_request(_commit)


def _commit(answer: Response) -> Response:
    db.session.commit()
    return answer


def _forget(token: str) -> None:
    db.session.execute(delete(SignedIn).where(SignedIn.token_hash == keys.token_hash(token)))


def _write_down_that_it_was_seen(_error: BaseException | None) -> None:
    """At the end of a request, when the request's own transaction is over and cannot be in the way."""
    if seen := g.pop("seen", None):
        db.session.remove()
        with writing_beside() as beside:
            beside.execute(update(SignedIn).where(SignedIn.id == seen).values(last_seen_at=now()))
