"""The form of an activity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, NumberRange, Optional

from campaign_app.campaigns.models import Campaign
from campaign_app.days import today
from campaign_app.forms import Form, TicksField, options, required
from campaign_app.groups.activity_models import Activity, ActivityKind
from campaign_app.labels import choices

_ = lazy_gettext

FIRST_DAY = date(1961, 1, 1)  # no letter was written for a prisoner of conscience before
MOST_PEOPLE = 1_000_000


class ActivityForm(Form):
    """What the group did, when, where, with how many people, and for which campaigns."""

    kind = SelectField(_("What it was"))
    held_on = DateField(_("Day"), [required])
    place = StringField(_("Place"), [Length(max=200)])
    people = IntegerField(
        _("People"),
        [Optional(), NumberRange(0, MOST_PEOPLE)],
        description=_("How many came or were talked to; a fair guess will do."),
    )
    campaigns = TicksField(_("For which campaigns"), coerce=int)
    note = TextAreaField(
        _("Note"), [Length(max=5000)], description=_("What the yearly account should say. Leave names of people out.")
    )

    def __init__(self, campaigns: Sequence[Campaign], activity: Activity | None = None) -> None:
        chosen = [campaign.id for campaign in activity.campaigns] if activity else []
        day = activity.held_on if activity else today()
        super().__init__(obj=activity, data={"campaigns": chosen, "held_on": day})
        self._campaigns = campaigns
        self.kind.choices = choices(ActivityKind)
        self.campaigns.choices = options((campaign.id, campaign.title) for campaign in campaigns)

    def validate_held_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(gettext("That day is still to come."))
        if field.data and field.data < FIRST_DAY:
            raise ValidationError(gettext("Please look at the year again."))

    def write(self, activity: Activity) -> None:
        """Put what was typed into ``activity``."""
        activity.kind, activity.held_on = ActivityKind(self.kind.data), self.held_on.data
        activity.place, activity.people, activity.note = self.place.data, self.people.data, self.note.data
        activity.campaigns = [campaign for campaign in self._campaigns if campaign.id in (self.campaigns.data or ())]
