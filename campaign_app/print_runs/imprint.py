"""What a group puts on what it prints."""

from __future__ import annotations

from dataclasses import dataclass

from campaign_app.groups.models import Group
from campaign_app.print_runs.plan import Plan, ReturnTo


@dataclass(frozen=True, slots=True)
class Imprint:
    """Lines at the head of what the group itself prints, and whereto its envelopes return, if not to the writers."""

    name: str = ""
    letterhead: tuple[str, ...] = ()
    return_address: tuple[str, ...] = ()

    @property
    def first_line(self) -> str:
        """Where there is room for one line alone."""
        return self.letterhead[0] if self.letterhead else self.name


def imprint_of(group: Group | None, plan: Plan) -> Imprint:
    """The imprint as it is now; a group without a return address leaves envelopes with their writers'."""
    if group is None:
        return Imprint()
    back = group.return_address if plan.return_to is ReturnTo.GROUP else ""
    return Imprint(group.name, tuple(group.letterhead.splitlines()), tuple(back.splitlines()))
