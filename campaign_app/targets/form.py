"""The form of a target: the office, its address, who holds it, and how to greet them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    DateField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional

from campaign_app import languages
from campaign_app.days import today
from campaign_app.forms import Form, TicksField, lines, options, required
from campaign_app.i18n import page_language
from campaign_app.labels import choices
from campaign_app.targets.directory import Likeness, likeness
from campaign_app.targets.holders import name_holder
from campaign_app.targets.models import Greeting, Office, Part, Target
from campaign_app.targets.salutations import proposal

_ = lazy_gettext

MOST_LINES = 8  # officials' addresses run to six or eight; more fit no window and no label
LONGEST_POSTAL_LINE = 60  # characters: about the 80 mm of a window in the smallest type that is still read
LONGEST_OFFICE = 150  # characters of a position or an institution
ALWAYS_GREETED = ("en", "ko")
SALUTATION, CLOSING = "salutation_", "closing_"


class TargetForm(Form):
    office = SelectField(_("Kind of office"), [required], description=_("It decides which greeting is proposed."))
    position = StringField(
        _("Position"), [required, Length(max=LONGEST_OFFICE)], description=_("As on the envelope, in English.")
    )
    institution = StringField(_("Institution"), [Length(max=LONGEST_OFFICE)])
    part = SelectField(_("Its part in appeals"), default=Part.TO)
    represents = SelectField(_("The country it speaks for"))
    languages = TicksField(_("Languages read there"))
    country = SelectField(_("Country"), [required])
    lines = TextAreaField(
        _("Postal lines"),
        [required],
        description=_("In Latin letters, one line each, without the country. Any form is accepted."),
    )
    native_lines = TextAreaField(
        _("The same in the country’s own script"),
        description=_("The whole address, ending with the office, for post within the country."),
    )
    honorific = StringField(_("Honorific"), [Length(max=60)], description=_("Such as H.E., Dr. or Mr."))
    holder = StringField(_("Name"), description=_("As its owner writes it. Leave it empty where it is not known."))
    since = DateField(_("In office since"), [Optional()])
    same_person = BooleanField(_("Still the same person: I only correct the name"))
    verified_on = DateField(_("Address last checked on"), [Optional()])
    notes = TextAreaField(_("Notes"), description=_("For organizers only: where the address was found, what to mind."))
    keep_both = BooleanField(_("It is another office; keep both"))
    checked = SubmitField(_("Save: I checked this address today"))

    def validate_lines(self, field: TextAreaField) -> None:
        if problem := line_problem(lines(field.data)):
            raise ValidationError(problem)

    validate_native_lines = validate_lines

    def validate_represents(self, field: SelectField) -> None:
        if self.part.data != Part.EMBASSY:
            field.data = ""
        elif not field.data:
            raise ValidationError(gettext("An embassy speaks for a country. Please choose it."))
        elif field.data == self.country.data:
            raise ValidationError(gettext("An embassy stands in another country than its own."))

    def validate_honorific(self, field: StringField) -> None:
        if field.data and not self.holder.data:
            raise ValidationError(gettext("An honorific stands before a name. Please give the name too."))

    def validate_verified_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(gettext("That day is still to come."))

    @property
    def likeness(self) -> Likeness:
        """The keys under which the directory may have this office already."""
        return likeness(*(self[name].data for name in ("position", "institution", "country", "represents", "lines")))

    @property
    def greeted(self) -> list[str]:
        """The languages that the form has a salutation and a closing for."""
        return [field.name.removeprefix(SALUTATION) for field in self if field.name.startswith(SALUTATION)]

    def write(self, target: Target) -> None:
        """Put what was typed into ``target``."""
        target.office, target.part = Office(self.office.data), Part(self.part.data)
        for name in ("position", "institution", "represents", "country", "notes", "verified_on"):
            setattr(target, name, self[name].data)
        target.languages = list(self.languages.data or ())
        target.lines, target.native_lines = ("\n".join(lines(self[n].data)) for n in ("lines", "native_lines"))
        if self.checked.data:
            target.verified_on = today()
        holder = (self.honorific.data, self.holder.data, self.since.data)
        name_holder(target, *holder, today=today(), same_person=self.same_person.data)
        self._write_greetings(target)

    def _write_greetings(self, target: Target) -> None:
        for language in self.greeted:
            salutation, closing = self[SALUTATION + language].data, self[CLOSING + language].data
            greeting = target.greeting(language)
            if greeting and not (salutation or closing):
                target.greetings.remove(greeting)
            elif greeting:
                greeting.salutation, greeting.closing = salutation, closing
            elif salutation or closing:
                target.greetings.append(Greeting(language=language, salutation=salutation, closing=closing))


def target_form(target: Target | None = None) -> TargetForm:
    """The form as it was sent, or else with what ``target`` holds, or with the ``country`` of the address asked for."""
    chosen = request.form.getlist("languages") if request.method == "POST" else target.languages if target else []
    kept = [greeting.language for greeting in target.greetings] if target else []
    sent = [name.removeprefix(SALUTATION) for name in request.form if name.startswith(SALUTATION)]
    known = _values(target) if target else {"country": request.args.get("country", "")}
    form = _with_greetings([*chosen, *kept, *sent])(data=known)
    unchosen = ("", gettext("Choose…"))
    form.office.choices = [*options([unchosen]), *choices(Office)]
    form.part.choices = choices(Part)
    form.country.choices = form.represents.choices = options([unchosen, *languages.countries(page_language())])
    form.languages.choices = options((tag, languages.name(tag, page_language())) for tag in languages.LETTER_LANGUAGES)
    propose_greetings(form, form.office.data or "")
    return form


def greetings_form(office: str, chosen: Sequence[str]) -> TargetForm:
    """A form with nothing but the greetings for a kind of office and some languages, as proposals."""
    form = _with_greetings(chosen)(formdata=None)
    propose_greetings(form, office)
    return form


def propose_greetings(form: TargetForm, office: str) -> None:
    """Show in each empty field what a letter takes from the proposals."""
    for language in form.greeted:
        for name, text in zip((SALUTATION, CLOSING), proposal(office, language), strict=True):
            form[name + language].render_kw = {"placeholder": text, "lang": language, "dir": "auto"}


def line_problem(postal_lines: Sequence[str]) -> str | None:
    """What keeps an address from being stored: too many lines, or one that is too long."""
    if len(postal_lines) > MOST_LINES:
        return gettext("At most %(count)s lines fit on an envelope.", count=MOST_LINES)
    for number, line in enumerate(postal_lines, 1):
        if len(line) > LONGEST_POSTAL_LINE:
            return gettext(
                "Line %(number)s has more than %(count)s characters: “%(start)s…” Please break it in two.",
                number=number, count=LONGEST_POSTAL_LINE, start=line[:30],
            )  # fmt: skip
    return None


def _with_greetings(tags: Iterable[str]) -> type[TargetForm]:
    """The form with a salutation and a closing for each of the languages, and for those that always have one."""
    fields = {}
    wanted = {*tags, *ALWAYS_GREETED}
    for tag in (tag for tag in languages.LETTER_LANGUAGES if tag in wanted):
        name = languages.name(tag, page_language())
        fields[SALUTATION + tag] = StringField(gettext("Salutation in %(language)s", language=name))
        fields[CLOSING + tag] = StringField(gettext("Closing in %(language)s", language=name))
    return type("TargetFormWithGreetings", (TargetForm,), fields)


def _values(target: Target) -> dict[str, object]:
    same = ("office", "position", "institution", "part", "represents", "languages", "country", "lines", "native_lines")
    values: dict[str, object] = {name: getattr(target, name) for name in (*same, "verified_on", "notes")}
    if holder := target.holder:
        values |= {"honorific": holder.honorific, "holder": holder.name, "since": holder.since}
    for greeting in target.greetings:
        values[SALUTATION + greeting.language] = greeting.salutation
        values[CLOSING + greeting.language] = greeting.closing
    return values
