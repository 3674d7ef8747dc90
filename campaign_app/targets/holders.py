"""Who holds an office: a new holder ends the former one's time, and whoever held it stays in the history."""

from __future__ import annotations

from datetime import date

from campaign_app.characters import folded
from campaign_app.targets.models import Greeting, Holder, Target

SHORTEST_NAME = 3  # Latin letters: shorter words of a name, as "al" or "U", are in many greetings


def name_holder(
    target: Target, honorific: str, name: str, since: date | None, *, today: date, same_person: bool = False
) -> None:
    """Set who holds the office; an empty name leaves it vacant.

    The former holder's time ends ``today`` where the name is another one, unless it is the ``same_person``.
    """
    former = target.holder
    if former and name and (same_person or former.name == name):
        former.honorific, former.name, former.since = honorific, name, since
        return
    if former:
        former.until = today
    if name:
        target.holders.append(Holder(honorific=honorific, name=name, since=since, until=None))


def can_be_undone(target: Target, today: date) -> bool:
    """Whether the office changed hands today."""
    return any(holder.until == today for holder in target.former_holders)


def undo_change(target: Target, today: date) -> None:
    """Give the office back to the holder whose time ended ``today``."""
    former = next(holder for holder in target.former_holders if holder.until == today)
    if successor := target.holder:
        target.holders.remove(successor)
    former.until = None


def outdated_greetings(target: Target) -> list[tuple[Greeting, Holder]]:
    """The greetings that still name a former holder, each with that holder."""
    return [
        (greeting, holder)
        for greeting in target.greetings
        if (holder := next((h for h in target.former_holders if _names(greeting, h, target.holder)), None))
    ]


def _names(greeting: Greeting, former: Holder, present: Holder | None) -> bool:
    """Whether the greeting has a word of the former holder's name that is not the present holder's too."""
    text = folded(f"{greeting.salutation} {greeting.closing}")
    words = set(folded(former.name).split()) - set(folded(present.name if present else "").split())
    return any(word in text.split() if word.isascii() else word in text for word in words if _is_telling(word))


def _is_telling(word: str) -> bool:
    return len(word) >= SHORTEST_NAME or (len(word) > 1 and not word.isascii())
