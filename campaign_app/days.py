"""What day it is for the section."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app

from campaign_app.db import now


def today() -> date:
    """The day it is now for the section."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day it was for the section at that moment."""
    return moment.astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()


def midnight(day: date) -> datetime:
    """The moment at which ``day`` begins for the section."""
    return datetime.combine(day, time(), ZoneInfo(current_app.config["TIME_ZONE"])).astimezone(UTC)


def yesterday() -> date:
    return today() - timedelta(days=1)


def a_year_after(day: date) -> date:
    """The same day a year later; 28 February after a 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
