"""The 22 indicators: what the file states joined with what a detector found (5.1, Appendix 1, readings 2-4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from enduse.domain.deal import Stated

FoundState = Literal["present", "absent", "unknown", "not_applicable"]
Answered = Literal["computed", "proposed", "asked"]


@dataclass(frozen=True, slots=True)
class Found:
    """A detector's own answer about one indicator, and what it rests on (codes and values)."""

    state: FoundState
    basis: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """What detectors and screening contributed to a decision; fingerprinted with it."""

    indicators: Mapping[str, Found] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """Plain data for the fingerprint."""
        return {"indicators": {key: [found.state, dict(found.basis)] for key, found in self.indicators.items()}}


NOTHING_FOUND = Findings()


def state(stated: Stated | None, found: Found | None, answered: Answered) -> str:
    """What counts as an indicator's state.

    Found present raises a stated absent, excused or unknown to present; only `explained` answers it. Without a statement,
    found absent counts as absent only for a computed indicator, not applicable is absent, and all else is unknown.
    """
    if found is not None and found.state == "present":
        return "explained" if stated is not None and stated.state == "explained" else "present"
    if stated is not None:
        return stated.state
    if found is None:
        return "unknown"
    if found.state == "not_applicable":
        return "absent"
    return "absent" if found.state == "absent" and answered == "computed" else "unknown"
