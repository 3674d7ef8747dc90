"""A made-up roster for measuring: people who write in 14 scripts, and the letters they would send.

The same number makes the same people each time. Each writes in their own language, from Seoul; the texts are those that
the tests of ``campaign_app.documents`` set on paper.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from campaign_app.letters.letter import Letter, Paragraph, Run
from tests.documents.letters import LETTERS

# Given and family names by language, in the order in which they are written; ISO 15924 codes beside them.
NAMES = {
    "en": ("Latn", "Amina Joel Ruth Tomas Clara Idris Maeve Owen", "Castellan Harbour Winter Okafor Lindqvist Moreau"),
    "ko": ("Kore", "한 김 이 박 최 정 강 윤", "바다 민지 서연 도윤 하늘 지우 은별 가람"),
    "zh-Hans": ("Hans", "林 陈 王 张 刘 赵 周", "远帆 晓梅 建国 思远 雨桐 海燕"),
    "zh-Hant": ("Hant", "林 陳 黃 張 劉 趙 鄭", "遠帆 曉梅 志偉 思遠 雨桐 淑芬"),
    "ja": ("Jpan", "海野 佐藤 高橋 中村 小林 渡辺", " 渚  葵  健太  美咲  翔  さくら"),
    "my": ("Mymr", "ဒေါ် ဦး ကို မ", "လှိုင်းပြာ သန့်ဇင် မြမြ အောင်ကျော် ခင်နှင်း ဇော်မင်း"),
    "th": ("Thai", "ทะเลฟ้า สมชาย มาลี กานดา ธนา", " สายลม  ใจดี  ศรีสุข  แสงทอง  รุ่งเรือง"),
    "hi": ("Deva", "नीला अमित प्रिया राजेश सुनीता", " सागर  शर्मा  वर्मा  सिंह  गुप्ता"),
    "ar": ("Arab", "بحر ليلى يوسف مريم سامي", " الأزرق  حداد  منصور  النجار  خليل"),
    "he": ("Hebr", "ים נועה דוד תמר איתן", " כחול  לוי  מזרחי  פרידמן  שמש"),
    "ru": ("Cyrl", "Морена Анна Иван Ольга Пётр", " Синичкина  Волкова  Лебедев  Морозова  Зимин"),
    "am": ("Ethi", "ሰማያዊት አበበ ሄለን ዳዊት ማርታ", " ባሕሩ  ተስፋዬ  ገብሬ  ወርቁ  አለሙ"),
    "km": ("Khmr", "ទឹក សុខ ចាន់ លី ហេង", " សមុទ្រខៀវ  វណ្ណា  ពិសិដ្ឋ  សុភា  រតនា"),
    "ur": ("Aran", "نیلم احمد فاطمہ علی زینب", " ساگر  خان  حسین  ملک  قریشی"),
}  # fmt: skip
UNSPACED = frozenset({"zh-Hans", "zh-Hant", "ja"})
STREETS = ("Muhak-ro 2-gil", "Jongno", "Toegye-ro", "Wangsimni-ro", "Dokseodang-ro", "Hangang-daero", "Sejong-daero")
DISTRICTS = ("Seongdong-gu", "Jongno-gu", "Jung-gu", "Mapo-gu", "Yongsan-gu", "Gwanak-gu")
TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
WORDS, PARTS = (30, 45), (5, 8)  # of a paragraph of one's own, where words have spaces between them and where not


@dataclass(frozen=True)
class Person:
    """Who writes: the columns of a roster, and what their letter carries."""

    name: str
    street: str
    city: str
    postcode: str
    country: str
    language: str
    message: str
    reference: str
    token: str


def people(number: int) -> Iterator[Person]:
    """The first of the people."""
    chance = random.Random(24)
    languages = list(NAMES)
    for place in range(number):
        language = languages[place % len(languages)]
        yield Person(
            name=_name(language, chance),
            street=f"{chance.randint(1, 399)}, {chance.choice(STREETS)}, {chance.choice(DISTRICTS)}",
            city="Seoul",
            postcode=f"{chance.randint(1000, 8999):05}",
            country="KR",
            language=language,
            message=_message(language, chance),
            reference=f"{''.join(chance.choices(SIGNS, k=4))}-{''.join(chance.choices(SIGNS, k=4))}",
            token="".join(chance.choices(TOKEN, k=22)),
        )


def letters(number: int, *, own_words: bool) -> Iterator[Letter]:
    """A letter from each of the first people, in words of their own or with values in fixed places only."""
    for person in people(number):
        yield letter(person, own_words=own_words)


def letter(person: Person, *, own_words: bool) -> Letter:
    """The letter of one of the people."""
    text = LETTERS[person.language]
    own = Paragraph((Run(person.message),), own=True)
    body = tuple(
        own if isinstance(block, Paragraph) and block.own else block
        for block in text.body
        if own_words or not (isinstance(block, Paragraph) and block.own)
    )
    return replace(
        text,
        sender=(person.name, person.street, f"SEOUL, {person.postcode}, KOREA"),
        name=person.name,
        body=body,
        reference=person.reference,
        link=f"https://letters.example.org/l/{person.token}",
    )


def _name(language: str, chance: random.Random) -> str:
    _, first, last = NAMES[language]
    seconds = last.split("  ") if last.startswith(" ") else last.split()
    space = " " if last.startswith(" ") or language == "en" else ""
    return f"{chance.choice(first.split())}{space}{chance.choice(seconds).strip()}"


def _message(language: str, chance: random.Random) -> str:
    """A paragraph of about three lines that nobody else writes: the words of the text in another order."""
    text = " ".join(block.text for block in LETTERS[language].body if isinstance(block, Paragraph))
    if language in UNSPACED:
        pieces = [piece for piece in text.replace("。", "，").split("，") if piece.strip()]
        return "，".join(chance.choices(pieces, k=chance.randint(*PARTS))) + "。"
    words = text.split()
    least, most = (PARTS[0], PARTS[1] * 2) if language in ("my", "th", "km") else WORDS
    return " ".join(chance.choices(words, k=chance.randint(least, most)))
