from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from unicodedata import normalize

import pikepdf
import pytest
import zxingcpp
from jinja2 import UndefinedError
from letters import LETTERS, LINK, REFERENCE
from pages import Page, actual_texts, glyphs, opened, spaceless

from campaign_app import languages
from campaign_app.documents import letter_pdf, line_breaks, paragraphs
from campaign_app.documents.paper import (
    DIN_5008_A,
    DIN_5008_B,
    LEAST_MARGIN,
    SIDE_MARGIN,
    US_10,
    US_LETTER,
    WINDOWS,
    Layout,
    Window,
)
from campaign_app.documents.unfit import OutsideWindow, TooLong, Unprintable
from campaign_app.letters.letter import ItemList, Letter, Paragraph, Run

ENGLISH = LETTERS["en"]
IN_WINDOW = Layout(window=DIN_5008_B)
MARK = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")  # vowel points, which extractors put elsewhere
RIGHT_TO_LEFT = [language for language in LETTERS if languages.direction(language) == "rtl"]


def layout_for(window: Window) -> Layout:
    return Layout(US_LETTER, window) if window is US_10 else Layout(window=window)


def whole_text(letter: Letter) -> str:
    parts = (*letter.sender, letter.place_and_date, *letter.addressee, letter.subject, letter.salutation)
    body = (block.text for block in letter.body)
    return "\n".join(
        (*parts, *body, letter.closing, letter.name, letter.copies_label, *letter.copies, letter.reference)
    )


def written(text: str) -> str:
    """A short English letter whose body is ``text``."""
    return Page(letter_pdf.write(replace(ENGLISH, body=(Paragraph((Run(text),)),)))).text


# The letter on its page


@pytest.mark.parametrize("layout", [Layout(), IN_WINDOW, Layout(US_LETTER, US_10)], ids=["A4", "DIN", "US"])
@pytest.mark.parametrize("language", LETTERS)
def test_a_letter_in_every_language_stands_inside_the_margins_of_one_page(language: str, layout: Layout) -> None:
    page = Page(letter_pdf.write(LETTERS[language], layout))
    ink = page.ink()
    assert ink
    side = LEAST_MARGIN if language == "ur" else SIDE_MARGIN  # Nastaliq swings out
    assert ink.lies_within(side, LEAST_MARGIN, page.width - side, page.height - LEAST_MARGIN)


@pytest.mark.parametrize("language", LETTERS)
def test_no_character_is_drawn_as_a_missing_one(language: str) -> None:
    assert 0 not in glyphs(letter_pdf.write(LETTERS[language]))


@pytest.mark.parametrize("language", sorted(LETTERS.keys() - set(RIGHT_TO_LEFT)))
def test_the_text_can_be_copied(language: str) -> None:
    letter = LETTERS[language]
    copied = spaceless(Page(letter_pdf.write(letter)).text)
    for line in whole_text(letter).splitlines():
        assert spaceless(line) in copied


@pytest.mark.parametrize("language", ["ar", "fa", "he"])
def test_the_words_of_a_letter_from_right_to_left_can_be_copied(language: str) -> None:
    letter = LETTERS[language]
    copied = spaceless(MARK.sub("", normalize("NFC", Page(letter_pdf.write(letter)).text)))
    words = re.findall(r"\w+", MARK.sub("", whole_text(letter)))
    assert [word for word in words if word not in copied] == []


def test_the_lines_of_an_urdu_letter_say_their_characters() -> None:
    letter = LETTERS["ur"]
    said = spaceless("".join(actual_texts(letter_pdf.write(letter))))
    for block in letter.body:
        for word in re.findall("[\u0600-\u06ff]+", block.text):
            assert word in said


@pytest.mark.parametrize("language", ["en", "ko", "ru", "ja"])
def test_a_letter_reads_aloud_in_its_order(language: str) -> None:
    letter = LETTERS[language]
    spoken = spaceless("".join(Page(letter_pdf.write(letter)).read_aloud()))
    places = [spoken.find(spaceless(line)) for line in whole_text(letter).splitlines()[:-1] if line]
    assert -1 not in places
    assert places[:-3] == sorted(places[:-3])


