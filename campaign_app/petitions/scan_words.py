"""What people read about pages of scans, and about files that are not read."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from campaign_app.petitions.scan_problems import Problem

_PROBLEMS: dict[Problem, Any] = {
    Problem.NO_CODE: _("No QR code is to be seen. Photograph the whole sheet, flat and in even light."),
    Problem.NOT_A_SHEET: _("This is none of the sheets that were printed here."),
    Problem.NO_MARKS: _("The black squares or the table are not in view. Photograph the whole sheet."),
    Problem.BROKEN: _("The page is damaged, or has more than 25 megapixels."),
    Problem.OTHER_GROUP: _("A sheet of another group. Hand it to them; it is not counted here."),
    Problem.VOID: _("The sheet is void and is not counted."),
    Problem.SPOILED: _("The sheet is recorded as spoiled and is not counted."),
    Problem.DESTROYED: _("The sheet is recorded as destroyed. This may be a photocopy."),
    Problem.COUNTED: _("The sheet is counted already. This is a second scan of it, or one of a photocopy."),
    Problem.TWICE: _("There are two scans of this sheet. Count one, and leave the other out."),
}
_REFUSED: dict[str, Any] = {
    "neither a picture nor a PDF": _("This is neither a picture nor a PDF."),
    "an encrypted PDF": _("The PDF is locked. Save it without a password."),
    "a PDF with a script": _("The PDF carries a script, which could do harm. Print it and scan that."),
    "too large": _("This has too many pages or pixels."),
}
MARKS: dict[str, Any] = {
    "filled": _("filled"),
    "empty": _("empty"),
    "struck": _("struck out"),
}


def problem(which: Problem) -> Any:
    return _PROBLEMS[which]


def refused(reason: str) -> Any:
    return _REFUSED.get(reason, reason)
