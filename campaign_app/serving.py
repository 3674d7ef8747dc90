"""The server that comes along: waitress, which reads a request whole before a thread of the application has it."""

from __future__ import annotations

import logging
import socket
import time
from typing import Any

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.utilities import RequestEntityTooLarge

from campaign_app.config import LARGEST_UPLOAD

LONGEST_UPLOAD = 900.0  # s; a hundred photos from a phone take some minutes


class TimedRequest(HTTPRequestParser):  # type: ignore[misc]
    """A request that has to be here after a while: whoever sends one byte a minute would keep a connection for ever.

    (One that sends nothing at all for two minutes is cut off by waitress.)
    """

    completed: bool

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self._until = time.monotonic() + LONGEST_UPLOAD

    def received(self, data: bytes) -> int:
        taken: int = super().received(data)
        if not self.completed and time.monotonic() > self._until:
            self.error = RequestEntityTooLarge("The upload took too long.")
            self.completed = True
        return taken


class TimedChannel(HTTPChannel):  # type: ignore[misc]
    """A connection whose requests are timed."""

    parser_class = TimedRequest


def server(app: Flask, listener: socket.socket) -> Any:
    """A server for ``app`` on a socket that listens; ``run`` serves until a signal comes or ``close`` is called."""
    made = create_server(
        app,
        sockets=[listener],
        threads=app.config["THREADS"],
        ident=None,
        clear_untrusted_proxy_headers=not app.config["TRUSTED_PROXIES"],
        # In between, the site says itself what is wrong.
        max_request_body_size=2 * max(app.config["MAX_CONTENT_LENGTH"], LARGEST_UPLOAD),
    )
    made.channel_class = TimedChannel
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that a request waits a moment is no news
    return made
