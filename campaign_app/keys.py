"""Keys and tokens, all drawn from the one secret key, each for a purpose of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

TOKEN_BYTES = 16  # 128 bits: beyond guessing
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no letter that looks like a digit


def derived_key(secret: str, purpose: str) -> bytes:
    """32 bytes for ``purpose`` alone, by HKDF (RFC 5869) with SHA-256."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())


@lru_cache(maxsize=64)
def site_key(secret: str, purpose: str) -> bytes:
    """The key for ``purpose`` that follows from the site's secret key, which is the same for as long as it runs."""
    return derived_key(secret, purpose)


@lru_cache(maxsize=64)
def box(secret: str, purpose: str) -> Fernet:
    """What seals and opens the site's values for ``purpose``; a sealed value knows its age."""
    return Fernet(base64.urlsafe_b64encode(site_key(secret, purpose)))


def token(secret: str, purpose: str, *parts: str) -> str:
    """A token that nobody without the secret can guess, the same for the same parts."""
    return base64.urlsafe_b64encode(hmac_digest(secret, purpose, *parts)[:TOKEN_BYTES]).decode().rstrip("=")


def hmac_digest(secret: str, purpose: str, *parts: str) -> bytes:
    """32 bytes that follow from the secret, the purpose and the parts, and tell nothing of them."""
    return hmac.digest(site_key(secret, purpose), "\0".join(parts).encode(), "sha256")


def token_hash(value: str) -> str:
    """What is stored in place of a token, so that a stolen database opens nothing."""
    return hashlib.sha256(value.encode()).hexdigest()
