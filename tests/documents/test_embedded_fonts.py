"""That fonts come into a file with the glyphs it shows, and say what these mean."""

from __future__ import annotations

import io

import pikepdf
import pytest
from letters import LETTERS
from pages import Page, actual_texts, glyphs, opened

from campaign_app.documents import fonts, lines, shown_glyphs
from campaign_app.documents.shown_glyphs import NOTHING, Glyphs

HANGUL = "표현의 자유를 보호하겠다고 약속하였습니다 Tolva Meren"


def printed(text: str, language: str = "en", *, bold: bool = False) -> bytes:
    stream = io.BytesIO()
    with lines.document(stream, "Test", language) as document:
        page = lines.Page(200, 40)
        page.line(lines.line(text, 14, language, bold=bold), 10, 20)
        document.add(page)
    return stream.getvalue()


def test_a_cjk_font_is_embedded_as_bare_cff_with_the_glyphs_used() -> None:
    pdf = printed(HANGUL, "ko")
    assert len(pdf) < 20_000
    with opened(pdf) as file:
        (font,) = (o for o in file.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/CIDFontType0C")
        assert font.read_bytes()[0] == 1  # the major version of CFF


def test_other_fonts_are_embedded_as_truetype() -> None:
    with opened(printed("Text")) as pdf:
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
    assert actual_texts(printed(text, language)) == [text]


@pytest.mark.parametrize(("language", "text"), [("en", "Text"), ("ko", "교사입니다"), ("ar", "معلمة"), ("he", "מורה")])
def test_other_lines_need_not_say_theirs(language: str, text: str) -> None:
    assert actual_texts(printed(text, language)) == []


def test_no_glyph_maps_to_nothing() -> None:
    with opened(printed("پڑھاتی تھیں کُتُب", "ur")) as pdf:
        maps = [
            o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream) and b"beginbfchar" in o.read_bytes()
        ]
    assert maps
    assert not any(b"<>" in characters for characters in maps)


@pytest.mark.parametrize("language", LETTERS)
def test_no_string_of_glyphs_is_empty_and_no_glyph_is_missing(language: str) -> None:
    pdf = printed(LETTERS[language].subject, language)
    assert 0 not in glyphs(pdf)
    with opened(pdf) as file:
        shown = [operands[0] for operands, name in pikepdf.parse_content_stream(file.pages[0]) if str(name) == "TJ"]
    assert shown
    assert all(len(bytes(piece)) for pieces in shown for piece in pieces if isinstance(piece, pikepdf.String))


@pytest.mark.parametrize("family", fonts.MISLABELLED)
def test_regular_and_bold_are_told_apart_where_the_fonts_do_not_say(family: str) -> None:
    text = {"Noto Serif Myanmar": "မြန်မာ", fonts.NASTALIQ: "پاکستان"}[family]
    language = next(language for language, own in fonts.OWN_FONT.items() if own == family)
    regular, bold = (
        sum(255 - value for value in Page(printed(text, language, bold=bold)).picture.tobytes())
        for bold in (False, True)
    )
    assert bold > 1.15 * regular


def test_what_a_glyph_says_hangs_on_no_order() -> None:
    told: list[dict[str, dict[int, str]]] = [{"F0": {3: "ab"}}, {"F0": {3: NOTHING, 4: "x"}}, {"F0": {3: "a"}}]
    for order in (told, told[::-1]):
        said: Glyphs = {}
        for more in order:
            shown_glyphs.add(said, more)
        assert said == {"F0": {3: "a", 4: "x"}}
