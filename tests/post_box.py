"""A mail server that keeps what it is sent: as much of SMTP (RFC 5321) as sending takes."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from flask import Flask


class PostBox(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: list[EmailMessage] = []
        self.arrived = threading.Semaphore(0)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def next(self) -> EmailMessage:
        """The letter that arrives next."""
        assert self.arrived.acquire(timeout=20), "no e-mail arrived"
        return self.letters[-1]


class _Conversation(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        self._say("220 post box")
        while line := self.rfile.readline().strip():
            command = line[:4].upper()
            if command == b"DATA":
                self._take()
            elif command == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self._say("250 taken")
        self.server.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.server.arrived.release()

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def post_box(app: Flask) -> Iterator[PostBox]:
    """A mail server to which ``app`` sends its e-mail; what is on its way in the end arrives."""
    with PostBox() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        state = app.extensions["mailman"]
        state.backend, state.server, state.port, state.use_tls = "smtp", "127.0.0.1", server.port, False
        app.config.update(MAIL_SERVER="127.0.0.1", MAIL_DEFAULT_SENDER="letters@example.org")
        try:
            yield server
            for sending in threading.enumerate():
                if sending.name == "mail":
                    sending.join(timeout=20)
        finally:
            server.shutdown()
            thread.join(timeout=10)
