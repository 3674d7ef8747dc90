"""A run of letters as one DOCX, read back."""

from __future__ import annotations

import copy
import io
import re
import tracemalloc
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from letters import LETTERS
from lxml import etree
from PIL import Image

from campaign_app.documents import letter_docx, run_docx
from campaign_app.documents.paper import DIN_5008_B, FRANCE, US_10, US_LETTER, Layout
from campaign_app.letters.letter import ItemList, Letter, Paragraph, Run

Job = tuple[Letter, Layout]

ENGLISH = LETTERS["en"]
LAYOUTS = (Layout(), Layout(window=DIN_5008_B, fold_marks=True), Layout(US_LETTER, US_10, large_print=True))
LONG = replace(ENGLISH, body=ENGLISH.body * 2)
MIXED: list[Job] = [
    (replace(letter, reference=f"{letter.language} {number}", link=f"https://letters.example.org/l/{number}"), layout)
    for number, (letter, layout) in enumerate(
        [(letter, layout) for layout in LAYOUTS for letter in (*LETTERS.values(), LONG)]
    )
]
MARK = re.compile("_[0-9a-f]{10}$")


def parts(jobs: Sequence[Job], size: int = 20) -> list[bytes]:
    made = [run_docx.part(start + 1, jobs[start : start + size]) for start in range(0, len(jobs), size)]
    assert not any(refused for _, refused in made)
    return [part for part, _ in made]


def assembled(given: Iterable[bytes], folder: Path) -> bytes:
    with (folder / "run.docx").open("wb") as stream:
        run_docx.assemble(given, stream)
    return (folder / "run.docx").read_bytes()


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return assembled(parts(MIXED), tmp_path_factory.mktemp("mixed"))


@pytest.fixture(scope="module")
def document(mixed: bytes) -> Docx:
    return Document(io.BytesIO(mixed))


def sections(document: Docx) -> list[list[etree._Element]]:
    """The paragraphs of each section."""
    found: list[list[etree._Element]] = [[]]
    for paragraph in document.element.body.iterfind(qn("w:p")):
        found[-1].append(paragraph)
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            found.append([])
    return found


def without_what_sections_need(paragraph: etree._Element) -> bytes:
    """A paragraph but for the end of its section, the marks of its styles and the number of its list."""
    plain = copy.deepcopy(paragraph)
    for tag in ("w:sectPr", "w:numPr"):
        for element in list(plain.iter(qn(tag))):
            element.getparent().remove(element)
    style = plain.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    style.set(qn("w:val"), MARK.sub("", style.get(qn("w:val"))))
    return etree.tostring(plain, method="c14n", exclusive=True)


def parts_of(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def inherited(styles: etree._Element, identifier: str) -> dict[str, str]:
    """What a style says with all that it builds on, except for the names of styles and lists."""
    style = next(found for found in styles if found.get(qn("w:styleId")) == identifier)
    based = style.find(qn("w:basedOn"))
    said = inherited(styles, based.get(qn("w:val"))) if based is not None else defaults(styles)
    for group in ("w:pPr", "w:rPr"):
        for element in style.find(qn(group)):
            if element.tag != qn("w:numPr"):
                said[element.tag] = etree.tostring(element, method="c14n", exclusive=True).decode()
    return said


def defaults(styles: etree._Element) -> dict[str, str]:
    type_ = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    return {element.tag: etree.tostring(element, method="c14n", exclusive=True).decode() for element in type_}


def test_every_letter_has_a_section_with_its_page(document: Docx) -> None:
    assert len(document.sections) == len(sections(document)) == len(MIXED)
    for section, (letter, layout) in zip(document.sections, MIXED, strict=True):
        alone = Document(io.BytesIO(letter_docx.write(letter, layout))).sections[0]
        assert section.start_type == alone.start_type
        for tag in ("w:pgSz", "w:pgMar", "w:cols", "w:bidi"):
            one, other = section._sectPr.find(qn(tag)), alone._sectPr.find(qn(tag))
            assert (one is None) == (other is None)
            assert one is None or dict(one.attrib) == dict(other.attrib)


def test_a_letter_of_a_run_is_the_letter_alone(document: Docx) -> None:
    for paragraphs, (letter, layout) in zip(sections(document), MIXED, strict=True):
        alone = Document(io.BytesIO(letter_docx.write(letter, layout))).element.body.iterfind(qn("w:p"))
        assert list(map(without_what_sections_need, paragraphs)) == list(map(without_what_sections_need, alone))


def test_its_styles_are_those_of_the_letter_alone(mixed: bytes, document: Docx) -> None:
    theirs = etree.fromstring(parts_of(mixed)["word/styles.xml"])
    for paragraphs, (letter, layout) in zip(sections(document), MIXED, strict=True):
        ours = etree.fromstring(parts_of(letter_docx.write(letter, layout))["word/styles.xml"])
        for paragraph in paragraphs:
            identifier = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))
            assert inherited(theirs, identifier) == inherited(ours, MARK.sub("", identifier))


