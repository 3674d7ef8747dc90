"""What is sealed in frames opens whole and unchanged, or not at all."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign_app import frames

KEY = bytes(range(32))
SEALED_FRAME = frames.FRAME + frames.TAG


def sealed(content: bytes, about: bytes = b"") -> bytes:
    sink = io.BytesIO()
    sealer = frames.Sealer(sink, KEY, about)
    for at in range(0, len(content), 100_000):
        sealer.write(content[at : at + 100_000])
    sealer.close()
    return sink.getvalue()


def opened(content: bytes, about: bytes = b"", key: bytes = KEY) -> bytes:
    return b"".join(frames.opened(io.BytesIO(content), key, about))


@pytest.mark.parametrize("size", [0, 1, frames.FRAME - 1, frames.FRAME, frames.FRAME + 1, 3 * frames.FRAME])
def test_a_stream_of_any_length_comes_back(size: int) -> None:
    content = bytes(size)
    assert opened(sealed(content)) == content
    assert frames.Opener(io.BytesIO(sealed(content)), KEY).read() == content


@given(st.lists(st.integers(0, frames.FRAME), max_size=6))
def test_a_stream_is_read_in_pieces_of_any_size(sizes: list[int]) -> None:
    content = bytes(range(256)) * 2048
    stream = frames.Opener(io.BytesIO(sealed(content)), KEY)
    assert b"".join([*(stream.read(size) for size in sizes), stream.read()]) == content


@pytest.mark.parametrize(
    "harm",
    [
        lambda whole: whole[:-1],
        lambda whole: whole[:SEALED_FRAME],
        lambda whole: whole[: 2 * SEALED_FRAME],
        lambda whole: whole[:0],
        lambda whole: whole[SEALED_FRAME : 2 * SEALED_FRAME] + whole[:SEALED_FRAME] + whole[2 * SEALED_FRAME :],
        lambda whole: whole[:SEALED_FRAME] + whole,
        lambda whole: whole + b"x",
        lambda whole: whole[:1000] + bytes([whole[1000] ^ 1]) + whole[1001:],
    ],
    ids=["last byte", "later frames", "last frame", "everything", "swapped", "repeated", "longer", "a bit"],
)
def test_what_was_cut_off_swapped_or_changed_does_not_open(harm: object) -> None:
    whole = sealed(bytes(2 * frames.FRAME + 5))
    with pytest.raises(frames.Damaged):
        opened(harm(whole))  # type: ignore[operator]


def test_another_key_or_another_thing_said_about_it_does_not_open() -> None:
    whole = sealed(b"words", about=b"this file")
    for key, about in ((bytes(32), b"this file"), (KEY, b"that file")):
        with pytest.raises(frames.Damaged):
            opened(whole, about, key)


@pytest.mark.parametrize("size", [0, 1, frames.FRAME - 1, frames.FRAME, frames.FRAME + 1, 3 * frames.FRAME])
def test_what_was_sealed_can_be_read_from_any_place(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + bytes(range(size % 256))
    whole = sealed(content, b"about")
    with io.BufferedReader(frames.Seekable(io.BytesIO(whole), KEY, b"about", size)) as stream:
        assert stream.read() == content
        for place in (0, size // 2, max(size - 3, 0), max(frames.FRAME - 2, 0), size):
            stream.seek(place)
            assert stream.read(7) == content[place : place + 7]
    with pytest.raises(frames.Damaged):
        frames.Seekable(io.BytesIO(whole[:-1]), KEY, b"about", max(size, 1)).read()
