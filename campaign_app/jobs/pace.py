"""How far something is, how fast it goes and how long it will take, as far as that can be known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """``done`` of ``total`` units; ``lately`` of them in the last ``seconds``, which is what tells the rate."""

    done: int
    total: int
    lately: int
    seconds: float

    @property
    def share(self) -> int | None:
        """The whole per cent done, 100 only when all is; None where the total is unknown."""
        return min(self.done * 100 // self.total, 100) if self.total > 0 else None

    @property
    def rate(self) -> float | None:
        """Units a second; None before anything was done, and where the clock was set back."""
        return self.lately / self.seconds if self.lately > 0 and self.seconds > 0 else None

    @property
    def left(self) -> timedelta | None:
        """The time that the rest takes at this rate."""
        if self.rate is None or self.total <= 0:
            return None
        return timedelta(seconds=max(self.total - self.done, 0) / self.rate)
