"""What tests of groups share with those of people."""

from __future__ import annotations

from tests.people.conftest import audited

__all__ = ["audited"]
