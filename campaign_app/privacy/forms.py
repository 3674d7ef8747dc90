"""What people fill in about their own data, and staff to find lines of the audit log."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, IntegerField, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import Email, Length, NumberRange, Optional, ValidationError

from campaign_app import languages
from campaign_app.forms import Form, options, required
from campaign_app.i18n import page_language
from campaign_app.people.models import Address, Person

ADDRESS = ("street", "city", "region", "postcode", "country")
PLAIN = ("name", "native_name", "pronoun", "email", "phone", "nationality", "occupation")
LARGEST_ID = 2**31 - 1


class CorrectForm(Form):
    """What a person may correct of what is held about them. Each address is filled in whole, or left out."""

    name = StringField(_("Name"), [required], description=_("As you write it, in any script."))
    native_name = StringField(_("Name in your own script"))
    pronoun = StringField(_("Pronoun for letters"), [Length(max=40)])
    email = EmailField(
        _("E-mail for contact"),
        [Optional(), Email(_("This is no e-mail address."))],
        description=_("What you sign in with stays as it is."),
    )
    phone = TelField(_("Telephone"), [Length(max=40)])
    nationality = StringField(_("Nationality"), description=_("Only for what a letter may say of you."))
    occupation = StringField(_("Occupation"), description=_("Only for what a letter may say of you."))
    letter_street = TextAreaField(_("Street and house number"), [Length(max=300)])
    letter_city = StringField(_("City"))
    letter_region = StringField(_("State or province"))
    letter_postcode = StringField(_("Postcode"))
    letter_country = SelectField(_("Country"))
    private_street = TextAreaField(_("Street and house number"), [Length(max=300)])
    private_city = StringField(_("City"))
    private_region = StringField(_("State or province"))
    private_postcode = StringField(_("Postcode"))
    private_country = SelectField(_("Country"))

    def __init__(self, person: Person) -> None:
        super().__init__(data={**{name: getattr(person, name) for name in PLAIN}, **_fields_of(person)})
        countries = [("", gettext("Choose…")), *languages.countries(page_language())]
        self.letter_country.choices = self.private_country.choices = options(countries)

    def apply_to(self, person: Person) -> None:
        for name in PLAIN:
            setattr(person, name, self[name].data or "")
        for kind in ("letter", "private"):
            setattr(person, f"{kind}_address", self._address(kind))

    def _address(self, kind: str) -> Address | None:
        found = {part: self[f"{kind}_{part}"].data or "" for part in ADDRESS}
        return found if any(found[part] for part in ADDRESS if part != "country") else None


class DeleteForm(Form):
    """Deleting a person is confirmed by typing a word, so that it is no slip."""

    word = StringField(_("Type the word"), [required])

    def validate_word(self, field: StringField) -> None:
        if (field.data or "").strip().casefold() != delete_word().casefold():
            raise ValidationError(gettext("Please type “%(word)s”.", word=delete_word()))


def delete_word() -> str:
    """What is typed to confirm a deletion, in the language of the page."""
    return gettext("delete")


class AuditSearch(FlaskForm):  # type: ignore[misc]
    """What narrows the audit log down. It is sent by GET, and holds ids only."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = False

    FIELDS = ("person", "account", "action", "since", "until")

    person = IntegerField(_("Person (id)"), [Optional(), NumberRange(1, LARGEST_ID)])
    account = IntegerField(_("By account (id)"), [Optional(), NumberRange(1, LARGEST_ID)])
    action = SelectField(_("Action"), validate_choice=False)
    since = DateField(_("From"), [Optional()])
    until = DateField(_("To"), [Optional()])


def _fields_of(person: Person) -> dict[str, Any]:
    addresses = {"letter": person.letter_address, "private": person.private_address}
    return {f"{kind}_{part}": (found or {}).get(part, "") for kind, found in addresses.items() for part in ADDRESS}
