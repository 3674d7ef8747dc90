"""The forms in which letter texts are begun and edited."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from campaign_app.campaigns.models import Campaign, Kind
from campaign_app.forms import Form, required
from campaign_app.letters.checks import forbidden_in
from campaign_app.letters.merge import Text
from campaign_app.letters.problems import forbidden_phrases
from campaign_app.texts import explain
from campaign_app.texts.source import LONGEST_SOURCE, OWN_WORDS, blanks, flaws

_ = lazy_gettext

LONGEST_LINE = 300  # characters, placeholders and conditions included


class TextForm(Form):
    """A letter text in four sources. ``started_from`` is the number of the version it was made from, 0 for none."""

    started_from = IntegerField(widget=HiddenInput(), default=0)
    subject = StringField(_("Subject"), [required, Length(max=LONGEST_LINE)])
    salutation = StringField(
        _("Salutation"),
        [required, Length(max=LONGEST_LINE)],
        description=_("Used where the directory proposes none for the target."),
    )
    body = TextAreaField(
        _("Letter"),
        [required, Length(max=LONGEST_SOURCE, message=_("At most %(max)d characters: a letter is one page."))],
        description=_(
            "An empty line begins a paragraph, “- ” at the start of a line an item of a list, *stars* make italics and "
            "**two stars** bold. Every letter says this word for word; only {{ own_words }} is each writer’s own."
        ),
    )
    closing = StringField(
        _("Closing"),
        [required, Length(max=LONGEST_LINE)],
        description=_("Used where the directory proposes none for the target."),
    )

    def __init__(self, campaign: Campaign, **given: object) -> None:
        super().__init__(**given)
        self._required = () if campaign.kind is Kind.PETITION else (OWN_WORDS,)
        self._is_public = campaign.is_public
        self._forbidden = forbidden_phrases(campaign)

    def text(self, language: str) -> Text:
        return Text(
            language,
            self.subject.data or "",
            self.salutation.data or "",
            self.closing.data or "",
            self.body.data or "",
        )

    def validate_subject(self, field: StringField) -> None:
        self._check(field, one_line=True)

    validate_salutation = validate_closing = validate_subject

    def validate_body(self, field: TextAreaField) -> None:
        self._check(field, required=self._required)

    def _check(self, field: StringField, required: Iterable[str] = (), *, one_line: bool = False) -> None:
        """All flaws of a source at its field. What only warns in a draft is refused where letters are being made."""
        source = field.data
        found = flaws(source, required, one_line=one_line)
        if self._is_public:
            found += blanks(source)
        problems = [explain.message(flaw, source, one_line=one_line) for flaw in found]
        for phrase in forbidden_in(source, self._forbidden):
            problems.append(
                gettext("For the safety of people, “%(phrase)s” must not stand in a letter.", phrase=phrase)
            )
        if problems:
            field.errors = [*field.errors, *problems[:-1]]
            raise ValidationError(problems[-1])
