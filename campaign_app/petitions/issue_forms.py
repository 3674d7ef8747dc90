"""Forms of custody: to whom sheets go, and what becomes of sheets."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext, lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms import BooleanField, DateField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from campaign_app.db import db
from campaign_app.forms import Form, LongSelectField, options, required
from campaign_app.people.models import Membership
from campaign_app.petitions import issuing, serials
from campaign_app.petitions.custody import Move
from campaign_app.petitions.models import Petition
from campaign_app.petitions.serials import Typed

_ = lazy_gettext

SHEETS = _("Serials, numbers or ranges, such as 12, 15–20; a scanner can type the QR codes.")
LONGEST_LOAN = timedelta(days=366)


class SheetsField(TextAreaField):  # type: ignore[misc]
    """Which sheets of the form's petition are meant."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002
        form.typed = serials.typed(self.data or "", form.petition.code)
        if unknown := issuing.unknown(form.petition, form.typed):
            names = ", ".join(unknown[:5])
            raise ValidationError(gettext("Not a sheet of this petition: %(names)s", names=names))


class IssueForm(Form):
    """Which sheets go to whom, and until when."""

    sheets = SheetsField(_("Which sheets"), [required], description=SHEETS)
    person_id = LongSelectField(_("Collector of the group"), coerce=int)
    collector = StringField(_("Or somebody else, by name"), [Length(max=200)])
    place = StringField(
        _("Place"), [Length(max=200)], description=_("Where signatures are collected, such as a stall or a shop.")
    )
    unattended = BooleanField(_("The sheets lie there unattended"))
    due_on = DateField(_("Collect by"), [Optional()])

    typed: Typed

    def __init__(self, petition: Petition, today: date, proposed: str = "") -> None:
        self.petition, self._today = petition, today
        super().__init__(data={"due_on": today + timedelta(days=petition.collect_within), "sheets": proposed})
        self.person_id.choices = options([(0, "—"), *_people(petition, today)])

    def validate_collector(self, field: StringField) -> None:
        if self.person_id.data and field.data:
            raise ValidationError(gettext("Choose somebody or type a name, not both."))
        if not (self.person_id.data or field.data or self.place.data):
            raise ValidationError(gettext("Say who takes the sheets, or where they lie."))

    def validate_unattended(self, field: BooleanField) -> None:
        if field.data and not (self.place.data and self.due_on.data):
            raise ValidationError(
                gettext("Sheets that lie unattended need a place, and a day by which to collect them.")
            )

    def validate_due_on(self, field: DateField) -> None:
        if field.data and not self._today <= field.data <= self._today + LONGEST_LOAN:
            raise ValidationError(gettext("The day must lie ahead, within a year."))

    @property
    def to_whom(self) -> dict[str, object]:
        """What is stored of the form, by the names of ``SheetIssue``."""
        return {
            "person_id": self.person_id.data or None, "collector": self.collector.data, "place": self.place.data,
            "unattended": self.unattended.data, "due_on": self.due_on.data,
        }  # fmt: skip


class MoveForm(Form):
    """What becomes of sheets that are ticked or typed."""

    sheets = SheetsField(_("Other sheets"), [Optional()], description=SHEETS)
    ticked = SelectMultipleField(coerce=int, validate_choice=False)
    reason = StringField(
        _("Reason"),
        [Length(max=200)],
        description=_("For missing, spoiled and void sheets. Leave names of people out."),
    )

    typed: Typed = Typed()

    def __init__(self, petition: Petition, how: Move | None = None, **given: Any) -> None:
        self.petition, self._how = petition, how
        super().__init__(**given)

    def validate_reason(self, field: StringField) -> None:
        if self._how in (Move.MISS, Move.SPOIL, Move.VOID) and not field.data:
            raise ValidationError(gettext("Say why."))

    def validate_ticked(self, field: SelectMultipleField) -> None:
        if not field.data and not self.sheets.data:
            raise ValidationError(gettext("Tick the sheets that are meant, or type their serials."))


def _people(petition: Petition, today: date) -> list[tuple[int, str]]:
    """The people who have a role in the petition's group."""
    held = select(Membership).where(Membership.group_id == petition.group_id).options(joinedload(Membership.person))
    people = {held.person_id: held.person.name for held in db.session.scalars(held) if held.holds_on(today)}
    return sorted(people.items(), key=lambda pair: pair[1].casefold())
