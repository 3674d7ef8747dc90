"""Merging a text with plain values into a finished letter.

Pure and total: the same values make the same letter, or an error that names what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from campaign_app import languages
from campaign_app.letters.letter import ByHand, Letter
from campaign_app.letters.post import Addressee, PostalAddress, addressee_lines, sender_lines
from campaign_app.texts import source
from campaign_app.texts.source import MissingDetail

COPIES_LABELS = {
    "am": "ግልባጭ", "ar": "نسخة إلى", "de": "Kopie an", "es": "Con copia a", "fa": "رونوشت", "fr": "Copie à",
    "he": "העתק", "hi": "प्रतिलिपि", "id": "Tembusan", "ja": "写し送付先", "km": "ចម្លងជូន", "ko": "사본", "my": "မိတ္တူ",
    "pt": "Com cópia para", "ru": "Копия", "th": "สำเนาเรียน", "tr": "Bilgi", "uk": "Копія", "ur": "نقل",
    "vi": "Đồng kính gửi", "zh-Hans": "抄送", "zh-Hant": "副本",
}  # fmt: skip
# What a guest writes on the ruled lines: name, address and signature.
BY_HAND = {
    "am": ("ስም", "አድራሻ", "ፊርማ"), "ar": ("الاسم", "العنوان", "التوقيع"),
    "bn": ("নাম", "ঠিকানা", "স্বাক্ষর"), "de": ("Name", "Anschrift", "Unterschrift"),
    "en": ("Name", "Address", "Signature"), "es": ("Nombre", "Dirección", "Firma"),
    "fa": ("نام", "نشانی", "امضا"), "fr": ("Nom", "Adresse", "Signature"),
    "he": ("שם", "כתובת", "חתימה"), "hi": ("नाम", "पता", "हस्ताक्षर"),
    "hy": ("Անուն", "Հասցե", "Ստորագրություն"), "id": ("Nama", "Alamat", "Tanda tangan"),
    "ja": ("氏名", "住所", "署名"), "ka": ("სახელი", "მისამართი", "ხელმოწერა"),
    "km": ("ឈ្មោះ", "អាសយដ្ឋាន", "ហត្ថលេខា"), "ko": ("이름", "주소", "서명"),
    "lo": ("ຊື່", "ທີ່ຢູ່", "ລາຍເຊັນ"), "my": ("အမည်", "လိပ်စာ", "လက်မှတ်"),
    "pt": ("Nome", "Endereço", "Assinatura"), "ru": ("Имя", "Адрес", "Подпись"),
    "si": ("නම", "ලිපිනය", "අත්සන"), "ta": ("பெயர்", "முகவரி", "கையொப்பம்"),
    "th": ("ชื่อ", "ที่อยู่", "ลายมือชื่อ"), "tr": ("Ad", "Adres", "İmza"),
    "uk": ("Ім’я", "Адреса", "Підпис"), "ur": ("نام", "پتہ", "دستخط"),
    "vi": ("Họ tên", "Địa chỉ", "Chữ ký"), "zh-Hans": ("姓名", "地址", "签名"),
    "zh-Hant": ("姓名", "地址", "簽名"),
}  # fmt: skip
ADDRESS_LINES = {"full": 2, "city": 1}  # that a guest may fill in, by how much of an address may be given
COMMAS = {"ar": "،", "fa": "،", "ur": "،"}

__all__ = ["Case", "First", "MissingDetail", "Text", "Writer", "guest", "merge"]


@dataclass(frozen=True, slots=True)
class Text:
    """One version of what a campaign says in one language: four sources with placeholders."""

    language: str
    subject: str
    salutation: str
    closing: str
    body: str

    @property
    def fields(self) -> frozenset[str]:
        """The fields that a letter from this text needs."""
        return source.fields(self.subject, self.salutation, self.closing, self.body)


@dataclass(frozen=True, slots=True)
class Case:
    """What a letter says of its campaign. ``sender_address`` is full, city, country or none."""

    person: str
    country: str
    reference: str = ""
    post_by: date | None = None
    sender_address: str = "full"


@dataclass(frozen=True, slots=True)
class First:
    """The letter that another one follows up: when it was posted, and its reference."""

    day: date
    reference: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: the name as it shall stand, the address, an introduction and the writer's own words.

    A writer ``by_hand`` is a guest who fills in name and address with a pen; of the address only the country is known.
    """

    name: str
    address: PostalAddress = field(default_factory=PostalAddress)
    introduction: str = ""
    own_words: str = ""
    by_hand: bool = False


