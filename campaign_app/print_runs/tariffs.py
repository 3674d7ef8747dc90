"""The page on which a group keeps what stamps cost."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision, is_currency
from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import FieldList, FormField, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, NumberRange, Optional

from campaign_app.access.permissions import permission
from campaign_app.db import db
from campaign_app.forms import Form, required
from campaign_app.groups.own import own_group
from campaign_app.people.money import minor_units
from campaign_app.print_runs.models import GroupTariff
from campaign_app.print_runs.postage import ELSEWHERE, Tariff, Zone
from campaign_app.targets.countries import country_code

bp = Blueprint("tariffs", __name__, url_prefix="/desk/groups/<slug>/postage")

SPARE = 2  # empty zones below those that are there
LONGEST_TRANSIT = 90  # days
_STEP = re.compile(r"\s*(\d{1,5})\s*g?\s*:\s*(\d{1,9}(?:\.\d{1,3})?)\s*")


class ZoneForm(Form):
    """A zone of the tariff; one without a name is left out."""

    class Meta(Form.Meta):
        csrf = False

    name = StringField(_("Zone"), [Length(max=60)])
    countries = TextAreaField(
        _("Countries"), [Length(max=4000)], description=_("Names or codes, parted by commas; * for all others.")
    )
    steps = StringField(
        _("Price by weight"), [Length(max=300)], description=_("Grams and price, such as 25: 430, 50: 450.")
    )
    days = IntegerField(_("Days in the post"), [Optional(), NumberRange(0, LONGEST_TRANSIT)])

    def validate_countries(self, field: TextAreaField) -> None:
        unknown = [name for name in _words(field.data) if name != ELSEWHERE and not country_code(name)]
        if unknown:
            raise ValidationError(gettext("Not a country: %(names)s", names=", ".join(unknown)))
        if self.name.data and not _words(field.data):
            raise ValidationError(gettext("Please fill this in."))

    def validate_steps(self, field: StringField) -> None:
        steps = _words(field.data)
        if (self.name.data and not steps) or not all(map(_STEP.fullmatch, steps)):
            raise ValidationError(gettext("Write grams and price like this: 25: 430, 50: 450."))

    def stored(self, currency: str) -> dict[str, Any]:
        countries = [name if name == ELSEWHERE else country_code(name) for name in _words(self.countries.data)]
        found = [_STEP.fullmatch(step) for step in _words(self.steps.data)]
        steps = [[int(step[1]), minor_units(Decimal(step[2]), currency)] for step in found if step]
        return {"name": self.name.data, "countries": countries, "steps": sorted(steps), "days": self.days.data}


class TariffForm(Form):
    """What stamps cost a group."""

    currency = StringField(_("Currency"), [required], description=_("Three letters, such as KRW."))
    zones = FieldList(FormField(ZoneForm))

    def validate_currency(self, field: StringField) -> None:
        field.data = (field.data or "").upper()
        if not is_currency(field.data):
            raise ValidationError(gettext("There is no such currency."))


@bp.route("", methods=["GET", "POST"])
@permission("keep group")
def edit(slug: str) -> str | tuple[str, int] | Response:
    """The group's zones, with room for more."""
    group = own_group(slug)
    row = db.session.get(GroupTariff, group.id)
    form = TariffForm(data=_shown(row))
    if not form.validate_on_submit():
        return render_template("print_runs/postage.html", form=form, group=group), 422 if form.errors else 200
    zones = [zone.form.stored(form.currency.data) for zone in form.zones if zone.form.name.data]
    db.session.merge(GroupTariff(group_id=group.id, currency=form.currency.data, zones=zones))
    db.session.commit()
    flash(gettext("The postage is stored."), "good")
    return redirect(url_for(".edit", slug=slug), 303)


def in_words(price: int, currency: str) -> str:
    """The price as people write it in the table."""
    return str(Decimal(price).scaleb(-get_currency_precision(currency)))


def _shown(row: GroupTariff | None) -> dict[str, Any]:
    tariff = row.tariff if row else Tariff("KRW", ())
    zones = [_of_zone(zone, tariff.currency) for zone in tariff.zones]
    return {"currency": tariff.currency, "zones": zones + [{}] * SPARE}


def _of_zone(zone: Zone, currency: str) -> dict[str, Any]:
    steps = ", ".join(f"{step.grams}: {in_words(step.price, currency)}" for step in zone.steps)
    return {"name": zone.name, "countries": ", ".join(sorted(zone.countries)), "steps": steps, "days": zone.days}


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in re.split(r"[,;\n]", text or "") if word.strip()]
