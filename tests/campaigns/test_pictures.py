"""Pictures: what is refused, and what is left of those that are taken."""

from __future__ import annotations

import hashlib
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from campaign_app.campaigns import pictures
from campaign_app.redrawing import NotAPicture, TooManyPixels

ORIENTATION, MAKE = 0x0112, 0x010F
SECRET = b"<script>alert(1)</script> 37.5665 N 126.9780 E"


def encoded(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    buffer = BytesIO()
    Image.new(mode, size, 120).save(buffer, kind, **options)
    return buffer.getvalue()


def noise(kind: str) -> bytes:
    buffer = BytesIO()
    Image.effect_noise((400, 300), 80).save(buffer, kind)
    return buffer.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds so many empty rows, in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = bytes(width // 8 + 2)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_safety_uploads_a_picture_is_stored_as_webp_under_a_name_of_ours(kind: str, tmp_path: Path) -> None:
    stored = pictures.store(BytesIO(encoded(kind)), tmp_path)
    content = (tmp_path / stored.file).read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == [stored.file]
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    with Image.open(BytesIO(content)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (stored.width, stored.height)) == ("WEBP", (40, 30))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_taken(mode: str) -> None:
    assert pictures.redrawn(encoded("PNG", mode=mode)).size == (40, 30)


def test_a_print_shop_s_jpeg_can_be_taken() -> None:
    assert pictures.redrawn(encoded("JPEG", mode="CMYK")).mode == "RGB"


def test_transparency_stays() -> None:
    assert pictures.redrawn(encoded("PNG", mode="RGBA")).mode == "RGBA"


def test_safety_10_a_picture_stands_upright_and_tells_nothing_of_its_camera(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "A camera with a name"
    content = encoded("JPEG", exif=exif.tobytes(), comment=SECRET)
    stored = pictures.store(BytesIO(content), tmp_path)
    assert (stored.width, stored.height) == (30, 40)
    written = (tmp_path / stored.file).read_bytes()
    assert b"A camera with a name" in content
    assert b"A camera with a name" not in written
    assert SECRET not in written
    with Image.open(BytesIO(written)) as picture:
        assert not picture.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & picture.info.keys()


@pytest.mark.parametrize(
    ("size", "drawn"), [((3200, 1000), (1600, 500)), ((1600, 100), (1600, 100)), ((100, 4800), (50, 2400))]
)
def test_a_large_picture_is_drawn_smaller(size: tuple[int, int], drawn: tuple[int, int]) -> None:
    assert pictures.redrawn(encoded("PNG", size, "1")).size == drawn


def test_of_a_moving_picture_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    buffer = BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    red, _, blue = pictures.redrawn(buffer.getvalue()).convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert red > 200 > 100 > blue


@pytest.mark.parametrize("size", [(12_000, 12_000), (5001, 5000), (25_000_001, 1)])
def test_safety_10_more_than_25_megapixels_are_refused_by_the_header_alone(size: tuple[int, int]) -> None:
    content = png_of(size[0], min(size[1], 10))  # the pixels that the header promises are not even there
    header = struct.pack(">II", *size) + content[24:29]
    content = content[:16] + header + struct.pack(">I", zlib.crc32(b"IHDR" + header)) + content[33:]
    with pytest.raises(TooManyPixels):
        pictures.redrawn(content)


def test_safety_10_a_png_of_17_kb_and_144_megapixels_is_refused() -> None:
    content = png_of(12_000, 12_000)
    assert len(content) < 20_000
    with pytest.raises(TooManyPixels):
        pictures.redrawn(content)


def test_safety_10_a_file_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(TooManyPixels):
        pictures.redrawn(encoded("PNG") + bytes(pictures.LARGEST_FILE))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0 and no more",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a/*" + bytes(60) + b"*/=alert(1)",
        b"%PDF-1.7\n" + encoded("JPEG"),
        b"PK\x03\x04" + encoded("PNG"),
        noise("JPEG")[:-2000],
        noise("PNG")[:-2000],
        noise("WEBP")[:-2000],
        encoded("BMP"),
        encoded("TIFF"),
        encoded("ICO"),
        encoded("PPM"),
    ],
    ids=lambda content: f"{content[:12]!r}",
)
def test_safety_10_what_is_no_raster_picture_of_the_web_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(NotAPicture):
        pictures.store(BytesIO(content), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_safety_10_of_a_file_that_is_two_things_only_the_picture_is_kept(kind: str, tmp_path: Path) -> None:
    stored = pictures.store(BytesIO(encoded(kind) + b"PK\x03\x04" + SECRET), tmp_path)
    assert SECRET not in (tmp_path / stored.file).read_bytes()


def test_removing_twice_is_no_error(tmp_path: Path) -> None:
    stored = pictures.store(BytesIO(encoded("PNG")), tmp_path)
    pictures.remove(stored.file, tmp_path)
    pictures.remove(stored.file, tmp_path)
    assert list(tmp_path.iterdir()) == []
