"""A letter as DOCX, read back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
import zxingcpp
from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from letters import LETTERS, LINK, REFERENCE
from lxml import etree
from PIL import Image

from campaign_app.documents import letter_blank, letter_docx
from campaign_app.documents.letter_docx import Unwritable
from campaign_app.documents.paper import DIN_5008_A, DIN_5008_B, FRANCE, US_10, US_LETTER, Layout
from campaign_app.letters.letter import ItemList, Letter, Paragraph, Run

ENGLISH, KOREAN, ARABIC = LETTERS["en"], LETTERS["ko"], LETTERS["ar"]
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
HOSTILE = (
    "</w:t></w:r>", "{{7*7}}", "{% for x in y %}", "# x", "***", "<script>alert(1)</script>", "A & B <C>",
    "  between spaces  ", "\ta tab\tand\nnew lines\n\nof it", "]]>", "&amp;", "<!--", "1. x", "=HYPERLINK()",
)  # fmt: skip

# The order of elements in ISO/IEC 29500-1, annex A, as far as letters use them.
ORDERS = {
    "pPr": [
        "pStyle", "keepNext", "framePr", "numPr", "pBdr", "wordWrap", "overflowPunct", "autoSpaceDE", "autoSpaceDN",
        "bidi", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl",
    ],
    "rPr": ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "sz", "szCs", "rtl", "cs", "lang"],
    "style": ["name", "basedOn", "next", "qFormat", "pPr", "rPr"],
    "sectPr": ["headerReference", "footerReference", "pgSz", "pgMar", "cols", "bidi"],
}  # fmt: skip


def opened(letter: Letter, layout: Layout = Layout()) -> Docx:  # noqa: B008 (it is frozen)
    return Document(io.BytesIO(letter_docx.write(letter, layout)))


def parts(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def texts(document: Docx) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def said(letter: Letter) -> Iterator[str]:
    """What a letter says, paragraph by paragraph."""
    yield from letter.sender
    yield letter.place_and_date
    yield from letter.addressee
    yield letter.subject
    yield letter.salutation
    for block in letter.body:
        yield from block.text.split("\n") if isinstance(block, ItemList) else (block.text,)
    yield letter.closing
    yield letter.name
    yield f"{letter.copies_label}\t" + "\n".join(letter.copies)


def runs_with(document: Docx, mark: str) -> str:
    found = document.element.body.iterfind(f".//{qn('w:r')}")
    return "".join(run.text for run in found if run.find(f"{qn('w:rPr')}/{qn(mark)}") is not None)


@pytest.mark.parametrize("language", LETTERS)
def test_a_letter_says_the_same_in_the_same_order(language: str) -> None:
    assert texts(opened(LETTERS[language])) == list(said(LETTERS[language]))


@pytest.mark.parametrize("window", [DIN_5008_A, FRANCE])
@pytest.mark.parametrize("language", LETTERS)
def test_a_window_changes_nothing_of_what_a_letter_says(language: str, window: object) -> None:
    letter = LETTERS[language]
    found = [text.replace("\u200e", "") for text in texts(opened(letter, Layout(window=window)))]
    assert [text for text in found if text != letter.return_line] == list(said(letter))
    assert (letter.return_line in found) == window.return_line


def test_paragraphs_have_styles_named_for_what_they_are() -> None:
    styles = [paragraph.style.name for paragraph in opened(ENGLISH, Layout(window=DIN_5008_B)).paragraphs]
    assert styles == [
        "Sender", "Sender", "Sender", "Place and Date", "Return Line",
        "Addressee", "Addressee", "Addressee", "Addressee", "Addressee",
        "Subject", "Salutation", "Body Text", "Body Text", "Body Text",
        "List Bullet", "List Bullet", "List Bullet End", "Body Text", "Body Text",
        "Closing", "Signature", "Copies",
    ]  # fmt: skip


@pytest.mark.parametrize("layout", [Layout(), Layout(window=US_10)])
@pytest.mark.parametrize("language", ["en", "my", "ko"])
def test_space_is_made_by_styles_and_not_by_empty_paragraphs(language: str, layout: Layout) -> None:
    document = opened(LETTERS[language], layout)
    assert all(paragraph.text for paragraph in document.paragraphs)
    assert not document.tables
    spacing = (p.paragraph_format for p in document.paragraphs)
    assert not any(format.space_before or format.space_after or format.line_spacing for format in spacing)


@pytest.mark.parametrize("typed", HOSTILE)
def test_safety_02_a_value_is_never_markup(typed: str) -> None:
    letter = replace(
        ENGLISH, name=typed, subject=typed, sender=(typed,), copies=(typed, typed), reference="", link="",
        body=(Paragraph((Run(typed), Run(typed, strong=True), Run(typed, emphasis=True)), own=True),),
    )  # fmt: skip
    document = opened(letter)
    by_style = {paragraph.style.name: paragraph.text for paragraph in document.paragraphs}
    assert by_style["Sender"] == by_style["Subject"] == by_style["Signature"] == typed
    assert by_style["Body Text"] == typed * 3
    assert by_style["Copies"] == f"cc\t{typed}\n{typed}"
    assert document.core_properties.title == typed


@pytest.mark.parametrize("wrong", ["\0", "\x1b", "\ufffe", "\uffff", "\ud800", "\x0b"])
@pytest.mark.parametrize("field", ["subject", "name", "reference", "link"])
def test_safety_05_what_no_file_can_hold_is_refused(field: str, wrong: str) -> None:
    with pytest.raises(Unwritable, match=f"U\\+{ord(wrong):04X}"):
        letter_docx.write(replace(ENGLISH, **{field: f"a{wrong}b"}))


def test_a_language_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="expected only letters"):
        letter_docx.write(replace(ENGLISH, language='en"/>'))


def test_emphasis_is_a_style_of_characters() -> None:
    styles = {run.text: run.style.name for paragraph in opened(ENGLISH).paragraphs for run in paragraph.runs}
    assert styles["once a month"] == "Emphasis"
    assert styles["Tolva Meren is a prisoner of conscience."] == "Strong"


def test_scripts_without_italics_say_it_with_bold_type() -> None:
    styles = {run.text: run.style.name for paragraph in opened(KOREAN).paragraphs for run in paragraph.runs}
    assert styles["한 달에 한 번"] == "Strong"


def test_every_numbered_list_counts_from_one() -> None:
    first, second = (ItemList(((Run(text),), (Run(text),)), ordered=True) for text in "ab")
    document = opened(replace(ENGLISH, body=(first, ItemList(((Run("c"),),)), second, ItemList(()))))
    items = [paragraph for paragraph in document.paragraphs if paragraph.style.name.startswith("List")]
    assert [item.text for item in items] == ["a", "a", "c", "b", "b"]
    lists = [item._p.pPr.numPr.numId.val if item._p.pPr.numPr is not None else None for item in items]
    assert lists == [None, None, None, 3, 3]
    further = document.part.numbering_part.element.num_having_numId(3)
    assert further.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}").get(qn("w:val")) == "1"


# Scripts and languages


@pytest.mark.parametrize("language", LETTERS)
def test_the_document_names_fonts_and_languages_of_its_text(language: str) -> None:
    defaults = opened(LETTERS[language]).styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}")
    assert all(fonts.get(qn(f"w:{slot}")).startswith("Noto ") for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    tags = defaults.find(f".//{qn('w:lang')}").attrib.values()
    assert {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}.get(language, language) in (
        tag if language.startswith("zh") else tag.split("-")[0] for tag in tags
    )


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_letters_from_right_to_left_are_marked_so(language: str) -> None:
    document = opened(LETTERS[language])
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert document.styles["Normal"].element.pPr.find(qn("w:bidi")).get(qn("w:val")) == "1"
    marked = runs_with(document, "w:rtl")
    assert LETTERS[language].salutation.rstrip(",،") in marked
    assert not re.search("[A-Za-z]", marked)
    assert not re.search("[\u0590-\u08ff]", "".join(texts(document)).translate(dict.fromkeys(map(ord, marked))))


@pytest.mark.parametrize("language", sorted(LETTERS.keys() - set(RIGHT_TO_LEFT)))
def test_other_letters_are_not_marked_so(language: str) -> None:
    document = opened(LETTERS[language])
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is None
    assert not runs_with(document, "w:rtl")


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_their_latin_lines_stay_left_to_right(language: str) -> None:
    document = opened(LETTERS[language])
    for style in ("Sender Latin", "Addressee Latin"):
        assert document.styles[style].element.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0"
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["15, Muhak-ro 2-gil, Seongdong-gu"] == "Sender Latin"
    assert all(styles[line] == "Addressee Latin" for line in LETTERS[language].addressee)
    assert document.paragraphs[0].style.name == "Sender"


def test_lines_of_the_sender_do_not_run_into_each_other_above_a_window() -> None:
    document = opened(ARABIC, Layout(window=DIN_5008_B))
    (line,) = (paragraph for paragraph in document.paragraphs if paragraph.style.name == "Return Line")
    runs = [(run.text, run.font.rtl or False) for run in line.runs]
    assert runs == [
        ("بحر الأزرق", True), ("\u200e", False), (" · ", False), ("15, Muhak-ro 2-gil, Seongdong-gu", False),
        (" · ", False), ("SEOUL, 04560, KOREA", False),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ko", "ja", "zh-Hans", "zh-Hant"])
def test_east_asian_text_is_marked_so(language: str) -> None:
    document = opened(LETTERS[language])
    hinted = "".join(
        run.text
        for run in document.element.body.iterfind(f".//{qn('w:r')}")
        if (fonts := run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")) is not None and fonts.get(qn("w:hint")) == "eastAsia"
    )
    assert LETTERS[language].salutation in hinted
    assert not re.search("[A-Za-z]", hinted)


@pytest.mark.parametrize("language", ["th", "hi", "my", "km", "am"])
def test_complex_scripts_are_marked_so(language: str) -> None:
    marked = runs_with(opened(LETTERS[language]), "w:cs")
    assert LETTERS[language].closing in marked
    assert not re.search("[A-Za-z]", marked)


def test_korean_breaks_between_words() -> None:
    wrap = opened(KOREAN).styles["Normal"].element.pPr.find(qn("w:wordWrap"))
    assert wrap.get(qn("w:val")) == "1"


def test_a_foreign_name_has_its_own_font_and_language() -> None:
    document = opened(replace(ENGLISH, name="Kim 김민수", sender=("محمد",)))
    properties = {
        run.text: {child.tag: dict(child.attrib) for child in run._r.rPr}
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run._r.rPr is not None
    }
    assert properties["김민수"] == {qn("w:rFonts"): {qn("w:hint"): "eastAsia"}}  # the rest is as in the whole letter
    assert properties["محمد"] == {qn("w:rtl"): {}}
    hebrew = opened(replace(ENGLISH, name="ים"))
    (run,) = (run for paragraph in hebrew.paragraphs for run in paragraph.runs if run.text == "ים")
    assert run._r.rPr.find(qn("w:rFonts")).get(qn("w:cs")) == "Noto Serif Hebrew"
    assert run._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "he-IL"


# The page


def test_a_letter_has_the_page_of_its_layout() -> None:
    section = opened(ENGLISH).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    letter = opened(ENGLISH, Layout(US_LETTER)).sections[0]
    assert (round(letter.page_width.mm, 1), round(letter.page_height.mm, 1)) == (215.9, 279.4)
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert all(margin >= Mm(20) for margin in margins)


@pytest.mark.parametrize(("layout", "half_points"), [(Layout(), "22"), (Layout(large_print=True), "32")])
def test_text_is_eleven_points_high_and_large_print_sixteen(layout: Layout, half_points: str) -> None:
    defaults = opened(ENGLISH, layout).styles.element.find(qn("w:docDefaults"))
    assert {defaults.find(f".//{qn(tag)}").get(qn("w:val")) for tag in ("w:sz", "w:szCs")} == {half_points}


def test_a_letter_that_would_fill_more_than_its_page_is_set_tighter() -> None:
    longer = replace(ENGLISH, body=ENGLISH.body * 2)
    lines = [opened(letter).styles["Normal"].paragraph_format.line_spacing for letter in (ENGLISH, longer)]
    assert lines == [Pt(15.4), Pt(14.15)]


def test_a_long_address_is_set_small_enough_for_its_window() -> None:
    def size(*lines: str) -> float:
        return opened(replace(ENGLISH, addressee=lines), Layout(window=US_10)).styles["Addressee"].font.size.pt

    assert size("A", "B", "C") > size("A", "B", "C", "D") > size("A", "B", "C", "D", "E", "F")
    assert size("A", "B", "C") > size("A", "B" * 60, "C")


def test_the_code_leads_to_the_letters_page_and_says_so() -> None:
    docx = parts(letter_docx.write(ENGLISH))
    picture = Image.open(io.BytesIO(docx["word/media/image1.png"]))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [LINK]
    footer = Document(io.BytesIO(letter_docx.write(ENGLISH))).sections[0].footer
    assert [paragraph.text for paragraph in footer.paragraphs] == [REFERENCE, ""]
    assert footer._element.find(f".//{qn('wp:docPr')}").get("descr") == LINK


def test_without_link_and_reference_the_foot_is_empty() -> None:
    letter = replace(ENGLISH, link="", reference="")
    assert "word/media/image1.png" not in parts(letter_docx.write(letter))
    footer = opened(letter).sections[0].footer
    assert [paragraph.text for paragraph in footer.paragraphs] == [""]
    assert footer._element.find(f".//{qn('w:drawing')}") is None


# The file


def test_safety_13_the_file_says_what_it_is_and_nothing_about_anyone() -> None:
    properties = opened(KOREAN).core_properties
    assert (properties.title, properties.language) == (KOREAN.subject, "ko")
    for empty in ("author", "last_modified_by", "comments", "keywords", "subject", "category", "identifier", "version"):
        assert getattr(properties, empty) == ""
    assert properties.created is None
    assert properties.modified is None


def test_the_file_holds_nothing_but_the_letter() -> None:
    docx = parts(letter_docx.write(ENGLISH, Layout(fold_marks=True)))
    assert set(docx) == {
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/styles.xml",
        "word/settings.xml", "word/numbering.xml", "word/fontTable.xml", "word/header1.xml", "word/footer1.xml",
        "word/media/image1.png", "word/_rels/document.xml.rels", "word/_rels/footer1.xml.rels",
    }  # fmt: skip
    everything = b"".join(docx.values()).lower()
    for foreign in (
        b"python",
        b"macintosh",
        b"microsoft office",
        b"/home",
        b"/work",
        b"rsid",
        b"thumbnail",
        b"external",
    ):
        assert foreign not in everything


def test_word_is_told_to_keep_its_users_name_out() -> None:
    settings = opened(ENGLISH).settings.element
    assert settings.find(qn("w:removePersonalInformation")) is not None


@pytest.mark.parametrize("layout", [Layout(), Layout(window=DIN_5008_A, fold_marks=True)])
def test_the_same_letter_is_the_same_file(layout: Layout) -> None:
    first = letter_docx.write(ARABIC, layout)
    letter_blank.blank.cache_clear()
    assert letter_docx.write(ARABIC, layout) == first
    assert letter_docx.write(replace(ARABIC, name="x"), layout) != first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {(entry.date_time, entry.create_system) for entry in package.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_two_letters_do_not_share_what_is_theirs() -> None:
    first = opened(ENGLISH)
    opened(replace(ENGLISH, sender=("Other",), subject="Other", reference="OTHER", link="https://other.example"))
    assert letter_docx.write(ENGLISH) == letter_docx.write(ENGLISH)
    assert texts(opened(ENGLISH)) == texts(first)


@pytest.mark.parametrize("layout", [Layout(window=DIN_5008_B, fold_marks=True), Layout()])
@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_elements_stand_in_the_order_of_the_schema(language: str, layout: Layout) -> None:
    for name, content in parts(letter_docx.write(LETTERS[language], layout)).items():
        for parent in etree.fromstring(content).iter() if name.endswith("xml") else ():
            if order := ORDERS.get(etree.QName(parent).localname):
                children = [etree.QName(child).localname for child in parent]
                assert children == sorted(set(children), key=order.index)


@pytest.mark.parametrize("language", LETTERS)
def test_every_style_list_and_part_that_is_named_exists(language: str) -> None:
    docx = parts(letter_docx.write(LETTERS[language], Layout(window=DIN_5008_B, fold_marks=True)))
    roots = {name: etree.fromstring(content) for name, content in docx.items() if name.endswith("xml")}
    defined = {style.get(qn("w:styleId")) for style in roots["word/styles.xml"].iter(qn("w:style"))}
    for root in roots.values():
        for tag in ("w:pStyle", "w:rStyle", "w:basedOn", "w:next"):
            assert {named.get(qn("w:val")) for named in root.iter(qn(tag))} <= defined
    for name in (name for name in docx if name.endswith(".rels")):
        folder = name.replace("_rels/", "").rpartition("/")[0]
        targets = (link.get("Target") for link in etree.fromstring(docx[name]))
        assert {f"{folder}/{target}".lstrip("/") for target in targets} <= docx.keys()


# Several letters


def test_several_letters_come_in_one_archive() -> None:
    archive = letter_docx.write_zip([("1 Amina.docx", ENGLISH), ("2 한바다.docx", KOREAN)], Layout(window=DIN_5008_B))
    assert parts(archive) == {
        "1 Amina.docx": letter_docx.write(ENGLISH, Layout(window=DIN_5008_B)),
        "2 한바다.docx": letter_docx.write(KOREAN, Layout(window=DIN_5008_B)),
    }
    assert archive == letter_docx.write_zip(
        [("1 Amina.docx", ENGLISH), ("2 한바다.docx", KOREAN)], Layout(window=DIN_5008_B)
    )


def test_two_letters_of_one_file_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same file name"):
        letter_docx.write_zip([("a.docx", ENGLISH), ("a.docx", KOREAN)])
