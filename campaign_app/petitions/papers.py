"""What the lists and cards of a petition have in common: whose they are, in which language, on which paper."""

from __future__ import annotations

from typing import Any

from flask_babel import format_decimal, gettext

from campaign_app.documents import register
from campaign_app.documents.paper import A4, PAPERS, Paper
from campaign_app.documents.register import Register
from campaign_app.i18n import page_language
from campaign_app.petitions.models import Petition


def paper_of(petition: Petition) -> Paper:
    return PAPERS[petition.group.paper] if petition.group else A4


def write(petition: Petition, title: str, *about: str, **content: Any) -> bytes:
    """A register of the petition's sheets: lines at its head, and ``content`` as ``Register`` has it."""
    said = Register(
        title=title,
        about=(petition.title, f"{petition.code} · {petition.organizer}", *filter(None, about)),
        page=gettext("Page %(page)s of %(pages)s"),
        language=page_language(),
        **content,
    )
    return register.write(said, paper_of(petition))


def n(number: int | None) -> str:
    """A number as it stands on paper; empty where there is none."""
    return "" if number is None else str(format_decimal(number))
