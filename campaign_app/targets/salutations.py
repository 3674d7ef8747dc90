"""How letters to an office begin and close: agreed for a target, or proposed by kind of office and language."""

from __future__ import annotations

import tomllib
from functools import cache

from campaign_app.resources import LETTER_TEMPLATES
from campaign_app.targets.models import Greeting, Office, Target


def greeting_for(target: Target, language: str) -> tuple[str, str]:
    """Salutation and closing of a letter to ``target``, each as agreed, else as proposed, else empty.

    Nothing is proposed for a person who holds no office: the text itself knows best how to greet a prisoner.
    """
    agreed = target.greeting(language) or Greeting(salutation="", closing="")
    salutation, closing = ("", "") if target.office is Office.PERSON else proposal(target.office, language)
    return agreed.salutation or salutation, agreed.closing or closing


def proposal(office: str, language: str) -> tuple[str, str]:
    """Salutation and closing that suit the kind of office; empty ones where none are known in ``language``."""
    known = _proposals().get(office, {}).get(language, {})
    return known.get("salutation", ""), known.get("closing", "")


@cache
def _proposals() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((LETTER_TEMPLATES / "salutations.toml").read_text(encoding="utf-8"))
