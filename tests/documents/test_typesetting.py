"""That WeasyPrint still does what we ask of it in ways of our own; an update has to pass here first."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
import weasyprint
import zxingcpp
from letters import LINK
from pages import Page, actual_texts, glyphs, opened
from PIL import Image, ImageChops

from campaign_app.documents import fonts, typesetting
from campaign_app.documents.typesetting import Fault, ForeignResource, QRCode

HANGUL = "표현의 자유를 보호하겠다고 약속하였습니다 Tolva Meren"
IDENTIFIER = b"0123456789abcdef"


def document(body: str, language: str = "en") -> str:
    return f'<html lang="{language}"><head><title>Test</title></head><body>{body}</body></html>'


def stylesheet(language: str = "en", rules: str = "") -> weasyprint.CSS:
    family = typesetting.font_family(fonts.stack(language))
    return typesetting.css(f"@page {{ size: 100mm 60mm; margin: 5mm }} html {{ font: 12pt {family} }} {rules}")


def printed(body: str, language: str = "en", rules: str = "") -> bytes:
    return typesetting.typeset(document(body, language), [stylesheet(language, rules)], {}).pdf(IDENTIFIER)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "data:image/png;base64,AAAA",
        "other:y",
    ],
)
def test_a_picture_from_elsewhere_stops_the_page(url: str) -> None:
    with pytest.raises(ForeignResource):
        printed(f'<img src="{url}" alt=""/>')


def test_a_stylesheet_from_elsewhere_stops_the_page() -> None:
    with pytest.raises(ForeignResource):
        printed('<link rel="stylesheet" href="file:///etc/hostname"/>')


def test_a_background_from_elsewhere_stops_the_page() -> None:
    with pytest.raises(ForeignResource):
        printed("<p>Text</p>", rules='p { background: url("http://127.0.0.1:9/x.png") }')


def test_a_glyph_that_is_missing_stops_the_page() -> None:
    with pytest.raises(Fault, match="notdef"):
        printed("<p>\ue000</p>")


def test_a_picture_without_a_description_stops_the_page() -> None:
    page = typesetting.typeset(document('<img src="code:x"/>'), [stylesheet()], {"code:x": QRCode("x")})
    with pytest.raises(Fault, match="alt"):
        page.pdf(IDENTIFIER)


def test_boxes_are_measured_from_the_corner_of_the_page() -> None:
    page = typesetting.typeset(
        document('<div id="here">Text</div>'),
        [stylesheet(rules="body { margin: 0 } #here { margin: 7mm 0 0 3mm; width: 20mm; height: 10mm }")],
        {},
    )
    box = page.boxes["here"]
    assert (box.page, box.left, box.top) == (1, pytest.approx(8), pytest.approx(12))
    assert (box.right, box.bottom) == (pytest.approx(28), pytest.approx(22))


def test_boxes_leave_no_destinations_in_the_file() -> None:
    with opened(printed('<p id="here">Text</p>')) as pdf:
        assert "/Names" not in pdf.Root
        assert "/Outlines" not in pdf.Root


@pytest.mark.parametrize(("language", "text"), [("ko", HANGUL), ("ja", "良心の囚人「渚」"), ("zh-Hant", "釋放良心犯")])
def test_a_cjk_font_with_only_the_glyphs_used_draws_what_the_whole_font_does(language: str, text: str) -> None:
    ours = printed(f"<p>{text} <b>{text}</b></p>", language)
    theirs = weasyprint.HTML(string=document(f"<p>{text} <b>{text}</b></p>", language)).write_pdf(
        stylesheets=[stylesheet(language)], pdf_variant="pdf/ua-1", full_fonts=False
    )
    pictures = [pypdfium2.PdfDocument(pdf)[0].render(scale=3, grayscale=True).to_pil() for pdf in (ours, theirs)]
    _, difference = ImageChops.difference(*pictures).getextrema()
    assert difference < 64  # of 255: the font is no longer hinted
    assert len(ours) < len(theirs) / 4


def test_a_cjk_font_is_embedded_as_bare_cff() -> None:
    with opened(printed(f"<p>{HANGUL}</p>", "ko")) as pdf:
        (font,) = (o for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/Subtype" in o and o.Subtype != "/XML")
        assert font.Subtype == "/CIDFontType0C"
        assert font.read_bytes()[0] == 1  # the major version of CFF


def test_other_fonts_are_embedded_as_truetype() -> None:
    with opened(printed("<p>Text</p>")) as pdf:
        (descriptor,) = (
            o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        )
        assert "/FontFile2" in descriptor


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("my", "ကျောင်းဆရာမ"),
        ("hi", "शिक्षिका हूँ"),
        ("km", "គ្រូបង្រៀន"),
        ("th", "ดิฉันเป็นครู"),
        ("ur", "پڑھاتی تھیں"),
    ],
)
def test_a_line_whose_glyphs_change_places_says_its_characters(language: str, text: str) -> None:
    assert actual_texts(printed(f"<p>{text}</p>", language)) == [text]


@pytest.mark.parametrize(("language", "text"), [("en", "Text"), ("ko", "교사입니다"), ("ar", "معلمة"), ("he", "מורה")])
def test_other_lines_need_not_say_theirs(language: str, text: str) -> None:
    assert actual_texts(printed(f"<p>{text}</p>", language)) == []


def test_no_glyph_maps_to_nothing() -> None:
    with opened(printed("<p>پڑھاتی تھیں کُتُب</p>", "ur")) as pdf:
        maps = [
            o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream) and b"beginbfchar" in o.read_bytes()
        ]
    assert maps
    assert not any(b"<>" in characters for characters in maps)


def test_no_string_of_glyphs_is_empty() -> None:
    with opened(printed("<p>ایک استانی کی حیثیت سے میں ہر ہفتے اپنے شاگردوں کے ساتھ</p>", "ur")) as pdf:
        shown = [operands[0] for operands, name in pikepdf.parse_content_stream(pdf.pages[0]) if str(name) == "TJ"]
    assert shown
    assert all(len(bytes(piece)) for pieces in shown for piece in pieces if isinstance(piece, pikepdf.String))


def test_joining_strings_moves_no_glyph() -> None:
    words = "Text AVATAR fi with kerning To. We"
    theirs = weasyprint.HTML(string=document(f"<p>{words}</p>")).write_pdf(stylesheets=[stylesheet()])
    pictures = [Page(pdf).picture for pdf in (printed(f"<p>{words}</p>"), theirs)]
    assert ImageChops.difference(*pictures).getbbox() is None


@pytest.mark.parametrize("family", fonts.MISLABELLED)
def test_regular_and_bold_are_told_apart_where_the_fonts_do_not_say(family: str) -> None:
    text = {"Noto Serif Myanmar": "မြန်မာ", fonts.NASTALIQ: "پاکستان"}[family]
    language = next(language for language, own in fonts.OWN_FONT.items() if own == family)
    regular, bold = (Page(printed(f"<p><{tag}>{text}</{tag}></p>", language)) for tag in ("span", "b"))
    assert _darkness(bold.picture) > 1.15 * _darkness(regular.picture)


def _darkness(picture: Image.Image) -> int:
    return sum((255 - value) * number for value, number in enumerate(picture.histogram()))


def test_no_glyph_is_the_sign_for_a_missing_one() -> None:
    assert 0 not in glyphs(printed(f"<p>{HANGUL} Tekst, қазақ Ελλάδα العربية</p>"))


def test_a_qr_code_is_drawn_as_a_figure_that_says_where_it_leads() -> None:
    source = document(f'<img src="code:x" alt="{LINK}"/>')
    rules = "img { width: 16mm; height: 16mm; display: block; margin: 5mm }"
    pdf = typesetting.typeset(source, [stylesheet(rules=rules)], {"code:x": QRCode(LINK)}).pdf(IDENTIFIER)
    assert [code.text for code in zxingcpp.read_barcodes(Page(pdf).picture)] == [LINK]
    with opened(pdf) as file:
        (figure,) = (o for o in file.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure")
        assert str(figure.Alt) == LINK


@pytest.mark.parametrize("token", ["A" * 22, "z" * 22, "-_" * 11, "0123456789abcdefABCDEF"])
def test_a_qr_code_with_its_fixed_mask_can_be_read(token: str) -> None:
    matrix = QRCode(f"https://letters.example.org/l/{token}").matrix
    size = len(matrix)
    picture = Image.frombytes("L", (size, size), bytes(0 if dark else 255 for row in matrix for dark in row))
    framed = Image.new("L", (size + 8, size + 8), 255)
    framed.paste(picture, (4, 4))
    (code,) = zxingcpp.read_barcodes(framed.resize((8 * framed.width, 8 * framed.height), Image.Resampling.NEAREST))
    assert code.text == f"https://letters.example.org/l/{token}"


def test_a_file_has_the_identifier_it_is_given_and_no_date() -> None:
    with opened(printed("<p>Text</p>")) as pdf:
        assert bytes(pdf.trailer.ID[0]) == IDENTIFIER
        assert not {"/CreationDate", "/ModDate", "/Author", "/Creator"} & pdf.docinfo.keys()


def test_pages_can_be_read_by_others() -> None:
    assert pikepdf.open(io.BytesIO(printed("<p>Text</p>"))).check_pdf_syntax() == []
