"""What is still to be done for a group, as a handover lists it: each package that leaves work open says so here.

@outstanding.source
def unfinished_runs(group: Group) -> Iterable[Outstanding]:
    yield Outstanding(gettext("…"), url_for("print_runs.show", run_id=…), with_whom="…")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from campaign_app.groups.models import Group


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Something to be done, in the language of the page, where one does it, and with whom it is, if with somebody."""

    text: str
    url: str
    with_whom: str = ""


Source = Callable[[Group], Iterable[Outstanding]]

SOURCES: list[Source] = []


def source(found: Source) -> Source:
    """Register what lists the outstanding things of one kind."""
    SOURCES.append(found)
    return found


def of(group: Group) -> list[Outstanding]:
    """Everything outstanding in a group, kind by kind."""
    return [thing for source in SOURCES for thing in source(group)]
