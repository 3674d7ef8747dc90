"""The server that comes along, by what it does with uploads that never end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from flask import Flask

from campaign_app import serving

HEAD = b"POST /letters/kept HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\nContent-Length: "
TWO_GIGABYTES = 2 * 1024**3


@pytest.fixture
def server(app: Flask) -> Iterator[socket.socket]:
    """A connection to the served site."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = serving.server(app, listener)
        thread = threading.Thread(target=server.run)
        thread.start()
        with socket.create_connection(listener.getsockname(), timeout=20) as connection:
            yield connection
        server.close()
        thread.join(20)


def answer(connection: socket.socket) -> bytes:
    with connection.makefile("rb") as stream:
        return stream.read()


def test_safety_uploads_two_gigabytes_are_refused_before_they_are_sent(server: socket.socket) -> None:
    server.sendall(HEAD + b"%d\r\n\r\nbegin" % TWO_GIGABYTES)
    assert answer(server).startswith(b"HTTP/1.1 413 ")


def test_safety_uploads_a_slow_one_is_refused(server: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "LONGEST_UPLOAD", 0.2)
    server.sendall(HEAD + b"100\r\n\r\n0123456789")
    time.sleep(0.3)
    server.sendall(b"0")
    assert answer(server).startswith(b"HTTP/1.1 413 ")


def test_an_upload_that_comes_in_pieces_is_taken(server: socket.socket) -> None:
    server.sendall(HEAD + b"10\r\nConnection: close\r\n\r\n01234")
    time.sleep(0.1)
    server.sendall(b"56789")
    assert answer(server).startswith(b"HTTP/1.1 422 ")
