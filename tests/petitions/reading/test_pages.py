from __future__ import annotations

import io
import tracemalloc
import zlib
from contextlib import suppress

import numpy as np
import pikepdf
import pytest
from PIL import Image

from campaign_app.petitions.reading import pages
from campaign_app.petitions.reading.pages import BrokenPage, Refused, RefusedFile
from tests.petitions.reading import filled

PAGE = np.tile(np.arange(200, 256, dtype=np.uint8), (400, 5))  # a grey slope


def taken(content: bytes) -> list[np.ndarray | BrokenPage]:
    return list(pages.pages(io.BytesIO(content)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_is_one_page(kind: str) -> None:
    [page] = taken(filled.file(PAGE, kind))
    assert page.shape == PAGE.shape
    assert abs(page.astype(int) - PAGE).max() < 20


def test_a_scan_has_as_many_pages_as_the_scanner_drew() -> None:
    stream = io.BytesIO()
    Image.fromarray(PAGE).save(stream, "TIFF", save_all=True, append_images=[Image.fromarray(PAGE)] * 2)
    assert len(taken(stream.getvalue())) == 3
    content = filled.pdf(PAGE, PAGE)
    assert pages.count(io.BytesIO(content)) == 2
    assert [max(page.shape) for page in taken(content)] == [pages.LONGER_SIDE] * 2


def test_a_photograph_is_turned_as_the_phone_was_held() -> None:
    exif = Image.Exif()
    exif[274] = 6  # the top is at the right
    [page] = taken(filled.file(PAGE, exif=exif))
    assert page.shape == PAGE.T.shape


def changed(change: str) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(filled.pdf(PAGE, PAGE, PAGE))) as pdf:
        options = {}
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        if change == "script":
            pdf.Root.OpenAction = script
        elif change == "packed script":
            pdf.Root.OpenAction = pdf.make_indirect(script)
            options = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
        elif change == "password":
            options = {"encryption": pikepdf.Encryption(user="secret", owner="secret")}
        elif change == "no printing":
            options = {"encryption": pikepdf.Encryption(user="", owner="secret")}
        elif change == "broken page":
            pdf.pages[1].obj.Contents = pdf.make_stream(b"q Q")
            pdf.pages[1].obj.MediaBox = [0, 0, 0, 0]
        elif change == "huge picture":
            black = zlib.compress(bytes(12000 * 12000 // 8))
            name = next(iter(pdf.pages[1].Resources.XObject.keys()))
            pdf.pages[1].Resources.XObject[name] = pikepdf.Stream(
                pdf, black, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=12000, Height=12000,
                BitsPerComponent=1, ColorSpace=pikepdf.Name.DeviceGray, Filter=pikepdf.Name.FlateDecode,
            )  # fmt: skip
        pdf.save(stream, **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("password", Refused.ENCRYPTED),
        ("no printing", Refused.ENCRYPTED),
        ("script", Refused.SCRIPTED),
        ("packed script", Refused.SCRIPTED),
    ],
)
def test_safety_uploads_an_encrypted_pdf_or_one_with_a_script_is_refused(change: str, reason: Refused) -> None:
    with pytest.raises(RefusedFile) as refused:
        taken(changed(change))
    assert refused.value.reason is reason


@pytest.mark.parametrize("content", [b"", b"hello", b"<svg/>", b"%PDF-1.7\nno", b"PK\x03\x04zip", b"GIF89a"])
def test_safety_10_what_is_no_scan_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedFile) as refused:
        taken(content)
    assert refused.value.reason is Refused.NOT_A_SCAN


def test_safety_10_a_picture_with_too_many_pixels_is_not_decoded() -> None:
    stream = io.BytesIO()
    Image.new("1", (12000, 12000)).save(stream, "PNG", optimize=True)
    tracemalloc.start()
    assert all(isinstance(page, BrokenPage) for page in pages_or_refused(stream.getvalue()))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def pages_or_refused(content: bytes) -> list[np.ndarray | BrokenPage]:
    with suppress(RefusedFile):
        return taken(content)
    return []


def test_safety_10_a_huge_picture_in_a_pdf_is_not_decoded_and_the_other_pages_are_read() -> None:
    first, second, third = taken(changed("huge picture"))
    assert isinstance(second, BrokenPage)
    assert not isinstance(first, BrokenPage)
    assert not isinstance(third, BrokenPage)


def test_safety_16_a_pdf_whose_objects_swell_without_end_is_refused() -> None:
    bomb = zlib.compress(bytes(pages.MOST_OBJECTS + 1))
    content = b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\n" + bomb
    with pytest.raises(RefusedFile) as refused:
        taken(content)
    assert refused.value.reason is Refused.TOO_LARGE


def test_safety_uploads_a_broken_page_does_not_stop_the_rest() -> None:
    whole = filled.file(PAGE)
    assert isinstance(taken(whole[: len(whole) // 2])[0], BrokenPage)
    assert len(taken(changed("broken page"))) == 3


def test_pages_of_a_long_scan_come_one_by_one() -> None:
    content = filled.pdf(*[PAGE] * 60)
    one = next(iter(pages.pages(io.BytesIO(content))))
    tracemalloc.start()
    count = sum(1 for _ in pages.pages(io.BytesIO(content), after=1))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 59
    assert most < 30 * one.nbytes  # a page at a time, and what Python itself makes anew for each
