"""The forms of a run: what to make of whom, one row, what was posted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, StopValidation

from campaign_app import languages
from campaign_app.campaigns.models import Campaign
from campaign_app.characters import LONGEST_TEXT
from campaign_app.documents.paper import ENVELOPES, LABEL_SHEETS, WINDOWS
from campaign_app.forms import Form, TicksField, options, required
from campaign_app.groups.models import Group
from campaign_app.i18n import page_language
from campaign_app.letters.forms import FURTHEST_DATE, LONGEST_OWN_WORDS
from campaign_app.people.roster_form import RosterForm
from campaign_app.print_runs import words
from campaign_app.print_runs.models import Source
from campaign_app.print_runs.plan import Format, Order, Part, Plan, ReturnTo
from campaign_app.print_runs.rows import WriterValues
from campaign_app.targets.countries import country_code
from campaign_app.targets.models import Part as TargetPart
from campaign_app.targets.models import Target

_ = lazy_gettext

MOST_GUESTS = 1000
FURTHEST_OFFSET = 20  # mm


def _needed_for_guests(form: RunForm, field: IntegerField) -> None:
    """The number of guests counts only where guests write."""
    if form.source.data == Source.GUESTS and field.data is not None:
        return
    field.errors = [gettext("How many?")] if form.source.data == Source.GUESTS else []
    raise StopValidation


class RunForm(RosterForm):
    """Who writes, to whom, and what is to be printed."""

    campaign: Campaign
    group_id = SelectField(_("Group"), coerce=int)
    source = RadioField(_("Writers"))
    people_language = SelectField(_("Only people who write"))
    guests = IntegerField(_("How many letters"), [_needed_for_guests, NumberRange(1, MOST_GUESTS)])
    targets = TicksField(_("To"), coerce=int)
    language = SelectField(_("Language of the letters"), description=_("Where a writer’s own language has no text."))
    day = DateField(_("Date on the letters"), [required])
    parts = TicksField(_("Print"), choices=options((part.value, label) for part, label in words.PARTS.items()))
    format = SelectField(_("Letters as"), choices=options((f.value, label) for f, label in words.FORMATS.items()))
    order = SelectField(_("Order"), choices=options((o.value, label) for o, label in words.ORDERS.items()))
    sides = SelectField(
        _("Printer"),
        coerce=int,
        choices=options([(1, _("one side of the paper")), (2, _("both sides: each letter on a sheet of its own"))]),
    )
    paper = SelectField(_("Paper"), choices=options([("A4", _("A4")), ("Letter", _("US Letter"))]))
    window = SelectField(_("Envelope window"))
    large_print = BooleanField(_("Large print"))
    fold_marks = BooleanField(_("Marks where to fold"))
    envelope = SelectField(_("Envelopes"))
    korea_post = BooleanField(_("Layout of the Korean post"))
    return_to = SelectField(
        _("Return address on envelopes"),
        choices=options(
            [(ReturnTo.WRITER.value, _("that of the writer")), (ReturnTo.GROUP.value, _("that of the group"))]
        ),
    )
    label_sheet = SelectField(_("Label sheet"))
    first_label = IntegerField(_("First free label"), [InputRequired(), NumberRange(1, 65)])
    offset_x = DecimalField(
        _("Move to the right (mm)"), [InputRequired(), NumberRange(-FURTHEST_OFFSET, FURTHEST_OFFSET)]
    )
    offset_y = DecimalField(_("Move down (mm)"), [InputRequired(), NumberRange(-FURTHEST_OFFSET, FURTHEST_OFFSET)])

    def validate_day(self, field: DateField) -> None:
        if field.data and abs(field.data - self.campaign.today) > FURTHEST_DATE:
            raise ValidationError(gettext("A letter is dated close to the day it is posted."))

    def validate_targets(self, field: TicksField) -> None:
        if not field.data:
            raise ValidationError(gettext("Choose at least one."))

    def validate_parts(self, field: TicksField) -> None:
        if not set(field.data or ()) - {Part.EMBASSY}:
            raise ValidationError(gettext("Choose at least one."))

    def validate_first_label(self, field: IntegerField) -> None:
        sheet = LABEL_SHEETS.get(self.label_sheet.data)
        if sheet and field.data and field.data > sheet.labels:
            raise ValidationError(gettext("This sheet has %(count)s labels.", count=sheet.labels))

    @property
    def plan(self) -> Plan:
        return Plan(
            targets=tuple(self.targets.data),
            language=self.language.data,
            day=self.day.data,
            parts=frozenset(map(Part, self.parts.data)),
            format=Format(self.format.data),
            order=Order(self.order.data),
            sides=self.sides.data,
            paper=self.paper.data,
            window=self.window.data,
            large_print=self.large_print.data,
            fold_marks=self.fold_marks.data,
            envelope=self.envelope.data,
            korea_post=self.korea_post.data,
            return_to=ReturnTo(self.return_to.data),
            label_sheet=self.label_sheet.data,
            first_label=self.first_label.data,
            offset_x=float(self.offset_x.data),
            offset_y=float(self.offset_y.data),
        )


def run_form(
    campaign: Campaign, groups: Sequence[Group], plan: Plan | None = None, *, for_section: bool = False, **proposed: Any
) -> RunForm:
    """The form for a run of ``campaign``; a ``plan`` that is there already is what it shows at first.

    With ``for_section`` the run may be the whole section's, and of no group.
    """
    values = _of_plan(plan) if plan else _of_group(campaign, groups[0] if groups else None)
    form = RunForm(data=values | proposed)
    form.campaign = campaign
    section = [(0, gettext("The whole section"))] if for_section else []
    form.group_id.choices = options([*((group.id, group.name) for group in groups), *section])
    sources = [source for source in Source if source is not Source.SHELL]
    form.source.choices = options((source.value, words.SOURCES[source]) for source in sources)
    form.people_language.choices = options([("", gettext("any language")), *_languages(languages.LETTER_LANGUAGES)])
    chosen = [target for target in campaign.targets if target.part is not TargetPart.EMBASSY]
    form.targets.choices = options((target.id, _named(target)) for target in chosen)
    form.language.choices = options(_languages(text.language for text in campaign.texts))
    form.window.choices = options([("", gettext("None")), *((name, name) for name in WINDOWS)])
    form.envelope.choices = options(
        (name, f"{name} ({size.width:g} × {size.height:g} mm)") for name, size in ENVELOPES.items()
    )
    form.label_sheet.choices = options(
        (name, gettext("%(name)s (%(columns)s × %(rows)s)", name=name, columns=sheet.columns, rows=sheet.rows))
        for name, sheet in LABEL_SHEETS.items()
    )
    return form


def _named(target: Target) -> str:
    """The office, and whether letters to it may come back."""
    return f"{target.title} ({gettext('mail came back from this address')})" if target.is_doubtful else target.title


def _languages(tags: Any) -> list[tuple[str, str]]:
    return [(tag, languages.name(tag, page_language())) for tag in tags]


def _of_group(campaign: Campaign, group: Group | None) -> dict[str, Any]:
    """What is proposed: the group's own paper, window, envelopes, labels and languages."""
    written = [text.language for text in campaign.texts]
    wanted = group.languages if group else []
    language = next(
        (found for tag in wanted if (found := languages.best_match(tag, written))), written[0] if written else ""
    )
    return {
        "group_id": group.id if group else 0,
        "source": Source.PEOPLE,
        "targets": [target.id for target in campaign.targets if target.part is not TargetPart.EMBASSY],
        "language": language,
        "day": campaign.today,
        "parts": [Part.LETTERS.value, Part.ENVELOPES.value, Part.CHECKLIST.value],
        "format": Format.PDF.value,
        "order": Order.GIVEN.value,
        "sides": 1,
        "paper": group.paper if group else "A4",
        "window": group.window if group else "",
        "envelope": group.envelope if group else "DL",
        "korea_post": False,
        "return_to": (ReturnTo.GROUP if group and group.return_address else ReturnTo.WRITER).value,
        "label_sheet": group.label_sheet if group else "L7163",
        "first_label": 1,
        "offset_x": 0,
        "offset_y": 0,
    }