def test_text_is_11_points_and_16_in_large_print() -> None:
    short = replace(ENGLISH, body=ENGLISH.body[:2])
    for points, layout in ((11, Layout()), (16, Layout(large_print=True))):
        with opened(letter_pdf.write(short, layout)) as pdf:
            sizes = Counter(
                round(float(operands[1]))
                for operands, name in pikepdf.parse_content_stream(pdf.pages[0], "Tf")
                if str(name) == "Tf"
            )
        assert sizes.most_common(1)[0][0] == points


def test_there_is_room_for_a_signature() -> None:
    page = Page(letter_pdf.write(replace(ENGLISH, copies=(), reference="", link="")))
    ink = page.ink()
    assert ink
    name = page.ink(top=ink.bottom - 4)
    assert name
    assert not page.ink(top=name.top - 15, bottom=name.top - 0.2)
    assert page.ink(top=name.top - 22, bottom=name.top - 15)


def test_a_letter_without_sender_copies_or_code_is_a_letter() -> None:
    bare = replace(ENGLISH, sender=(), copies=(), reference="", link="", name="Amina")
    for layout in (Layout(), IN_WINDOW):
        assert REFERENCE not in Page(letter_pdf.write(bare, layout)).text


def test_a_long_letter_is_set_a_little_tighter_before_it_is_refused() -> None:
    longer = replace(ENGLISH, body=ENGLISH.body + ENGLISH.body[:2])
    assert len(opened(letter_pdf.write(longer)).pages) == 1


# Lines


def test_korean_lines_end_at_spaces() -> None:
    letter = LETTERS["ko"]
    lines = Page(letter_pdf.write(letter)).text.splitlines()
    text = " ".join(whole_text(letter).split())
    for line, following in pairwise(lines):
        if re.search("[가-힣]$", line) and re.match("[가-힣]", following):
            assert f"{line}{following[:3]}" not in text


@pytest.mark.parametrize("language", ["my", "km", "th", "lo"])
def test_text_without_spaces_stays_inside_the_margins(language: str) -> None:
    text = {"lo": "ປ່ອຍຕົວນັກໂທດໂດຍທັນທີແລະບໍ່ມີເງື່ອນໄຂ"}.get(language) or LETTERS[language].body[1].text
    run = Run(line_breaks.plain(text.replace(" ", "")) * 2)
    letter = replace(ENGLISH, language=language, body=(Paragraph((run,)), ItemList(((run,),))))
    page = Page(letter_pdf.write(letter))
    ink = page.ink()
    assert ink
    assert ink.lies_within(SIDE_MARGIN, LEAST_MARGIN, page.width - SIDE_MARGIN, page.height - LEAST_MARGIN)


@pytest.mark.parametrize(
    "word", ["x" * 900, "가" * 400, "한" * 50 + "A" * 300, "ก" * 500, "https://example.org/" + "a" * 400, "١" * 300]
)
def test_a_word_longer_than_its_line_stays_inside_the_margins(word: str) -> None:
    body = (Paragraph((Run(word), Run(word, strong=True), Run(word, emphasis=True))), ItemList(((Run(word),),)))
    letter = replace(
        ENGLISH, sender=(word,), place_and_date=word, addressee=(word,), subject=word, salutation=word, body=body,
        closing=word, name=word, copies=(word,), copies_label=word,
    )  # fmt: skip
    laid_out = letter_pdf.lay_out(letter)
    for number in range(laid_out.pages):
        page = Page(laid_out.pdf, number)
        ink = page.ink()
        assert ink
        assert ink.lies_within(SIDE_MARGIN, LEAST_MARGIN, page.width - SIDE_MARGIN, page.height - LEAST_MARGIN)


def test_safety_08_letters_under_a_pile_of_marks_are_named_and_do_not_leave_the_page() -> None:
    letter = replace(ENGLISH, sender=("Zo" + "\u0301" * 20000 + "e",))
    laid_out = letter_pdf.lay_out(letter)
    assert list(laid_out.unprintable) == ["sender"]
    ink = Page(laid_out.pdf).ink()
    assert ink
    assert ink.top > LEAST_MARGIN - 0.5


