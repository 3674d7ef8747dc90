"""Whatever comes in as a scan leaves as pictures alone, or is refused with a reason."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from campaign_app.documents import scan
from campaign_app.documents.press import Press
from campaign_app.documents.unreadable import Unreadable, Why
from campaign_app.redrawing import LARGEST_FILE

SECRET = b"a secret place"


def script(document: Pdf) -> pikepdf.Object:
    return document.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert('x')"))


def photograph(kind: str = "JPEG", size: tuple[int, int] = (600, 800), **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(stream, kind, **options)
    return stream.getvalue()


def pdf(pages: int = 1, change: Callable[[Pdf], object] = lambda _: None, **options: object) -> bytes:
    """A PDF of red pages, changed before it is saved."""
    with Pdf.new() as document:
        for _ in range(pages):
            page = document.add_blank_page(page_size=(595, 842))
            page.Contents = document.make_stream(b"1 0 0 rg 0 0 595 842 re f")
        change(document)
        stream = io.BytesIO()
        document.save(stream, **options)  # type: ignore[arg-type]
        return stream.getvalue()


def colours(content: bytes) -> list[tuple[int, ...]]:
    """The colour in the middle of each page."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.render().to_pil().convert("RGB") for page in document]
    document.close()
    return [tuple(page.getpixel((page.width // 2, page.height // 2))) for page in pages]  # type: ignore[arg-type]


def refused(*files: bytes) -> tuple[Why, int]:
    with pytest.raises(Unreadable) as caught:
        scan.redrawn(files)
    return caught.value.why, caught.value.number


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_photograph_becomes_a_page(kind: str) -> None:
    [(red, green, _)] = colours(scan.redrawn([photograph(kind)]))
    assert red > 150 > 90 > green


def test_pages_of_all_files_stand_in_their_order() -> None:
    [first, second, third] = colours(scan.redrawn([pdf(2), photograph()]))
    assert first == second == (254, 0, 0) or first == second == (255, 0, 0)
    assert third[0] < 230


def test_a_page_keeps_its_shape() -> None:
    document = pypdfium2.PdfDocument(scan.redrawn([pdf(), photograph(size=(800, 400))]))
    assert [tuple(map(round, page.get_size())) for page in document] == [(595, 842), (842, 421)]
    document.close()


def test_safety_uploads_nothing_of_a_photograph_but_what_is_seen_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    drawn = scan.redrawn([photograph(exif=exif) + b"PK\x03\x04" + SECRET])
    assert SECRET not in drawn
    assert b"Exif" not in drawn


def test_safety_uploads_nothing_of_a_pdf_but_what_is_seen_is_kept() -> None:
    def named(document: Pdf) -> None:
        document.docinfo["/Author"] = SECRET.decode()
        document.docinfo["/Producer"] = SECRET.decode()

    drawn = scan.redrawn([pdf(change=named)])
    with Pdf.open(io.BytesIO(drawn)) as made:
        assert dict(made.docinfo) == {}
        assert set(made.Root.keys()) == {"/Type", "/Pages"}
    assert SECRET not in drawn


def on_opening(document: Pdf) -> None:
    document.Root.OpenAction = script(document)


def by_name(document: Pdf) -> None:
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script(document)])))


def on_a_page(document: Pdf) -> None:
    document.pages[0].AA = Dictionary(O=script(document))


def program(document: Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.Launch, F="calc.exe")


def attachment(document: Pdf) -> None:
    document.attachments["a.txt"] = b"attached"


@pytest.mark.parametrize("act", [on_opening, by_name, on_a_page, program, attachment])
@pytest.mark.parametrize("streams", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate])
def test_safety_uploads_a_pdf_that_acts_is_refused(
    act: Callable[[Pdf], object], streams: pikepdf.ObjectStreamMode
) -> None:
    assert refused(photograph(), pdf(change=act, object_stream_mode=streams)) == (Why.ACTIVE, 2)


def test_safety_uploads_a_script_whose_name_is_spelled_in_hex_is_refused() -> None:
    content = pdf(change=on_opening, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert refused(content.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")) == (Why.ACTIVE, 1)


@pytest.mark.parametrize(("user", "owner"), [("secret", "secret"), ("", "owner")])
def test_safety_uploads_an_encrypted_pdf_is_refused(user: str, owner: str) -> None:
    assert refused(pdf(encryption=pikepdf.Encryption(user=user, owner=owner))) == (Why.ENCRYPTED, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"plain text",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"PK\x03\x04 a workbook",
        b"%PDF-1.7 and nothing else",
        b"%PDF-1.7\n" + bytes(4000),
        photograph()[:200],
    ],
)
def test_safety_uploads_what_is_no_picture_and_no_pdf_is_refused(content: bytes) -> None:
    assert refused(content) == (Why.UNKNOWN, 1)


def test_safety_uploads_a_picture_that_is_a_pdf_too_is_refused() -> None:
    content = photograph("GIF")
    assert refused(content[:30] + pdf() + content[30:]) == (Why.UNKNOWN, 1)


def test_safety_10_a_picture_of_too_many_pixels_is_refused() -> None:
    stream = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(stream, "PNG")
    assert refused(stream.getvalue()) == (Why.TOO_LARGE, 1)


def test_safety_uploads_a_file_of_too_many_bytes_is_refused() -> None:
    assert refused(pdf() + bytes(LARGEST_FILE)) == (Why.TOO_LARGE, 1)


def test_safety_uploads_a_pdf_with_a_picture_of_too_many_pixels_is_refused() -> None:
    def bomb(document: Pdf) -> None:
        picture = Stream(
            document, bytes(20_000 * 20_000 // 8), Width=20_000, Height=20_000, BitsPerComponent=1,
            ColorSpace=Name.DeviceGray, Subtype=Name.Image, Type=Name.XObject,
        )  # fmt: skip
        document.pages[0].Resources = Dictionary(XObject=Dictionary(P=picture))
        document.pages[0].Contents = document.make_stream(b"595 0 0 842 0 0 cm /P Do")

    content = pdf(change=bomb)
    assert len(content) < 200_000
    assert refused(content) == (Why.TOO_LARGE, 1)


def test_safety_uploads_a_pdf_with_a_paper_of_a_mile_is_drawn_small() -> None:
    with Pdf.new() as document:
        document.add_blank_page(page_size=(14_400, 14_400))
        stream = io.BytesIO()
        document.save(stream)
    with Pdf.open(io.BytesIO(scan.redrawn([stream.getvalue()]))) as drawn:
        assert int(drawn.pages[0].Resources.XObject.P.Width) <= scan.LONGEST


def test_safety_uploads_too_many_pages_are_refused() -> None:
    assert refused(pdf(scan.MOST_PAGES + 1)) == (Why.TOO_MANY, 1)
    assert refused(pdf(scan.MOST_PAGES), photograph()) == (Why.TOO_MANY, 2)


def test_safety_uploads_objects_that_swell_are_refused() -> None:
    def swell(document: Pdf) -> None:
        document.Root.Long = document.make_indirect(Array(["a" * 1000] * (scan.LARGEST_OBJECTS // 1000 + 10)))

    content = pdf(change=swell, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert len(content) < scan.LARGEST_OBJECTS / 10
    assert refused(content) == (Why.TOO_LARGE, 1)


def test_a_process_of_the_press_says_why_it_refuses() -> None:
    press = Press(1)
    try:
        with pytest.raises(Unreadable) as caught:
            press.scan([photograph(), b"plain text"])
        assert (caught.value.why, caught.value.number) == (Why.UNKNOWN, 2)
        assert press.scan([photograph()]).startswith(b"%PDF-")
    finally:
        press.close()
