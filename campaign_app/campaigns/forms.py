"""The desk's forms for campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from campaign_app import languages
from campaign_app.campaigns import slugs
from campaign_app.campaigns.models import WAITING_DAYS, Campaign, Kind, Reason, SenderAddress, Theme
from campaign_app.forms import Form, TicksField, lines, options, required
from campaign_app.groups.models import Group
from campaign_app.i18n import page_language
from campaign_app.labels import choices

_ = lazy_gettext

EARLIEST, LATEST = date(1961, 1, 1), date(2199, 12, 31)
LARGEST_GOAL = 10_000_000
MOST_PHRASES = 50
LONGEST_WAIT = 730  # days

given = InputRequired(_("Please fill this in."))  # a day that does not exist was given, and has a message of its own
NO_SUCH_DAY = _("There is no such day.")
NO_CHOICE: dict[str, Any] = dict.fromkeys(
    ("invalid_choice_message", "invalid_value_message"), _("Please choose one from the list.")
)
NO_NUMBER = _("A number from 1 to 10,000,000.")


def _within_reach(form: Form, field: DateField) -> None:  # noqa: ARG001
    if field.data and not EARLIEST <= field.data <= LATEST:
        raise ValidationError(gettext("Please look at the year again."))


class CampaignForm(Form):
    """One case or cause: what it is about, when, and what keeps its people safe."""

    title = StringField(_("Title"), [required, Length(max=200)], description=_("As in “Free Nadia Example”."))
    slug = StringField(
        _("Address"),
        [Length(max=slugs.LONGEST)],
        description=_("The end of the page’s address. Leave it empty to have it made from the title."),
    )
    kind = SelectField(_("Kind"), coerce=Kind, default=Kind.CASE, **NO_CHOICE)
    theme = SelectField(_("Theme"), coerce=Theme, default=Theme.FREEDOM_OF_EXPRESSION, **NO_CHOICE)
    country = SelectField(_("Country"), [required], **NO_CHOICE)
    person = StringField(
        _("Person at risk"), description=_("The name, or names, as letters say it. Many texts cannot do without.")
    )
    reference = StringField(_("Reference"), [Length(max=60)], description=_("As in UA 60/16."))
    index = StringField(_("Index"), [Length(max=60)], description=_("As in AMR 37/6674/2017."))
    group_id = SelectField(_("Group"), coerce=lambda value: int(value) if value else None, **NO_CHOICE)
    story = TextAreaField(
        _("Story"),
        description=_(
            "What happened. An empty line begins a paragraph, “- ” an item of a list, *stars* make italics, "
            "**two stars** bold."
        ),
    )
    demands = TextAreaField(_("What the letters ask for"), description=_("One demand a line."))
    opens_on = DateField(_("Opens on"), [given, _within_reach], invalid_value_message=NO_SUCH_DAY)
    post_by = DateField(
        _("Post by"),
        [Optional(), _within_reach],
        invalid_value_message=NO_SUCH_DAY,
        description=_("The last day, until midnight in the time zone."),
    )
    time_zone = SelectField(_("Time zone"), **NO_CHOICE)
    goal = IntegerField(
        _("Goal"),
        [Optional(), NumberRange(1, LARGEST_GOAL, NO_NUMBER)],
        description=_("How many letters the campaign hopes for."),
    )
    asks_for_replies = BooleanField(
        _("Letters ask for a reply"), default=True, description=_("Without this, nobody is asked to follow them up.")
    )
    waiting_days = IntegerField(
        _("Days to wait for a reply"),
        [Optional(), NumberRange(1, LONGEST_WAIT, _("A number from 1 to 730."))],
        default=WAITING_DAYS,
        description=_("Letters that had none by then are listed, to ask again."),
    )
    may_name_organization = BooleanField(
        _("Letters may name the organization"),
        default=True,
        description=_("Without this, letters carry no code that leads to this site."),
    )
    sender_address = RadioField(
        _("How much of the writer’s address letters may give"),
        coerce=SenderAddress,
        default=SenderAddress.FULL,
        **NO_CHOICE,
    )
    forbidden_phrases = TextAreaField(
        _("Words that must not appear in letters"),
        description=_("One word or phrase a line, such as a relative’s name. A letter that holds one is not made."),
    )

    def __init__(
        self, campaign: Campaign | None, groups: Sequence[Group], *, whole_section: bool, **values: Any
    ) -> None:
        super().__init__(**values)
        self._campaign = campaign
        self.kind.choices = choices(Kind)
        self.theme.choices = choices(Theme)
        self.sender_address.choices = choices(SenderAddress)
        self.country.choices = options([("", gettext("Choose…")), *languages.countries(page_language())])
        self.time_zone.choices = options((zone, zone.replace("_", " ")) for zone in time_zones())
        section = [("", gettext("The whole section"))] if whole_section else []
        self.group_id.choices = options([*section, *((group.id, group.name) for group in groups)])
        if campaign and campaign.is_public:
            del self.slug  # the address stands on paper and in messages by now

    def validate_slug(self, field: StringField) -> None:
        if field.data and field.data != slugs.slug(field.data):
            raise ValidationError(
                gettext(
                    "Only small letters, digits and hyphens, as in “%(slug)s”.", slug=slugs.slug(field.data) or "ua-60"
                )
            )
        if field.data and slugs.is_taken(field.data, self._campaign):
            raise ValidationError(gettext("Another campaign has this address."))

    def validate_post_by(self, field: DateField) -> None:
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(gettext("This day is before the campaign opens."))

    def validate_forbidden_phrases(self, field: TextAreaField) -> None:
        if len(lines(field.data)) > MOST_PHRASES:
            raise ValidationError(gettext("At most %(count)s phrases.", count=MOST_PHRASES))

    def apply_to(self, campaign: Campaign) -> None:
        """Write everything that was typed into the campaign."""
        for name in COLUMNS:
            if name in self:
                setattr(campaign, name, self[name].data)
        campaign.waiting_days = self.waiting_days.data or WAITING_DAYS
        campaign.forbidden_phrases = lines(self.forbidden_phrases.data)
        if "slug" in self:
            campaign.slug = self.slug.data or campaign.slug or slugs.free_slug(campaign.title)


COLUMNS = (
    "title", "kind", "theme", "country", "person", "reference", "index", "group_id", "story", "demands", "opens_on",
    "post_by", "time_zone", "goal", "asks_for_replies", "waiting_days", "may_name_organization", "sender_address",
)  # fmt: skip


def values_of(campaign: Campaign) -> dict[str, Any]:
    """The campaign as the form shows it."""
    values = {name: getattr(campaign, name) for name in (*COLUMNS, "slug")}
    return values | {"forbidden_phrases": "\n".join(campaign.forbidden_phrases)}


@cache
def time_zones() -> list[str]:
    """Places that give a time zone its name, in the order of the alphabet, and UTC."""
    no_place = ("Etc/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")
    return [*sorted(z for z in available_timezones() if "/" in z and not z.startswith(no_place)), "UTC"]


class TargetsForm(Form):
    """Which offices of the directory a campaign writes to."""

    targets = TicksField(_("Targets"), coerce=int)


class PictureForm(Form):
    """A picture and what it shows."""

    file = FileField(
        _("Picture"), [FileRequired(_("Choose a file."))], description=_("JPEG, PNG, WebP or GIF, up to 25 megapixels.")
    )
    alternative = StringField(
        _("What the picture shows"),
        [required, Length(max=300)],
        description=_("For those who hear the page, and where pictures are not shown."),
    )


class UpdateForm(Form):
    """What happened in a case since its story was written."""

    day = DateField(_("Day"), [given, _within_reach], invalid_value_message=NO_SUCH_DAY)
    text = TextAreaField(_("What happened"), [required, Length(max=5000)])


class SuspendForm(Form):
    """Why no letters should be sent for now."""

    note = TextAreaField(
        _("Why"), [required, Length(max=1000)], description=_("Everyone reads this on the public page.")
    )


class CloseForm(Form):
    """Why a campaign is over."""

    reason = SelectField(_("Reason"), [required], coerce=lambda value: Reason(value) if value else None, **NO_CHOICE)
    note = TextAreaField(_("Note"), [Length(max=1000)], description=_("Everyone reads this on the public page."))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.reason.choices = [*options([("", gettext("Choose…"))]), *choices(Reason)]