# Windows


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("language", ["en", "ko", "ar", "my", "ur"])
def test_the_address_stands_in_the_window_and_nothing_else_does(language: str, window: Window) -> None:
    layout = layout_for(window)
    letter = LETTERS[language]
    notes = window.notes if window.return_line else 0
    address = Page(letter_pdf.write(letter, layout)).ink(window.x, window.y + notes, window.right, window.bottom)
    assert address
    assert address.lies_within(window.x, window.y + notes, window.right, window.bottom, tolerance=0)
    assert abs(address.left - (window.x + window.inset)) <= 0.5
    empty = Page(letter_pdf.write(replace(letter, addressee=()), layout))
    assert not empty.ink(window.x, window.y + notes, window.right, window.bottom)


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_an_address_in_a_window_can_be_read_whole(window: Window) -> None:
    page = Page(letter_pdf.write(ENGLISH, layout_for(window)))
    outside = replace(ENGLISH, addressee=())
    around = Page(letter_pdf.write(outside, layout_for(window))).text
    for line in ENGLISH.addressee:
        assert page.text.count(line) == around.count(line) + 1


@pytest.mark.parametrize("window", [DIN_5008_A, DIN_5008_B])
def test_the_sender_stands_in_small_print_above_the_notes_of_a_din_window(window: Window) -> None:
    page = Page(letter_pdf.write(ENGLISH, layout_for(window)))
    line = page.ink(window.x, window.y, window.right, window.y + window.notes)
    assert line
    assert line.lies_within(window.x + window.inset, window.y, window.right, window.y + 8)
    assert abs(line.left - (window.x + window.inset)) <= 0.5


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_an_address_of_many_lines_is_set_smaller(window: Window) -> None:
    lines = ("HIS EXCELLENCY", "THE MINISTER OF JUSTICE", "MINISTRY OF JUSTICE", "P.O. BOX 241", "ASMARA", "ERITREA")
    ink = Page(letter_pdf.write(replace(ENGLISH, addressee=lines), layout_for(window))).ink(
        window.x, window.y + window.notes, window.right, window.bottom
    )
    assert ink
    assert ink.lies_within(window.x, window.y, window.right, window.bottom, tolerance=0)


def test_an_address_of_eight_lines_takes_the_room_of_the_notes() -> None:
    lines = (*ENGLISH.addressee, "SIX", "SEVEN", "EIGHT")
    page = Page(letter_pdf.write(replace(ENGLISH, addressee=lines, sender=("Seoul",)), IN_WINDOW))
    ink = page.ink(DIN_5008_B.x, DIN_5008_B.y + 5, DIN_5008_B.right, DIN_5008_B.bottom)
    assert ink
    assert ink.lies_within(DIN_5008_B.x, DIN_5008_B.y + 5, DIN_5008_B.right, DIN_5008_B.bottom, tolerance=0)


def test_an_address_too_large_for_its_window_is_refused() -> None:
    letter = replace(ENGLISH, addressee=("A VERY LONG LINE OF AN ADDRESS THAT HAS TO WRAP " * 3,) * 9)
    with pytest.raises(OutsideWindow) as outside:
        letter_pdf.write(letter, Layout(US_LETTER, US_10))
    assert outside.value.field == "addressee"


def test_a_sender_who_would_stand_in_the_window_is_refused() -> None:
    with pytest.raises(OutsideWindow) as outside:
        letter_pdf.write(replace(ENGLISH, sender=("One line",) * 12), Layout(US_LETTER, US_10))
    assert outside.value.field == "sender"


def test_marks_say_where_to_fold_and_punch() -> None:
    plain = Page(letter_pdf.write(ENGLISH, IN_WINDOW))
    assert not plain.ink(right=15)
    marked = Page(letter_pdf.write(ENGLISH, replace(IN_WINDOW, fold_marks=True)))
    for y in (105, 210, 148.5):
        mark = marked.ink(right=15, top=y - 3, bottom=y + 3)
        assert mark
        assert abs((mark.top + mark.bottom) / 2 - y) <= 0.3


