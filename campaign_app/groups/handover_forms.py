"""The forms of a handover."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from campaign_app.days import today
from campaign_app.forms import Form, options, required
from campaign_app.groups.handover_models import Handover
from campaign_app.groups.models import Group
from campaign_app.people.models import Person

_ = lazy_gettext

FARTHEST = timedelta(days=366)
NOBODY = 0


class HandoverForm(Form):
    """What has to be written down for the successor: the group's stamps and cash, and what only one person knows."""

    stamps = StringField(
        _("Stamps"),
        [Length(max=300)],
        description=_("How many of which, and where they are: “40 for airmail, in the red tin”."),
    )
    cash = StringField(_("Cash"), [Length(max=300)], description=_("How much, in which currency, and where it is."))
    notes = TextAreaField(
        _("Notes for your successor"),
        [Length(max=10_000)],
        description=_(
            "Who has the key, whom to call at the section, what is promised. Only organizers of the group read it; "
            "it stays in the app and is not printed."
        ),
    )

    def __init__(self, group: Group, handover: Handover | None) -> None:
        notes = handover.notes if handover else ""
        super().__init__(data={"stamps": group.stamps, "cash": group.cash, "notes": notes})

    def write(self, group: Group, handover: Handover) -> None:
        """Put what was typed into both."""
        stock = self.stamps.data, self.cash.data
        if stock != (group.stamps, group.cash):
            group.stamps, group.cash = stock
            group.stock_on = today()
        handover.notes = self.notes.data


class PassForm(Form):
    """Who takes over from whom, and when."""

    outgoing_id = SelectField(_("Who hands over"), coerce=int)
    successor_id = SelectField(_("Who takes over"), coerce=int)
    starts_on = DateField(
        _("First day of the new coordinator"),
        [required],
        description=_("The old access ends by itself when the day before is over. Until then you can take it back."),
    )
    stays = BooleanField(_("Whoever hands over stays in the group as a member"))

    def __init__(self, outgoing: Sequence[Person], successors: Sequence[Person], own: Person) -> None:
        chosen = own.id if own in outgoing else None
        super().__init__(data={"outgoing_id": chosen, "starts_on": today() + timedelta(days=1), "stays": True})
        self.outgoing_id.choices = options((person.id, person.name) for person in outgoing)
        choose = (NOBODY, gettext("Choose…"))
        self.successor_id.choices = options([choose, *((p.id, p.name) for p in successors)])

    def validate_successor_id(self, field: SelectField) -> None:
        if field.data == NOBODY:
            raise ValidationError(gettext("Please choose one."))
        if field.data == self.outgoing_id.data:
            raise ValidationError(gettext("Nobody takes over from themselves."))

    def validate_starts_on(self, field: DateField) -> None:
        if field.data and not today() < field.data <= today() + FARTHEST:
            raise ValidationError(gettext("Choose a day to come, within a year."))

    @property
    def day(self) -> date:
        found: date = self.starts_on.data
        return found
