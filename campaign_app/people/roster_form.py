"""The form with which people hand in a roster, for a print run or to be imported."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_wtf.file import FileField

from campaign_app.people.roster import Roster, read
from campaign_app.table_forms import MEGABYTE, TableForm

_ = lazy_gettext


class RosterForm(TableForm):
    """A roster and how to read it; ``_table_file.html`` shows it."""

    largest = 16 * MEGABYTE  # 100,000 rows of CSV take eight

    file = FileField(
        _("File"), description=_("XLSX or CSV, at most 16 MB and 100,000 rows; a column “name” is needed.")
    )

    def roster(self) -> Roster:
        """The roster that was chosen, with what is wrong in its rows. Raises CannotRead where it is none at all."""
        return self.chosen().read(read, self.largest)
