"""Fields and flaws in words that people understand."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from flask_babel import gettext, lazy_gettext

from campaign_app.texts.fields import FIELDS, MAY_BE_EMPTY, OWN_WORDS
from campaign_app.texts.source import Flaw, FlawKind

_ = lazy_gettext

FIELD_LABELS = {
    "person": _("Name of the person at risk"),
    "country": _("Country of the campaign"),
    "case_reference": _("Reference of the campaign"),
    "post_by": _("Last day for posting"),
    "addressee": _("Name of whoever holds the office"),
    "position": _("Office"),
    "institution": _("Institution"),
    "introduction": _("Who the writer is, in a sentence"),
    "own_words": _("The writer’s own words"),
    "writer": _("Name of the writer"),
    "place": _("Town of the writer"),
    "writer_country": _("Country of the writer"),
    "date": _("Date of the letter"),
    "first_date": _("In a follow-up: day of the first letter"),
    "first_reference": _("In a follow-up: reference of the first letter"),
}

MESSAGES = {
    FlawKind.UNKNOWN: _("No letter knows the field “%(subject)s”."),
    FlawKind.BROKEN: _(
        "“%(subject)s” cannot be read. A field is written {{ person }}; words for some letters only stand between "
        "{%% if institution %%} and {%% endif %%}."
    ),
    FlawKind.UNGUARDED: _(
        "“%(label)s” is empty in some letters, which would leave a gap. Write it as "
        "{%% if %(subject)s %%}… {{ %(subject)s }} …{%% endif %%}."
    ),
    FlawKind.UNUSED: _("“%(label)s” is missing. Put {{ %(subject)s }} where it should stand."),
    FlawKind.NOT_ALONE: _(
        "“%(label)s” needs a paragraph of its own: {{ %(subject)s }} on a line, with an empty line before and after."
    ),
    FlawKind.NOT_ONCE: _("“%(label)s” must stand once in every letter; here some letters have it twice or not at all."),
    FlawKind.NOT_HERE: _("“%(label)s” is whole sentences, which have no room in this line."),
    FlawKind.TOO_DEEP: _("There are too many conditions within each other at “%(subject)s”."),
    FlawKind.TOO_LONG: _("This is too long for a letter."),
    FlawKind.BLANK: _("“%(subject)s” is still to be filled in. To print square brackets, write \\[ and ]."),
}
LONGEST_QUOTE = 40  # characters


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field as the editor offers it: what to write for it, what it is, and what it would say in the sample."""

    name: str
    snippet: str
    label: str
    example: str


def field_choices(examples: dict[str, str]) -> list[FieldChoice]:
    """All fields in the order of the list, each with its example, which may be empty."""
    return [
        FieldChoice(name, snippet(name), str(label), examples.get(name, "")) for name, label in FIELD_LABELS.items()
    ]


def snippet(field: str) -> str:
    """What an author writes for a field, with a condition around what may be empty."""
    placeholder = f"{{{{ {field} }}}}"
    if field == OWN_WORDS:
        return f"\n\n{placeholder}\n\n"
    return f"{{% if {field} %}}{placeholder}{{% endif %}}" if field in MAY_BE_EMPTY else placeholder


def message(flaw: Flaw, source: str, *, one_line: bool = False) -> str:
    """What is wrong, and in which line of ``source``."""
    label = str(FIELD_LABELS.get(flaw.subject, flaw.subject))
    said = str(MESSAGES[flaw.kind]) % {"subject": flaw.subject, "label": label}
    if flaw.kind is FlawKind.UNKNOWN and (near := get_close_matches(flaw.subject.lower(), FIELDS, 1)):
        said += " " + gettext("Did you mean “%(field)s”?", field=near[0])
    if one_line or flaw.kind in (FlawKind.UNUSED, FlawKind.TOO_LONG):
        return said
    quote = _quoted(source, flaw.line)
    if quote in flaw.subject:
        return gettext("Line %(line)s: %(said)s", line=flaw.line, said=said)
    return gettext("Line %(line)s (“%(quote)s”): %(said)s", line=flaw.line, quote=quote, said=said)


def _quoted(source: str, line: int) -> str:
    text = source.split("\n")[line - 1].strip()
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1].rstrip() + "…"
