"""What every form shares: characters are cleaned and lengths capped at the field they were typed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from campaign_app import characters
from campaign_app.characters import LONGEST_LINE, LONGEST_TEXT

required = DataRequired(lazy_gettext("Please fill this in."))


class Form(FlaskForm):  # type: ignore[misc]
    """A form whose text fields hold NFC without direction controls, within a length."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Field:
            kind = unbound_field.field_class
            if issubclass(kind, StringField):
                several_lines = issubclass(kind, TextAreaField)
                filters = unbound_field.kwargs.get("filters", ())
                options["filters"] = (clean if several_lines else clean_line, *filters)
            field = super().bind_field(form, unbound_field, options)
            if issubclass(kind, StringField) and not any(isinstance(v, Length) for v in field.validators):
                longest = LONGEST_TEXT if issubclass(kind, TextAreaField) else LONGEST_LINE
                message = lazy_gettext("At most %(count)s characters.", count=longest)
                field.validators = (*field.validators, Length(max=longest, message=message))
            return field


class LongSelectField(SelectField):  # type: ignore[misc]
    """One of many choices: what was chosen is looked up before WTForms makes an option of each to compare it with."""

    def pre_validate(self, form: Form) -> None:
        if all(choice.value != self.data for choice in self.choices):
            super().pre_validate(form)


class TicksField(SelectMultipleField):  # type: ignore[misc]
    """Several choices as a list of ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def clean(text: str | None) -> str:
    """Text of several lines as it is kept. Raises ValueError, naming the characters that cannot be."""
    if found := characters.refused(text or ""):
        raise ValueError(gettext("These characters cannot be printed: %(characters)s.", characters=", ".join(found)))
    return characters.cleaned(text or "")


def clean_line(text: str | None) -> str:
    """Text of one line as it is kept. Raises ValueError."""
    return " ".join(clean(text).split())


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What a select field offers, from pairs of a value and its label."""
    return [SelectChoice(value, label) for value, label in pairs]


def lines(text: str) -> list[str]:
    """The lines of a text area, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]
