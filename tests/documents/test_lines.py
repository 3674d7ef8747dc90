from __future__ import annotations

import io

import pytest
import zxingcpp
from letters import LETTERS, LINK
from pages import Page, glyphs, opened, spaceless

from campaign_app.documents import lines
from campaign_app.documents.unfit import Unprintable

POSTAL = ("15, Muhak-ro 2-gil", "한바다", "林遠帆", "ဒေါ်လှိုင်းပြာ", "ทะเลฟ้า", "नीला सागर", "Морена", "ሰማያዊት", "ទឹក")


def printed(*placed: tuple[lines.Line, lines.Align]) -> bytes:
    """Each line in the middle of a page 200 mm wide, or beginning or ending there."""
    stream = io.BytesIO()
    with lines.document(stream, "Lines") as document:
        page = lines.Page(200, 300)
        for number, (line, align) in enumerate(placed, 1):
            page.line(line, 100, 15 * number, align)
        document.add(page)
    return stream.getvalue()


@pytest.mark.parametrize("text", POSTAL)
def test_a_line_in_any_script_can_be_copied(text: str) -> None:
    pdf = printed((lines.line(text, 12), "left"))
    assert spaceless(Page(pdf).text) == spaceless(text)
    assert 0 not in glyphs(pdf)


@pytest.mark.parametrize(("align", "begins"), [("left", 0), ("centre", 0.5), ("right", 1)])
def test_a_line_stands_where_it_is_placed(align: lines.Align, begins: float) -> None:
    line = lines.line("H" * 6, 12)
    ink = Page(printed((line, align))).ink()
    assert ink
    assert abs(ink.left - (100 - begins * line.width / lines.POINTS)) < 0.4
    assert abs(ink.right - ink.left - line.width / lines.POINTS) < 0.4
    assert abs(ink.bottom - 15) < 0.3


@pytest.mark.parametrize("language", LETTERS)
def test_a_line_takes_as_much_room_as_it_says(language: str) -> None:
    line = lines.line(LETTERS[language].subject, 9, language)
    ink = Page(printed((line, "centre"))).ink()
    assert ink
    assert abs(ink.right - ink.left - line.width / lines.POINTS) < 1.5
    assert 15 - ink.top < line.above / lines.POINTS + 0.5
    assert ink.bottom - 15 < line.below / lines.POINTS + 0.5


def test_bold_lines_are_darker() -> None:
    regular, bold = (
        sum(255 - value for value in Page(printed((lines.line("Ministry", 20, bold=b), "left"))).picture.tobytes())
        for b in (False, True)
    )
    assert bold > 1.2 * regular


def test_a_line_that_no_font_can_draw_is_refused() -> None:
    with pytest.raises(Unprintable) as refused:
        lines.line("Mina 😀", 12)
    assert refused.value.characters == ["😀"]


def test_the_largest_type_that_fits_is_taken() -> None:
    text = "MINISTRY OF JUSTICE"
    room = lines.line(text, 10).width
    found = lines.largest(text, (12, 10, 8), room)
    assert found
    assert found.size == 10
    assert lines.largest(text, (12, 11), room) is None


def test_figures_stand_on_the_page_and_a_code_can_be_read() -> None:
    stream = io.BytesIO()
    with lines.document(stream, "Figures") as document:
        page = lines.Page(100, 100)
        page.code(LINK, 10, 10, 20)
        page.frame(50, 10, 5, 5)
        page.tick(50, 10, 5)
        page.rectangle(60, 10, 5, 5)
        page.rule(10, 60, 90, 60)
        document.add(page)
    picture = Page(stream.getvalue())
    assert [code.text for code in zxingcpp.read_barcodes(picture.picture)] == [LINK]
    for left, top, right, bottom in ((49, 9, 56, 16), (59, 9, 66, 16), (9, 59, 91, 61)):
        assert picture.ink(left, top, right, bottom)


def test_a_document_holds_each_font_once_and_says_no_author() -> None:
    stream = io.BytesIO()
    with lines.document(stream, "Envelopes", "ko") as document:
        for text in POSTAL * 3:
            page = lines.Page(220, 110)
            page.line(lines.line(text, 12), 20, 20)
            document.add(page)
    with opened(stream.getvalue()) as pdf:
        assert len(pdf.pages) == len(POSTAL) * 3
        names = [str(font.BaseFont) for font in pdf.objects if "/DescendantFonts" in dir_of(font)]
        assert len(names) == len(set(names))
        assert (str(pdf.docinfo.Title), str(pdf.Root.Lang)) == ("Envelopes", "ko")
        assert pdf.docinfo.keys() == {"/Title"}
        assert pdf.check_pdf_syntax() == []


def dir_of(part: object) -> set[str]:
    return set(part.keys()) if hasattr(part, "keys") else set()  # type: ignore[attr-defined]


def test_a_document_is_the_same_for_the_same_pages() -> None:
    placed = [(lines.line(text, 12), "left") for text in POSTAL]
    assert printed(*placed) == printed(*placed)  # type: ignore[arg-type]