def guest(country: str) -> Writer:
    """Somebody in ``country`` (ISO 3166) who is going to fill in a letter with a pen."""
    return Writer("", PostalAddress(country=country), by_hand=True)


def merge(
    text: Text,
    case: Case,
    addressee: Addressee,
    writer: Writer,
    *,
    day: date,
    copies: tuple[Addressee, ...] = (),
    reference: str = "",
    link: str = "",
    first: First | None = None,
) -> Letter:
    """The finished letter from ``writer`` to ``addressee``, dated ``day``; it may follow up a ``first`` one.

    Raises MissingDetail where the text prints a value that is empty (as a guest's name is), and for a letter without a
    name, an addressee, a salutation or a closing.
    """
    values = _values(text.language, case, addressee, writer, day) | _of_first(text.language, writer, first)
    lines = addressee_lines(addressee, writer.address.country)
    for name, value in (("writer", writer.name or writer.by_hand), ("addressee", lines), ("body", text.body.strip())):
        if not value:
            raise MissingDetail(name)
    body = source.blocks(text.body, values)
    if not body:
        raise MissingDetail(source.OWN_WORDS)
    return Letter(
        language=text.language,
        sender=sender_lines(writer.name, writer.address, case.sender_address, addressee.country),
        place_and_date=_comma(text.language).join(filter(None, (values["place"], values["date"]))),
        addressee=lines,
        subject=_required("subject", source.line(text.subject, values)),
        salutation=_required("salutation", addressee.salutation or source.line(text.salutation, values)),
        body=body,
        closing=_required("closing", addressee.closing or source.line(text.closing, values)),
        name=writer.name,
        copies=tuple(copy.title for copy in copies if copy != addressee),
        copies_label=COPIES_LABELS.get(text.language, "cc"),
        reference=reference,
        link=link,
        by_hand=_by_hand(text.language, case) if writer.by_hand else None,
    )


def _by_hand(language: str, case: Case) -> ByHand:
    return ByHand(*BY_HAND.get(language, BY_HAND["en"]), ADDRESS_LINES.get(case.sender_address, 0))


def _values(language: str, case: Case, addressee: Addressee, writer: Writer, day: date) -> dict[str, str]:
    home = writer.address.country
    post_by = languages.written_date(case.post_by, language, home) if case.post_by else ""
    return {
        "person": case.person,
        "case_reference": case.reference,
        "addressee": addressee.holder,
        "position": addressee.position,
        "institution": addressee.institution,
        "country": languages.country_name(case.country, language),
        "introduction": writer.introduction,
        "own_words": writer.own_words,
        "writer": writer.name,
        "place": writer.address.city if case.sender_address in ("full", "city") else "",
        "writer_country": languages.country_name(home, language) if case.sender_address != "none" else "",
        "date": languages.written_date(day, language, home),
        "post_by": post_by,
    }


def _of_first(language: str, writer: Writer, first: First | None) -> dict[str, str]:
    day = languages.written_date(first.day, language, writer.address.country) if first else ""
    return {"first_date": day, "first_reference": first.reference if first else ""}


def _required(name: str, value: str) -> str:
    if not value:
        raise MissingDetail(name)
    return value


def _comma(language: str) -> str:
    return COMMAS.get(language, ",") + " "
