"""Of which letters somebody wants to see the numbers: a period, a group, a theme, asked for in the address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_security import current_user
from wtforms import StringField
from wtforms.validators import ValidationError

from campaign_app.access.permissions import groups_for, is_staff
from campaign_app.campaigns.models import Theme
from campaign_app.forms import Form, LongSelectField, options
from campaign_app.groups.models import Group
from campaign_app.labels import choices
from campaign_app.tracking.tally_models import NO_GROUP, NOBODY
from campaign_app.tracking.totals import Scope

ACTION = "track"
EARLIEST, LATEST = 2000, 2100  # years that a month may be of


class FilterForm(Form):
    """What stands in the address; without a value, all of it."""

    since = StringField(lazy_gettext("From the month"), render_kw={"type": "month", "placeholder": "2026-01"})
    until = StringField(lazy_gettext("To the month"), render_kw={"type": "month", "placeholder": "2026-12"})
    group = LongSelectField(lazy_gettext("Group"))
    theme = LongSelectField(lazy_gettext("Theme"))

    class Meta(Form.Meta):
        csrf = False  # it is only read

    def __init__(self, groups: Sequence[Group], only: Group | None = None) -> None:
        """``only`` is the one group that a page is about, so that none is chosen there."""
        super().__init__(formdata=request.args)
        section = [(NOBODY, gettext("The section itself"))] if is_staff(current_user) else []
        everyone = [("", gettext("All groups"))]
        self.group.choices = options([*everyone, *section, *((group.slug, group.name) for group in groups)])
        self.theme.choices = [*options([("", gettext("All themes"))]), *choices(Theme)]
        self._groups = {group.slug: group.id for group in groups} | {NOBODY: NO_GROUP}
        for field in (self.group, self.theme):
            field.data = field.data or ""
        if only:
            self.group.data = only.slug

    def validate_since(self, field: StringField) -> None:
        _month(field.data)

    def validate_until(self, field: StringField) -> None:
        end, since = _month(field.data), self.since
        if end and not since.errors and (begin := _month(since.data)) and end < begin:
            raise ValidationError(gettext("This is before the first month."))

    @property
    def filters(self) -> Filters:
        """What was asked for, once it is valid."""
        until = _month(self.until.data)
        asked = {name: field.data for name, field in self._fields.items() if field.data}
        group = self._groups[self.group.data] if self.group.data else None
        theme = Theme(self.theme.data) if self.theme.data else None
        return Filters(
            asked, _month(self.since.data), until and _end(until), group, theme, groups_for(current_user, ACTION)
        )


@dataclass(frozen=True, slots=True)
class Filters:
    """A period of whole months, a group and a theme, for somebody who may see ``allowed`` groups, or None for all."""

    asked: dict[str, str]
    since: date | None = None
    until: date | None = None
    group: int | None = None
    theme: Theme | None = None
    allowed: set[int] | None = None

    @property
    def scope(self) -> Scope:
        groups = self.allowed if self.group is None else {self.group}
        return Scope(groups=groups, theme=self.theme, since=self.since, until=self.until)

    @property
    def of_letters(self) -> dict[str, str]:
        """The same, as the address of a list of letters says it."""
        said: dict[str, Any] = {name: self.asked[name] for name in ("group", "theme") if name in self.asked}
        days = {"since": self.since, "until": self.until}
        return said | {name: day.isoformat() for name, day in days.items() if day}


def _month(written: str | None) -> date | None:
    """The first day of a month. Raises ValidationError."""
    if not written:
        return None
    found = re.fullmatch(r"(\d{4})-(\d{2})", written, re.ASCII)
    if not found or not EARLIEST <= int(found[1]) <= LATEST or not 1 <= int(found[2]) <= 12:
        raise ValidationError(gettext("Write a month such as 2026-03."))
    return date(int(found[1]), int(found[2]), 1)


def _end(month: date) -> date:
    """The last day of the month."""
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
