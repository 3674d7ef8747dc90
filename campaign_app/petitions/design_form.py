"""The form in which a sheet is designed."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, SelectField, StringField, ValidationError
from wtforms.validators import Length, NumberRange

from campaign_app import languages, redrawing
from campaign_app.campaigns.forms import NO_CHOICE, given
from campaign_app.documents.paper import PAPERS
from campaign_app.documents.sheet_design import FEWEST_ROWS, MOST_OWN_COLUMNS, MOST_ROWS, Home, SheetDesign
from campaign_app.forms import Form, options
from campaign_app.i18n import page_language
from campaign_app.petitions.models import Petition

_ = lazy_gettext

LOGO_PIXELS = 700, 150  # at most; 60 × 12 mm at 300 dpi
BETWEEN_LANGUAGES = "/"
TOO_LARGE = _("This picture is too large. Please make it smaller than 25 megapixels and 20 MB.")
UNREADABLE = _("This is not a picture that can be read. Please take a JPEG, PNG, WebP or GIF.")
# What no sheet may ask for: it would be worth stealing (PIPA Art. 24-2 forbids it outright).
IDENTITY = re.compile(
    r"등록\s*번호|주민\s*번호|여권|resident\s+registration|\brrn\b|passport|identity\s+(card|number)|\bid\s+(card|number|no)"
    r"|national\s+id|social\s+security",
    re.IGNORECASE,
)


class DesignForm(Form):
    """How a sheet looks. What every sheet must have is no choice."""

    language = SelectField(_("Language"), **NO_CHOICE)
    second = SelectField(_("Beside it"), **NO_CHOICE)
    paper = SelectField(_("Paper"), choices=options((name, name) for name in PAPERS), **NO_CHOICE)
    orientation = SelectField(_("Orientation"), **NO_CHOICE)
    rows = IntegerField(
        _("Rows"),
        [given, NumberRange(FEWEST_ROWS, MOST_ROWS, _("From 8 to 20 rows."))],
        description=_("12 to 14 suit a sheet in portrait, 8 to 10 one in landscape."),
    )
    home = SelectField(_("Signers write their"), **NO_CHOICE)
    first_column = StringField(
        _("Own column"),
        [Length(max=80)],
        description=_("Its heading; for two languages both, as in “Postcode / 우편번호”."),
    )
    second_column = StringField(_("Another own column"), [Length(max=80)])
    consent = BooleanField(_("A box to tick: agrees to the privacy notice"))
    tear_off = BooleanField(
        _("A strip for e-mail addresses"), description=_("It is torn off, since the sheet goes to the addressee.")
    )
    large_print = BooleanField(_("Large print"))
    logo = FileField(_("Logo"), description=_("JPEG, PNG, WebP or GIF, up to 25 megapixels."))
    no_logo = BooleanField(_("Without the logo"))
    _logo = b""

    def __init__(self, petition: Petition, design: SheetDesign, **values: Any) -> None:
        super().__init__(data=_values(design), **values)
        names = [(tag, languages.name(tag, page_language())) for tag in petition.languages]
        self.language.choices = options(names)
        self.second.choices = options([("", gettext("No second language")), *names])
        self.orientation.choices = options((("portrait", gettext("Portrait")), ("landscape", gettext("Landscape"))))
        homes = (
            (Home.EITHER, gettext("City or country")),
            (Home.CITY, gettext("City")),
            (Home.COUNTRY, gettext("Country")),
        )
        self.home.choices = options((home.value, name) for home, name in homes)

    def validate_first_column(self, field: StringField) -> None:
        if field.data and IDENTITY.search(field.data):
            raise ValidationError(gettext("A sheet must never ask for an identity number."))
        headings = _headings(field.data)
        if headings and (len(headings) != len(self.languages) or not all(headings)):
            raise ValidationError(gettext("One heading for each language of the sheet, with “/” between them."))

    validate_second_column = validate_first_column

    @property
    def languages(self) -> tuple[str, ...]:
        second = self.second.data if self.second.data != self.language.data else ""
        return tuple(filter(None, (self.language.data, second)))

    @property
    def design(self) -> SheetDesign:
        own = (_headings(self[name].data) for name in OWN)
        return SheetDesign(
            self.languages, self.paper.data, self.orientation.data == "landscape", self.rows.data,
            Home(self.home.data), tuple(filter(None, own)), self.consent.data, self.tear_off.data,
            self.large_print.data,
        )  # fmt: skip

    def validate_logo(self, field: FileField) -> None:
        """Draws the upload anew, so that what is wrong with it is said at its field."""
        if not field.data or not field.data.filename:
            return
        try:
            self._logo = redrawn(field.data.stream.read(redrawing.LARGEST_FILE + 1))
        except redrawing.TooManyPixels:
            raise ValidationError(TOO_LARGE) from None
        except redrawing.NotAPicture:
            raise ValidationError(UNREADABLE) from None

    def uploaded_logo(self) -> bytes:
        """The logo that was uploaded, as PNG; empty where none was. Once the form was validated."""
        return self._logo


OWN = ("first_column", "second_column")


def redrawn(content: bytes) -> bytes:
    """A logo as PNG, no finer than it is printed. Raises ``NotAPicture`` and ``TooManyPixels``."""
    picture = redrawing.redrawn(content)
    picture.thumbnail(LOGO_PIXELS)
    stream = BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _headings(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(BETWEEN_LANGUAGES)) if text else ()


def _values(design: SheetDesign) -> dict[str, Any]:
    own = [f" {BETWEEN_LANGUAGES} ".join(headings) for headings in design.own_columns]
    own += [""] * (MOST_OWN_COLUMNS - len(own))
    return {
        "language": design.languages[0], "second": design.languages[1] if len(design.languages) > 1 else "",
        "paper": design.paper, "orientation": "landscape" if design.landscape else "portrait", "rows": design.rows,
        "home": design.home.value, "first_column": own[0], "second_column": own[1], "consent": design.consent,
        "tear_off": design.tear_off, "large_print": design.large_print,
    }  # fmt: skip
