"""The forms about people. Nationality is never required, and identity numbers are refused wherever they are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app
from flask_babel import gettext, lazy_gettext
from flask_security import current_user
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    HiddenField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms import ValidationError as Invalid
from wtforms.validators import Length, Optional, Regexp

from campaign_app import languages
from campaign_app.access.permissions import can
from campaign_app.days import today
from campaign_app.forms import Form, TicksField, options, required
from campaign_app.groups.models import Group
from campaign_app.i18n import page_language
from campaign_app.labels import choices, label
from campaign_app.people import roles
from campaign_app.people.id_numbers import has_id_number
from campaign_app.people.models import Address, Membership, Person, Role

_ = lazy_gettext

ADDRESS_PARTS = ("street", "city", "region", "postcode", "country")
LETTER, PRIVATE = "letter_", "private_"
PLAIN = ("name", "native_name", "pronoun", "email", "phone", "nationality", "occupation", "note")
WHOLE_SECTION = 0  # in place of a group's id


def no_id_number(form: Form, field: Field) -> None:  # noqa: ARG001
    """Refuse a Korean resident registration number."""
    if has_id_number(field.data or ""):
        raise Invalid(
            gettext(
                "This looks like a resident registration number. It is needed for nothing here and would harm its "
                "owner in the wrong hands: please leave it out."
            )
        )


class PersonalForm(Form):
    """A form in whose texts no identity number may stand."""

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        typed = (
            field for field in self if isinstance(field, StringField) and not isinstance(field, HiddenField | TelField)
        )
        refusing = {field.name: [no_id_number] for field in typed}
        return bool(super().validate({**refusing, **(extra_validators or {})}))


class PersonForm(PersonalForm):
    """Who someone is, as they want it written, and how they are reached."""

    name = StringField(_("Name"), [required], description=_("As they write it on letters, in any script."))
    native_name = StringField(_("Name in their own script"))
    pronoun = StringField(_("Pronoun in letters"), [Length(max=60)], description=_("As they choose it: she, he, they…"))
    email = EmailField(
        _("E-mail"),
        [Optional(), Length(max=254), Regexp(r"[^@\s]+@[^@\s]+\Z", message=_("This is no e-mail address."))],
    )
    phone = TelField(_("Phone"), [Length(max=40)])
    letter_street = TextAreaField(_("Street and house number"), [Length(max=300)])
    letter_city = StringField(_("City"))
    letter_region = StringField(_("State or province"))
    letter_postcode = StringField(_("Postcode"), [Length(max=20)])
    letter_country = SelectField(_("Country"), default="")
    private_street = TextAreaField(_("Street and house number"), [Length(max=300)])
    private_city = StringField(_("City"))
    private_region = StringField(_("State or province"))
    private_postcode = StringField(_("Postcode"), [Length(max=20)])
    private_country = SelectField(_("Country"), default="")
    languages_written = TicksField(_("Languages they write letters in"))
    languages_read = TicksField(_("Languages they read"))
    nationality = StringField(_("Nationality"), [Length(max=100)], description=_("Only if letters should say it."))
    occupation = StringField(_("Occupation"), [Length(max=100)], description=_("Only if letters should say it."))
    note = TextAreaField(
        _("Note"), [Length(max=2000)], description=_("The person may read it: everything here is theirs.")
    )

    def __init__(self, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(data=_values(person) if person else kwargs.pop("data", None), **kwargs)
        reader = page_language()
        named = options((tag, languages.name(tag, reader)) for tag in languages.LETTER_LANGUAGES)
        self.languages_read.choices = self.languages_written.choices = named
        countries = options([("", gettext("Choose…")), *languages.countries(reader)])
        self.letter_country.choices = self.private_country.choices = countries

    def write(self, person: Person) -> None:
        """Put what was typed into ``person``."""
        for name in PLAIN:
            if name in self:
                setattr(person, name, self[name].data or "")
        person.letter_address, person.private_address = self._address(LETTER), self._address(PRIVATE)
        person.languages_read = list(self.languages_read.data or ())
        person.languages_written = list(self.languages_written.data or ())

    def _address(self, which: str) -> Address | None:
        """The address that was typed; none where only a country was chosen."""
        parts = {part: self[which + part].data or "" for part in ADDRESS_PARTS}
        return parts if any(value for part, value in parts.items() if part != "country") else None


class RoleForm(Form):
    """A role in a group, and when it begins."""

    group_id = SelectField(_("Group"), coerce=int)
    role = SelectField(_("Role"))
    starts_on = DateField(_("From"), [required])

    def offer(self, groups: Sequence[Group]) -> None:
        """Offer the roles that the signed-in person may give."""
        offered = [(group.id, group.name) for group in groups]
        whole = [(WHOLE_SECTION, gettext("The whole section"))] if can(current_user, "keep section") else []
        self.group_id.choices = options([*offered, *whole])
        self.role.choices = choices(Role if whole else (Role.MEMBER, Role.ORGANIZER))

    def validate_role(self, field: SelectField) -> None:
        if (field.data == Role.STAFF) != (self.group_id.data == WHOLE_SECTION):
            raise Invalid(gettext("Staff serve the whole section; members and organizers belong to a group."))

    @property
    def membership(self) -> Membership:
        """The role that was chosen."""
        group_id = self.group_id.data or None
        return Membership(group_id=group_id, role=Role(self.role.data), starts_on=self.starts_on.data)


class AddForm(PersonForm, RoleForm):
    """A new person, and their role in a group."""

    keep_both = BooleanField(_("It is another person; keep both"))

    def __init__(self, groups: Sequence[Group], group_id: int | None) -> None:
        home = {LETTER + "country": current_app.config["COUNTRY"]}
        super().__init__(data={"starts_on": today(), "group_id": group_id, "role": Role.MEMBER, **home})
        self.offer(groups)


class NewRoleForm(RoleForm):
    """Another role for a person whom the group knows."""

    def __init__(self, person: Person, groups: Sequence[Group]) -> None:
        super().__init__(data={"starts_on": today()})
        self._person = person
        self.offer(groups)

    def validate_group_id(self, field: SelectField) -> None:
        role = Role(self.role.data) if self.role.data in tuple(Role) else None
        if role and roles.held(self._person, role, field.data or None, today()):
            raise Invalid(gettext("They are %(role)s there already.", role=label(role)))


class DatesForm(Form):
    """From when to when a role is held."""

    starts_on = DateField(_("From"), [required])
    ends_on = DateField(
        _("Until"),
        [Optional()],
        description=_("A role works until the end of its last day. Leave it empty while open."),
    )

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise Invalid(gettext("A role ends after it begins."))


def _values(person: Person) -> dict[str, Any]:
    values = {name: getattr(person, name) for name in (*PLAIN, "languages_read", "languages_written")}
    for which, address in ((LETTER, person.letter_address), (PRIVATE, person.private_address)):
        values |= {which + part: (address or {}).get(part, "") for part in ADDRESS_PARTS}
    return values
