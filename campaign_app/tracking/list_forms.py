"""Which letters a list shows, asked for in the address."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_security import current_user
from sqlalchemy import select
from wtforms import DateField, IntegerField
from wtforms.validators import Optional, ValidationError

from campaign_app import languages
from campaign_app.access.permissions import groups_for, is_staff
from campaign_app.campaigns.models import Campaign, Kind, Theme
from campaign_app.db import db
from campaign_app.forms import Form, LongSelectField, options
from campaign_app.groups.models import Group
from campaign_app.i18n import page_language
from campaign_app.labels import choices
from campaign_app.targets.models import Target
from campaign_app.tracking import totals
from campaign_app.tracking.filters import ACTION
from campaign_app.tracking.letter_list import Search, State
from campaign_app.tracking.tally_models import NO_GROUP, NOBODY
from campaign_app.tracking.totals import Scope

HIGHEST_ID = 2**31 - 1  # of PostgreSQL


class ListForm(Form):
    """What stands in the address of a list of letters; without a value, all of them."""

    state = LongSelectField(lazy_gettext("State"))
    campaign = LongSelectField(lazy_gettext("Campaign"))
    group = LongSelectField(lazy_gettext("Group"))
    country = LongSelectField(lazy_gettext("To the country"))
    language = LongSelectField(lazy_gettext("Language"))
    kind = LongSelectField(lazy_gettext("Kind"))
    theme = LongSelectField(lazy_gettext("Theme"))
    since = DateField(lazy_gettext("Made from"), validators=[Optional()])
    until = DateField(lazy_gettext("Made until"), validators=[Optional()])
    target = IntegerField(lazy_gettext("Target"), validators=[Optional()])

    class Meta(Form.Meta):
        csrf = False  # it is only read

    def __init__(self, groups: Sequence[Group]) -> None:
        super().__init__(formdata=request.args)
        scope = Scope(groups=groups_for(current_user, ACTION))
        self._campaigns = {campaign.slug: campaign for campaign in _campaigns(scope)}
        self._groups = {group.slug: group.id for group in groups} | (
            {NOBODY: NO_GROUP} if is_staff(current_user) else {}
        )
        everything = options([("", gettext("All"))])
        self.state.choices = choices(State)
        self.campaign.choices = [*everything, *options((slug, one.title) for slug, one in self._campaigns.items())]
        section = [(NOBODY, gettext("The section itself"))] if is_staff(current_user) else []
        self.group.choices = [*everything, *options([*section, *((group.slug, group.name) for group in groups)])]
        self.country.choices = [*everything, *options(_countries(scope))]
        self.language.choices = [*everything, *options(_languages(scope))]
        self.kind.choices = [*everything, *choices(Kind)]
        self.theme.choices = [*everything, *choices(Theme)]
        for field in (self.campaign, self.group, self.country, self.language, self.kind, self.theme):
            field.data = field.data or ""
        self.state.data = self.state.data or State.MADE.value

    def validate_until(self, field: DateField) -> None:
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(gettext("This is before the first day."))

    def validate_target(self, field: IntegerField) -> None:
        if field.data is not None and self.letters_to is None:
            raise ValidationError(gettext("There is no such target."))

    @property
    def letters_to(self) -> Target | None:
        """The target that is asked for."""
        number = self.target.data
        return db.session.get(Target, number) if number is not None and 0 < number <= HIGHEST_ID else None

    @property
    def search(self) -> Search:
        """What is looked for, once it is valid."""
        campaign = self._campaigns[self.campaign.data].id if self.campaign.data else None
        allowed = groups_for(current_user, ACTION)
        return Search(
            State(self.state.data), campaign, self.target.data, self.country.data or None, self.language.data or None,
            Kind(self.kind.data) if self.kind.data else None, Theme(self.theme.data) if self.theme.data else None,
            {self._groups[self.group.data]} if self.group.data else allowed, self.since.data, self.until.data,
        )  # fmt: skip

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, as it stands in an address."""
        return {name: value for name in self._fields if (value := request.args.get(name))}


def _campaigns(scope: Scope) -> list[Campaign]:
    """The campaigns of which there are letters to see."""
    query = select(Campaign).where(Campaign.id.in_(totals.by_campaign(scope).keys()))
    return list(db.session.scalars(query.order_by(Campaign.title)))


def _countries(scope: Scope) -> list[tuple[str, str]]:
    named = ((code, languages.country_name(code, page_language())) for code, _ in totals.by_country(scope))
    return sorted(named, key=lambda one: one[1])


def _languages(scope: Scope) -> list[tuple[str, str]]:
    named = ((tag, languages.name(tag, page_language())) for tag, _ in totals.by_language(scope))
    return sorted(named, key=lambda one: one[1])
