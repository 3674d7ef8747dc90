"""The form with which people hand in a table: a file, and how to read it where that is found out wrongly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import SelectField

from campaign_app.forms import Form, options
from campaign_app.table_words import ENCODINGS, SEPARATORS, explained
from campaign_app.tables.csv import OLE, ZIP
from campaign_app.tables.errors import TableError

_ = lazy_gettext

SEPARATOR_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t"}  # a tab would not survive in a form's field
DETECTED = ("", _("detect it"))
MEGABYTE = 1024 * 1024  # bytes

Read = TypeVar("Read")


class CannotRead(Exception):
    """The file cannot be read; the message says why, to the person who chose it."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file, and how it is to be read; an empty encoding or separator is detected."""

    content: bytes
    encoding: str = ""
    separator: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it could be read in another way; a workbook cannot."""
        return bool(self.content) and not self.content.startswith((ZIP, OLE))

    def read(self, reader: Callable[..., Read], largest: int, *limits: int) -> Read:
        """What ``reader`` makes of content, encoding, separator and ``limits``. Raises CannotRead."""
        if not self.content:
            raise CannotRead(gettext("Please choose a file."))
        if len(self.content) > largest:
            raise CannotRead(gettext("The file is larger than %(size)s. Please split it.", size=size(largest)))
        try:
            return reader(self.content, self.encoding or None, self.separator or None, *limits)
        except TableError as error:
            raise CannotRead(explained(error)) from error


class TableForm(Form):
    """A file of at most ``largest`` bytes, and how to read it."""

    largest: ClassVar[int]

    file = FileField(_("File"))
    encoding = SelectField(_("Written in"), choices=options([DETECTED, *ENCODINGS.items()]), default="")
    separator = SelectField(
        _("Columns separated by"),
        choices=options([DETECTED, *((name, SEPARATORS[sign]) for name, sign in SEPARATOR_NAMES.items())]),
        default="",
    )

    def chosen(self) -> TableFile:
        """The file that was chosen, empty where none was, with what the form says of it. Raises CannotRead."""
        self.refuse_nonsense()
        content: bytes = self.file.data.read(self.largest + 1) if self.file.data else b""
        return TableFile(content, self.encoding.data, SEPARATOR_NAMES.get(self.separator.data, ""))

    def show(self, encoding: str, separator: str) -> None:
        """Put what was detected into the form, to be corrected."""
        self.encoding.data = encoding if encoding in ENCODINGS else ""
        self.separator.data = next((name for name, sign in SEPARATOR_NAMES.items() if sign == separator), "")

    def refuse_nonsense(self) -> None:
        """Raises CannotRead for what the form does not offer."""
        if not self.validate():
            raise CannotRead(str(next(iter(self.errors.values()))[0]))


def size(count: int) -> str:
    """A number of bytes for people."""
    return f"{count // MEGABYTE} MB" if count >= MEGABYTE else f"{count // 1024} KB"
