"""Deciding again under what a decision recorded, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enduse.domain.decision import Decision
from enduse.domain.rules import canonical

COMPARED = ("facts", "outcome", "rules", "clauses")


@dataclass(frozen=True, slots=True)
class Replayed:
    """What differs between a recorded decision and the one made again: for each part what was recorded and what is now."""

    differs: Mapping[str, tuple[object, object]]
    same_content: bool
    engine: str | None = None  # the recorded engine, where it is another

    @property
    def same(self) -> bool:
        """Whether facts, outcome, rules and clauses are the same."""
        return not self.differs


def compare(recorded: Mapping[str, object], decision: Decision) -> Replayed:
    """Hold a decision made again against the record: the compared parts equal as canonical JSON, or each difference.

    Of the facts, only those that differ are told.
    """
    now = parts(decision)
    differs: dict[str, tuple[object, object]] = {}
    for part in COMPARED:
        then = recorded.get(part)
        if canonical(then) == canonical(now[part]):
            continue
        if part == "facts" and isinstance(then, Mapping):
            levels = decision.facts
            changed = sorted({*then, *levels}, key=str)
            for fact in changed:
                if fact not in then or fact not in levels or then[fact] != levels[fact]:
                    differs[f"facts.{fact}"] = (then.get(fact), levels.get(fact))
        else:
            differs[part] = (then, now[part])
    engine = recorded.get("engine")
    return Replayed(differs, recorded.get("fingerprint") == decision.fingerprint, str(engine) if engine != decision.engine else None)


def parts(decision: Decision) -> dict[str, object]:
    """The parts of a decision that a replay compares."""
    return {
        "facts": dict(decision.facts),
        "outcome": decision.outcome.name,
        "rules": list(decision.rules),
        "clauses": list(decision.clauses),
    }