# Direction


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_a_letter_from_right_to_left_is_mirrored(language: str) -> None:
    page = Page(letter_pdf.write(LETTERS[language]))
    middle = page.width / 2
    (code,) = zxingcpp.read_barcodes(page.picture)
    assert code.position.top_right.x < page.picture.width / 2
    sender = page.ink(left=middle, bottom=45)
    assert sender
    assert abs(sender.right - (page.width - SIDE_MARGIN)) < 1
    address = page.ink(top=45, bottom=75)
    assert address
    assert abs(address.right - (page.width - SIDE_MARGIN)) < 1
    date = page.ink(right=middle, bottom=40)
    assert date
    assert abs(date.left - SIDE_MARGIN) < 1


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_postal_lines_and_reference_run_from_left_to_right_in_any_letter(language: str) -> None:
    text = Page(letter_pdf.write(LETTERS[language])).text
    assert "SEOUL, 04560, KOREA" in text
    assert REFERENCE in text
    for line in LETTERS[language].addressee:
        assert line in text


def test_a_postal_line_runs_in_its_own_direction() -> None:
    letter = replace(LETTERS["ar"], addressee=("12 (ب) شارع قصر النيل", "MINISTER A.", "CAIRO"))
    assert "MINISTER A." in Page(letter_pdf.write(letter)).text


# What a letter must not do


@pytest.mark.parametrize(
    "value",
    ["{{7*7}}", "{% for x in y %}", "{# x #}", "# x", "***", "<script>alert(1)</script>", "</w:t></w:r>", "A & B <C>",
     "&lt;&#x41;", "<!-- x -->", "]]>", "\\u0041 \\n", "url(http://x)", "'\"", "</p></body>"],
)  # fmt: skip
def test_safety_02_a_value_is_never_markup(value: str) -> None:
    letter = replace(
        ENGLISH, name=value, subject=value, sender=(value,), addressee=(value,), copies=(value,), closing=value,
        salutation=value, place_and_date=value, body=(Paragraph((Run(value), Run(value, strong=True))),),
    )  # fmt: skip
    copied = spaceless(Page(letter_pdf.write(letter)).text)
    assert copied.count(spaceless(value)) == 10


def test_a_line_break_stays_one_and_spaces_collapse() -> None:
    text = written("First line\nsecond   line")
    assert "First line\nsecond line" in text


def test_safety_04_a_value_that_is_missing_stops_the_letter() -> None:
    with pytest.raises(UndefinedError):
        paragraphs._template().render(blocks=[])


def test_safety_12_a_letter_of_two_pages_is_refused_but_can_be_looked_at() -> None:
    long = replace(ENGLISH, body=ENGLISH.body * 3)
    with pytest.raises(TooLong) as refused:
        letter_pdf.write(long)
    laid_out = letter_pdf.lay_out(long)
    assert refused.value.pages == laid_out.pages == len(opened(laid_out.pdf).pages) == 2
    assert REFERENCE not in Page(laid_out.pdf, 0).text
    assert REFERENCE in Page(laid_out.pdf, 1).text


@pytest.mark.parametrize("character", ["😀", "\ue000", "𪚥", "\x00", "\ud800"])
def test_safety_rule_4_a_letter_with_an_unprintable_character_is_refused_but_can_be_looked_at(character: str) -> None:
    letter = replace(ENGLISH, name=f"Mina {character}")
    with pytest.raises(Unprintable) as refused:
        letter_pdf.write(letter)
    assert (refused.value.field, refused.value.characters) == ("name", [character])
    assert "Mina \ufffd" in Page(letter_pdf.lay_out(letter).pdf).text


@pytest.mark.parametrize("name", ["Suharto", "U Thant", "ဦးသန့်", "한", "A" * 300, "姜𠮷", "O’Brien-Ñúñez"])
def test_safety_07_names_of_all_kinds_are_printed(name: str) -> None:
    assert spaceless(name) in spaceless(Page(letter_pdf.write(replace(ENGLISH, name=name, body=()))).text)


