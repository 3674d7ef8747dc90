from __future__ import annotations

from dataclasses import replace

import pytest
from letters import LETTERS
from pages import Ink, Page, opened, spaceless

from campaign_app.documents import envelopes
from campaign_app.documents.envelopes import Envelope, Hint
from campaign_app.documents.marks import Text
from campaign_app.documents.paper import (
    DL,
    ENVELOPE_LAYOUTS,
    ENVELOPES,
    INTERNATIONAL,
    KOREA_POST,
    SENDER_CORNER,
    EnvelopeLayout,
    EnvelopeSize,
    Offset,
)
from campaign_app.documents.rulers import Words
from campaign_app.documents.unfit import NoRoom, Unprintable
from campaign_app.texts.source import MissingDetail

ENGLISH = Envelope(
    ("Amina Castellan", "15, Muhak-ro 2-gil, Seongdong-gu", "SEOUL, 04560, KOREA"),
    ("THE MINISTER OF JUSTICE", "MINISTRY OF JUSTICE", "P.O. BOX 241", "ASMARA", "ERITREA"),
)
KOREAN = Envelope(
    ("한바다", "서울특별시 성동구 무학로2길 15", "04560"),
    ("13809 경기도 과천시 관문로 47", "정부과천청사", "법무부 귀중"),
    "ko",
    "ko",
)
# Addresses at home, in the scripts of their countries.
NATIVE = {
    "ar": ("وزير العدل", "وزارة العدل", "ميدان لاظوغلي", "القاهرة"),
    "my": ("ပြည်ထောင်စုဝန်ကြီး", "ပြည်ထဲရေးဝန်ကြီးဌာန", "ရုံးအမှတ် (၁၀)", "နေပြည်တော်"),
    "hi": ("विधि एवं न्याय मंत्री", "शास्त्री भवन", "नई दिल्ली 110001"),
    "th": ("รัฐมนตรีว่าการกระทรวงยุติธรรม", "กระทรวงยุติธรรม", "404 ถนนแจ้งวัฒนะ", "กรุงเทพฯ 10210"),
    "am": ("የፍትህ ሚኒስትር", "የፍትህ ሚኒስቴር", "ፖ.ሳ.ቁ. 1370", "አዲስ አበባ"),
    "ja": ("〒100-8977", "東京都千代田区霞が関1-1-1", "法務大臣"),
    "he": ("שר המשפטים", "משרד המשפטים", "רחוב צלאח א-דין 29", "ירושלים"),
    "ko": KOREAN.addressee,
    "en": ENGLISH.addressee,
}


def ink(pdf: bytes, size: EnvelopeSize, *, of_sender: bool = False) -> Ink:
    """Where ink stands for the addressee, or above it for the sender."""
    page = Page(pdf)
    found = page.ink(bottom=39) if of_sender else page.ink(top=39)
    assert found
    assert (page.width, page.height) == pytest.approx((size.width, size.height), abs=0.3)
    return found


@pytest.mark.parametrize("size", ENVELOPES.values(), ids=ENVELOPES)
@pytest.mark.parametrize("layout", ENVELOPE_LAYOUTS.values(), ids=ENVELOPE_LAYOUTS)
def test_the_address_stands_where_the_post_looks_for_it(size: EnvelopeSize, layout: EnvelopeLayout) -> None:
    found = ink(envelopes.write([ENGLISH], size, layout), size)
    assert found.lies_within(size.width - 140, 40, size.width - 15, size.height - 15, tolerance=0)
    assert found.left == pytest.approx(max(layout.begins * size.width, size.width - 140), abs=0.5)


