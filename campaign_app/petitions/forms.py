"""The desk's forms for petitions and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, NumberRange, Optional

from campaign_app import languages
from campaign_app.campaigns.forms import EARLIEST, LARGEST_GOAL, LATEST, NO_CHOICE, NO_NUMBER, NO_SUCH_DAY, given
from campaign_app.campaigns.models import Campaign
from campaign_app.forms import Form, TicksField, lines, options, required
from campaign_app.groups.models import Group
from campaign_app.i18n import page_language
from campaign_app.letters.checks import forbidden_in
from campaign_app.letters.problems import forbidden_phrases
from campaign_app.petitions.models import Petition
from campaign_app.targets.models import Target

_ = lazy_gettext

LONGEST_TEXT, LONGEST_NOTICE = 6000, 2000  # characters; a sheet holds half of that beside its rows
MOST_LINES, MOST_ADDRESSEES = 6, 6
LONGEST_LINE = 60


class SafeForm(Form):
    """A form whose texts may not hold what would put someone in danger."""

    _forbidden: Sequence[str] = ()

    def _check(self, field: StringField) -> None:
        for phrase in forbidden_in(field.data or "", self._forbidden):
            raise ValidationError(
                gettext("For the safety of people, “%(phrase)s” must not stand on a sheet.", phrase=phrase)
            )


class PetitionForm(SafeForm):
    """To whom a petition goes, when, and where its sheets come back to."""

    addressees = TicksField(
        _("Addressees"), coerce=int, description=_("Targets of the campaign. All stand on the sheet.")
    )
    organizer = StringField(
        _("Organizer"), [required, Length(max=100)], description=_("As signers read it, such as your group’s name.")
    )
    return_address = TextAreaField(
        _("Return address"),
        [required],
        description=_("Where collectors send the sheets. Everybody who signs can read it."),
    )
    return_by = DateField(_("Return by"), [Optional()], invalid_value_message=NO_SUCH_DAY)
    opens_on = DateField(_("Signatures from"), [given], invalid_value_message=NO_SUCH_DAY)
    closes_on = DateField(_("Signatures until"), [Optional()], invalid_value_message=NO_SUCH_DAY)
    goal = IntegerField(_("Goal"), [Optional(), NumberRange(1, LARGEST_GOAL, NO_NUMBER)])
    collect_within = IntegerField(
        _("Collect unattended sheets after"),
        [given, NumberRange(1, 365, _("From 1 to 365 days."))],
        default=14,
        description=_("Days. Sheets in shops and on bookshelves get lost when nobody comes for them."),
    )

    def __init__(self, campaign: Campaign, targets: Sequence[Target], **values: Any) -> None:
        super().__init__(**values)
        self._forbidden = forbidden_phrases(campaign)
        self._targets = targets
        self.addressees.choices = options((target.id, target.title) for target in targets)

    def validate_organizer(self, field: StringField) -> None:
        self._check(field)

    def validate_return_address(self, field: TextAreaField) -> None:
        typed = lines(field.data)
        if len(typed) > MOST_LINES or any(len(line) > LONGEST_LINE for line in typed):
            raise ValidationError(
                gettext("At most %(lines)s lines of %(count)s characters.", lines=MOST_LINES, count=LONGEST_LINE)
            )
        self._check(field)

    def validate_addressees(self, field: TicksField) -> None:
        if not field.data:
            raise ValidationError(gettext("Tick whom the petition is addressed to."))
        if len(field.data) > MOST_ADDRESSEES:
            raise ValidationError(gettext("At most %(count)s addressees.", count=MOST_ADDRESSEES))

    def validate_return_by(self, field: DateField) -> None:
        if field.data and not EARLIEST <= field.data <= LATEST:
            raise ValidationError(gettext("Please look at the year again."))

    validate_opens_on = validate_return_by

    def validate_closes_on(self, field: DateField) -> None:
        self.validate_return_by(field)
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(gettext("This day is before signatures are taken."))

    def apply_to(self, petition: Petition) -> None:
        """Write everything that was typed into the petition."""
        for name in COLUMNS:
            setattr(petition, name, self[name].data)
        petition.return_address = "\n".join(lines(self.return_address.data))
        ticked = set(self.addressees.data)
        petition.addressees = [target for target in self._targets if target.id in ticked]


COLUMNS = ("organizer", "return_by", "opens_on", "closes_on", "goal", "collect_within")


class TextFields(SafeForm):
    """What a petition says in one language."""

    title = StringField(_("Title"), [required, Length(max=150)], description=_("As in “Free Nadia Example”."))
    text = TextAreaField(
        _("Text"),
        [required, Length(max=LONGEST_TEXT)],
        description=_(
            "All that people sign, word for word. An empty line begins a paragraph, “- ” an item of a list, "
            "**two stars** bold."
        ),
    )
    who_may_sign = StringField(
        _("Who may sign"), [Length(max=200)], description=_("As in “Everybody of 14 years or older”.")
    )

    def validate_title(self, field: StringField) -> None:
        self._check(field)

    validate_text = validate_who_may_sign = validate_title


class PetitionTextForm(TextFields):
    """What a petition says in one language, and what signers are told about their data."""

    notice = TextAreaField(
        _("Privacy notice"),
        [required, Length(max=LONGEST_NOTICE)],
        description=_("Who collects what, what for, who will see it, until when, and which rights signers have."),
    )

    def __init__(self, campaign: Campaign, **values: Any) -> None:
        super().__init__(**values)
        self._forbidden = forbidden_phrases(campaign)

    def validate_notice(self, field: StringField) -> None:
        self._check(field)


class NewPetitionForm(PetitionForm, TextFields):
    """A new petition, with its first text."""

    group_id = SelectField(_("Group"), coerce=lambda value: int(value) if value else None, **NO_CHOICE)
    language = SelectField(_("Language"), **NO_CHOICE)

    def __init__(
        self,
        campaign: Campaign,
        targets: Sequence[Target],
        groups: Sequence[Group],
        *,
        whole_section: bool,
        **values: Any,
    ) -> None:
        super().__init__(campaign, targets, **values)
        section = [("", gettext("The whole section"))] if whole_section else []
        self.group_id.choices = options([*section, *((group.id, group.name) for group in groups)])
        self.language.choices = language_options()


class BatchForm(Form):
    """How many sheets are printed, and as which files."""

    count = IntegerField(_("Sheets"), [given], default=10)
    docx = SelectField(_("As"), default="pdf")

    def __init__(self, most: int, **values: Any) -> None:
        super().__init__(**values)
        self._most = most
        self.docx.choices = options((("pdf", gettext("PDF, to print")), ("both", gettext("PDF and DOCX, to edit"))))

    def validate_count(self, field: IntegerField) -> None:
        if field.data is not None and not 1 <= field.data <= self._most:
            raise ValidationError(gettext("From 1 to %(count)s sheets at once.", count=self._most))

    @property
    def suffixes(self) -> tuple[str, ...]:
        return ("pdf", "docx") if self.docx.data == "both" else ("pdf",)


class VoidForm(Form):
    """Why sheets of a batch must not be used."""

    reason = StringField(_("Why"), [required, Length(max=200)], description=_("Such as “a mistake in the text”."))


def language_options() -> list[Any]:
    return options((tag, languages.name(tag, page_language())) for tag in languages.LETTER_LANGUAGES)
