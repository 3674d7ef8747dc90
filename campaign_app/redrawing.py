"""Pictures from anywhere, drawn anew: what they carried beside what is seen is gone afterwards. Pure."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LARGEST_FILE = 20 * 1024 * 1024  # bytes; photographs of phones have up to twelve
MOST_PIXELS = 25_000_000
WIDEST, HIGHEST = 1600, 2400  # pixels of a picture as we keep it

warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


class NotAPicture(Exception):
    """The file cannot be read as a JPEG, PNG, WebP or GIF."""


class TooManyPixels(Exception):
    """The picture has more pixels, or the file more bytes, than we are willing to decode."""


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
