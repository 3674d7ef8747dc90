"""Arranging the columns of the report by case."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import FormField, IntegerField, StringField
from wtforms.validators import NumberRange, Optional

from campaign_app.forms import Form
from campaign_app.tracking import cases


class ColumnForm(Form):
    """Where a column stands, without a place nowhere, and what stands above it."""

    place = IntegerField(lazy_gettext("Place"), validators=[Optional(), NumberRange(1, 99)])
    heading = StringField(lazy_gettext("Heading"))

    class Meta(Form.Meta):
        csrf = False  # the whole form has it


def arrange_form() -> Any:
    """A form with a part for each column there is, filled with how they are arranged."""
    fields = {key: FormField(ColumnForm, label=title) for key, (title, _) in cases.COLUMNS.items()}
    form = type("ArrangeForm", (Form,), fields)
    present = {key: {"place": place, "heading": _own(key, heading)} for place, (key, heading) in _numbered()}
    return form(data=present)


def chosen(form: Any) -> list[tuple[str, str]]:
    """The columns that have a place, in their order, each with its own heading."""
    parts = [(key, form[key].form) for key in cases.COLUMNS]
    placed = sorted(((part.place.data, key, part) for key, part in parts if part.place.data), key=lambda one: one[:2])
    return [(key, part.heading.data or "") for _, key, part in placed]


def nothing_chosen(form: Any) -> bool:
    """Whether no column has a place, which is then said."""
    if chosen(form):
        return False
    form.form_errors.append(gettext("Give at least one column a place."))
    return True


def _numbered() -> list[tuple[int, tuple[str, str]]]:
    return list(enumerate(cases.arranged(), 1))


def _own(key: str, heading: str) -> str:
    return "" if heading == str(cases.COLUMNS[key][0]) else heading
