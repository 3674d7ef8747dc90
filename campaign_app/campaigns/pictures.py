"""Pictures of a story: whatever is uploaded is decoded, drawn anew and stored under a name of our own.

What the file was called, where it was taken and whatever else it carried is gone afterwards.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from campaign_app import durable
from campaign_app.redrawing import LARGEST_FILE, redrawn

QUALITY = 82  # of WebP, from 0 to 100


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture in the instance's files: its name there, the SHA-256 of its bytes, its size in pixels."""

    file: str
    sha256: str
    width: int
    height: int


def store(upload: BinaryIO, folder: Path) -> StoredPicture:
    """Draw the uploaded picture anew as WebP and store it in ``folder``. Raises NotAPicture and TooManyPixels."""
    picture = redrawn(upload.read(LARGEST_FILE + 1))
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=QUALITY, method=4)
    content = buffer.getvalue()
    name = f"{secrets.token_hex(16)}.webp"
    durable.write(content, folder / name)
    return StoredPicture(name, hashlib.sha256(content).hexdigest(), *picture.size)


def remove(name: str, folder: Path) -> None:
    """Delete a stored picture; one that is gone already is none to delete."""
    (folder / name).unlink(missing_ok=True)
