from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign_app.languages import LETTER_LANGUAGES
from campaign_app.letters.letter import ByHand, ItemList, Letter, Paragraph
from campaign_app.letters.merge import BY_HAND, Case, MissingDetail, Text, Writer, guest, merge
from campaign_app.letters.post import Addressee, PostalAddress

TEXT = Text(
    language="en",
    subject="For {{ person }}{% if case_reference %} ({{ case_reference }}){% endif %}",
    salutation="Dear {{ position }},",
    closing="Yours respectfully,",
    body="{{ introduction }} I write for **{{ person }}**.\n\n"
    "- Release them.\n- Let {{ person }} see a doctor.\n\n{{ own_words }}",
)
CASE = Case("Layla Nouri", "EG", "UA 60/26")
MINISTER = Addressee("Minister of Justice", "EG", "Ministry of Justice", lines=("Lazoughly Square", "Cairo"))
WRITER = Writer("Kim Minji", PostalAddress("Jongno 1", "Seoul", "", "04560", "KR"), own_words="I care.")
DAY = date(2026, 1, 6)
HOSTILE = ["{{7*7}}", "{% for x in y %}", "# x", "***", "<script>", "</w:t></w:r>", "A & B <C>", "- a", "1. b", "\\*"]


def letter(**changes: object) -> Letter:
    values = {"text": TEXT, "case": CASE, "addressee": MINISTER, "writer": WRITER, "day": DAY} | changes
    return merge(**values)  # type: ignore[arg-type]


def test_a_letter_says_who_to_whom_when_and_what() -> None:
    made = letter()
    assert made.sender == ("Kim Minji", "Jongno 1", "SEOUL, 04560, KOREA")
    assert made.place_and_date == "Seoul, 6 January 2026"
    assert made.addressee == ("Minister of Justice", "Ministry of Justice", "Lazoughly Square", "Cairo", "EGYPT")
    assert made.subject == "For Layla Nouri (UA 60/26)"
    assert made.salutation == "Dear Minister of Justice,"
    assert [block.text for block in made.body] == [
        "I write for Layla Nouri.",
        "Release them.\nLet Layla Nouri see a doctor.",
        "I care.",
    ]
    assert isinstance(made.body[1], ItemList)


def test_the_same_values_make_the_same_letter_and_it_survives_json() -> None:
    assert letter() == letter()
    assert Letter.from_json(letter().to_json()) == letter()
    assert letter().digest != letter(day=date(2026, 1, 7)).digest


@pytest.mark.parametrize("value", HOSTILE)
def test_safety_02_a_value_is_never_markup(value: str) -> None:
    made = letter(writer=replace(WRITER, name=value, own_words=value), case=replace(CASE, person=value))
    assert made.name == value
    assert made.body[-1] == Paragraph(made.body[-1].runs, own=True)  # type: ignore[union-attr]
    assert made.body[-1].text == value
    assert made.body[0].text == f"I write for {value}."


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip))
def test_safety_02_whatever_is_typed_stands_on_paper_as_typed(value: str) -> None:
    made = letter(case=replace(CASE, person=value.strip()))
    assert made.body[0].text == f"I write for {value.strip()}."


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"writer": replace(WRITER, name="")}, "writer"),
        ({"text": replace(TEXT, salutation="Dear {{ addressee }},")}, "addressee"),
        ({"text": replace(TEXT, salutation="")}, "salutation"),
        ({"text": replace(TEXT, closing="")}, "closing"),
        ({"text": replace(TEXT, subject="{{ post_by }}")}, "post_by"),
        ({"case": replace(CASE, person="")}, "person"),
        ({"text": replace(TEXT, body="")}, "body"),
        ({"text": replace(TEXT, body="{{ own_words }}"), "writer": replace(WRITER, own_words="")}, "own_words"),
    ],
)
def test_safety_04_a_letter_with_a_missing_detail_is_not_written(changes: dict[str, object], field: str) -> None:
    with pytest.raises(MissingDetail) as missing:
        letter(**changes)
    assert missing.value.field == field


