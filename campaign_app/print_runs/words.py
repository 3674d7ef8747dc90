"""What people read of runs: labels of choices, and what is wrong with a row."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext

from campaign_app import languages
from campaign_app.i18n import page_language
from campaign_app.print_runs.models import RowState, RunState, Source
from campaign_app.print_runs.plan import Format, Order, Part
from campaign_app.print_runs.rows import Problem
from campaign_app.texts.explain import FIELD_LABELS

_ = lazy_gettext

PARTS: dict[Part, Any] = {
    Part.LETTERS: _("Letters"),
    Part.EMBASSY: _("Also a letter to the embassy in the writer’s country"),
    Part.CASE_SHEET: _("Case sheet for the table"),
    Part.ENVELOPES: _("Envelopes"),
    Part.LABELS: _("Labels"),
    Part.CHECKLIST: _("Checklist with tick boxes"),
}
FORMATS: dict[Format, Any] = {
    Format.PDF: _("One PDF"),
    Format.DOCX: _("One DOCX, a section a letter"),
    Format.ZIP_OF_PDF: _("ZIP, a PDF a letter"),
    Format.ZIP_OF_DOCX: _("ZIP, a DOCX a letter"),
}
ORDERS: dict[Order, Any] = {
    Order.GIVEN: _("as in the list"),
    Order.COUNTRY: _("by country"),
    Order.LANGUAGE: _("by language"),
    Order.NAME: _("by writer’s name"),
}
SOURCES: dict[Source, Any] = {
    Source.PEOPLE: _("People of the group who agreed to it"),
    Source.ROSTER: _("A roster (CSV or XLSX)"),
    Source.GUESTS: _("Guests: name and signature by hand"),
    Source.SHELL: _("The command line"),
}
RUN_STATES: dict[RunState, Any] = {
    RunState.PREPARED: _("prepared"),
    RunState.MAKING: _("being made"),
    RunState.MADE: _("made"),
    RunState.FORGOTTEN: _("files deleted"),
}
ROW_STATES: dict[RowState, Any] = {
    RowState.NEW: _("being checked"),
    RowState.READY: _("ready"),
    RowState.FAULTY: _("to be mended"),
    RowState.LEFT_OUT: _("left out"),
    RowState.DONE: _("made"),
    RowState.FAILED: _("failed"),
}
FIELDS: dict[str, Any] = {
    "name": _("Name"),
    "street": _("Street"),
    "city": _("City"),
    "region": _("State or province"),
    "postcode": _("Postcode"),
    "country": _("Country"),
    "nationality": _("Nationality"),
    "occupation": _("Occupation"),
    "message": _("In their own words"),
}


def told(problem: Problem) -> str:
    """What is wrong with a row, and what to do."""
    match problem.kind:
        case "missing":
            label = FIELDS.get(problem.field) or FIELD_LABELS.get(problem.detail, problem.detail)
            return gettext("The letter needs “%(label)s”, and there is nothing for it yet.", label=label)
        case "unprintable":
            return gettext("No font can print: %(characters)s", characters=problem.detail)
        case "forbidden":
            return gettext("For the safety of people, “%(phrase)s” must not stand in a letter.", phrase=problem.detail)
        case "too long":
            return ngettext(
                "The letter fills %(num)s page; it must fit on one.",
                "The letter fills %(num)s pages; it must fit on one.",
                int(problem.detail),
            )
        case "window":
            return gettext("The address does not fit this envelope window. Please choose another one, or none.")
        case "no room":
            return gettext(
                "“%(address)s” does not fit this envelope or label. Choose a larger one.", address=problem.detail
            )
        case "by hand":
            label = FIELD_LABELS.get(problem.detail, problem.detail)
            return gettext(
                "The text prints “%(label)s”, which guests cannot give before they sit down to write. "
                "Choose other writers, or take it out of the text.",
                label=label,
            )
        case "alike":
            return gettext(
                "Says almost the same as row %(number)s. Letters that differ weigh more.", number=problem.detail
            )
        case "nationality":
            return gettext(
                "“%(country)s” is a country, and is left out. Write the nationality as the letter shall say it.",
                country=languages.country_name(problem.detail, page_language()) or problem.detail,
            )
        case "no place":
            return gettext("The text has no place for a writer’s own words, so they are left out.")
        case "failed":
            return gettext("This takes too long to set. Please make it shorter or simpler.")
        case "no target":
            return gettext("None of the chosen targets is for this country.")
    raise ValueError(problem.kind)


def label(problem: Problem) -> str:
    """The field in which to mend it."""
    return str(FIELDS.get(problem.field, gettext("Campaign or target")))
