"""The forms of groups: what the section decides, what the group prints with, and who its officers are."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext, lazy_gettext
from sqlalchemy import select
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from campaign_app import languages
from campaign_app.db import db
from campaign_app.documents.paper import ENVELOPES, LABEL_SHEETS, WINDOWS
from campaign_app.forms import Form, TicksField, lines, options, required
from campaign_app.groups.models import Duty, Group, GroupStatus, Officer
from campaign_app.i18n import page_language
from campaign_app.labels import choices
from campaign_app.people.models import Person
from campaign_app.targets.form import line_problem

_ = lazy_gettext

MOST_LETTERHEAD_LINES = 4  # more would push a letter onto a second page
HIGHEST_NUMBER = 99_999


class SectionForm(Form):
    """What the section decides of a group."""

    number = IntegerField(_("Number"), [InputRequired(_("Please fill this in.")), NumberRange(1, HIGHEST_NUMBER)])
    name = StringField(_("Name"), [required, Length(max=100)], description=_("Such as “Group 48 Seoul”."))
    status = SelectField(_("Status"))

    def __init__(self, group: Group | None = None) -> None:
        super().__init__(obj=group)
        self._group = group
        self.status.choices = choices(GroupStatus)

    def validate_number(self, field: IntegerField) -> None:
        owner = db.session.scalar(select(Group).where(Group.number == field.data))
        if owner is not None and owner is not self._group:
            raise ValidationError(gettext("%(name)s has this number.", name=owner.name))

    def write(self, group: Group) -> None:
        """Put what was typed into ``group``."""
        group.number, group.name = self.number.data, self.name.data
        group.status = GroupStatus(self.status.data)


class DetailsForm(Form):
    """What a group itself decides: its languages, its place, and what it prints with."""

    languages = TicksField(_("Languages of the group"))
    city = StringField(_("City"), [Length(max=100)], description=_("Letters are dated from here."))
    country = SelectField(_("Country"), [required])
    letterhead = TextAreaField(
        _("Letterhead"),
        description=_(
            "A few lines that say who you are. They head case sheets, checklists and the papers of a handover; letters "
            "carry none, since they are their writers’ own."
        ),
    )
    return_address = TextAreaField(
        _("Return address"),
        description=_("Where post comes back to, as on an envelope: for example ending SEOUL, 04560, KOREA."),
    )
    paper = SelectField(_("Paper"), choices=options([("A4", _("A4")), ("Letter", _("US Letter"))]))
    window = SelectField(_("Envelope window"))
    envelope = SelectField(_("Envelope"), choices=options((name, name) for name in ENVELOPES))
    label_sheet = SelectField(_("Label sheet"), choices=options((name, name) for name in LABEL_SHEETS))

    def __init__(self, group: Group) -> None:
        super().__init__(obj=group)
        reader = page_language()
        self.languages.choices = options((tag, languages.name(tag, reader)) for tag in languages.LETTER_LANGUAGES)
        self.country.choices = options([("", gettext("Choose…")), *languages.countries(reader)])
        by_hand = ("", gettext("None: I write or stick the address"))
        self.window.choices = options([by_hand, *((name, name) for name in WINDOWS)])

    def validate_letterhead(self, field: TextAreaField) -> None:
        if len(lines(field.data)) > MOST_LETTERHEAD_LINES:
            raise ValidationError(gettext("At most %(count)s lines.", count=MOST_LETTERHEAD_LINES))

    def validate_return_address(self, field: TextAreaField) -> None:
        if problem := line_problem(lines(field.data)):
            raise ValidationError(problem)

    def write(self, group: Group) -> None:
        """Put what was typed into ``group``."""
        for name in ("city", "country", "paper", "window", "envelope", "label_sheet"):
            setattr(group, name, self[name].data)
        group.languages = list(self.languages.data or ())
        group.letterhead, group.return_address = (
            "\n".join(lines(self[n].data)) for n in ("letterhead", "return_address")
        )


class OfficerForm(Form):
    """Who has which duty, and from when to when."""

    person_id = SelectField(_("Person"), coerce=int)
    duty = SelectField(_("Duty"))
    title = StringField(_("Title"), [Length(max=100)], description=_("Where the group calls the duty otherwise."))
    starts_on = DateField(_("From"), [required])
    ends_on = DateField(_("Until"), [Optional()], description=_("The last day of the term. Leave it empty while open."))

    def __init__(self, people: Iterable[Person], officer: Officer | None = None, **kwargs: object) -> None:
        super().__init__(obj=officer, **kwargs)
        self.person_id.choices = options((person.id, person.name) for person in people)
        self.duty.choices = choices(Duty)

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(gettext("A term ends after it begins."))

    def write(self, officer: Officer) -> None:
        """Put what was typed into ``officer``."""
        officer.person_id, officer.duty = self.person_id.data, Duty(self.duty.data)
        officer.title, officer.starts_on, officer.ends_on = self.title.data, self.starts_on.data, self.ends_on.data
