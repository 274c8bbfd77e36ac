"""The stages of a deal as steps: what each waits for, told from the decision's missing facts and from where the deal stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from enduse.casework.deals.deciding import edition
from enduse.casework.deals.keeping import STAGES
from enduse.casework.deals.queries import Held
from enduse.domain.decision import Decision
from enduse.domain.register import lacks

# the clauses of the Declaration that a stage answers
CLAUSES = {
    "determination": "2.1",
    "identification": "1.3",
    "screening": "3.2",
    "indicators": "5.1",
    "evidence": "4.1–4.4",
    "permits": "4.2, 4.3",
    "clauses": "5.2",
    "decision": "5.1",
    "register": "5.3",
    "monitoring": "3.1",
}
MARKS = {"done": "✓", "stop": "!", "now": "●", "idle": "–", "later": "○"}
# how far a deal is, by its status: what of the last stages is behind it
PASSED = {
    "approved": ("decision", "approval"),
    "released": ("decision", "approval", "release", "register"),
    "suspended": ("approval", "register"),
    "stopped": ("approval", "register"),
    "withdrawn": ("register",),
    "refused": ("decision", "register"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A stage as the page shows it: its mark is a state in words, never colour alone."""

    stage: str
    clauses: str
    state: str  # done | waiting | stop | now | idle | later
    waiting: int = 0

    @property
    def mark(self) -> str:
        """What stands for the state beside the stage's name."""
        return str(self.waiting) if self.state == "waiting" else MARKS[self.state]


def steps(held: Held, status: str) -> list[Step]:
    """Every stage in order, with what it waits for."""
    wanted = waiting(held)
    stopped = _stopping(held.decided.decision) | _stopping(held.decided.today)
    idle = _idle(held.decided.decision)
    found = []
    for stage in STAGES:
        state = "later"
        if wanted[stage]:
            state = "waiting"
        elif stage in stopped or (stage == "release" and status in ("suspended", "stopped")):
            state = "stop"
        elif STAGES.index(stage) < STAGES.index("decision"):
            state = "idle" if stage in idle else "done"
        elif stage in PASSED.get(status, ()) or (stage == "decision" and held.decided.decision.released and held.decided.today.released):
            state = "done"
        elif stage == held.deal.stage:
            state = "now"
        found.append(Step(stage, CLAUSES.get(stage, ""), state, wanted[stage]))
    return found


def waiting(held: Held) -> Counter[str]:
    """How many answers each stage still owes, for the deal's day or for today, and how many of its checks count no more."""
    facts = edition().facts
    wanted = dict.fromkeys((*held.decided.decision.missing, *held.decided.today.missing))
    found = Counter(facts[fact].stage for fact in wanted if fact in facts and fact != "record")
    if "record" in wanted:
        for lack in lacks(held.decided.deal):
            if lack != "identification":
                found["register" if lack == "documents" else "intake"] += 1
    if held.stale_checks and not held.closed:
        found.update(facts[edition().checks[word]].stage for word in held.stale_checks if word in edition().checks)
    if held.unscreened and not held.closed and not found["screening"]:
        found["screening"] += 1
    if held.unsigned and not held.closed:
        found["identification"] += 1
    return found


def _stopping(decision: Decision) -> set[str]:
    """The stages whose facts, known as they are, stop the deal."""
    facts = edition().facts
    return {
        facts[fact].stage
        for reason in decision.reasons
        if not reason.rule.effect.releases
        for fact, level in reason.because.items()
        if fact in facts and level not in facts[fact].open and not facts[fact].gate
    }


def _idle(decision: Decision) -> set[str]:
    """The stages that hold questions without an answer, which this deal does not wait for."""
    return {fact.stage for name, fact in edition().facts.items() if decision.facts.get(name) in fact.open and name not in decision.missing}
