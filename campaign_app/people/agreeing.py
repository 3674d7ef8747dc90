"""The forms of consents and fees."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, DecimalField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange

from campaign_app import languages
from campaign_app.days import a_year_after, today
from campaign_app.forms import Form, options, required
from campaign_app.i18n import page_language
from campaign_app.labels import choices
from campaign_app.people import money
from campaign_app.people.forms import PersonalForm
from campaign_app.people.models import Consent, FeePayment, Purpose, Way
from campaign_app.people.wordings import LANGUAGES, WORDINGS

_ = lazy_gettext

OTHER_VERSION = "other"  # of a wording that is none of ours
MOST = Decimal(1_000_000_000)


def no_day_to_come(form: Form, field: DateField) -> None:  # noqa: ARG001
    if field.data and field.data > today():
        raise ValidationError(gettext("That day is still to come."))


def words_language() -> str:
    """The language of the page where our wordings are in it, else the first of theirs."""
    return page_language() if page_language() in LANGUAGES else LANGUAGES[0]


def offer_words(field: SelectField) -> None:
    """Offer the languages that our wordings are in."""
    field.choices = options((tag, languages.name(tag, page_language())) for tag in LANGUAGES)


class ConsentForm(PersonalForm):
    """What someone agreed to, in which words, when and how."""

    purpose = SelectField(_("What they agreed to"))
    language = SelectField(_("In the words written below in"))
    other_wording = TextAreaField(
        _("The words, if they were others"),
        [Length(max=5000)],
        description=_("Copy them exactly as they stood on the paper or in the message."),
    )
    given_on = DateField(_("On"), [required, no_day_to_come])
    way = SelectField(_("How"))

    def __init__(self) -> None:
        super().__init__(data={"given_on": today(), "way": Way.PAPER, "language": words_language()})
        self.purpose.choices, self.way.choices = choices(Purpose), choices(Way)
        offer_words(self.language)

    @property
    def consent(self) -> Consent:
        """The consent, with its words exactly as they were given."""
        purpose = Purpose(self.purpose.data)
        current = WORDINGS[purpose]
        words, version = current.words[self.language.data], current.version
        if self.other_wording.data:
            words, version = self.other_wording.data, OTHER_VERSION
        return Consent(
            purpose=purpose, wording=words, version=version, given_on=self.given_on.data, way=Way(self.way.data)
        )


class FeeForm(PersonalForm):
    """A membership fee that was paid."""

    amount = DecimalField(_("Amount"), [InputRequired(_("Please fill this in.")), NumberRange(0, MOST)], places=None)
    currency = SelectField(_("Currency"))
    paid_on = DateField(_("Paid on"), [required, no_day_to_come])
    paid_until = DateField(_("Paid until"), [required])
    note = StringField(_("Note"), [Length(max=300)])

    def __init__(self, currency: str) -> None:
        day = today()
        super().__init__(data={"currency": currency, "paid_on": day, "paid_until": a_year_after(day)})
        self.currency.choices = options(money.currencies(page_language()))

    def validate_amount(self, field: DecimalField) -> None:
        if field.errors:
            return
        try:
            money.minor_units(field.data, self.currency.data)
        except ValueError as error:
            raise ValidationError(gettext("This currency is not divided so finely.")) from error

    def validate_paid_until(self, field: DateField) -> None:
        if field.data and self.paid_on.data and field.data < self.paid_on.data:
            raise ValidationError(gettext("A fee is paid for the time to come."))

    @property
    def payment(self) -> FeePayment:
        """The payment, in minor units."""
        given: dict[str, Any] = {name: self[name].data for name in ("currency", "paid_on", "paid_until", "note")}
        return FeePayment(amount=money.minor_units(self.amount.data, self.currency.data), **given)
