"""Targets from a spreadsheet: chosen, looked at, added."""

from __future__ import annotations

from cryptography.fernet import Fernet
from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext, ngettext
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import HiddenField
from wtforms.validators import Length

from campaign_app import keys
from campaign_app.access.permissions import permission
from campaign_app.db import db, read_only
from campaign_app.pages import download
from campaign_app.sealed_file import LONGEST_SEALED, SealedFile
from campaign_app.table_forms import CannotRead, TableForm
from campaign_app.table_words import explained
from campaign_app.tables.files import read_table
from campaign_app.targets import importing
from campaign_app.targets.importing import LARGEST_FILE, MOST_ROWS, Plan
from campaign_app.targets.spreadsheet import COLUMNS

_ = lazy_gettext
bp = Blueprint("importing", __name__, url_prefix="/import")

PURPOSE = "target import"
SHOWN_ROWS = 50
SHOWN_ERRORS = 50


class ImportForm(TableForm):
    """A file, chosen now or sealed into the page before, and how to read it."""

    largest = LARGEST_FILE

    file = FileField(_("File"), description=_("XLSX or CSV, at most 256 KB and 5,000 rows."))
    sealed = HiddenField(validators=[Length(max=LONGEST_SEALED)])

    def upload(self) -> SealedFile:
        """The file, to be read as the form says. Raises CannotRead."""
        chosen = self.chosen()
        return SealedFile(chosen.content or self.previewed().content, chosen.encoding, chosen.separator)

    def previewed(self) -> SealedFile:
        """The file as it was shown, whatever the form's selects say by now. Raises CannotRead."""
        self.refuse_nonsense()
        return SealedFile.opened(self.sealed.data or "", _box())


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
    form, upload = ImportForm(), SealedFile(b"")
    try:
        upload = form.upload()
        return _preview_page(form, upload, _plan(upload))
    except CannotRead as error:
        return _start_page(form, str(error), upload), 422


@bp.post("/")
@permission("keep targets")
def confirm() -> Response | tuple[str, int]:
    """Add all new targets of a previewed file, or none; what came in between is found again."""
    form = ImportForm()
    try:
        upload = form.previewed()
        planned = _plan(upload)
    except CannotRead as error:
        return _start_page(form, str(error)), 422
    if planned.errors:
        return _preview_page(form, upload, planned), 422
    new = [entry.target for entry in planned.new]
    db.session.add_all(new)
    db.session.commit()
    flash(ngettext("%(num)s target was added.", "%(num)s targets were added.", len(new)), "good")
    return redirect(url_for("targets.index"), 303)


def _plan(upload: SealedFile) -> Plan:
    return importing.plan(upload.read(read_table, LARGEST_FILE, MOST_ROWS))


def _start_page(form: ImportForm, error: str = "", upload: SealedFile | None = None) -> str:
    """The page to choose a file; a text that could not be read stays in it, to be read in another way."""
    form.sealed.data = upload.sealed(_box()) if upload and upload.is_text else ""
    return render_template("targets/import.html", form=form, error=error)


def _preview_page(form: ImportForm, upload: SealedFile, planned: Plan) -> str:
    sheet = planned.sheet
    form.sealed.data = upload.as_read(sheet.encoding, sheet.separator).sealed(_box())
    form.show(sheet.encoding, sheet.separator)
    return render_template(
        "targets/preview.html",
        form=form,
        plan=planned,
        entries=planned.entries[:SHOWN_ROWS],
        errors=[explained(error) for error in planned.errors[:SHOWN_ERRORS]],
    )


def _box() -> Fernet:
    return keys.box(current_app.config["SECRET_KEY"], PURPOSE)
