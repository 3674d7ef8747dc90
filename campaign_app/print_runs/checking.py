"""What is wrong with a row before anything is printed: each rule names the field where it can be mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from campaign_app.documents import envelopes, fonts, labels
from campaign_app.documents.chunk import Failed
from campaign_app.documents.envelopes import Envelope
from campaign_app.documents.labels import LabelAddress
from campaign_app.documents.press import Press
from campaign_app.documents.unfit import NoRoom, OutsideWindow, TooLong, Unfit, Unprintable
from campaign_app.letters.checks import forbidden_in, whole_text
from campaign_app.letters.composing import Draft
from campaign_app.letters.letter import Letter
from campaign_app.letters.merge import MissingDetail
from campaign_app.print_runs.plan import Part
from campaign_app.print_runs.rows import Problem, WriterValues
from campaign_app.print_runs.setup import SKETCH, Setup
from campaign_app.print_runs.similarity import near_identical

# Where a part of a letter comes from in a row; whatever else is the campaign's or the target's.
FIELD_OF_PART = {"sender": "name", "name": "name", "place_and_date": "city", "body": "message"}
FIELD_OF_DETAIL = {"writer": "name", "place": "city", "own_words": "message", "introduction": "occupation"}
MOST_COMPARED = 20_000  # messages; more would take too much memory at once
BY_HAND = ("writer", "place", "introduction", "own_words")  # what a guest's letter has no words for
TYPED = ("name", "street", "city", "region", "postcode", "nationality", "occupation", "message")


def check(setup: Setup, writers: Sequence[WriterValues], press: Press) -> list[list[Problem]]:
    """What keeps each writer's letters from being printed; an empty list where nothing does."""
    found: list[list[Problem]] = []
    letters: list[tuple[int, Draft]] = []
    for number, writer in enumerate(writers):
        try:
            drafts = setup.letters(writer, lambda _: SKETCH)
        except MissingDetail as missing:
            found.append([_missing(missing.field, writer)])
            continue
        found.append(list(dict.fromkeys(_of_letters(drafts, writer, setup))) or _no_target(drafts))
        if not found[-1]:
            letters += [(number, draft) for draft in drafts]
        found[-1] += _notes(writer, setup)
    problems = _on_paper([draft.letter for _, draft in letters], setup, press)
    for (number, _), problem in zip(letters, problems, strict=True):
        if problem and problem not in found[number]:
            found[number].append(problem)
    return found


def alike(messages: Sequence[tuple[int, str]]) -> dict[int, Problem]:
    """What to note of rows whose writers say almost the same in their own words as an earlier row, by number."""
    said = [(number, message) for number, message in messages if message][:MOST_COMPARED]
    notes: dict[int, Problem] = {}
    for first, *others in near_identical([text for _, text in said]):
        notes |= {said[other][0]: Problem("alike", "message", str(said[first][0])) for other in others}
    return notes


def _missing(detail: str, writer: WriterValues) -> Problem:
    if writer.guest and detail in BY_HAND:
        return Problem("by hand", "", detail)
    return Problem("missing", FIELD_OF_DETAIL.get(detail, ""), detail)


def _notes(writer: WriterValues, setup: Setup) -> Iterator[Problem]:
    """What will not stand in the letter although the row has it."""
    if setup.is_country(writer.nationality):
        yield Problem("nationality", "nationality", writer.nationality)
    if writer.message and not setup.texts[setup.language_for(writer)].has_own_words:
        yield Problem("no place", "message")


def _no_target(drafts: Sequence[Draft]) -> list[Problem]:
    return [] if drafts else [Problem("no target", "country")]


def _of_letters(drafts: Iterable[Draft], writer: WriterValues, setup: Setup) -> Iterator[Problem]:
    for draft in drafts:
        for phrase in forbidden_in(whole_text(draft.letter), setup.forbidden):
            yield Problem("forbidden", _typed_in(writer, [phrase]), phrase)
        for part, characters in fonts.find_unprintable(draft.letter).items():
            field = _typed_in(writer, characters) or FIELD_OF_PART.get(part, "")
            yield Problem("unprintable", field, " ".join(characters))
        yield from _of_addresses(draft.letter, setup)


def _of_addresses(letter: Letter, setup: Setup) -> Iterator[Problem]:
    """What does not fit the envelope or the label."""
    plan = setup.plan
    try:
        if Part.ENVELOPES in plan.parts:
            envelopes.check(envelope_of(letter, setup.return_address), plan.envelope_size, plan.envelope_layout)
        if Part.LABELS in plan.parts:
            labels.check(label_of(letter), plan.labels)
    except NoRoom as none:
        field = "street" if none.field == "sender" and not setup.return_address else ""
        yield Problem("no room", field, none.address)
    except Unprintable:
        pass  # the letter says so already


def envelope_of(letter: Letter, return_address: tuple[str, ...] = ()) -> Envelope:
    """The letter's envelope. Without a ``return_address`` it has the writer's; a guest writes it by hand."""
    sender = return_address or (() if letter.by_hand else letter.sender)
    return Envelope(sender, letter.addressee, letter.language, letter.language)


def label_of(letter: Letter) -> LabelAddress:
    return LabelAddress(letter.addressee, letter.language)


def _on_paper(letters: Sequence[Letter], setup: Setup, press: Press) -> Iterator[Problem | None]:
    for chunk in press.chunks(letters, setup.plan.layout):
        for page in chunk.pages:
            yield problem_of(page) if isinstance(page, Exception) else None


def problem_of(fault: Unfit | Failed) -> Problem:
    """What a press has to say of a letter that it cannot print."""
    match fault:
        case TooLong():
            return Problem("too long", "message", str(fault.pages))
        case OutsideWindow():
            return Problem("window", "street" if fault.field == "sender" else "")
        case Unprintable():
            return Problem("unprintable", FIELD_OF_PART.get(fault.field, ""), " ".join(fault.characters))
        case Failed():
            return Problem("failed")
    raise fault


def _typed_in(writer: WriterValues, phrases: Sequence[str]) -> str:
    """The row's field in which one of the phrases stands, if any."""
    for field in TYPED:
        value = getattr(writer, field)
        if any(phrase in value or forbidden_in(value, [phrase]) for phrase in phrases):
            return field
    return ""