def test_every_letter_has_its_own_foot(document: Docx) -> None:
    for section, (letter, _) in zip(document.sections, MIXED, strict=True):
        reference, code = section.footer.paragraphs
        assert reference.text == letter.reference
        assert code._p.find(f".//{qn('wp:docPr')}").get("descr") == letter.link
        identifier = code._p.find(f".//{qn('a:blip')}").get(qn("r:embed"))
        picture = Image.open(io.BytesIO(section.footer.part.related_parts[identifier].blob))
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [letter.link]


def test_marks_for_folding_stand_only_where_they_are_wanted(document: Docx) -> None:
    for section, (_, layout) in zip(document.sections, MIXED, strict=True):
        assert not section.header.is_linked_to_previous
        assert len(section.header.paragraphs) == (4 if layout.fold_marks else 1)


def test_names_of_styles_are_plain_and_each_stands_for_one(document: Docx) -> None:
    names = [style.name for style in document.styles]
    assert len(set(names)) == len(names)
    assert {"Normal", "Body Text", "Body Text ko", "Addressee ar", "Anchor"} <= set(names)
    assert sum(style.element.get(qn("w:default")) == "1" for style in document.styles) == 2  # and that of characters


def test_all_that_is_named_exists(mixed: bytes) -> None:
    docx = parts_of(mixed)
    roots = {name: etree.fromstring(content) for name, content in docx.items() if name.endswith("xml")}
    identifiers = [style.get(qn("w:styleId")) for style in roots["word/styles.xml"].iter(qn("w:style"))]
    assert len(set(identifiers)) == len(identifiers)
    for root in roots.values():
        for tag in ("w:pStyle", "w:rStyle", "w:basedOn", "w:next"):
            assert {named.get(qn("w:val")) for named in root.iter(qn(tag))} <= set(identifiers)
    lists = {number.get(qn("w:numId")) for number in roots["word/numbering.xml"].iter(qn("w:num"))}
    for name in ("word/document.xml", "word/styles.xml"):
        assert {number.get(qn("w:val")) for number in roots[name].iter(qn("w:numId"))} <= lists
    for name in (name for name in docx if name.endswith(".rels")):
        folder = name.replace("_rels/", "").rpartition("/")[0]
        links = list(etree.fromstring(docx[name]))
        assert {f"{folder}/{link.get('Target')}".lstrip("/") for link in links} <= docx.keys()
        assert len({link.get("Id") for link in links}) == len(links)


def test_the_lists_of_every_letter_count_from_one(tmp_path: Path) -> None:
    first, second = (ItemList(((Run(text),), (Run(text),)), ordered=True) for text in "ab")
    letter = replace(ENGLISH, body=(first, Paragraph((Run("x"),)), second))
    document = Document(io.BytesIO(assembled(parts([(letter, Layout())] * 3, size=2), tmp_path)))
    items = [p for p in document.paragraphs if p.style.name.startswith("List Number")]
    numbers = [item._p.pPr.numPr.numId.val for item in items]
    assert numbers == sorted(numbers)
    assert [numbers.count(number) for number in dict.fromkeys(numbers)] == [2] * 6
    numbering = document.part.numbering_part.element
    for number in numbers:
        found = numbering.num_having_numId(number)
        assert found.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}").get(qn("w:val")) == "1"


