"""What must hold of the record of letters."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select

from campaign_app.invariants import each, invariant
from campaign_app.letters.models import KeptLetter, LetterRecord, LetterStatus
from campaign_app.texts.models import LetterText, TextVersion


@invariant("No letter is recorded twice")
def letters_once() -> Iterator[str]:
    for names in (("form", "target_id"), ("reference",), ("token_hash",)):
        columns = [getattr(LetterRecord, name) for name in names]
        twice = select(func.min(LetterRecord.id), func.max(LetterRecord.id)).group_by(*columns)
        yield from each("letters {} and {}, by " + " and ".join(names), twice.having(func.count() > 1))


@invariant("A letter has the day of its posting once it is posted, and not before")
def posted_with_a_day() -> Iterator[str]:
    wrong = or_(
        (LetterRecord.status == LetterStatus.POSTED) & LetterRecord.posted_on.is_(None),
        (LetterRecord.status == LetterStatus.MADE) & LetterRecord.posted_on.is_not(None),
    )
    yield from each("letter {}", select(LetterRecord.id).where(wrong))


@invariant("A letter is made from a text of its own campaign")
def text_of_the_campaign() -> Iterator[str]:
    query = select(LetterRecord.id).join(TextVersion, TextVersion.id == LetterRecord.text_version_id)
    query = query.join(LetterText, LetterText.id == TextVersion.text_id)
    yield from each("letter {}", query.where(LetterText.campaign_id != LetterRecord.campaign_id))


@invariant("A kept letter belongs to a letter that was made")
def kept_letters_were_made() -> Iterator[str]:
    made = select(LetterRecord.id)
    yield from each("kept letter {}", select(KeptLetter.letter_id).where(KeptLetter.letter_id.not_in(made)))
