"""Loads the demo section from its files: what is missing is added, what is there stays as it is."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from campaign_app import keys
from campaign_app.access.accounts import new_account, with_role
from campaign_app.access.models import Account
from campaign_app.access.sign_in import DEMO_PASSWORD
from campaign_app.campaigns import pictures
from campaign_app.campaigns.models import Campaign, CaseUpdate, Kind, Picture, Reason, SenderAddress, Status, Theme
from campaign_app.db import db
from campaign_app.demo import answers, doings, people, petitions, sheets
from campaign_app.groups.models import Group, GroupStatus
from campaign_app.letters import record
from campaign_app.letters.models import LetterRecord, LetterStatus
from campaign_app.people.models import Person, Role
from campaign_app.targets.models import Greeting, Office, Part, Target
from campaign_app.texts.models import LetterText, TextVersion
from campaign_app.tracking.models import Act, How

FOLDER = Path(__file__).parent
MEMBERS_SINCE = timedelta(days=400)
GOLDEN_RATIO = 0.618033988749895  # its multiples, modulo one, spread evenly however many there are

Table = dict[str, Any]


def load(today: date) -> None:
    """Load the section as it would be on ``today``: all of it or, where something is wrong, nothing.

    A group, account, target or campaign that is there already is left as it is, with everything that belongs to it.
    """
    section = tomllib.loads((FOLDER / "section.toml").read_text(encoding="utf-8"))
    try:
        groups = _add_groups(section["group"])
        _add_accounts(section["account"], groups, today - MEMBERS_SINCE)
        people.add(section["person"], groups, today)
        targets = _add_targets(section["target"])
        new = list(_add_campaigns(section["campaign"], groups, targets, today))
        for campaign in new:
            with db.session.no_autoflush:  # or each new letter's reference would be looked up with a write before
                letters = list(_letters(campaign, Made(**section["made"][campaign.slug]), today))
            _add_marked(letters)
        answers.add_replies(section["reply"], new, today)
        answers.add_outcomes(section["outcome"], new, today)
        campaigns = {campaign.slug: campaign for campaign in db.session.scalars(select(Campaign))}
        doings.add_decisions(section["decision"], groups, today)
        doings.add_activities(section["activity"], groups, campaigns, today)
        petitions.add(section["petition"], groups, campaigns, today)
        sheets.add(section["signatures"], campaigns, today)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def _add_groups(tables: Iterable[Table]) -> dict[str, Group]:
    groups = {group.slug: group for group in db.session.scalars(select(Group))}
    for table in tables:
        if table["slug"] not in groups:
            lines = "\n".join(table["return_address"])
            status = GroupStatus(table["status"])
            group = groups[table["slug"]] = Group(**table | {"return_address": lines, "status": status})
            db.session.add(group)
    return groups


def _add_accounts(tables: Iterable[Table], groups: dict[str, Group], since: date) -> None:
    known = set(db.session.scalars(select(Account.email)))
    for table in tables:
        if table["email"] not in known:
            person = Person(name=table["name"], native_name=table["native_name"], email=table["email"])
            group = groups.get(table["group"])
            with_role(person, Role(table["role"]), group, since)
            people.name_officer(table, person, group, since)
            db.session.add(new_account(person, table["email"], DEMO_PASSWORD, demo=True))


def _add_targets(tables: Iterable[Table]) -> dict[str, Target]:
    targets = {target.key: target for target in db.session.scalars(select(Target)) if target.key}
    for table in tables:
        if table["key"] not in targets:
            targets[table["key"]] = target = Target(
                key=table["key"],
                office=Office(table["office"]),
                position=table["position"],
                institution=table["institution"],
                lines="\n".join(table["lines"]),
                native_lines="\n".join(table.get("native_lines", ())),
                country=table["country"],
                represents=table.get("represents", ""),
                languages=table["languages"],
                part=Part(table["role"]),
                verified_on=table.get("verified_on"),
                notes=table["notes"],
                greetings=[Greeting(**greeting) for greeting in table.get("greeting", ())],
            )
            target.search = target.search_text
            db.session.add(target)
    return targets


def _add_campaigns(
    tables: Iterable[Table], groups: dict[str, Group], targets: dict[str, Target], today: date
) -> Iterator[Campaign]:
    """The campaigns that were missing; a campaign brings its texts, pictures and updates with it."""
    known = set(db.session.scalars(select(Campaign.slug)))
    for table in tables:
        if table["slug"] not in known:
            campaign = _campaign(table, today)
            campaign.group = groups.get(table["group"])
            campaign.targets = [targets[key] for key in table["targets"]]
            campaign.updates = [
                CaseUpdate(day=today - timedelta(days=update["days_ago"]), text=update["text"])
                for update in table["updates"]
            ]
            campaign.texts = [_text(path) for path in sorted((FOLDER / "texts").glob(f"{campaign.slug}.*.md"))]
            if "image" in table:
                campaign.pictures = [_picture(table["image"], table["image_alt"])]
            db.session.add(campaign)
            db.session.flush()
            yield campaign


def _campaign(table: Table, today: date) -> Campaign:
    safety = table["safety"]
    last_day = table.get("post_by_in_days")
    return Campaign(
        **{key: table[key] for key in ("slug", "title", "country", "reference", "index", "person", "time_zone")},
        kind=Kind(table["kind"]),
        theme=Theme(table["theme"]),
        story=table["story"].strip(),
        demands="\n".join(table["demands"]),
        opens_on=today + timedelta(days=table["opens_in_days"]),
        post_by=None if last_day is None else today + timedelta(days=last_day),
        goal=table.get("goal"),
        status=Status(table["status"]),
        reason=Reason(table["closed_reason"]) if "closed_reason" in table else None,
        reason_note=table.get("closed_note", ""),
        may_name_organization=safety["may_name_organization"],
        sender_address=SenderAddress(safety["sender_address"]),
        forbidden_phrases=safety["forbidden_phrases"],
    )


def _text(path: Path) -> LetterText:
    """A text from a file that begins with TOML between lines of ``+++``; its name ends in the language."""
    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    version = TextVersion(number=1, body=body.strip(), **tomllib.loads(front))
    return LetterText(language=path.suffixes[-2].removeprefix("."), versions=[version])


def _picture(name: str, alternative: str) -> Picture:
    with (FOLDER / "images" / name).open("rb") as image:
        stored = pictures.store(image, Path(current_app.instance_path, "files"))
    return Picture(**asdict(stored), alternative=alternative)


@dataclass(frozen=True)
class Made:
    """How many letters were made in each week, the last of which ended ``ended_weeks_ago``."""

    weeks: list[int]
    posted_share: float
    languages: dict[str, float]
    ended_weeks_ago: int = 0

    def days(self, today: date) -> Iterator[date]:
        """The day of each letter, spread over its week; the last week ends yesterday."""
        for weeks_ago, count in enumerate(reversed(self.weeks), start=self.ended_weeks_ago):
            for number in range(count):
                yield today - timedelta(days=7 * weeks_ago + 1 + int(7 * _spread(number)))

    def language(self, number: int) -> str:
        """The language of a letter, each as often as its share says."""
        bounds = zip(accumulate(self.languages.values()), self.languages, strict=True)
        return next((language for bound, language in bounds if _spread(number) < bound), next(iter(self.languages)))

    def is_posted(self, number: int) -> bool:
        return int((number + 1) * self.posted_share) > int(number * self.posted_share)


def _letters(campaign: Campaign, made: Made, today: date) -> Iterator[LetterRecord]:
    """Records of letters that nobody wrote, the same ones whenever they are asked for."""
    addressees = [target for target in campaign.targets if target.part is Part.TO]
    versions = {text.language: text.current for text in campaign.texts}
    noon = time(12, tzinfo=ZoneInfo(campaign.time_zone))
    for number, day in enumerate(made.days(today)):
        target = addressees[number % len(addressees)]
        language = made.language(number)
        key = f"demo {number}"
        form = record.form_hash(campaign, key)
        identity = record.identity(form, key, target.id)
        posted_on = min(day + timedelta(days=number % 4), today - timedelta(days=1)) if made.is_posted(number) else None
        yield LetterRecord(
            campaign=campaign,
            target=target,
            group_id=campaign.group_id,
            text_version=versions[language],
            language=language,
            country=target.country,
            reference=identity.reference,
            token_hash=keys.token_hash(identity.token),
            form=form,
            status=LetterStatus.POSTED if posted_on else LetterStatus.MADE,
            made_on=day,
            made_at=datetime.combine(day, noon),
            posted_on=posted_on,
        )


def _add_marked(letters: Iterable[LetterRecord]) -> None:
    """Store letters, those that were posted marked so at noon of their day, all of a day by one act."""
    by_day: dict[date | None, list[LetterRecord]] = defaultdict(list)
    for letter in letters:
        by_day[letter.posted_on].append(letter)
    for day, posted in by_day.items():
        if day:
            noon = datetime.combine(day, time(12), ZoneInfo(posted[0].campaign.time_zone))
            act = Act(
                at=noon, how=How.LIST, before=LetterStatus.MADE, after=LetterStatus.POSTED, day=day, count=len(posted)
            )
            db.session.add(act)
            db.session.flush()
            for letter in posted:
                letter.marked_by = act.id
        db.session.add_all(posted)


def _spread(number: int) -> float:
    return number * GOLDEN_RATIO % 1
