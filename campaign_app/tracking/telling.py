"""What whoever marks letters is told: how many were marked, how many somebody else had marked, how many are back."""

from __future__ import annotations

from flask import flash
from flask_babel import ngettext

from campaign_app.letters.status import LetterStatus
from campaign_app.tracking.models import Act


def tell_marked(act: Act, meant: int) -> None:
    """That an act is done, and to how many of the letters that were ``meant`` it was not."""
    if act.after is LetterStatus.VOID:
        said = ngettext(
            "%(num)s letter is released: it no longer counts.",
            "%(num)s letters are released: they no longer count.",
            act.count,
        )
    else:
        said = ngettext("%(num)s letter is marked as posted.", "%(num)s letters are marked as posted.", act.count)
    flash(said, "good" if act.count else "warning")
    if others := meant - act.count:
        said = ngettext(
            "%(num)s had been marked before, perhaps by somebody else, and stays as it was.",
            "%(num)s had been marked before, perhaps by somebody else, and stay as they were.",
            others,
        )
        flash(said, "warning")


def tell_undone(act: Act | None) -> None:
    count = act.count if act else 0
    flash(ngettext("%(num)s letter is as it was before.", "%(num)s letters are as they were before.", count), "good")
