"""Finding targets in the directory: by words, country and kind of office, by likeness, and by who uses them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import selectinload

from campaign_app import languages
from campaign_app.campaigns.models import Campaign, campaign_target
from campaign_app.characters import folded
from campaign_app.db import db
from campaign_app.letters.models import LetterRecord
from campaign_app.targets.models import Office, Target

VERIFIED_FOR = timedelta(days=365)
LONGEST_SEARCH = 200  # characters: a database takes no condition with a thousand parts


class Likeness(NamedTuple):
    """What makes two entries look like one office: either key will do."""

    office: tuple[str, ...]
    address: tuple[str, ...]

    def resembles(self, other: Likeness) -> bool:
        return self.office == other.office or self.address == other.address


@dataclass(frozen=True, slots=True)
class Search:
    """What someone looks for; everything may be empty."""

    words: str = ""
    country: str = ""
    office: str = ""
    unverified: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.country or self.office or self.unverified)


def found(search: Search, today: date, language: str) -> Select[Target]:
    """The targets that have all the words somewhere, sorted by their country's name in ``language``, then by office."""
    conditions: list[ColumnElement[bool]] = [
        Target.search.contains(word, autoescape=True) for word in folded(search.words[:LONGEST_SEARCH]).split()
    ]
    if search.country:
        conditions.append(or_(Target.country == search.country, Target.represents == search.country))
    if search.office:
        conditions.append(Target.office.in_([office for office in Office if office == search.office]))
    if search.unverified:
        conditions.append(or_(Target.verified_on.is_(None), Target.verified_on < today - VERIFIED_FOR))
    order = {code: place for place, (code, _) in enumerate(countries(language))}
    by_country = [case(order, value=Target.country)] if order else []
    query = select(Target).where(*conditions).options(selectinload(Target.holders))
    return query.order_by(*by_country, Target.position, Target.institution, Target.id)


def countries(language: str) -> list[tuple[str, str]]:
    """The countries that targets stand in or speak for, as (code, name in ``language``), sorted by name."""
    codes = db.session.scalars(select(Target.country).union(select(Target.represents))).all()
    named = [(code, languages.country_name(code, language)) for code in codes if code]
    return sorted(named, key=lambda pair: pair[1].casefold())


def offices() -> list[Office]:
    """The kinds of office that the directory has, in the order in which they are declared."""
    used = set(db.session.scalars(select(Target.office).distinct()))
    return [office for office in Office if office in used]


def uses(targets: Iterable[Target]) -> dict[int, int]:
    """How many campaigns write to each of the targets."""
    column = campaign_target.c.target_id
    ids = [target.id for target in targets]
    counts = select(column, func.count()).where(column.in_(ids)).group_by(column)
    return dict.fromkeys(ids, 0) | {row[0]: row[1] for row in db.session.execute(counts)}


def campaigns_of(target: Target) -> Sequence[Campaign]:
    """The campaigns that write to the target, those of other groups too."""
    query = select(Campaign).join(campaign_target).where(campaign_target.c.target_id == target.id)
    return db.session.scalars(query.order_by(Campaign.title)).all()


def is_in_use(target: Target) -> bool:
    """Whether a campaign has the target, or a letter was ever made to it."""
    letter = select(LetterRecord.id).where(LetterRecord.target_id == target.id).limit(1)
    return uses([target])[target.id] > 0 or db.session.scalar(letter) is not None


def likeness(position: str, institution: str, country: str, represents: str, lines: str) -> Likeness:
    """An office is the same by its names within a country, or by its postal lines."""
    office = (country, represents, folded(position), folded(institution))
    return Likeness(office, (country, folded(lines)))


def likeness_of(target: Target) -> Likeness:
    return likeness(target.position, target.institution, target.country, target.represents, target.lines)


def twins(like: Likeness, but: Target | None = None) -> list[Target]:
    """The targets that are likely the same office as one with these keys.

    None where these are the keys that ``but`` has already: whoever stored it was asked then.
    """
    if but is not None and like == likeness_of(but):
        return []
    country = like.office[0]
    there = db.session.scalars(select(Target).where(Target.country == country).order_by(Target.id))
    return [target for target in there if target is not but and like.resembles(likeness_of(target))]
