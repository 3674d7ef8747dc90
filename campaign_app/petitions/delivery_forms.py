"""Forms of deliveries: what is packed for whom, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from campaign_app import languages
from campaign_app.forms import Form, options, required
from campaign_app.i18n import page_language
from campaign_app.petitions import cover_letter
from campaign_app.petitions.cover_letter import Wording
from campaign_app.petitions.issue_forms import SHEETS, SheetsField
from campaign_app.petitions.models import Petition
from campaign_app.petitions.serials import Typed
from campaign_app.replies import scans
from campaign_app.targets.models import Target

_ = lazy_gettext

ANSWERS = (("accepted", _("Accepted")), ("refused", _("Refused")))
WAYS = (("shredded", _("Shredded")), ("burned", _("Burned")), ("firm", _("By a firm")))


class ChooseForm(Form):
    """Which sheets go to whom, and in which language one writes."""

    class Meta(Form.Meta):
        csrf = False  # it is asked by an address, and stores nothing

    target_id = SelectField(_("To"), coerce=int)
    language = SelectField(_("Language of the cover letter"))
    sheets = SheetsField(_("Only these sheets"), [Optional()], description=SHEETS)
    unchecked = BooleanField(_("Also sheets that one person counted and nobody checked"))

    typed: Typed = Typed()

    def __init__(self, petition: Petition, addressees: Sequence[Target], given: object) -> None:
        self.petition = petition
        super().__init__(given)
        self.target_id.choices = options((target.id, target.title) for target in addressees)
        named = ((language, languages.name(language, page_language())) for language in cover_letter.offered(petition))
        self.language.choices = options(named)


class LetterForm(Form):
    """The cover letter; whatever is typed stands on paper as typed."""

    subject = StringField(_("Subject"), [required, Length(max=200)])
    salutation = StringField(_("Salutation"), [required, Length(max=200)])
    body = TextAreaField(_("Text"), [required, Length(max=4000)])
    closing = StringField(_("Closing"), [required, Length(max=200)])
    signer = StringField(_("Signed by"), [required, Length(max=200)])

    def __init__(self, wording: Wording, signer: str) -> None:
        said = {name: getattr(wording, name) for name in ("subject", "salutation", "body", "closing")}
        super().__init__(data={**said, "signer": signer})

    @property
    def wording(self) -> Wording:
        return Wording(self.subject.data, self.body.data, self.salutation.data, self.closing.data)


class PostedForm(Form):
    """When it was posted or handed over, and what shows it."""

    day = DateField(_("Posted or handed over on"), [required])
    scans = MultipleFileField(
        _("Photo or receipt"),
        description=_("Photographs (JPEG, PNG, WebP) or a PDF; they are drawn anew and kept sealed."),
    )

    scan: bytes | None = None

    def __init__(self, first: date, today: date) -> None:
        super().__init__(data={"day": today})
        self._first, self._today = first, today

    def validate_scans(self, field: MultipleFileField) -> None:
        """Drawn anew at once, so that what is wrong stands at the field."""
        try:
            self.scan = scans.redrawn(field.data)
        except scans.Refused as refused:
            raise ValidationError(str(refused)) from None

    def validate_day(self, field: DateField) -> None:
        if field.data and not self._first <= field.data <= self._today:
            raise ValidationError(gettext("Between the day it was packed and today."))


class AnswerForm(PostedForm):
    """Whether the addressee took it."""

    day = DateField(_("Answered on"), [required])
    answer = RadioField(_("What they said"), choices=options(ANSWERS), validators=[required])
    note = TextAreaField(_("Note"), [Length(max=2000)], description=_("Leave names of people out."))

    def validate_day(self, field: DateField) -> None:
        if field.data and not self._first <= field.data <= self._today:
            raise ValidationError(gettext("Between the day it was posted and today."))


class DestroyForm(Form):
    """When, how, by whom and before whom sheets were destroyed."""

    sheets = SheetsField(_("Only these sheets"), [Optional()], description=SHEETS)
    day = DateField(_("Destroyed on"), [required])
    way = SelectField(_("How"))
    by_whom = StringField(_("Destroyed by"), [required, Length(max=200)])
    witness = StringField(_("Witness"), [Length(max=200)])

    typed: Typed = Typed()

    def __init__(self, petition: Petition, today: date) -> None:
        self.petition, self._today = petition, today
        super().__init__(data={"day": today})
        self.way.choices = options(WAYS)

    def validate_day(self, field: DateField) -> None:
        if field.data and field.data > self._today:
            raise ValidationError(gettext("That day is still to come."))
