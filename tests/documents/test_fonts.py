from __future__ import annotations

import pickle
import subprocess
from dataclasses import replace

import pytest
from letters import LETTERS

from campaign_app import languages
from campaign_app.documents import fonts
from campaign_app.documents.unfit import Unfit, Unprintable

# A sentence in each script of docs for which there is no letter yet.
OTHER_SCRIPTS = {
    "el": "Ελευθερώστε αμέσως τους κρατουμένους.",
    "bn": "অবিলম্বে বন্দিদের মুক্তি দিন।",
    "ta": "கைதிகளை உடனடியாக விடுவிக்கவும்.",
    "lo": "ປ່ອຍຕົວນັກໂທດໂດຍທັນທີ.",
    "ka": "გაათავისუფლეთ პატიმრები დაუყოვნებლივ.",
    "hy": "Անհապաղ ազատ արձակեք բանտարկյալներին։",
    "si": "සිරකරුවන් වහාම නිදහස් කරන්න.",
    "bo": "བཙོན་པ་རྣམས་འཕྲལ་དུ་གློད་གྲོལ་གཏོང་རོགས།",
    "uk": "Негайно звільніть в’язнів.",
    "tr": "Mahkûmları derhâl serbest bırakın.",
}


@pytest.mark.parametrize("language", LETTERS)
def test_every_character_of_a_letter_can_be_printed(language: str) -> None:
    assert fonts.find_unprintable(LETTERS[language]) == {}
    fonts.check(LETTERS[language])


@pytest.mark.parametrize("text", OTHER_SCRIPTS.values(), ids=OTHER_SCRIPTS)
def test_scripts_without_a_letter_of_their_own_can_be_printed_too(text: str) -> None:
    assert fonts.unprintable(text) == []


@pytest.mark.parametrize("language", [*languages.LETTER_LANGUAGES, "xx"])
def test_any_script_can_stand_in_a_letter_of_any_language(language: str) -> None:
    assert {fonts.LATIN, fonts.KOREAN, "Noto Naskh Arabic", "Noto Serif Ethiopic"} <= set(fonts.stack(language))


def test_a_chinese_character_takes_its_form_from_the_language_of_the_letter() -> None:
    assert fonts.stack("ja")[0] == "Noto Serif CJK JP"
    assert fonts.stack("zh-Hans")[0] == "Noto Serif CJK SC"
    assert fonts.stack("zh-Hant")[0] == "Noto Serif CJK TC"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mina 😀", ["😀"]),
        ("👩‍👩‍👧 and 🇰🇷", ["👩‍👩‍👧", "🇰🇷"]),  # several characters, one sign
        ("✌🏽 1️⃣", ["✌🏽", "1️⃣"]),
        ("name \ue000", ["\ue000"]),  # private use, as unencoded Hanja are often written
        ("𪚥 twice 𪚥", ["𪚥"]),
        ("\x00\x1b", ["\x00", "\x1b"]),
        ("\ud800\ufffe", ["\ud800", "\ufffe"]),
        ("Zo" + "\u0301" * 20 + "e", ["o" + "\u0301" * 20]),
    ],
)
def test_what_no_font_can_draw_is_named_once(text: str, named: list[str]) -> None:
    assert fonts.unprintable(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "می‌خوانم",  # zero-width non-joiner
        "क्‍ष",  # zero-width joiner
        "葛\U000e0100飾区",  # ideographic variation
        "☎\ufe0e",
        "Straf\u00adgesetz",
        "𠮷野家",  # a rare character that the fonts have
        "한글",
        "e\u0323\u0302",  # two marks, as typed on some keyboards
        "two\nlines\tand a tab",
        "שָׁלוֹם",
    ],
)
def test_joiners_selectors_and_marks_are_printed(text: str) -> None:
    assert fonts.unprintable(text) == []


def test_safety_07_the_field_of_an_unprintable_character_is_named() -> None:
    letter = replace(LETTERS["en"], name="Mina 🌻", copies=("Embassy ☀️🌻",))
    assert fonts.find_unprintable(letter) == {"name": ["🌻"], "copies": ["🌻"]}
    with pytest.raises(Unprintable) as unprintable:
        fonts.check(letter)
    assert (unprintable.value.field, unprintable.value.characters) == ("name", ["🌻"])


def test_an_unprintable_character_leaves_a_sign_where_it_stood() -> None:
    assert fonts.without_unprintable("Mina 👩‍👧!") == "Mina \ufffd!"


def test_what_is_unfit_survives_the_way_between_processes() -> None:
    sent: Unfit = pickle.loads(pickle.dumps(Unprintable("name", ["😀"])))  # noqa: S301 (just pickled)
    assert isinstance(sent, Unprintable)
    assert (sent.field, sent.characters) == ("name", ["😀"])


def test_bold_and_italic_type_draws_what_the_regular_does() -> None:
    listing = subprocess.run(
        ["fc-list", "--format", "%{family[0]}|%{style[0]}|%{charset}\n"], capture_output=True, check=True, text=True
    ).stdout
    faces = {(family, style): charset for family, style, charset in (line.split("|") for line in listing.splitlines())}
    for family in {family for language in [*fonts.OWN_FONT, "en"] for family in fonts.stack(language)}:
        assert faces[family, "Bold"] == faces[family, "Regular"]
    assert faces[fonts.LATIN, "Italic"] == faces[fonts.LATIN, "Bold Italic"] == faces[fonts.LATIN, "Regular"]


@pytest.mark.parametrize(
    ("text", "language", "slanted"),
    [
        ("once a month", "en", True),
        ("раз в месяц", "ru", True),
        ("mỗi tháng", "vi", True),
        ("한바다", "en", False),
        ("once", "ko", False),
        ("مرة", "ar", False),
    ],
)
def test_only_scripts_with_italics_are_set_in_italics(text: str, language: str, slanted: bool) -> None:
    assert fonts.slants(text, language) is slanted