@pytest.mark.parametrize("language", NATIVE)
@pytest.mark.parametrize("layout", ENVELOPE_LAYOUTS.values(), ids=ENVELOPE_LAYOUTS)
def test_addresses_in_every_script_keep_to_their_zone_and_can_be_read(language: str, layout: EnvelopeLayout) -> None:
    pdf = envelopes.write([replace(ENGLISH, addressee=NATIVE[language], language=language)], DL, layout)
    assert ink(pdf, DL).lies_within(DL.width - 140, 40, DL.width - 15, DL.height - 15, tolerance=0.3)
    text = spaceless(Page(pdf).text)
    assert all(character in text for character in spaceless("".join(NATIVE[language])))


@pytest.mark.parametrize("size", ENVELOPES.values(), ids=ENVELOPES)
def test_the_sender_stands_at_the_upper_left_clear_of_the_stamps(size: EnvelopeSize) -> None:
    for letter in LETTERS.values():
        pdf = envelopes.write([replace(ENGLISH, sender=letter.sender, sender_language=letter.language)], size)
        found = ink(pdf, size, of_sender=True)
        assert found.lies_within(SENDER_CORNER, SENDER_CORNER, size.width - 74, 36, tolerance=0.7)


def test_each_envelope_has_a_page_in_its_order() -> None:
    pdf = envelopes.write((replace(ENGLISH, sender=(f"Writer {n}",)) for n in range(30)), DL)
    assert len(opened(pdf).pages) == 30
    assert "Writer 29" in Page(pdf, 29).text


def test_a_sender_may_be_left_out_but_never_the_addressee() -> None:
    assert Page(envelopes.write([replace(ENGLISH, sender=())], DL)).ink(bottom=39) is None
    with pytest.raises(MissingDetail):
        envelopes.write([replace(ENGLISH, addressee=("", " "))], DL)


def test_the_offset_of_the_printer_moves_everything() -> None:
    plain, moved = (ink(envelopes.write([ENGLISH], DL, offset=offset), DL) for offset in (Offset(), Offset(3, -2)))
    assert (moved.left - plain.left, moved.top - plain.top) == pytest.approx((3, -2), abs=0.15)


def test_an_address_takes_the_largest_type_that_fits() -> None:
    high = ENGLISH.addressee
    sizes = [_size(replace(ENGLISH, addressee=high[:1] * lines), DL) for lines in (4, 9, 10, 12, 14, 16)]
    assert sizes == [14, 14, 13, 11, 9, 8]


def test_an_address_that_does_not_fit_is_named() -> None:
    with pytest.raises(NoRoom) as raised:
        envelopes.write([ENGLISH, replace(ENGLISH, addressee=("OFFICE OF TOO MANY LINES",) * 20)], DL)
    assert (raised.value.field, raised.value.address) == ("addressee", "OFFICE OF TOO MANY LINES")


def test_a_word_that_does_not_fit_is_an_error_and_never_clipped() -> None:
    with pytest.raises(NoRoom) as raised:
        envelopes.check(replace(ENGLISH, sender=("W" * 100,)), DL)
    assert raised.value.field == "sender"


def test_a_long_line_goes_on_in_the_next() -> None:
    office = "OFFICE OF THE UNDERSECRETARY FOR HUMAN RIGHTS, FUNDAMENTAL FREEDOMS AND INTERNATIONAL RELATIONS"
    envelope = replace(ENGLISH, addressee=(office, "ASMARA", "ERITREA"))
    assert _size(envelope, DL) == 10
    assert spaceless(office) in spaceless(Page(envelopes.write([envelope], DL)).text)


@pytest.mark.parametrize("field", ["sender", "addressee"])
def test_a_character_that_no_font_has_is_named_with_its_field(field: str) -> None:
    with pytest.raises(Unprintable) as raised:
        envelopes.check(replace(ENGLISH, **{field: ("Amina \U0001f600",)}), DL)
    assert (raised.value.field, raised.value.characters) == (field, ["\U0001f600"])


