"""The form by which a writer asks to be reminded."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import EmailField
from wtforms.validators import Email, Length

from campaign_app.forms import Form, required

_ = lazy_gettext


class ReminderForm(Form):
    """Where the one e-mail goes."""

    address = EmailField(
        _("E-mail"), [required, Length(max=254), Email(_("This is no e-mail address."))], id="reminder-address"
    )
