from __future__ import annotations

import pytest
from cryptography.fernet import InvalidToken

from campaign_app import keys

SECRET = "a secret of at least thirty-two characters"


def test_a_token_is_128_bits_and_the_same_for_the_same_parts() -> None:
    assert keys.token(SECRET, "letter", "a", "b") == keys.token(SECRET, "letter", "a", "b")
    assert len(keys.token(SECRET, "letter", "a")) == 22  # base64 of 16 bytes


def test_tokens_differ_by_secret_purpose_and_parts() -> None:
    tokens = {
        keys.token(SECRET, "letter", "a", "b"),
        keys.token(SECRET, "letter", "ab"),
        keys.token(SECRET, "letter", "a", "c"),
        keys.token(SECRET, "other", "a", "b"),
        keys.token(SECRET + "x", "letter", "a", "b"),
    }
    assert len(tokens) == 5


def test_what_is_sealed_for_one_purpose_does_not_open_for_another() -> None:
    sealed = keys.box(SECRET, "handover").encrypt(b"words")
    assert keys.box(SECRET, "handover").decrypt(sealed) == b"words"
    with pytest.raises(InvalidToken):
        keys.box(SECRET, "kept letter").decrypt(sealed)