@pytest.mark.parametrize(
    ("lines", "rest", "postcode"),
    [
        (("13809 경기도 과천시 관문로 47", "법무부 귀중"), ("경기도 과천시 관문로 47", "법무부 귀중"), "13809"),
        (("(04560) 서울특별시 중구", "귀하"), ("서울특별시 중구", "귀하"), "04560"),
        (("서울특별시 중구 [04560]", "귀하"), ("서울특별시 중구", "귀하"), "04560"),
        (("서울특별시 중구", "김민수 귀하", "우)04560"), ("서울특별시 중구", "김민수 귀하"), "04560"),
        (("서울특별시 중구", "우편번호: 04560"), ("서울특별시 중구",), "04560"),
        (("서울특별시 중구 세종대로 188", "대사 귀하"), ("서울특별시 중구 세종대로 188", "대사 귀하"), ""),
        (("무학로 123456", "귀하"), ("무학로 123456", "귀하"), ""),
    ],
)
def test_a_korean_postcode_is_found_wherever_it_stands(
    lines: tuple[str, ...], rest: tuple[str, ...], postcode: str
) -> None:
    assert envelopes.postcode_apart(lines) == (rest, postcode)


def test_in_korea_the_postcode_stands_at_the_lower_right_below_the_address() -> None:
    page = Page(envelopes.write([KOREAN], DL, KOREA_POST))
    assert page.text.strip().endswith("13809")
    code = page.ink(left=150, top=DL.height - 22)
    assert code
    assert code.right == pytest.approx(DL.width - 15, abs=0.5)
    assert code.bottom == pytest.approx(DL.height - 16, abs=0.5)


def test_a_postcode_abroad_stays_in_its_line() -> None:
    moscow = replace(ENGLISH, addressee=("PROSECUTOR GENERAL", "MOSCOW 12599", "RUSSIAN FEDERATION"))
    assert "MOSCOW 12599" in Page(envelopes.write([moscow], DL, KOREA_POST)).text


@pytest.mark.parametrize(
    ("name", "standard"), [("DL", True), ("C6", True), ("C5", False), ("C4", False), ("#10", False)]
)
def test_what_korea_asks_more_for_is_told(name: str, standard: bool) -> None:
    assert ENVELOPES[name].is_standard_in_korea is standard
    assert (Hint.NOT_STANDARD in envelopes.hints(ENGLISH, ENVELOPES[name])) is not standard


def test_an_address_in_korea_without_a_postcode_is_told() -> None:
    assert envelopes.hints(KOREAN, DL) == []
    assert envelopes.hints(replace(KOREAN, addressee=("서울특별시", "대사 귀하")), DL) == [Hint.NO_POSTCODE]
    assert envelopes.hints(ENGLISH, DL) == []


@pytest.mark.parametrize("size", ENVELOPES.values(), ids=ENVELOPES)
@pytest.mark.parametrize("layout", ENVELOPE_LAYOUTS.values(), ids=ENVELOPE_LAYOUTS)
def test_a_test_page_says_how_to_print_and_measures_right(size: EnvelopeSize, layout: EnvelopeLayout) -> None:
    page = Page(envelopes.write_test_page(size, layout, Words()))
    assert "Print at 100 %" in " ".join(page.text.split())
    stroke = page.ink(left=99.6, top=7.9, right=100.4, bottom=12.1)
    assert stroke
    assert (stroke.left + stroke.right) / 2 == pytest.approx(100, abs=0.1)


def test_a_test_page_says_and_has_its_offset() -> None:
    page = Page(envelopes.write_test_page(DL, INTERNATIONAL, Words(), Offset(1.5, -2)))
    assert "1.5 mm to the right, −2 mm down" in " ".join(page.text.split())
    stroke = page.ink(left=101.1, top=5.9, right=101.9, bottom=10)
    assert stroke
    assert (stroke.left + stroke.right) / 2 == pytest.approx(101.5, abs=0.1)


def _size(envelope: Envelope, size: EnvelopeSize) -> float:
    texts = envelopes.page(replace(envelope, sender=()), size, INTERNATIONAL).marks
    return max(mark.size for mark in texts if isinstance(mark, Text))
