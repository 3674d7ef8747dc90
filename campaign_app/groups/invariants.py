"""What must hold of decisions."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from campaign_app.groups.decision_models import Decision, DecisionOption, Voter
from campaign_app.invariants import each, invariant


@invariant("No decision has more voters than votes")
def votes_are_counted() -> Iterator[str]:
    """There may be fewer: a vote stays counted when its voter is deleted or forgotten."""
    voters = select(func.count()).where(Voter.decision_id == Decision.id).scalar_subquery()
    votes = select(func.sum(DecisionOption.votes)).where(DecisionOption.decision_id == Decision.id).scalar_subquery()
    yield from each("decision {}", select(Decision.id).where(voters > func.coalesce(votes, 0)))
