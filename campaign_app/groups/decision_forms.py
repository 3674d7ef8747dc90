"""The forms of decisions: a question is put, and answered."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from campaign_app.characters import folded
from campaign_app.days import today
from campaign_app.forms import Form, lines, options, required
from campaign_app.groups.decision_models import Decision, DecisionOption

_ = lazy_gettext

FEWEST, MOST = 2, 12  # options
LONGEST_OPTION = 200  # characters
USUALLY = timedelta(days=14)  # that a question is open
LONGEST = timedelta(days=366)


class DecisionForm(Form):
    """A question, what one can answer, and until when."""

    question = StringField(_("Question"), [required, Length(max=200)], description=_("Such as “Which case next?”"))
    about = TextAreaField(_("What members should know"), [Length(max=5000)])
    answers = TextAreaField(_("Options"), [required], description=_("One on each line, at least two."))
    closes_on = DateField(_("Last day to vote"), [required])

    def __init__(self) -> None:
        super().__init__(data={"closes_on": today() + USUALLY})

    def validate_answers(self, field: TextAreaField) -> None:
        answers = lines(field.data or "")
        if not FEWEST <= len(answers) <= MOST:
            raise ValidationError(gettext("Between %(fewest)s and %(most)s options.", fewest=FEWEST, most=MOST))
        if len({folded(answer) or answer for answer in answers}) < len(answers):
            raise ValidationError(gettext("Two options are the same."))
        if any(len(answer) > LONGEST_OPTION for answer in answers):
            raise ValidationError(gettext("At most %(count)s characters.", count=LONGEST_OPTION))

    def validate_closes_on(self, field: DateField) -> None:
        if field.data and field.data < today():
            raise ValidationError(gettext("That day is over."))
        if field.data and field.data > today() + LONGEST:
            raise ValidationError(gettext("A question is open for a year at most."))

    def decision(self, day: date) -> Decision:
        """The question, put on ``day``."""
        return Decision(
            question=self.question.data,
            about=self.about.data or "",
            opened_on=day,
            closes_on=self.closes_on.data,
            options=[DecisionOption(text=answer, votes=0) for answer in lines(self.answers.data)],
        )


class VoteForm(Form):
    """A vote for one of the options."""

    option = RadioField(coerce=int, validators=[InputRequired(_("Please choose one."))])

    def __init__(self, decision: Decision) -> None:
        super().__init__()
        self.option.label.text = decision.question
        self.option.choices = options((option.id, option.text) for option in decision.options)

    def chosen(self, decision: Decision) -> DecisionOption:
        return next(option for option in decision.options if option.id == self.option.data)
