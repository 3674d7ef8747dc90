"""Targets from a spreadsheet: chosen, looked at, added. Between the pages nothing is stored but in the page itself."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken
from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField
from wtforms.validators import Length

from campaign_app import keys
from campaign_app.db import db, read_only
from campaign_app.forms import Form, options
from campaign_app.pages import download
from campaign_app.people.permissions import permission
from campaign_app.table_words import ENCODINGS, SEPARATORS, explained
from campaign_app.tables import Sheet, TableError, read_csv
from campaign_app.targets.importing import LARGEST_FILE, MOST_ROWS, Plan, plan
from campaign_app.targets.spreadsheet import COLUMNS

_ = lazy_gettext
bp = Blueprint("importing", __name__, url_prefix="/import")

PURPOSE = "target import"
SEALED_FOR = 3600  # seconds between the preview and the confirmation
LONGEST_SEALED = LARGEST_FILE * 3 // 2  # characters: base64, and what Fernet adds
SHOWN_ROWS = 50
SHOWN_ERRORS = 50
SEPARATOR_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t"}  # a tab would not survive in a form's field
DETECTED = ("", _("detect it"))


class ImportForm(Form):
    file = FileField(_("File"), description=_("CSV, at most 256 KB and 5,000 rows."))
    sealed = HiddenField(validators=[Length(max=LONGEST_SEALED)])
    encoding = SelectField(_("Written in"), choices=options([DETECTED, *ENCODINGS.items()]), default="")
    separator = SelectField(
        _("Columns separated by"),
        choices=options([DETECTED, *((name, SEPARATORS[sign]) for name, sign in SEPARATOR_NAMES.items())]),
        default="",
    )

    def content(self) -> bytes:
        """The file that was chosen now, or earlier and sealed into the page. Raises CannotRead."""
        if self.file.data:
            content: bytes = self.file.data.read(LARGEST_FILE + 1)
        else:
            content = self._opened()
        if not content:
            raise CannotRead(gettext("Please choose a file."))
        if len(content) > LARGEST_FILE:
            raise CannotRead(gettext("The file is larger than 256 KB. Please split it."))
        return content

    def _opened(self) -> bytes:
        if not self.sealed.data:
            return b""
        try:
            return _box().decrypt(self.sealed.data, ttl=SEALED_FOR)
        except InvalidToken as error:
            raise CannotRead(gettext("This preview is too old. Please choose the file again.")) from error

    def sheet(self, content: bytes) -> Sheet:
        """The table in the file, read as the form says. Raises CannotRead."""
        try:
            return read_csv(content, self.encoding.data, SEPARATOR_NAMES.get(self.separator.data), MOST_ROWS)
        except TableError as error:
            raise CannotRead(explained(error)) from error


class CannotRead(Exception):
    """The file cannot be read; the message says why, to the person who chose it."""


@bp.get("/")
@permission("keep targets")
def start() -> str:
    """Choose a file, and see which columns it may have."""
    return _start_page(ImportForm(formdata=None))


@bp.get("/template.csv")
@permission("keep targets")
def template() -> Response:
    """A file with nothing but the header; its byte order mark lets spreadsheet programs read it as Unicode."""
    return download((",".join(COLUMNS) + "\r\n").encode("utf-8-sig"), "targets.csv", "text/csv")


@bp.post("/preview")
@permission("keep targets")
def preview() -> str | tuple[str, int]:
    """What the file would add; nothing is stored."""
    read_only()
    form = ImportForm()
    try:
        content = form.content()
        return _preview_page(form, content, plan(form.sheet(content)))
    except CannotRead as error:
        return _start_page(form, str(error)), 422


@bp.post("/")
@permission("keep targets")
def confirm() -> Response | tuple[str, int]:
    """Add all new targets of a previewed file, or none; what came in between is found again."""
    form = ImportForm()
    try:
        content = form.content()
        planned = plan(form.sheet(content))
    except CannotRead as error:
        return _start_page(form, str(error)), 422
    if planned.errors:
        return _preview_page(form, content, planned), 422
    new = [entry.target for entry in planned.new]
    db.session.add_all(new)
    db.session.commit()
    flash(ngettext("%(num)s target was added.", "%(num)s targets were added.", len(new)), "good")
    return redirect(url_for("targets.index"), 303)


def _start_page(form: ImportForm, error: str = "") -> str:
    return render_template("targets/import.html", form=form, error=error, columns=COLUMNS)


def _preview_page(form: ImportForm, content: bytes, planned: Plan) -> str:
    sheet = planned.sheet
    form.sealed.data = _box().encrypt(content).decode()
    form.encoding.data = sheet.encoding if sheet.encoding in ENCODINGS else "utf-16"
    form.separator.data = next(name for name, sign in SEPARATOR_NAMES.items() if sign == sheet.separator)
    errors = [explained(error) for error in planned.errors]
    return render_template(
        "targets/preview.html", form=form, plan=planned, entries=planned.entries[:SHOWN_ROWS],
        unshown=max(0, len(planned.entries) - SHOWN_ROWS), errors=errors[:SHOWN_ERRORS],
        unshown_errors=max(0, len(errors) - SHOWN_ERRORS), there=len(planned.entries) - len(planned.new),
    )  # fmt: skip


def _box() -> Fernet:
    return keys.box(current_app.config["SECRET_KEY"], PURPOSE)
