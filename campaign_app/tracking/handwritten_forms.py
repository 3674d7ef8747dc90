"""The form of letters and cards that people wrote by hand."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, IntegerField, SelectField, ValidationError
from wtforms.validators import InputRequired, NumberRange

from campaign_app import languages
from campaign_app.campaigns.models import Campaign
from campaign_app.days import today
from campaign_app.forms import Form, LongSelectField, options, required
from campaign_app.groups.activity_models import Activity
from campaign_app.groups.models import Group
from campaign_app.i18n import page_language
from campaign_app.labels import choices, label
from campaign_app.pages import written_day
from campaign_app.tracking.models import HandwrittenCount, HandwrittenKind
from campaign_app.tracking.posting_forms import not_to_come

_ = lazy_gettext

MOST = 100_000
NONE = 0  # of the directory's targets, or of the activities


class HandwrittenForm(Form):
    """How many, of what, for which campaign, by which group, when and where."""

    number = IntegerField(_("How many"), [InputRequired(_("Please fill this in.")), NumberRange(1, MOST)])
    kind = SelectField(_("What they are"))
    campaign = SelectField(_("Campaign"), coerce=int)
    target = SelectField(_("To"), coerce=int, default=NONE)
    group = SelectField(_("Group"), coerce=int)
    written_on = DateField(_("Day"), [required, not_to_come])
    language = LongSelectField(_("Language"))
    activity = SelectField(_("At which event"), coerce=int, default=NONE)

    def __init__(self, campaigns: Sequence[Campaign], groups: Sequence[Group], events: Sequence[Activity]) -> None:
        super().__init__(data={"written_on": today()})
        self._campaigns = {campaign.id: campaign for campaign in campaigns}
        self._events = {event.id: event for event in events}
        targets = {target.id: target.title for campaign in campaigns for target in campaign.targets}
        held = {e.id: f"{written_day(e.held_on)}: {label(e.kind)}" for e in events}
        tags = sorted({text.language for campaign in campaigns for text in campaign.texts})
        named = [(tag, languages.name(tag, page_language())) for tag in tags]
        self.kind.choices = choices(HandwrittenKind)
        self.campaign.choices = options((campaign.id, campaign.title) for campaign in campaigns)
        self.target.choices = options([(NONE, gettext("Nobody of the directory")), *targets.items()])
        self.group.choices = options((group.id, group.name) for group in groups)
        self.language.choices = options([("", gettext("Several, or not known")), *named])
        self.activity.choices = options([(NONE, gettext("None")), *held.items()])

    def validate_target(self, field: SelectField) -> None:
        campaign = self._campaigns.get(self.campaign.data)
        if campaign and field.data and field.data not in {target.id for target in campaign.targets}:
            raise ValidationError(gettext("This campaign does not write to this target."))

    def validate_written_on(self, field: DateField) -> None:
        campaign = self._campaigns.get(self.campaign.data)
        if campaign and field.data and field.data < campaign.opens_on:
            raise ValidationError(gettext("The campaign had not opened yet on this day."))

    def validate_activity(self, field: SelectField) -> None:
        event = self._events.get(field.data)
        if event and event.group_id != self.group.data:
            raise ValidationError(gettext("This was an event of another group."))

    def write(self, count: HandwrittenCount) -> None:
        """Put what was typed into ``count``."""
        count.number, count.kind = self.number.data, HandwrittenKind(self.kind.data)
        count.campaign_id, count.target_id = self.campaign.data, self.target.data or None
        count.group_id, count.written_on = self.group.data, self.written_on.data
        count.language, count.activity_id = self.language.data, self.activity.data or None
