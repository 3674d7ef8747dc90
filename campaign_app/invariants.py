"""What must hold of everything that is stored: ``campaign-app check`` goes through it.

Each room says what must hold of its own, in its ``invariants.py``, which ``application`` imports:

    @invariant("No vote is counted twice")
    def votes_once() -> Iterator[str]:
        yield from (f"vote {id}" for id in ...)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.exc import SQLAlchemyError

from campaign_app.db import db

Find = Callable[[], Iterable[str]]

INVARIANTS: dict[str, Find] = {}


def invariant(claim: str) -> Callable[[Find], Find]:
    """Register a function that names whatever breaks ``claim``: rows and files by id and name, never by content."""
    if claim in INVARIANTS:
        raise KeyError(claim)

    def register(find: Find) -> Find:
        INVARIANTS[claim] = find
        return find

    return register


def broken() -> Iterator[str]:
    """Every breach, with the claim that it breaks. What cannot be looked at is one, too."""
    for claim, find in INVARIANTS.items():
        try:
            yield from (f"{claim}: {breach}" for breach in find())
        except (SQLAlchemyError, OSError) as error:
            db.session.rollback()
            yield f"{claim}: cannot be looked at ({getattr(error, 'orig', None) or error})"


def each(what: str, query: Executable) -> Iterator[str]:
    """A breach for each row of ``query``: ``what``, filled in with the row's values."""
    rows: Any = db.session.execute(query)
    yield from (what.format(*row) for row in rows)
