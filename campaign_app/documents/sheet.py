"""What stands on a signature sheet, said once: the PDF and the DOCX set this same value on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from campaign_app.documents import fonts
from campaign_app.documents.sheet_design import SheetDesign
from campaign_app.documents.unfit import Unprintable


@dataclass(frozen=True, slots=True)
class SheetText:
    """A petition in one language. Every string is plain text, but for the little Markdown of ``text``.

    ``addressees`` are offices in one line each, ``return_by`` is a date written out, or empty.
    """

    language: str
    title: str
    addressees: tuple[str, ...]
    text: str
    notice: str
    who_may_sign: str = ""
    return_by: str = ""


@dataclass(frozen=True, slots=True)
class SheetContent:
    """All that the sheets of a batch share; ``texts`` are in the languages of the design, in their order.

    ``logo`` is a picture as PNG, which is kept apart from the rest.
    """

    design: SheetDesign
    code: str
    organizer: str
    return_address: tuple[str, ...]
    texts: tuple[SheetText, ...]
    logo: bytes = b""

    @property
    def language(self) -> str:
        """The language that decides where lines begin."""
        return self.design.languages[0]

    def check(self) -> None:
        """Raises ``Unprintable`` for the first field with a character that no font of ours can draw."""
        for field, text in self._fields():
            if characters := fonts.unprintable(text):
                raise Unprintable(field, characters)

    def _fields(self) -> Iterator[tuple[str, str]]:
        for text in self.texts:
            for field in ("title", "text", "notice", "who_may_sign"):
                yield field, getattr(text, field)
            yield "addressees", "\n".join(text.addressees)
        yield "organizer", self.organizer
        yield "return_address", "\n".join(self.return_address)
        yield "own_columns", "\n".join(heading for headings in self.design.own_columns for heading in headings)

    def to_json(self) -> dict[str, Any]:
        """Everything but the logo, from which ``from_json`` makes an equal one."""
        values = asdict(self)
        del values["logo"]
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any], logo: bytes = b"") -> SheetContent:
        texts = tuple(SheetText(**(text | {"addressees": tuple(text["addressees"])})) for text in values["texts"])
        design = SheetDesign.from_json(values["design"])
        return cls(design, values["code"], values["organizer"], tuple(values["return_address"]), texts, logo)


@dataclass(frozen=True, slots=True)
class NumberedSheet:
    """What is different on each sheet: its serial, and the link that its QR code opens."""

    serial: str
    link: str
