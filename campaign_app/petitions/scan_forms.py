"""The form by which scans come."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, SelectField, ValidationError
from wtforms.validators import Length

from campaign_app.forms import Form, options, required
from campaign_app.groups.models import Group

_ = lazy_gettext

SECTION = 0  # stands for no group
MOST_FILES = 200
PIECE = 1024 * 1024  # bytes


class ScanForm(Form):
    """Files with scans, and whose sheets they show."""

    key = HiddenField(validators=[required, Length(max=64)])
    group_id = SelectField(_("Sheets of"), coerce=int)
    files = MultipleFileField(
        _("Photographs or a scanner’s PDF"),
        [required],
        description=_(
            "JPEG, PNG, WebP, TIFF or PDF, as many as you like, in any order, of several petitions too. "
            "The whole sheet should be in view, with the four black squares."
        ),
    )

    def __init__(self, groups: Sequence[Group], *, for_section: bool, **values: Any) -> None:
        super().__init__(**values)
        own = [(group.id, group.name) for group in groups]
        self.group_id.choices = options(([(SECTION, gettext("the section itself"))] if for_section else []) + own)
        if not self.key.data:
            self.key.data = secrets.token_urlsafe(16)

    @property
    def uploads(self) -> list[FileStorage]:
        return [upload for upload in self.files.data or () if upload and upload.filename]

    def validate_files(self, _field: MultipleFileField) -> None:
        if len(self.uploads) > MOST_FILES:
            raise ValidationError(gettext("At most %(count)s files at once.", count=MOST_FILES))


def digest_of(stream: Any) -> str:
    """The SHA-256 of a file, which is at its beginning again afterwards."""
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    return digest