def test_own_words_keep_their_paragraphs_and_vanish_when_empty() -> None:
    made = letter(writer=replace(WRITER, own_words="One.\nTwo.\n \n\nThree."))
    assert [block.text for block in made.body if isinstance(block, Paragraph) and block.own] == ["One.\nTwo.", "Three."]
    assert len(letter(writer=replace(WRITER, own_words="")).body) == 2


def test_a_greeting_agreed_with_the_target_wins_over_the_text() -> None:
    assert letter(addressee=replace(MINISTER, salutation="Excellency,")).salutation == "Excellency,"


@pytest.mark.parametrize(
    ("language", "country", "line"),
    [
        ("en", "KR", "Seoul, 6 January 2026"),
        ("en", "US", "Seoul, January 6, 2026"),
        ("ko", "KR", "Seoul, 2026년 1월 6일"),
        ("fr", "FR", "Seoul, 6 janvier 2026"),
        ("ar", "KR", "Seoul، ٦ يناير ٢٠٢٦"),
    ],
)
def test_dates_are_written_out_as_the_language_does(language: str, country: str, line: str) -> None:
    writer = replace(WRITER, address=replace(WRITER.address, country=country))
    assert letter(text=replace(TEXT, language=language), writer=writer).place_and_date in (line, line.translate(DIGITS))


DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


@pytest.mark.parametrize(
    ("allowed", "sender", "place"),
    [
        ("full", ("Kim Minji", "Jongno 1", "SEOUL, 04560, KOREA"), "Seoul, "),
        ("city", ("Kim Minji", "SEOUL, KOREA"), "Seoul, "),
        ("country", ("Kim Minji", "KOREA"), ""),
        ("none", ("Kim Minji",), ""),
    ],
)
def test_the_sender_gives_no_more_of_the_address_than_is_safe(
    allowed: str, sender: tuple[str, ...], place: str
) -> None:
    made = letter(case=replace(CASE, sender_address=allowed))
    assert made.sender == sender
    assert made.place_and_date == f"{place}6 January 2026"


def test_copies_name_the_others_and_not_the_addressee() -> None:
    embassy = Addressee("Ambassador", "KR", "Embassy of Egypt", lines=("Seoul",), part="copy")
    assert letter(copies=(embassy,)).copies == ("Ambassador, Embassy of Egypt",)
    assert letter(addressee=embassy, copies=(embassy,)).copies == ()


@pytest.mark.parametrize(
    ("allowed", "sender", "address_lines"),
    [("full", ("KOREA",), 2), ("city", ("KOREA",), 1), ("country", ("KOREA",), 0), ("none", (), 0)],
)
def test_a_guest_fills_in_name_and_as_much_of_the_address_as_may_be_given(
    allowed: str, sender: tuple[str, ...], address_lines: int
) -> None:
    made = letter(writer=guest("KR"), case=replace(CASE, sender_address=allowed))
    assert made.by_hand == ByHand("Name", "Address", "Signature", address_lines)
    assert made.by_hand.head == ("Name", "Address", "")[: 1 + address_lines]
    assert made.by_hand.end == ("Signature", "Name")
    assert (made.name, made.sender, made.place_and_date) == ("", sender, "6 January 2026")
    assert Letter.from_json(made.to_json()) == made


def test_a_text_that_names_its_writer_cannot_be_filled_in_by_hand() -> None:
    with pytest.raises(MissingDetail) as raised:
        letter(writer=guest("KR"), text=replace(TEXT, body="My name is {{ writer }}."))
    assert raised.value.field == "writer"


def test_letters_whose_writer_is_known_say_nothing_of_lines_by_hand() -> None:
    assert letter().by_hand is None
    assert "by_hand" not in letter().to_json()


def test_a_guest_is_told_what_to_fill_in_in_every_language_of_letters() -> None:
    assert BY_HAND.keys() == set(LETTER_LANGUAGES)
