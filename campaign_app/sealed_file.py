"""A chosen file on its way from one page to the next: sealed into the page, and stored nowhere."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from flask_babel import gettext

from campaign_app.table_forms import CannotRead, TableFile

SEALED_FOR = 3600  # seconds between the preview and the confirmation
LONGEST_SEALED = 1_900_000  # characters: what a form's fields may hold together, with room for the others


@dataclass(frozen=True, slots=True)
class SealedFile(TableFile):
    """A file that can be sealed as text for a hidden field."""

    def as_read(self, encoding: str, separator: str) -> SealedFile:
        """The file with what was detected, so that it is read the same way again."""
        return SealedFile(self.content, encoding, separator)

    def sealed(self, box: Fernet) -> str:
        """The file as text. Raises CannotRead where that is too long for a page."""
        packed = zlib.compress(b"\0".join((self.encoding.encode(), self.separator.encode(), self.content)))
        text = box.encrypt(packed).decode()
        if len(text) > LONGEST_SEALED:
            raise CannotRead(gettext("The file is too large. Please split it, or save it as CSV."))
        return text

    @classmethod
    def opened(cls, text: str, box: Fernet) -> SealedFile:
        """What ``sealed`` wrote, or an empty file for an empty text. Raises CannotRead."""
        if not text:
            return cls(b"")
        try:
            packed = box.decrypt(text.encode(), ttl=SEALED_FOR)
        except InvalidToken as error:
            raise CannotRead(gettext("This preview is too old. Please choose the file again.")) from error
        encoding, separator, content = zlib.decompress(packed).split(b"\0", 2)
        return cls(content, encoding.decode(), separator.decode())
