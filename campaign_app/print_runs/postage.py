"""What the letters of a run weigh and what their stamps cost, by the group's own tariff. Pure.

The group keeps the table, for the post changes its prices; the app knows what paper weighs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from campaign_app.documents.paper import A4, EnvelopeSize, Paper

LETTER_PAPER = 80.0  # g/m²; what copiers are fed with. A sheet of A4, a sixteenth of a square metre, weighs 5 g.
ELSEWHERE = "*"  # in the countries of a zone: all that no zone names


class NoZone(Exception):
    """The tariff has no zone for ``country`` (ISO 3166; empty where the address has none)."""

    def __init__(self, country: str) -> None:
        super().__init__(country)
        self.country = country


class TooHeavy(Exception):
    """``grams`` are more than the heaviest step of ``zone``."""

    def __init__(self, zone: str, grams: int) -> None:
        super().__init__(zone, grams)
        self.zone = zone
        self.grams = grams


@dataclass(frozen=True, slots=True)
class Step:
    """What a letter of up to so many grams costs, in the currency's smallest unit."""

    grams: int
    price: int


@dataclass(frozen=True, slots=True)
class Zone:
    """Countries (ISO 3166, or ``ELSEWHERE``) to which letters cost the same; ``days`` that the post takes, if known."""

    name: str
    countries: frozenset[str]
    steps: tuple[Step, ...]
    days: int | None = None

    def price(self, grams: int) -> int:
        """In the currency's smallest unit. Raises TooHeavy."""
        fitting = [step for step in self.steps if grams <= step.grams]
        if not fitting:
            raise TooHeavy(self.name, grams)
        return min(fitting, key=lambda step: step.grams).price

    def latest_posting(self, arrive_by: date) -> date:
        """The last day to post what shall arrive by a day; that very day where nobody knows the post's days."""
        return arrive_by - timedelta(days=self.days or 0)


@dataclass(frozen=True, slots=True)
class Tariff:
    """A group's table of postage. ``currency`` is an ISO 4217 code."""

    currency: str
    zones: tuple[Zone, ...]

    @classmethod
    def from_json(cls, currency: str, zones: list[dict[str, Any]]) -> Tariff:
        """The table that was stored: a zone has ``name``, ``countries``, ``steps`` (pairs) and ``days``."""
        return cls(currency, tuple(map(_zone, zones)))

    def zone(self, country: str) -> Zone:
        """The zone that names ``country``, else the one for everywhere else. Raises NoZone."""
        for wanted in (country, ELSEWHERE):
            for zone in self.zones:
                if country and wanted in zone.countries:
                    return zone
        raise NoZone(country)

    def postage(self, country: str, grams: int) -> Postage:
        """What a letter to ``country`` costs. Raises NoZone or TooHeavy."""
        zone = self.zone(country)
        return Postage(zone, grams, zone.price(grams))


@dataclass(frozen=True, slots=True)
class Postage:
    """Of one letter: its zone, weight, and price in the currency's smallest unit."""

    zone: Zone
    grams: int
    price: int


@dataclass(frozen=True, slots=True)
class Stamps:
    """So many letters to one zone with the same price."""

    zone: Zone
    price: int
    letters: int

    @property
    def total(self) -> int:
        return self.price * self.letters


def weight(sheets: int, envelope: EnvelopeSize, paper: Paper = A4, gsm: float = LETTER_PAPER) -> int:
    """The weight in g of an envelope with so many sheets of ``gsm`` g/m², rounded up, as the post does."""
    return ceil(round(sheets * paper.width * paper.height / 1e6 * gsm + envelope.grams, 6))


def stamps(postages: Iterable[Postage]) -> list[Stamps]:
    """What to buy, zone by zone in the order in which they come first, and within a zone from the cheapest on."""
    counts: dict[Zone, dict[int, int]] = {}
    for postage in postages:
        prices = counts.setdefault(postage.zone, {})
        prices[postage.price] = prices.get(postage.price, 0) + 1
    return [Stamps(zone, price, n) for zone, prices in counts.items() for price, n in sorted(prices.items())]


def total(bought: Iterable[Stamps]) -> int:
    """What all stamps cost, in the currency's smallest unit."""
    return sum(stamps.total for stamps in bought)


def _zone(values: dict[str, Any]) -> Zone:
    steps = tuple(Step(*step) for step in values["steps"])
    return Zone(values["name"], frozenset(values["countries"]), steps, values["days"])
