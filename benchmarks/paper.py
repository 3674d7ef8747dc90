"""How fast the paper beside the letters of a run is made: envelopes, labels, the cover checklist.

python -m benchmarks.paper [LETTERS]
"""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import BinaryIO

from campaign_app.documents import checklist, envelopes, labels
from campaign_app.documents.checklist import Head, Row, Words
from campaign_app.documents.envelopes import Envelope
from campaign_app.documents.labels import LabelAddress
from campaign_app.documents.paper import DL, LABEL_SHEETS

SENDERS = {
    "en": "Amina Castellan", "ko": "한바다", "ja": "海野 渚", "my": "ဒေါ်လှိုင်းပြာ",
    "th": "ทะเลฟ้า สายลม", "hi": "नीला सागर", "ar": "بحر الأزرق", "he": "ים כחול",
    "am": "ሰማያዊት ባሕሩ", "ru": "Морена Синичкина",
}  # fmt: skip
ADDRESSEE = ("THE MINISTER OF JUSTICE", "MINISTRY OF JUSTICE", "P.O. BOX 241", "ASMARA", "ERITREA")


class Counting(io.RawIOBase):
    """Takes what is written and keeps nothing but its length."""

    size = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.size += len(data)
        return len(data)


def each(letters: int) -> Iterator[Envelope]:
    tags = list(SENDERS)
    for number in range(letters):
        tag = tags[number % len(tags)]
        street = f"{number}, Muhak-ro 2-gil, Seongdong-gu"
        yield Envelope((f"{SENDERS[tag]} {number}", street, "SEOUL, 04560, KOREA"), ADDRESSEE, "en", tag)


def rows(letters: int) -> list[Row]:
    link = "http://127.0.0.1:8000/l/{:022d}"
    return [
        Row(n, f"Writer {n}", ADDRESSEE[0], "Eritrea", f"K7M2-{n:05d}", link.format(n)) for n in range(1, letters + 1)
    ]


def measured(name: str, letters: int, write: Callable[[BinaryIO], None]) -> None:
    stream = Counting()
    start = time.perf_counter()
    write(stream)  # type: ignore[arg-type]
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:10} {letters / seconds:8.0f} a second  {stream.size / letters:6.0f} bytes each  {peak:4} MB at most")


def main() -> None:
    letters = int(sys.argv[1]) if len(sys.argv) > 1 else 12_000
    head = Head("Free Tolva Meren", "Group 48", "6 January 2026", (("Letters", f"{letters}"),))
    addresses = (LabelAddress(envelope.sender, envelope.sender_language) for envelope in each(letters))
    measured("envelopes", letters, lambda stream: envelopes.write_to(stream, each(letters), DL))
    measured("labels", letters, lambda stream: labels.write_to(stream, addresses, LABEL_SHEETS["L7163"]))
    measured("checklist", letters, lambda stream: checklist.write_to(stream, head, rows(letters), Words()))


if __name__ == "__main__":
    main()
