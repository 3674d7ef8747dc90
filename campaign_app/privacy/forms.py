"""What people fill in about their own data, and staff to find lines of the audit log."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional, ValidationError

from campaign_app.forms import Form, required
from campaign_app.people.forms import PersonForm
from campaign_app.people.models import Person

LARGEST_ID = 2**31 - 1
# What the form about a person says otherwise to that person: labels and hints.
TO_ONESELF = {
    "name": (_("Name"), _("As you write it, in any script.")),
    "native_name": (_("Name in your own script"), ""),
    "pronoun": (_("Pronoun for letters"), _("As you choose it: she, he, they…")),
    "email": (_("E-mail for contact"), _("What you sign in with stays as it is.")),
    "languages_written": (_("Languages you write letters in"), ""),
    "languages_read": (_("Languages you read"), ""),
    "nationality": (_("Nationality"), _("Only for what a letter may say of you.")),
    "occupation": (_("Occupation"), _("Only for what a letter may say of you.")),
}


class CorrectForm(PersonForm):
    """What a person may correct of what is held about them: all but the group's note."""

    def __init__(self, person: Person) -> None:
        super().__init__(person)
        del self.note
        for name, words in TO_ONESELF.items():
            self[name].label.text, self[name].description = words


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
