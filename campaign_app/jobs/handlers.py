"""Who does which kind of job: functions register here by the kind's name.

@handles("print run", permission="print letters", title=_("Print run"), page=_page)
def make_letters(work: Work) -> None: ...

@daily("forget expired letters")
def forget(work: Work) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _

if TYPE_CHECKING:
    from campaign_app.jobs.models import Job
    from campaign_app.jobs.work import Work

Task = Callable[["Work"], None]


@dataclass(frozen=True, slots=True)
class Handler:
    """How jobs of a kind are done.

    ``permission`` is what whoever asked must hold for the job's group when it starts, if anything. ``page`` is the
    address of the page that a job belongs to.
    """

    task: Task
    permission: str | None
    title: Any
    page: Callable[[Job], str] | None
    is_daily: bool


HANDLERS: dict[str, Handler] = {}


def handles(
    kind: str,
    *,
    permission: str | None,
    title: Any,
    page: Callable[[Job], str] | None = None,
) -> Callable[[Task], Task]:
    """Have jobs of ``kind`` done by the function.

    It may be called again for the same job, after a crash or when it is resumed: then it does what is still to be done.
    """

    def register(task: Task) -> Task:
        _register(kind, Handler(task, permission, title, page, is_daily=False))
        return task

    return register


def daily(kind: str) -> Callable[[Task], Task]:
    """Have the function called once a day, soon after midnight in the section's time zone."""

    def register(task: Task) -> Task:
        _register(kind, Handler(task, None, _("Daily work"), None, is_daily=True))
        return task

    return register


def _register(kind: str, handler: Handler) -> None:
    if kind in HANDLERS:
        raise KeyError(f"{kind} is done by another function.")
    HANDLERS[kind] = handler
