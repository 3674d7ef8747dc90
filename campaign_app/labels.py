"""What people read for the values that are stored: one label a value, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.fields.choices import SelectChoice

from campaign_app.campaigns.models import Kind, Reason, SenderAddress, Status, Theme
from campaign_app.forms import options
from campaign_app.groups.activity_models import ActivityKind
from campaign_app.groups.models import Duty, GroupStatus
from campaign_app.jobs.models import JobState
from campaign_app.letters.models import LetterStatus
from campaign_app.outcomes.models import WhatHappened
from campaign_app.people.models import Purpose, Role, Way
from campaign_app.petitions.counting import Invalid, Standing
from campaign_app.petitions.delivery_models import DeliveryStatus
from campaign_app.petitions.sheet_models import SheetStatus
from campaign_app.replies.models import ReplyKind
from campaign_app.targets.models import Office, Part
from campaign_app.tracking.letter_list import State
from campaign_app.tracking.models import HandwrittenKind, How

_LABELS: list[tuple[StrEnum, Any]] = [
    (Kind.URGENT_ACTION, _("Urgent action")),
    (Kind.CASE, _("Case")),
    (Kind.WRITE_FOR_RIGHTS, _("Write for Rights")),
    (Kind.PETITION, _("Petition")),
    (Kind.SOLIDARITY, _("Solidarity cards")),
    (Theme.FREEDOM_OF_EXPRESSION, _("Freedom of expression")),
    (Theme.TORTURE, _("Torture")),
    (Theme.DEATH_PENALTY, _("Death penalty")),
    (Theme.WOMENS_RIGHTS, _("Women’s rights")),
    (Theme.UNFAIR_LAWS, _("Unfair laws")),
    (Theme.HEALTH_IN_DETENTION, _("Health in detention")),
    (Theme.MINORITIES, _("Minorities")),
    (Theme.REFUGEES, _("Refugees")),
    (Theme.ENVIRONMENT, _("Environment")),
    (Theme.OTHER, _("Other theme")),
    (Status.DRAFT, _("Draft")),
    (Status.OPEN, _("Open")),
    (Status.SUSPENDED, _("Suspended")),
    (Status.CLOSED, _("Closed")),
    (Reason.RELEASED, _("Released")),
    (Reason.IMPROVED, _("The situation improved")),
    (Reason.STOP_ACTION, _("Letters should stop")),
    (Reason.EXPIRED, _("The time is over")),
    (Reason.SAFETY, _("For the safety of someone")),
    (Reason.DIED, _("The person died")),
    (Reason.OTHER, _("Another reason")),
    (SenderAddress.FULL, _("Full address")),
    (SenderAddress.CITY, _("City and country")),
    (SenderAddress.COUNTRY, _("Country only")),
    (SenderAddress.NONE, _("No address")),
    (LetterStatus.MADE, _("Made")),
    (LetterStatus.POSTED, _("Posted")),
    (LetterStatus.ANSWERED, _("Answered")),
    (LetterStatus.RETURNED, _("Returned")),
    (LetterStatus.VOID, _("Void")),
    (How.OWN_PAGE, _("On the letter’s own page")),
    (How.SCAN, _("By scan or reference")),
    (How.LIST, _("In a list")),
    (How.SHELL, _("From the command line")),
    (How.REPLY, _("With a reply")),
    (HandwrittenKind.LETTER, _("Handwritten letters")),
    (HandwrittenKind.CARD, _("Cards")),
    (HandwrittenKind.OTHER, _("Other writings")),
    (State.MADE, _("Made")),
    (State.WAITING, _("Made, not posted")),
    (State.POSTED, _("Posted")),
    (State.ANSWERED, _("Answered")),
    (State.RETURNED, _("Returned")),
    (State.VOID, _("Void")),
    (Office.HEAD_OF_STATE, _("Head of state")),
    (Office.HEAD_OF_GOVERNMENT, _("Head of government")),
    (Office.MINISTER, _("Minister")),
    (Office.AMBASSADOR, _("Ambassador")),
    (Office.ATTORNEY_GENERAL, _("Attorney general or prosecutor")),
    (Office.JUDGE, _("Judge or court")),
    (Office.PRISON_DIRECTOR, _("Prison director")),
    (Office.POLICE_CHIEF, _("Chief of police")),
    (Office.GOVERNOR, _("Governor")),
    (Office.MAYOR, _("Mayor")),
    (Office.MEMBER_OF_PARLIAMENT, _("Member of parliament")),
    (Office.COMMANDER, _("Military commander")),
    (Office.AUTHORITY, _("Another authority")),
    (Office.PERSON, _("A person, such as a prisoner or a family")),
    (Part.TO, _("To")),
    (Part.COPY, _("Copy to")),
    (Part.EMBASSY, _("Embassy in the writer’s country")),
    (Role.MEMBER, _("Member")),
    (Role.ORGANIZER, _("Organizer")),
    (Role.STAFF, _("Staff")),
    (JobState.QUEUED, _("Waiting to begin")),
    (JobState.RUNNING, _("Under way")),
    (JobState.CANCELLING, _("Being cancelled")),
    (JobState.CANCELLED, _("Cancelled")),
    (JobState.DONE, _("Done")),
    (JobState.FAILED, _("Failed")),
    (Purpose.LETTERS, _("Letters in one’s name")),
    (Purpose.CONTACT, _("Being written to")),
    (Purpose.NEWS, _("News of cases")),
    (Way.FORM, _("On a form")),
    (Way.PAPER, _("On paper")),
    (Way.EMAIL, _("By e-mail")),
    (Way.SPOKEN, _("In a talk")),
    (GroupStatus.PROVISIONAL, _("Provisional")),
    (GroupStatus.REGISTERED, _("Registered")),
    (GroupStatus.DORMANT, _("Dormant")),
    (Duty.COORDINATOR, _("Coordinator")),
    (Duty.DEPUTY, _("Deputy coordinator")),
    (Duty.TREASURER, _("Treasurer")),
    (Duty.SECRETARY, _("Secretary")),
    (Duty.CAMPAIGNS, _("Campaign officer")),
    (Duty.OTHER, _("Another duty")),
    (ReplyKind.ACKNOWLEDGEMENT, _("Acknowledgement")),
    (ReplyKind.SUBSTANTIVE, _("Answer to what was asked")),
    (ReplyKind.TRANSFERRED, _("Passed on to another office")),
    (ReplyKind.REFUSED, _("Refusal")),
    (ReplyKind.HOSTILE, _("Hostile")),
    (ReplyKind.RETURNED_MAIL, _("Our letter came back undelivered")),
    (WhatHappened.RELEASED, _("Released")),
    (WhatHappened.RELEASED_ON_BAIL, _("Released on bail or conditions")),
    (WhatHappened.CHARGES_DROPPED, _("Charges dropped")),
    (WhatHappened.ACQUITTED, _("Acquitted")),
    (WhatHappened.SENTENCE_COMMUTED, _("Sentence commuted")),
    (WhatHappened.SENTENCE_REDUCED, _("Sentence reduced")),
    (WhatHappened.CONDITIONS_IMPROVED, _("Better conditions in detention")),
    (WhatHappened.TRANSFERRED, _("Moved to another prison")),
    (WhatHappened.LAW_CHANGED, _("A law or practice changed")),
    (WhatHappened.OTHER_PROGRESS, _("Other progress")),
    (WhatHappened.CONVICTED, _("Convicted")),
    (WhatHappened.CONDITIONS_WORSENED, _("Worse conditions in detention")),
    (WhatHappened.DIED, _("Died")),
    (WhatHappened.OTHER, _("Something else happened")),
    (ActivityKind.LETTER_EVENING, _("Letter evening")),
    (ActivityKind.STREET_STALL, _("Street stall")),
    (ActivityKind.VISIT, _("Visit")),
    (ActivityKind.VIGIL, _("Vigil")),
    (ActivityKind.TALK, _("Talk")),
    (ActivityKind.DINNER, _("Dinner")),
    (ActivityKind.OTHER, _("Something else")),
    (SheetStatus.PRINTED, _("Printed")),
    (SheetStatus.ISSUED, _("Issued")),
    (SheetStatus.RETURNED, _("Returned")),
    (SheetStatus.MISSING, _("Missing")),
    (SheetStatus.SPOILED, _("Spoiled")),
    (SheetStatus.VOID, _("Void")),
    (SheetStatus.COUNTED, _("Counted")),
    (SheetStatus.DELIVERED, _("Delivered")),
    (Standing.UNCHECKED, _("To be checked")),
    (Standing.DISPUTED, _("To be settled")),
    (Standing.VERIFIED, _("Verified")),
    (Invalid.STRUCK_OUT, _("Struck out")),
    (Invalid.ILLEGIBLE, _("Illegible")),
    (Invalid.BLANK, _("Field blank")),
    (Invalid.OUTSIDE_DATES, _("Outside the dates")),
    (Invalid.NOT_ELIGIBLE, _("Not eligible")),
    (Invalid.DUPLICATE, _("Duplicate")),
    (DeliveryStatus.PACKED, _("Packed")),
    (DeliveryStatus.POSTED, _("Posted")),
    (DeliveryStatus.ACCEPTED, _("Accepted")),
    (DeliveryStatus.REFUSED, _("Refused")),
    (DeliveryStatus.WITHDRAWN, _("Unpacked")),
]
# Members of two enumerations are equal where their strings are, so that the kind of a value belongs to its key.
LABELS = {(type(value), value): text for value, text in _LABELS}


def label(value: StrEnum) -> Any:
    """The label of a stored value; it is translated when it is shown."""
    return LABELS[type(value), value]


def labelled(values: Iterable[StrEnum]) -> list[tuple[str, Any]]:
    """Values with their labels, for a template."""
    return [(value.value, label(value)) for value in values]


def choices(values: Iterable[StrEnum]) -> list[SelectChoice]:
    """Values with their labels, for a select field."""
    return options(labelled(values))
