"""The forms of a letter evening."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import IntegerField, SelectField, StringField, ValidationError
from wtforms.validators import Length, NumberRange, Optional

from campaign_app.evenings.opening import Place
from campaign_app.forms import Form, TicksField, options
from campaign_app.groups.models import Group

_ = lazy_gettext

HOURS = range(2, 13)
USUAL = 5  # hours
MOST_TABLES = 40
MOST_PEOPLE = 100_000


class EveningForm(Form):
    """Whose evening it is, how long its kiosk is open, and what is written at its tables."""

    group = SelectField(_("Group"), coerce=int)
    hours = SelectField(
        _("Open for"),
        coerce=int,
        default=USUAL,
        description=_("Then the link of the shared laptop no longer opens. You can close it sooner."),
    )
    tables = TicksField(_("Tables"))

    def __init__(self, groups: Sequence[Group], places: Sequence[Place]) -> None:
        super().__init__()
        self.group.choices = options((group.id, group.name) for group in groups)
        self.hours.choices = options((hours, ngettext("%(num)s hour", "%(num)s hours", hours)) for hours in HOURS)
        self.tables.choices = options((place.value, place.title) for place in places)

    def validate_tables(self, field: TicksField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose at least one."))
        if len(field.data) > MOST_TABLES:
            raise ValidationError(gettext("At most %(count)s tables.", count=MOST_TABLES))


class ClosingForm(Form):
    """What the evening's line among the group's activities says."""

    people = IntegerField(
        _("People"), [Optional(), NumberRange(0, MOST_PEOPLE)], description=_("How many came; a fair guess will do.")
    )
    place = StringField(_("Place"), [Length(max=200)])
