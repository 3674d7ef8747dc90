"""The letters of a run: each is the letter that is made alone, and one that cannot be printed costs only itself."""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2
import pytest
from letters import LETTERS
from pages import opened
from PIL import ImageChops

from campaign_app.documents import chunk_setting, letter_pdf, run_pdf
from campaign_app.documents.chunk import Chunk, Failed, failed, joined
from campaign_app.documents.galley import Galley
from campaign_app.documents.paper import DIN_5008_A, DIN_5008_B, FRANCE, US_10, US_LETTER, Layout
from campaign_app.documents.unfit import OutsideWindow, TooLong, Unprintable
from campaign_app.letters.letter import Letter, Paragraph, Run

ENGLISH = LETTERS["en"]
LAYOUTS = (
    Layout(),
    Layout(window=DIN_5008_A),
    Layout(window=DIN_5008_B, fold_marks=True),
    Layout(window=FRANCE),
    Layout(US_LETTER, US_10),
)
LARGE = Layout(large_print=True)


def signed(language: str, number: int) -> Letter:
    """A letter of a writer of its own; every second one has own words of its own length."""
    letter = LETTERS[language]
    chance = random.Random(number)  # noqa: S311
    own = Paragraph((Run(" ".join(chance.choices(letter.body[0].text.split(), k=chance.randint(4, 30)))),), own=True)
    name = f"{letter.name} {number}"
    body = (*letter.body[:4], own, *letter.body[-1:]) if number % 2 else letter.body
    return replace(letter, sender=(name, *letter.sender[1:]), name=name, body=body, link=f"{letter.link}{number}")


def assembled(*chunks: Chunk, double_sided: bool = False) -> bytes:
    stream = io.BytesIO()
    run_pdf.assemble(chunks, stream, title="Run", language="en", double_sided=double_sided)
    return stream.getvalue()


def made(letters: Sequence[Letter], layout: Layout = LAYOUTS[0]) -> Chunk:
    return chunk_setting.set_chunk(letters, layout, Galley())


@pytest.mark.parametrize("layout", [*LAYOUTS, LARGE], ids=["A4", "DIN A", "DIN B", "France", "US", "large"])
def test_a_page_of_a_run_is_the_page_of_the_letter_made_alone(layout: Layout) -> None:
    letters = [signed(language, number) for language in LETTERS for number in range(2)]
    if layout.large_print:
        letters = [replace(letter, body=letter.body[:2]) for letter in letters]
    chunk = made(letters, layout)
    fit = [(letter, letter_pdf.lay_out(letter, layout)) for letter in letters]
    fit = [(letter, alone) for letter, alone in fit if alone.pages == 1 and not alone.outside]
    assert len(fit) > len(letters) * 0.8
    run = pypdfium2.PdfDocument(assembled(chunk))
    assert [isinstance(page, tuple) for page in chunk.pages].count(True) == len(run) == len(fit)
    for page, (_, made_alone) in zip(run, fit, strict=True):
        alone = pypdfium2.PdfDocument(made_alone.pdf)[0]
        pictures = [one.render(scale=100 / 72, grayscale=True).to_pil() for one in (page, alone)]
        different = sum(ImageChops.difference(*pictures).histogram()[1:])
        assert different <= 0.001 * pictures[0].width * pictures[0].height
        assert page.get_textpage().get_text_bounded() == alone.get_textpage().get_text_bounded()


def test_a_run_is_the_same_however_it_is_cut_into_chunks() -> None:
    letters = [signed(language, number) for language in ("en", "my", "ar") for number in range(4)]
    whole, parts = assembled(made(letters)), assembled(made(letters[:5]), made(letters[5:]))
    for one, other in itertools.zip_longest(pypdfium2.PdfDocument(whole), pypdfium2.PdfDocument(parts)):
        pictures = [page.render(scale=1, grayscale=True).to_pil() for page in (one, other)]
        assert ImageChops.difference(*pictures).getbbox() is None
        assert one.get_textpage().get_text_bounded() == other.get_textpage().get_text_bounded()


def test_a_chunk_can_be_stored() -> None:
    chunk = made(
        [signed("ur", 1), signed("ur", 2), replace(ENGLISH, name="😀"), replace(ENGLISH, body=ENGLISH.body * 3)]
    )
    again = Chunk.from_bytes(chunk.to_bytes())
    assert (again.size, again.shared, again.glyphs) == (chunk.size, chunk.shared, chunk.glyphs)
    assert again.pages[:2] == chunk.pages[:2]
    assert [(type(page), page.args) for page in again.pages[2:]] == [  # type: ignore[union-attr]
        (Unprintable, ("name", ["😀"])), (TooLong, (2,)),
    ]  # fmt: skip
    assert assembled(again) == assembled(chunk)


def test_chunks_can_be_joined() -> None:
    letters = [signed("ko", number) for number in range(4)]
    whole = joined(made(letters[:2]), made(letters[2:]))
    assert len(pypdfium2.PdfDocument(assembled(whole))) == 4


def test_a_letter_that_cannot_be_printed_costs_only_itself() -> None:
    letters = [
        signed("en", 0),
        replace(ENGLISH, addressee=("LINE",) * 40),
        replace(ENGLISH, name="😀"),
        replace(ENGLISH, body=(None,)),  # type: ignore[arg-type]
        signed("en", 1),
    ]
    chunk = made(letters, Layout(window=DIN_5008_B))
    assert [type(page) for page in chunk.pages] == [tuple, OutsideWindow, Unprintable, Failed, tuple]
    assert len(pypdfium2.PdfDocument(assembled(chunk, failed(1, "TimedOut")))) == 2


def test_on_two_sides_every_letter_begins_on_a_sheet_of_its_own() -> None:
    run = pypdfium2.PdfDocument(assembled(made([signed("en", 0), signed("en", 1)]), double_sided=True))
    texts = [page.get_textpage().get_text_bounded() for page in run]
    assert [bool(text) for text in texts] == [True, False, True, False]


def test_safety_13_a_run_says_title_and_language_and_nothing_of_where_it_was_made() -> None:
    with opened(assembled(made([signed("en", 0)]))) as pdf:
        assert (str(pdf.docinfo.Title), str(pdf.Root.Lang)) == ("Run", "en")
        assert pdf.docinfo.keys() == {"/Title"}
        assert not {"/OpenAction", "/AA", "/Names", "/AcroForm", "/Outlines"} & pdf.Root.keys()
        assert pdf.check_pdf_syntax() == []


def test_many_letters_share_their_text_and_each_font() -> None:
    few, many = (assembled(made([signed("en", 2 * number) for number in range(count)])) for count in (20, 120))
    assert (len(many) - len(few)) / 100 < 1000
    with opened(many) as pdf:
        names = [str(part.FontName) for part in pdf.objects if hasattr(part, "get") and part.get("/FontName")]
    assert len(names) == len(set(names)) == 3


def test_what_one_letter_said_is_forgotten_with_it() -> None:
    galley = Galley()
    galley.arrange(signed("en", 1), LAYOUTS[0])
    galley.arrange(signed("en", 3), LAYOUTS[0])
    kept = repr(list(galley._entries))
    assert ENGLISH.body[0].text in kept
    assert f"{ENGLISH.name} 1" not in kept
    assert f"{ENGLISH.name} 3" not in kept
