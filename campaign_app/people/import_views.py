"""People from a spreadsheet: chosen, looked at, added."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet
from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import DateField, HiddenField, SelectField
from wtforms.validators import Length, Optional

from campaign_app import keys
from campaign_app.access.permissions import permission
from campaign_app.days import today
from campaign_app.db import db, read_only
from campaign_app.forms import TicksField, options
from campaign_app.groups.models import Group
from campaign_app.groups.own import own_groups
from campaign_app.labels import choices
from campaign_app.pages import download
from campaign_app.people import importing
from campaign_app.people.agreeing import no_day_to_come, offer_words, words_language
from campaign_app.people.importing import Plan
from campaign_app.people.models import Consent, Purpose, Way
from campaign_app.people.own import ACTION
from campaign_app.people.roster import COLUMNS, Roster, read
from campaign_app.people.wordings import WORDINGS
from campaign_app.privacy import audit
from campaign_app.sealed_file import LONGEST_SEALED, SealedFile
from campaign_app.table_forms import MEGABYTE, CannotRead, TableForm
from campaign_app.table_words import explained
from campaign_app.tables.writing import CSV_TYPE, csv_pieces

_ = lazy_gettext
bp = Blueprint("importing", __name__, url_prefix="/import")

PURPOSE = "people import"
SHOWN = 50  # rows, and errors
NOT_KEPT = "message"  # of a roster: the words of one letter, which say nothing of a person


class ImportForm(TableForm):
    """A file, chosen now or sealed into the page before; the group it is for, and what its people agreed to."""

    largest = 8 * MEGABYTE

    file = FileField(_("File"), description=_("XLSX or CSV; a column “name” is needed."))
    sealed = HiddenField(validators=[Length(max=LONGEST_SEALED)])
    group_id = SelectField(_("Group"), coerce=int)
    since = DateField(_("Members since"), [Optional(), no_day_to_come])
    purposes = TicksField(_("What every new person in the file agreed to"))
    words = SelectField(_("In our words in"))
    given_on = DateField(_("On"), [Optional(), no_day_to_come])
    way = SelectField(_("How"))

    def __init__(self, groups: Sequence[Group]) -> None:
        super().__init__(data={"since": today(), "way": Way.PAPER, "words": words_language()})
        self.groups = {group.id: group for group in groups}
        self.group_id.choices = options((group.id, group.name) for group in groups)
        self.purposes.choices, self.way.choices = choices(Purpose), choices(Way)
        offer_words(self.words)

    def says_when(self) -> bool:
        """Whether consents that are ticked have a day."""
        if self.purposes.data and not self.given_on.data:
            self.given_on.errors = [gettext("Say on which day they agreed, or tick nothing.")]
            return False
        return True

    @property
    def group(self) -> Group:
        """The group that was chosen. Raises CannotRead where it is none of one's own."""
        if self.group_id.data not in self.groups:
            raise CannotRead(gettext("Please choose the group that these people belong to."))
        return self.groups[self.group_id.data]

    def previewed(self) -> SealedFile:
        """The file as it was shown, whatever the form's selects say by now. Raises CannotRead."""
        return SealedFile.opened(self.sealed.data or "", _box())

    def upload(self) -> SealedFile:
        """The file, to be read as the form says. Raises CannotRead."""
        chosen = self.chosen()
        return SealedFile(chosen.content or self.previewed().content, chosen.encoding, chosen.separator)

    @property
    def consents(self) -> list[Consent]:
        """What each new person agreed to, where somebody says that they all did."""
        given = {"given_on": self.given_on.data, "way": Way(self.way.data)}
        wordings = [(Purpose(name), WORDINGS[Purpose(name)]) for name in self.purposes.data or ()]
        return [
            Consent(purpose=purpose, wording=wording.words[self.words.data], version=wording.version, **given)
            for purpose, wording in wordings
        ]


@bp.get("/")
@permission("keep people")
def start() -> str:
    """Choose a file, and see which columns it may have."""
    form = ImportForm(own_groups(ACTION))
    form.group_id.data = request.args.get("group", type=int)
    return _start_page(form)


@bp.get("/template.csv")
@permission("keep people")
def template() -> Response:
    """A file with nothing but the header."""
    header = [column for column in COLUMNS if column != NOT_KEPT]
    return download(b"".join(csv_pieces(header, ())), "people.csv", CSV_TYPE)


@bp.post("/preview")
@permission("keep people")
def preview() -> str | tuple[str, int]:
    """What the file would add; nothing is stored."""
    read_only()
    form = ImportForm(own_groups(ACTION))
    try:
        upload = form.upload()
        return _preview_page(form, upload, _plan(form, upload))
    except CannotRead as error:
        return _start_page(form, str(error)), 422


@bp.post("/")
@permission("keep people")
def confirm() -> Response | tuple[str, int]:
    """Add all new people of a previewed file, or none; who came in between is found again."""
    form = ImportForm(own_groups(ACTION))
    try:
        upload = form.previewed()
        if not (form.validate() and form.says_when()):
            return _preview_page(form, upload, _plan(form, upload)), 422
        planned = _plan(form, upload)
    except CannotRead as error:
        return _start_page(form, str(error)), 422
    if planned.errors:
        return _preview_page(form, upload, planned), 422
    return _stored(form, planned)


def _stored(form: ImportForm, planned: Plan) -> Response:
    since = form.since.data or today()
    new = list(importing.people(planned, form.group, since, form.consents))
    joining = list(importing.memberships(planned, form.group, since))
    db.session.add_all([*new, *joining])
    audit.record("import", form.group, count=len(new) + len(joining))
    db.session.commit()
    flash(ngettext("%(num)s person was added.", "%(num)s people were added.", len(new) + len(joining)), "good")
    return redirect(url_for("people.index", group=form.group_id.data), 303)


def _plan(form: ImportForm, upload: SealedFile) -> Plan:
    roster: Roster = upload.read(read, form.largest)
    return importing.plan(roster, form.group)


def _start_page(form: ImportForm, error: str = "") -> str:
    form.sealed.data = ""
    columns = [column for column in COLUMNS if column != NOT_KEPT]
    return render_template("people/import.html", form=form, error=error, columns=columns)


def _preview_page(form: ImportForm, upload: SealedFile, planned: Plan) -> str:
    roster = planned.roster
    form.sealed.data = upload.as_read(roster.encoding, roster.separator).sealed(_box())
    form.show(roster.encoding, roster.separator)
    if known := len({entry.known for entry in planned.entries[:SHOWN] if entry.known}):
        audit.record_reading("list", "person", count=known)
    return render_template(
        "people/preview.html",
        form=form,
        plan=planned,
        entries=planned.entries[:SHOWN],
        errors=[explained(error) for error in planned.errors[:SHOWN]],
        left_out=[NOT_KEPT] if NOT_KEPT in roster.columns else [],
    )


def _box() -> Fernet:
    return keys.box(current_app.config["SECRET_KEY"], PURPOSE)