def test_a_run_in_one_language_has_the_styles_of_one_letter(tmp_path: Path) -> None:
    run = Document(io.BytesIO(assembled(parts([(ENGLISH, Layout()), (ENGLISH, Layout())]), tmp_path)))
    alone = Document(io.BytesIO(letter_docx.write(ENGLISH)))
    assert [style.name for style in run.styles] == [style.name for style in alone.styles]


def test_the_same_run_is_the_same_file(tmp_path: Path, mixed: bytes) -> None:
    assert assembled(iter(parts(MIXED)), tmp_path) == mixed


@pytest.mark.parametrize("size", [1, 7, 100])
def test_it_does_not_matter_how_letters_were_parted(tmp_path: Path, mixed: bytes, size: int) -> None:
    assert parts_of(assembled(parts(MIXED, size), tmp_path)) == parts_of(mixed)


def test_a_letter_that_no_document_can_hold_is_left_out_and_named(tmp_path: Path) -> None:
    wrong = replace(ENGLISH, link="\0")
    part, refused = run_docx.part(7, [(ENGLISH, Layout()), (wrong, Layout()), (LETTERS["ko"], Layout())])
    nothing, also = run_docx.part(10, [(wrong, Layout())])
    assert (refused, also) == ({8: "U+0000 cannot stand in a document."}, {10: "U+0000 cannot stand in a document."})
    document = Document(io.BytesIO(assembled([nothing, part, nothing], tmp_path)))
    assert len(document.sections) == 2
    assert [section.footer.paragraphs[0].text for section in document.sections] == [ENGLISH.reference] * 2


def test_a_run_of_which_nothing_is_left_is_no_document() -> None:
    with pytest.raises(run_docx.NoLetters):
        run_docx.assemble([run_docx.part(1, [])[0]], io.BytesIO())


@pytest.mark.parametrize("window", [None, FRANCE])
def test_a_letter_that_says_nothing_still_has_its_page(tmp_path: Path, window: object) -> None:
    empty = Letter("en", ("A",), "", ("B",), "", "", (), "", "")
    jobs = [(empty, Layout(window=window)), (empty, Layout(window=window))]  # type: ignore[arg-type]
    document = Document(io.BytesIO(assembled(parts(jobs), tmp_path)))
    assert [[p.text for p in section.footer.paragraphs] for section in document.sections] == [[""], [""]]
    assert document.paragraphs[-1]._p.find(f"{qn('w:pPr')}/{qn('w:framePr')}") is None


def test_safety_13_the_file_says_nothing_about_anyone(mixed: bytes) -> None:
    stream = io.BytesIO()
    run_docx.assemble(parts(MIXED[:1]), stream, title="Letters for A & B", language="en")
    properties = Document(stream).core_properties
    assert (properties.title, properties.language, properties.author) == ("Letters for A & B", "en", "")
    everything = b"".join(parts_of(mixed).values()).lower()
    assert not any(foreign in everything for foreign in (b"python", b"/home", b"/work", b"/tmp", b"external"))


def test_nothing_lies_about_when_it_is_done(tmp_path: Path) -> None:
    assembled(parts(MIXED[:2]), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["run.docx"]


def test_memory_does_not_grow_with_the_letters(tmp_path: Path) -> None:
    some = [(replace(ENGLISH, link=f"https://letters.example.org/l/{n:04}"), Layout()) for n in range(50)]
    assembled((run_docx.part(1 + 50 * n, some)[0] for n in range(2)), tmp_path)
    peaks = []
    for count in (2, 12):
        tracemalloc.start()
        assembled((run_docx.part(1 + 50 * n, some)[0] for n in range(count)), tmp_path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 500 * 3000  # bytes a letter, for what the directories of the file say of it
