"""All that the letters of a run have in common, read from the database once and in plain values from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from campaign_app import keys, languages
from campaign_app.campaigns.models import Campaign
from campaign_app.db import db
from campaign_app.letters import problems, record
from campaign_app.letters.composing import Addressed, Draft, Sender, addressed, compose, sender_of
from campaign_app.letters.introduction import introduction
from campaign_app.letters.merge import Text
from campaign_app.letters.record import Identity
from campaign_app.print_runs.imprint import imprint_of
from campaign_app.print_runs.models import PrintRun
from campaign_app.print_runs.plan import Part, Plan
from campaign_app.print_runs.rows import WriterValues
from campaign_app.targets.countries import country_code
from campaign_app.targets.models import Part as TargetPart
from campaign_app.targets.models import Target
from campaign_app.texts import library
from campaign_app.texts.source import OWN_WORDS

SKETCH = Identity("0000-0000", "0" * 22)  # as long as a real one, so that a check fills the same page


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A text of the campaign, and the targets as letters in its language address them.

    ``has_own_words`` where the text has a place for those of the writer.
    """

    version_id: int
    text: Text
    targets: tuple[Addressed, ...]
    embassies: tuple[Addressed, ...]
    has_own_words: bool


@dataclass(frozen=True, slots=True)
class Setup:
    """What merging needs besides a writer. ``home`` is the country of writers who do not say theirs.

    ``return_address`` stands on envelopes in place of the writer's; it may be empty.
    """

    plan: Plan
    sender: Sender
    texts: dict[str, InLanguage]
    forbidden: tuple[str, ...]
    home: str
    return_address: tuple[str, ...] = ()

    def language_for(self, writer: WriterValues) -> str:
        """The first of the writer's languages that the campaign has a text in, else the run's."""
        known = (found for tag in writer.languages if (found := languages.best_match(tag, self.texts)))
        return next(known, self.plan.language)

    def addressed_by(self, writer: WriterValues) -> tuple[Addressed, ...]:
        """Whom the writer's letters go to."""
        said = self.texts[self.language_for(writer)]
        embassies = (to for to in said.embassies if to.addressee.country == (writer.country or self.home))
        return (*said.targets, *embassies)

    def letters(self, writer: WriterValues, identify: Callable[[Addressed], Identity]) -> list[Draft]:
        """The writer's letters, one to each target. Raises MissingDetail."""
        said = self.texts[self.language_for(writer)]
        merged = writer.at_home_in(self.home).writer(self._introduction(said.text.language, writer))
        return compose(said.text, self.sender, merged, self.addressed_by(writer), self.plan.day, identify)

    def _introduction(self, language: str, writer: WriterValues) -> str:
        patterns = library.introductions(language)
        nationality = "" if self.is_country(writer.nationality) else writer.nationality
        return introduction(patterns, language, nationality, writer.occupation) if patterns else ""

    @staticmethod
    def is_country(nationality: str) -> bool:
        """Whether it names a country, which no sentence can take: ``KR`` or ``Korea`` where ``Korean`` is wanted."""
        return bool(nationality) and country_code(nationality) is not None


def setup_of(run: PrintRun) -> Setup:
    """What the letters of ``run`` have in common, as it stands in the database now."""
    home = run.group.country if run.group else current_app.config["COUNTRY"]
    return setup(run.campaign, run.plan, home, imprint_of(run.group, run.plan).return_address)


def setup(campaign: Campaign, plan: Plan, home: str, return_address: tuple[str, ...] = ()) -> Setup:
    chosen = [target for target in campaign.targets if target.id in plan.targets]
    embassies = embassies_about(campaign) if Part.EMBASSY in plan.parts else []
    texts = {
        text.language: InLanguage(
            text.current.id,
            text.current.plain,
            tuple(addressed(target, text.language) for target in chosen),
            tuple(addressed(target, text.language) for target in embassies),
            OWN_WORDS in text.current.plain.fields,
        )
        for text in campaign.texts
    }
    forbidden = tuple(problems.forbidden_phrases(campaign))
    return Setup(plan, sender_of(campaign), texts, forbidden, home, return_address)


def embassies_about(campaign: Campaign) -> list[Target]:
    """The embassies of the campaign's country, wherever they are."""
    query = select(Target).where(Target.part == TargetPart.EMBASSY, Target.represents == campaign.country)
    return list(db.session.scalars(query.order_by(Target.country, Target.id)))


def form_of(run: PrintRun, number: int) -> str:
    """What stands for the form in the records of a row's letters: it keeps them from being recorded twice."""
    return keys.token_hash(f"print run {run.key}: {number}")


def identities(run: PrintRun, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Identity]:
    """What letters are known by, for pairs of a row's number and a target's id: the same whenever they are asked for.

    No reference is in use by another letter.
    """
    secret = current_app.config["SECRET_KEY"]
    tokens = {(number, to): keys.token(secret, "run", run.key, str(number), str(to)) for number, to in wanted}
    references = record.references(tokens.values())
    return {pair: Identity(references[token], token) for pair, token in tokens.items()}
