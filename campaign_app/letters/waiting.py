"""Waiting for the press: writers wait in some of the threads, so that readers always find another one free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from flask import Flask, current_app

SHARE_OF_WRITERS = 0.75  # of the threads


class NoPlace(Exception):
    """As many writers wait for the press as may."""


def init_app(app: Flask) -> None:
    places = max(1, int(app.config["THREADS"] * SHARE_OF_WRITERS))
    app.extensions["places"] = BoundedSemaphore(places)


@contextmanager
def place() -> Iterator[None]:
    """A place among those who wait for the press. Raises NoPlace."""
    places: BoundedSemaphore = current_app.extensions["places"]
    if not places.acquire(blocking=False):
        raise NoPlace
    try:
        yield
    finally:
        places.release()
