"""A line for the writer's own calendar (iCalendar, RFC 5545), for whom no address needs to be stored anywhere. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

LONGEST = 75  # bytes of a line; longer ones are folded (RFC 5545, 3.1)
TYPE = "text/calendar; charset=utf-8"


def entry(uid: str, day: date, made_at: datetime, summary: str, description: str) -> bytes:
    """A day's entry that shows up in the morning."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Campaign App//Reminder//EN", "BEGIN:VEVENT",
        f"UID:{uid}", f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}", f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}", f"SUMMARY:{_text(summary)}",
        f"DESCRIPTION:{_text(description)}", "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(summary)}",
        "TRIGGER:PT9H", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _text(value: str) -> str:
    """A value of the type TEXT (RFC 5545, 3.3.11)."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, written)
    return value


def _folded(line: str) -> str:
    """The line in pieces that are short enough, between whole characters."""
    pieces, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += width
    return "\r\n".join(pieces)
