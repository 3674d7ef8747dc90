"""The forms of marking letters posted."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, HiddenField, TextAreaField, ValidationError
from wtforms.validators import Length

from campaign_app.days import today
from campaign_app.forms import Form, required
from campaign_app.letters.models import LetterRecord
from campaign_app.tracking import marking, posting
from campaign_app.tracking.posting import Answer

_ = lazy_gettext

LONGEST_SCAN = 500  # characters
MOST_TYPED = 4000  # characters


def not_to_come(_form: Form, field: DateField) -> None:
    if field.data and field.data > today():
        raise ValidationError(gettext("This day is still to come."))


class PostingForm(Form):
    """References as they are typed, and the day on which their letters were posted."""

    day = DateField(_("Posted on"), [required, not_to_come])
    references = TextAreaField(
        _("References"),
        [required, Length(max=MOST_TYPED)],
        description=_("They stand at the foot of each letter. One or several, with anything between them."),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.letters: list[LetterRecord] = []

    def validate_references(self, field: TextAreaField) -> None:
        """All of them, or none: whatever cannot be marked is named."""
        typed = marking.typed(field.data or "")
        self.letters = list(posting.letters(typed))
        known = {name for letter in self.letters for name in (letter.reference, letter.token_hash)}
        unknown = sorted(typed.references - known) + [link for token, link in typed.links.items() if token not in known]
        wrong = [answered(Answer.UNKNOWN, ", ".join(unknown))] if unknown else []
        for letter in self.letters:
            answer = posting.judged(letter, self.day.data or today())
            if answer not in (Answer.POSTED, Answer.BEFORE):
                wrong.append(answered(answer, letter.reference))
        if wrong:
            raise ValidationError(" ".join(wrong))


class PostedOnForm(Form):
    """The day on which one letter was posted, as its campaign counts days."""

    day = DateField(_("Posted on"), [required])

    def __init__(self, letter: LetterRecord, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._letter = letter

    def validate_day(self, field: DateField) -> None:
        if field.data and field.data > self._letter.campaign.today:
            raise ValidationError(gettext("This day is still to come."))
        if field.data and field.data < self._letter.made_on:
            raise ValidationError(gettext("The letter was not made yet on this day."))


class ScanForm(Form):
    """What a camera read."""

    day = DateField("", [required, not_to_come])
    code = HiddenField("", [required, Length(max=LONGEST_SCAN)])


def answered(answer: Answer, reference: str) -> str:
    """The answer in words."""
    return {
        Answer.POSTED: gettext("%(reference)s is marked as posted.", reference=reference),
        Answer.BEFORE: gettext("%(reference)s was marked before.", reference=reference),
        Answer.VOID: gettext("%(reference)s was released: it does not count.", reference=reference),
        Answer.CLOSED: gettext("%(reference)s: its campaign takes no letters now. Please do not post it.",
                               reference=reference),
        Answer.EARLY: gettext("%(reference)s was not made yet on this day.", reference=reference),
        Answer.UNKNOWN: gettext("No letter of your groups has the reference %(reference)s.", reference=reference),
    }[answer]  # fmt: skip
