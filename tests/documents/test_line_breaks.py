from __future__ import annotations

import pytest
from letters import LETTERS

from campaign_app.documents.line_breaks import breakable, plain

JOINER, SPACE = "\u2060", "\u200b"


def shown(text: str, language: str) -> str:
    return breakable(text, language).replace(JOINER, "+").replace(SPACE, "|")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("푸른 호수", "푸+른 호+수"),
        ("메렌(Tolva Meren) 씨", "메+렌+(Tolva Meren) 씨"),
        ("9월 2일,", "9+월 2+일+,"),
        ("大韓民國의", "大+韓+民+國+의"),
        ("서울/부산", "서+울/부+산"),
        ("Kim", "Kim"),
    ],
)
def test_a_korean_line_breaks_at_spaces_only(text: str, joined: str) -> None:
    assert shown(text, "ko") == joined


def test_a_korean_name_stays_whole_in_a_letter_of_another_language() -> None:
    assert shown("我们写信给한바다先生", "zh-Hans") == "我们写信给한+바+다先生"


def test_han_characters_are_not_joined_where_lines_may_break_between_them() -> None:
    assert shown("我们写信", "zh-Hans") == "我们写信"


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("ကျောင်းဆရာမ", "ကျောင်း|ဆ|ရာ|မ"),  # an asat closes its syllable
        ("သတ္တပတ်", "သတ္တ|ပတ်"),  # stacked letters stay together
        ("တွေ့ခွင့်", "တွေ့|ခွင့်"),  # a dot below before the asat
        ("ခုနှစ်၊ မတ်လ", "ခု|နှစ်၊ မတ်|လ"),  # no line begins with a sign
        ("၂၀၂၅", "၂၀၂၅"),
    ],
)
def test_a_burmese_line_breaks_between_syllables(text: str, syllables: str) -> None:
    assert shown(text, "my") == syllables


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("ពន្ធនាគារ", "ព|ន្ធ|នា|គារ"),
        ("អ្នកគ្រូ", "អ្នក|គ្រូ"),  # a bare consonant closes its syllable
    ],
)
def test_a_khmer_line_breaks_before_a_consonant_that_begins_a_syllable(text: str, clusters: str) -> None:
    assert shown(text, "km") == clusters


def test_a_lao_line_breaks_before_a_vowel_that_leads() -> None:
    assert shown("ປະເທດໄທ", "lo") == "ປະ|ເທດ|ໄທ"


def test_a_stretch_too_long_for_a_word_may_break_between_any_letters_but_not_from_their_marks() -> None:
    assert shown("a" * 49, "en") == "a" * 49
    assert shown("a" * 50, "en") == "|a" * 50
    assert shown("x\u0301" * 30, "en") == "|x\u0301" * 30


@pytest.mark.parametrize("language", LETTERS)
def test_what_helps_to_break_lines_can_be_taken_out_again(language: str) -> None:
    for block in LETTERS[language].body:
        assert plain(breakable(block.text, language)) == plain(block.text)
