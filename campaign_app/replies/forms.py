"""The forms in which replies are recorded and found."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, MultipleFileField
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional, Regexp

from campaign_app import languages
from campaign_app.campaigns.forms import NO_CHOICE, NO_SUCH_DAY, given
from campaign_app.campaigns.models import Campaign
from campaign_app.days import today
from campaign_app.forms import Form, LongSelectField, options, required
from campaign_app.i18n import page_language
from campaign_app.labels import choices
from campaign_app.replies.models import Reply, ReplyKind

_ = lazy_gettext

EARLIEST = date(1961, 1, 1)
OF_NO_TARGET = 0
WORDS = ("received_on", "forwarded_on", "sender", "language", "text", "translation", "summary")


def _past(_form: Form, field: DateField) -> None:
    if field.data and field.data > today():
        raise ValidationError(gettext("That day is still to come."))
    if field.data and field.data < EARLIEST:
        raise ValidationError(gettext("Please look at the year again."))


class WordsForm(Form):
    """What a reply says, when it came, and who was told."""

    received_on = DateField(_("Received on"), [given, _past], invalid_value_message=NO_SUCH_DAY)
    sender = StringField(
        _("Signed by"), [Length(max=300)], description=_("As it stands on the reply: a name, an office.")
    )
    scans = MultipleFileField(
        _("Scan"),
        description=_("Photographs (JPEG, PNG, WebP) or PDFs, in the order of the pages. They are stored sealed."),
    )
    summary = TextAreaField(
        _("Summary"), [Length(max=2000)], description=_("Two or three sentences for those who come after you.")
    )
    language = LongSelectField(_("Language of the reply"), validate_choice=True)
    text = TextAreaField(_("Text"), description=_("Word for word, where there is no scan or it is hard to read."))
    translation = TextAreaField(_("Translation"))
    forwarded_on = DateField(_("Sent on to the section on"), [Optional(), _past], invalid_value_message=NO_SUCH_DAY)

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        named = ((tag, languages.name(tag, page_language())) for tag in languages.LETTER_LANGUAGES)
        self.language.choices = options([("", gettext("not noted")), *named])

    def write(self, reply: Reply) -> None:
        """Put what was typed into ``reply``."""
        for name in WORDS:
            setattr(reply, name, self[name].data)


class ReplyForm(WordsForm):
    """A reply that came, and to which letter."""

    key = HiddenField("", [required, Regexp(r"[\w-]{16,64}\Z")])
    letter = StringField(
        _("Reference of the letter"),
        [Length(max=300)],
        description=_("The eight characters beside its QR code, or the address that the code opens."),
    )
    photo = FileField(_("Or a photograph of its QR code"))
    unknown = SelectField(_("Or, where no reference is to be found, from whom"), **NO_CHOICE)
    kind = SelectField(_("What came"), [required], **NO_CHOICE)
    another = BooleanField(_("It is another one: record it too"))

    def __init__(self, campaigns: Sequence[Campaign], **values: Any) -> None:
        super().__init__(**values)
        self.kind.choices = [*options([("", gettext("Choose…"))]), *choices(ReplyKind)]
        self.unknown.choices = {
            "": options([("", gettext("The letter is known"))]),
            **{campaign.title: _offices(campaign) for campaign in campaigns},
        }
        if not self.is_submitted():
            self.key.data = secrets.token_urlsafe(16)
            self.received_on.data = today()

    def validate_letter(self, field: StringField) -> None:
        if not field.data and not self.unknown.data:
            raise ValidationError(gettext("Type the reference, or choose below whom the reply comes from."))


def _offices(campaign: Campaign) -> list[Any]:
    """The choices that stand for a campaign: its targets, and whoever else may have written."""
    named = [(f"{campaign.id}-{target.id}", target.title) for target in campaign.targets]
    return options([*named, (f"{campaign.id}-{OF_NO_TARGET}", gettext("Somebody else, in “%(c)s”", c=campaign.title))])


class ChangeForm(WordsForm):
    """What a recorded reply says. Whether it is a reply at all cannot be changed: undo it, and record it anew."""

    kind = SelectField(_("What came"), [required], **NO_CHOICE)

    def __init__(self, reply: Reply) -> None:
        super().__init__(obj=reply)
        others = [kind for kind in ReplyKind if (kind is ReplyKind.RETURNED_MAIL) == reply.is_returned_mail]
        self.kind.choices = choices(others)
