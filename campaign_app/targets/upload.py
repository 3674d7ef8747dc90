"""A chosen file on its way from one page to the next: sealed into the page, and stored nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cryptography.fernet import Fernet, InvalidToken
from flask_babel import gettext

from campaign_app.table_forms import CannotRead, TableFile
from campaign_app.tables.files import read_table
from campaign_app.tables.sheet import Sheet
from campaign_app.targets.importing import LARGEST_FILE, MOST_ROWS

SEALED_FOR = 3600  # seconds between the preview and the confirmation
LONGEST_SEALED = LARGEST_FILE * 3 // 2  # characters: base64, and what Fernet adds


@dataclass(frozen=True, slots=True)
class Upload(TableFile):
    """A file of targets that can be sealed."""

    def sheet(self) -> Sheet:
        """The table in the file. Raises CannotRead."""
        return self.read(read_table, LARGEST_FILE, MOST_ROWS)

    def as_read(self, sheet: Sheet) -> Upload:
        """The file with what was detected, so that it is read the same way again."""
        return replace(self, encoding=sheet.encoding, separator=sheet.separator)

    def sealed(self, box: Fernet) -> str:
        """The upload as text for a hidden field; empty where there is nothing that could be read later."""
        if not 0 < len(self.content) <= LARGEST_FILE:
            return ""
        return box.encrypt(b"\0".join((self.encoding.encode(), self.separator.encode(), self.content))).decode()

    @classmethod
    def opened(cls, sealed: str, box: Fernet) -> Upload:
        """What ``sealed`` wrote, or an empty upload for an empty text. Raises CannotRead."""
        if not sealed:
            return cls(b"")
        try:
            encoding, separator, content = box.decrypt(sealed.encode(), ttl=SEALED_FOR).split(b"\0", 2)
        except InvalidToken as error:
            raise CannotRead(gettext("This preview is too old. Please choose the file again.")) from error
        return cls(content, encoding.decode(), separator.decode())
