"""Signature sheets to print in tests."""

from __future__ import annotations

from typing import Any

from letters import LETTERS

from campaign_app.documents import sheet_words
from campaign_app.documents.sheet import NumberedSheet, SheetContent, SheetText
from campaign_app.documents.sheet_design import SheetDesign

ORGANIZER = "Group 48 Seoul"
TEXTS = {
    "en": SheetText(
        "en", "Free the poet Nadia Example", ("H.E. Sample Holder, President of the Republic",),
        "Nadia Example has been held since 3 March for a poem.\n\nWe ask you to:\n\n- release her at once;\n- tell her "
        "family where she is.", sheet_words.notice("en", ORGANIZER), "Everybody of 14 years or older", "31 March 2026",
    ),
    "ko": SheetText(
        "ko", "시인 나디아 이그잼플을 석방하라", ("H.E. Sample Holder, President of the Republic",),
        "나디아 이그잼플 님은 시 한 편 때문에 3월 3일부터 갇혀 있습니다.\n\n- 즉시 석방해 주십시오.",
        sheet_words.notice("ko", ORGANIZER), "14세 이상 누구나", "2026년 3월 31일",
    ),
}  # fmt: skip
TEXTS |= {
    letter.language: SheetText(
        letter.language, letter.subject, (", ".join(letter.addressee),), letter.body[0].text,
        sheet_words.notice(letter.language, ORGANIZER), letter.closing,
    )
    for letter in LETTERS.values()
    if letter.language not in TEXTS and letter.language in sheet_words._all()
}  # fmt: skip


def content(*languages: str, logo: bytes = b"", **design: Any) -> SheetContent:
    return SheetContent(
        SheetDesign(languages, **design), "G48-P07", ORGANIZER, ("12 Sample-ro, Jung-gu", "Seoul 04560"),
        tuple(TEXTS[language] for language in languages), logo,
    )  # fmt: skip


def numbered(count: int, first: int = 1) -> list[NumberedSheet]:
    """Sheets whose codes lead to different pages."""
    return [
        NumberedSheet(f"G48-P07-{number:04}", f"https://letters.example.org/s/{number:022}")
        for number in range(first, first + count)
    ]
