"""What lies on top of the pile: the checklist of its letters, and the case for the writers' table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from flask_babel import format_decimal, gettext

from campaign_app import languages
from campaign_app.campaigns.models import Campaign
from campaign_app.documents import case_sheet, checklist
from campaign_app.documents.case_sheet import CaseSheet
from campaign_app.i18n import page_language
from campaign_app.print_runs import paper_words
from campaign_app.print_runs.imprint import Imprint
from campaign_app.print_runs.plan import Part, Plan
from campaign_app.texts import source

if TYPE_CHECKING:
    from campaign_app.print_runs.pile import Piece

MOST_COUNTRIES = 6  # that the head names


@dataclass(frozen=True, slots=True)
class Checklist:
    """The list of a run's letters, in the language of whoever asks for it."""

    plan: Plan
    campaign: Campaign
    imprint: Imprint

    def write(self, pieces: Iterable[Piece], stream: BinaryIO) -> None:
        reader = page_language()
        rows = [_row(piece, number, reader) for number, piece in enumerate(pieces, 1)]
        head = checklist.Head(
            campaign=self.campaign.title,
            group=self.imprint.first_line,
            date=languages.written_date(self.plan.day, reader),
            totals=_totals(self.plan, self.campaign, rows, reader),
            language=reader,
        )
        checklist.write_to(stream, head, rows, paper_words.of_checklist(), self.plan.layout.paper)


def write_case_sheet(plan: Plan, campaign: Campaign, imprint: Imprint, stream: BinaryIO) -> None:
    language = page_language()
    sheet = CaseSheet(
        language=language,
        title=campaign.title,
        person=campaign.person,
        reference=campaign.reference,
        story=source.blocks(campaign.story, {}) if campaign.story else (),
        demands=source.blocks(campaign.demands, {}) if campaign.demands else (),
        targets=tuple(target.title for target in campaign.targets if target.id in plan.targets),
        post_by=languages.written_date(campaign.post_by, language) if campaign.post_by else "",
        letterhead=imprint.letterhead,
    )
    stream.write(case_sheet.write(sheet, paper_words.of_case_sheet(language), plan.layout.paper))


def _row(piece: Piece, number: int, reader: str) -> checklist.Row:
    made = piece.made
    return checklist.Row(
        number=number,
        writer=made.letter.name,
        addressee=made.title,
        country=languages.country_name(made.country, reader),
        reference=made.reference,
        link=made.letter.link,
        language=made.language,
    )


def _totals(plan: Plan, campaign: Campaign, rows: list[checklist.Row], reader: str) -> tuple[tuple[str, str], ...]:
    totals = [(gettext("Letters"), format_decimal(len(rows)))]
    if Part.ENVELOPES in plan.parts:
        totals.append((gettext("Envelopes"), f"{format_decimal(len(rows))} × {plan.envelope}"))
    countries = Counter(row.country for row in rows).most_common(MOST_COUNTRIES)
    totals += [(country, format_decimal(count)) for country, count in countries if len(countries) > 1]
    if campaign.post_by:
        totals.append((gettext("Post by"), languages.written_date(campaign.post_by, reader)))
    return tuple(totals)