# The file


def test_a_file_is_the_same_for_the_same_letter_and_layout() -> None:
    first = letter_pdf.write(LETTERS["ko"], IN_WINDOW)
    letter_pdf.write(LETTERS["ja"])
    assert letter_pdf.write(LETTERS["ko"], IN_WINDOW) == first
    assert letter_pdf.write(LETTERS["ko"]) != first


@pytest.mark.parametrize("language", ["ko", "my", "ar"])
def test_a_file_is_the_same_in_another_process(language: str) -> None:
    program = (
        "import sys; from campaign_app.documents import letter_pdf; from campaign_app.letters.letter import Letter;"
        "sys.stdout.buffer.write(letter_pdf.write(Letter.from_json(sys.stdin.read())))"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], input=LETTERS[language].to_json().encode(), capture_output=True, check=True
    )
    assert other.stdout == letter_pdf.write(LETTERS[language])


@pytest.mark.parametrize("language", ["en", "zh-Hant", "ar"])
def test_a_file_says_its_language_and_title_and_is_tagged(language: str) -> None:
    with opened(letter_pdf.write(LETTERS[language])) as pdf:
        assert str(pdf.Root.Lang) == language
        assert str(pdf.docinfo.Title) == LETTERS[language].subject
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert b'pdfuaid:part="1"' in pdf.Root.Metadata.read_bytes()
        kinds = {str(part.S) for part in pdf.objects if isinstance(part, pikepdf.Dictionary) and "/S" in part}
    assert {"/Document", "/H1", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Figure"} <= kinds


def test_every_font_is_embedded_and_maps_to_characters() -> None:
    with opened(letter_pdf.write(LETTERS["ko"])) as pdf:
        fonts = [part for part in pdf.objects if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/Font"]
        descriptors = [font.FontDescriptor for font in fonts if "/FontDescriptor" in font]
        assert descriptors
        assert all({"/FontFile2", "/FontFile3"} & descriptor.keys() for descriptor in descriptors)
        assert all("/ToUnicode" in font for font in fonts if font.Subtype == "/Type0")


def test_safety_13_a_file_holds_no_script_attachment_author_or_path() -> None:
    content = b""
    with opened(letter_pdf.write(ENGLISH, replace(IN_WINDOW, fold_marks=True))) as pdf:
        assert not {"/OpenAction", "/AA", "/Names", "/AcroForm", "/Outlines"} & pdf.Root.keys()
        assert not {"/Author", "/Creator", "/CreationDate", "/ModDate"} & pdf.docinfo.keys()
        for part in pdf.objects:
            content += part.read_bytes() if isinstance(part, pikepdf.Stream) else part.unparse()
    for forbidden in (
        b"/JavaScript",
        b"/JS",
        b"/EmbeddedFile",
        b"/Filespec",
        b"/URI",
        b"/home/",
        b"/usr/",
        b"file:",
        b"/tmp/",
    ):
        assert forbidden not in content


# Reference and code


def test_the_code_opens_the_link_and_is_large_and_free_enough() -> None:
    page = Page(letter_pdf.write(ENGLISH))
    (code,) = zxingcpp.read_barcodes(page.picture)
    assert code.text == LINK
    right, bottom = page.width - SIDE_MARGIN, page.height - LEAST_MARGIN
    figure = page.ink(left=right - 17, top=bottom - 17)
    assert figure
    width, height = figure.right - figure.left, figure.bottom - figure.top
    assert min(width, height) >= 15
    quiet = 4 * width / 33  # four modules; version 4 has 33
    assert not page.ink(figure.left - quiet, figure.top - quiet, figure.left - 0.2, figure.bottom + quiet)
    assert not page.ink(figure.left, figure.top - quiet, figure.right + quiet, figure.top - 0.2)


def test_the_reference_stands_small_beside_the_code() -> None:
    page = Page(letter_pdf.write(ENGLISH))
    reference = page.ink(left=130, top=270, right=page.width - SIDE_MARGIN - 17)
    assert reference
    assert reference.bottom - reference.top < 3
    assert REFERENCE in page.text
