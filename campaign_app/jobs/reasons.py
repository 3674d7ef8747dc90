"""Why a job failed: a key is stored, and the reader is told in their language."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

DISK_FULL = "disk full"
NOT_ALLOWED = "not allowed"
BROKEN = "broken"

# Other kinds of jobs add their own.
REASONS: dict[str, Any] = {
    DISK_FULL: _("The disk is full. What was done so far is stored; resume it when there is room again."),
    NOT_ALLOWED: _("Whoever asked for this may no longer do it."),
    BROKEN: _("It was tried several times and did not get on. What was done so far is stored."),
}


class Refused(Exception):
    """The job cannot be done, and trying again would not help; ``reason`` is a key of ``REASONS``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def told(reason: str) -> Any:
    """A stored reason as people read it."""
    return REASONS.get(reason, reason)
