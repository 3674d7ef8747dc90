"""From a filled form to letters: what the member chose and typed, composed."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext

from campaign_app.letters.composing import Addressed, Draft, addressed, compose, sender_of
from campaign_app.letters.forms import Choice, WriteForm
from campaign_app.letters.merge import Writer
from campaign_app.letters.record import Identity, form_hash, identities
from campaign_app.targets.models import Target

SKETCH = Identity("0000-0000", "0" * 22)  # as long as a real one, so that a sketch fills the same page


def drafts(form: WriteForm, choice: Choice) -> list[Draft]:
    """One letter for each chosen target, as it will be made and recorded. Raises MissingDetail."""
    key = form.key.data
    chosen = [target.id for target in chosen_targets(form, choice)]
    known_by = identities(form_hash(choice.campaign, key), key, chosen)
    return _merged(form.writer(), form, choice, lambda to: known_by[to.target_id])


def sketches(form: WriteForm, choice: Choice) -> list[Draft]:
    """The letters as far as they can be seen while the form is being filled in. Raises MissingDetail."""
    return _merged(form.writer(unnamed=gettext("Your name")), form, choice, lambda _: SKETCH)


def _merged(writer: Writer, form: WriteForm, choice: Choice, identify: Callable[[Addressed], Identity]) -> list[Draft]:
    campaign, text = choice.campaign, choice.text.current.plain
    chosen = [addressed(target, text.language) for target in chosen_targets(form, choice)]
    first = choice.follows.first if choice.follows else None
    return compose(text, sender_of(campaign), writer, chosen, form.day.data or campaign.today, identify, first)


def chosen_targets(form: WriteForm, choice: Choice) -> list[Target]:
    """The ticked targets; of embassies only those in the country that the writer writes from."""
    ticked = set(form.targets.data or ())
    embassies = [target for target in choice.embassies if target.country == form.country.data]
    return [target for target in (*choice.targets, *embassies) if target.id in ticked]
