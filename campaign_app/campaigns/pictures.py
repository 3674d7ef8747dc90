"""Pictures of a story: whatever is uploaded is decoded, drawn anew and stored under a name of our own.

What the file was called, where it was taken and whatever else it carried is gone afterwards.
"""

from __future__ import annotations

import hashlib
import secrets
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from campaign_app import durable

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LARGEST_FILE = 20 * 1024 * 1024  # bytes; photographs of phones have up to twelve
MOST_PIXELS = 25_000_000
WIDEST, HIGHEST = 1600, 2400  # pixels of a stored picture
QUALITY = 82  # of WebP, from 0 to 100

warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class NotAPicture(Exception):
    """The file cannot be read as a JPEG, PNG, WebP or GIF."""


class TooManyPixels(Exception):
    """The picture has more pixels, or the file more bytes, than we are willing to decode."""


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


def redrawn(content: bytes) -> Image.Image:
    """The picture in ``content`` upright, no larger than we show it, and without anything that was written beside it.

    Raises NotAPicture, and TooManyPixels before anything is decoded.
    """
    if len(content) > LARGEST_FILE:
        raise TooManyPixels
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooManyPixels
            return _drawn(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:  # as Pillow's decoders raise
        raise NotAPicture from error


def _drawn(picture: Image.Image) -> Image.Image:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process when it is imported
    picture.draft("RGB", (WIDEST, HIGHEST))  # a JPEG decodes at a fraction of its size
    upright = ImageOps.exif_transpose(picture)
    small = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    small.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    small.info.clear()
    return small