def _of_plan(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in plan.__dataclass_fields__} | {
        "targets": list(plan.targets),
        "parts": [part.value for part in plan.parts],
        "format": plan.format.value,
        "order": plan.order.value,
        "return_to": plan.return_to.value,
    }


class RowForm(Form):
    """One writer of a run."""

    name = StringField(words.FIELDS["name"])
    street = TextAreaField(words.FIELDS["street"], [Length(max=300)])
    city = StringField(words.FIELDS["city"])
    region = StringField(words.FIELDS["region"])
    postcode = StringField(words.FIELDS["postcode"])
    country = SelectField(words.FIELDS["country"])
    language = SelectField(lazy_gettext("Language of the letter"))
    nationality = StringField(words.FIELDS["nationality"])
    occupation = StringField(words.FIELDS["occupation"])
    message = TextAreaField(words.FIELDS["message"], [Length(max=LONGEST_OWN_WORDS)])

    def validate_nationality(self, field: StringField) -> None:
        if field.data and country_code(field.data):
            raise ValidationError(gettext("This is a country. Write it as the letter shall say it, such as “Korean”."))

    def apply_to(self, writer: WriterValues) -> WriterValues:
        """The writer as the form has it."""
        given = {name: self[name].data or "" for name in ("name", "street", "city", "region", "postcode", "country")}
        given |= {name: self[name].data or "" for name in ("nationality", "occupation", "message")}
        first = (self.language.data,) if self.language.data else ()
        others = tuple(tag for tag in writer.languages if tag not in first)
        return WriterValues(**given, languages=(*first, *others), guest=writer.guest)


def row_form(writer: WriterValues, campaign: Campaign) -> RowForm:
    values = {name: getattr(writer, name) for name in WriterValues.__dataclass_fields__}
    form = RowForm(data=values | {"language": writer.languages[0] if writer.languages else ""})
    form.country.choices = options([("", gettext("the group’s")), *languages.countries(page_language())])
    form.language.choices = options([("", gettext("the run’s")), *_languages(text.language for text in campaign.texts)])
    return form


class PostedForm(Form):
    """Which letters were posted, and when."""

    day = DateField(_("Posted on"), [required])
    letters = TicksField(_("Letters"), coerce=int, validate_choice=False)
    references = TextAreaField(
        _("References"),
        [Length(max=LONGEST_TEXT)],
        description=_("Type them, or scan the QR codes with a hand scanner: one after the other."),
    )

    def __init__(self, today: Any, first: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._today, self._first = today, first

    def validate_day(self, field: DateField) -> None:
        if field.data and field.data > self._today:
            raise ValidationError(gettext("This day is still to come."))
        if field.data and self._first and field.data < self._first:
            raise ValidationError(gettext("The letters were not made yet on this day."))
