"""The decision panel: outcome, why, what is missing, what would lift the stop, duties, holds and the release, in the page's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from enduse.casework.deals.deciding import edition
from enduse.casework.deals.queries import Held
from enduse.domain.clearing import Clearing, Step, clear_by
from enduse.domain.decision import Decision
from enduse.domain.trace import Reason
from enduse.domain.wording import MOST_TITLES, Wording, day
from enduse.words import say

# steps of a way out that are taken on another stage than the one that asks for their fact
STEP_STAGES = {"permit": "permits", "later_permit": "permits", "identification": "identification", "record": "register", "choice": "decision"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome on a day, in words."""

    code: str
    name: str
    note: str
    released: bool
    day: str


@dataclass(frozen=True, slots=True)
class Why:
    """A reason in words, with its clauses and the rules that say the same or that it covers."""

    clauses: str
    text: str
    code: str
    rule: str = ""
    basis: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """Something to do, the stage where it is done, and the place on its page."""

    text: str
    stage: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything that the panel says of a deal."""

    verdict: Verdict
    today: Verdict | None  # where today's outcome is another
    why: list[Why]
    why_today: list[Why]  # where today's outcome is another
    missing: list[Linked]
    released: bool  # for the deal's day and for today
    ways: list[list[Linked]]
    stuck: list[Why]
    duties: list[tuple[str, list[Why]]]
    remarks: list[str]


def panel(held: Held, lang: str) -> Panel:
    """The decision on what stands, in words."""
    worded = wording(lang)
    decision, today = held.decided.decision, held.decided.today
    differs = today.outcome != decision.outcome
    stopping = today if decision.released and not today.released else decision  # the day that stops the deal is the one to clear
    clearing = clear_by(held.decided.deal, stopping, worded.edition)
    return Panel(
        verdict=verdict(decision, worded),
        today=verdict(today, worded) if differs else None,
        why=whys(decision, worded),
        why_today=whys(today, worded) if differs else [],
        missing=[Linked(worded.question(fact), stage_asking(fact), place_of(fact)) for fact in dict.fromkeys((*decision.missing, *today.missing))],
        released=stopping.released,
        ways=[steps_of(way, stopping, worded) for way in clearing.ways],
        stuck=_stuck(stopping, clearing, worded),
        duties=_duties(decision, worded),
        remarks=[worded.ground(remark) for remark in decision.remarks],
    )


def wording(lang: str) -> Wording:
    """The words of the edition in force; made once for each language."""
    held = edition()
    return _wording(held.table.fingerprint, held.fingerprint, lang)


@lru_cache(maxsize=4)
def _wording(_table: str, _fingerprint: str, lang: str) -> Wording:
    return Wording(edition(), lang)


def verdict(decision: Decision, worded: Wording) -> Verdict:
    """The outcome in words."""
    name = decision.outcome.name
    return Verdict(name, worded.outcome(decision.outcome), worded.phrase("outcome_notes", name), decision.released, day(decision.at, worded.lang))


def whys(decision: Decision, worded: Wording) -> list[Why]:
    """The reasons in words, strictest first; house rules that say the same of the same facts are told once."""
    return [_why(decision, reason, twins, worded) for reason, twins in with_twins(decision.reasons, worded.edition.gates)]


def with_twins(reasons: Sequence[Reason], gates: frozenset[str]) -> list[tuple[Reason, list[Reason]]]:
    """Each reason with the house rules that say the same of the same facts, so that people read it once."""
    found: list[tuple[Reason, list[Reason]]] = []
    for reason in reasons:
        named = set(reason.because) - gates
        for first, twins in found:
            if first.rule.effect == reason.rule.effect and reason.rule.basis == "policy" and named and named <= set(first.because):
                twins.append(reason)
                break
        else:
            found.append((reason, []))
    return found


def _why(decision: Decision, reason: Reason, twins: Iterable[Reason], worded: Wording) -> Why:
    rule = reason.rule
    others = [*twins, *reason.folded, *(inner for twin in twins for inner in twin.folded)]
    return Why(
        clauses=", ".join(rule.clauses),
        text=worded.reason(decision, reason),
        code=rule.effect.name,
        rule=rule.id,
        basis=worded.phrase("basis", rule.basis),
        also=tuple(f"{other.rule.id} ({', '.join(other.rule.clauses)})" for other in others),
    )


def stage_asking(fact: str) -> str:
    """The stage on which a fact is answered."""
    found = edition().facts.get(fact)
    return found.stage if found else "intake"


def place_of(fact: str) -> str:
    """Where on the page of its stage a check is stated; empty for any other fact."""
    found = edition().facts.get(fact)
    return f"check-{found.check}" if found is not None and found.check else ""


def steps_of(way: Sequence[Step], decision: Decision, worded: Wording) -> list[Linked]:
    """The steps of a way in words; answers to many indicators in one."""
    answers = [step.fact for step in way if step.do == "indicator" and not step.instead]
    if len(answers) <= MOST_TITLES:
        return [_step(step, decision, worded) for step in way]
    together = worded.phrase("steps", "indicators_many").format(keys=worded.keys(answers))
    return [*(_step(step, decision, worded) for step in way if step.fact not in answers), Linked(together, "indicators")]


def _step(step: Step, decision: Decision, worded: Wording) -> Linked:
    said = [_told(step, decision, worded), *(say("assess.or", worded.lang) + _told(other, decision, worded) for other in step.instead)]
    return Linked("; ".join(said), STEP_STAGES.get(step.do) or stage_asking(step.fact), place_of(step.fact))


def _told(step: Step, decision: Decision, worded: Wording) -> str:
    """A step in words; a check without the key of the deal file that a page does not show."""
    if step.do == "check":
        return say("case.do_check", worded.lang, name=worded.edition.facts[step.fact].name.of(worded.lang))
    return worded.step(step, decision)


def _stuck(decision: Decision, clearing: Clearing, worded: Wording) -> list[Why]:
    """Why nothing releases the deal: each reason said once, with the clauses of all that say it."""
    found: dict[str, dict[str, None]] = {}
    for _, clauses, text in worded.stuck(decision, clearing):
        found.setdefault(text, {}).update(dict.fromkeys(clauses))
    return [Why(", ".join(clauses), text, decision.outcome.name) for text, clauses in found.items()]


def _duties(decision: Decision, worded: Wording) -> list[tuple[str, list[Why]]]:
    found: dict[str, list[Why]] = {}
    for when, text, clauses in worded.duties(decision):
        found.setdefault(worded.phrase("stages", when), []).append(Why(", ".join(clauses), text, ""))
    return list(found.items())
