"""What a petition's sheets say: its texts as they are now, gathered in plain values for the press."""

from __future__ import annotations

from campaign_app import languages
from campaign_app.documents import sheet_words
from campaign_app.documents.sheet import SheetContent, SheetText
from campaign_app.documents.sheet_design import SheetDesign
from campaign_app.petitions.models import Petition, PetitionText, PrivacyNotice
from campaign_app.targets.models import Target


class NoText(Exception):
    """The petition says nothing in a language of the design."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


def content_of(petition: Petition, design: SheetDesign, logo: bytes = b"") -> SheetContent:
    """What sheets of this design say now. Raises ``NoText``."""
    texts = tuple(_said(petition, language) for language in design.languages)
    address = tuple(petition.return_address.splitlines())
    return SheetContent(design, petition.code, petition.organizer, address, texts, logo)


def notice(petition: Petition, language: str) -> str:
    """The privacy notice of its sheets: its own, or the one that is shipped."""
    own = petition.notice_in(language)
    return own.text if own else sheet_words.notice(language, petition.organizer)


def versions_of(petition: Petition, design: SheetDesign) -> dict[str, dict[str, int]]:
    """Which versions of text and notice sheets are printed with, by language; 0 is the notice that is shipped."""
    found = {}
    for language in design.languages:
        text, own = petition.text_in(language), petition.notice_in(language)
        found[language] = {"text": text.number if text else 0, "notice": own.number if own else 0}
    return found


def save_text(
    petition: Petition, language: str, title: str, text: str, who_may_sign: str, account_id: int | None
) -> PetitionText | None:
    """A new version of what it says in ``language``, or None where it says so already. The caller commits."""
    now = petition.text_in(language)
    if now and (now.title, now.text, now.who_may_sign) == (title, text, who_may_sign):
        return None
    version = PetitionText(
        language=language, number=now.number + 1 if now else 1, title=title, text=text, who_may_sign=who_may_sign,
        account_id=account_id,
    )  # fmt: skip
    petition.texts.append(version)
    return version


def save_notice(petition: Petition, language: str, text: str, account_id: int | None) -> PrivacyNotice | None:
    """A new version of the notice, or None where it says so already. The caller commits."""
    if text == notice(petition, language):
        return None
    own = petition.notice_in(language)
    version = PrivacyNotice(
        language=language, number=own.number + 1 if own else 1, text=text, account_id=account_id
    )  # fmt: skip
    petition.notices.append(version)
    return version


def addressee(target: Target, language: str) -> str:
    """An office with its holder in one line, the country's name in the language of the sheet."""
    holder = target.holder.full_name if target.holder else ""
    country = languages.country_name(target.country, language)
    return ", ".join(filter(None, (holder, target.position, target.institution, country)))


def _said(petition: Petition, language: str) -> SheetText:
    text = petition.text_in(language)
    if text is None:
        raise NoText(language)
    country = petition.group.country if petition.group else ""
    day = languages.written_date(petition.return_by, language, country) if petition.return_by else ""
    return SheetText(
        language, text.title, tuple(addressee(target, language) for target in petition.addressees), text.text,
        notice(petition, language), text.who_may_sign, day,
    )  # fmt: skip
