"""Putting the application together."""

from __future__ import annotations

import re
from pathlib import Path

from campaign_app.application import REGISTERING

ROOT = Path(__file__).parent.parent
REGISTRATION = re.compile(
    r"^@(handles|daily|forgets|holds|invariant|parts_with|on_paper|outstanding\.source)\b", re.MULTILINE
)
ROOMS_OF_REGISTRATIONS = {"campaign_app.jobs.handlers", "campaign_app.groups.outstanding"}  # their docstrings show how


def test_every_room_that_registers_something_is_opened_with_the_application() -> None:
    files = ROOT.glob("campaign_app/**/*.py")
    found = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in files
        if REGISTRATION.search(file.read_text(encoding="utf-8"))
    }
    assert found - ROOMS_OF_REGISTRATIONS == set(REGISTERING)
