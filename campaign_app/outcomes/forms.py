"""The form in which an outcome is recorded."""

from __future__ import annotations

import secrets
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Regexp

from campaign_app.campaigns.forms import EARLIEST, NO_CHOICE, NO_SUCH_DAY, given
from campaign_app.campaigns.models import Campaign
from campaign_app.forms import Form, options, required
from campaign_app.labels import choices
from campaign_app.outcomes.models import Outcome, WhatHappened

_ = lazy_gettext


class OutcomeForm(Form):
    """What happened, when, and how it is known."""

    key = HiddenField("", [required, Regexp(r"[\w-]{16,64}\Z")])
    what = SelectField(_("What happened"), [required], **NO_CHOICE)
    happened_on = DateField(_("On which day"), [given], invalid_value_message=NO_SUCH_DAY)
    source = StringField(
        _("Source"),
        [required, Length(max=300)],
        description=_("How it is known: an office of the organization, a newspaper, the family’s lawyer. It is shown."),
    )
    text = TextAreaField(
        _("In a few sentences"),
        [Length(max=2000)],
        description=_("Everyone reads this. Leave out whatever could put somebody in danger."),
    )

    def __init__(self, campaign: Campaign, **values: Any) -> None:
        super().__init__(**values)
        self._today = campaign.today
        self.what.choices = [*options([("", gettext("Choose…"))]), *choices(WhatHappened)]
        if not self.is_submitted():
            self.key.data = secrets.token_urlsafe(16)

    def validate_happened_on(self, field: DateField) -> None:
        if field.data and field.data > self._today:
            raise ValidationError(gettext("That day is still to come."))
        if field.data and field.data < EARLIEST:
            raise ValidationError(gettext("Please look at the year again."))

    def write(self, outcome: Outcome) -> None:
        """Put what was typed into ``outcome``."""
        outcome.what = WhatHappened(self.what.data)
        outcome.happened_on, outcome.source, outcome.text = self.happened_on.data, self.source.data, self.text.data
        outcome.form = self.key.data
