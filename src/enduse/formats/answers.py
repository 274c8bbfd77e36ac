"""A decision as the answer that programs read: one JSON object a deal (`assess --json`, integrator guide)."""

from __future__ import annotations

from pydantic_core import to_json

from enduse.domain.clearing import Clearing, Step
from enduse.domain.decision import Decision
from enduse.domain.trace import Reason
from enduse.domain.wording import Wording
from enduse.formats.problems import BadInput, short

# what some readers of lines take for the end of one
LINE_ENDS = tuple((mark.encode(), f"\\u{ord(mark):04x}".encode()) for mark in ("\x85", "\u2028", "\u2029"))


def answer(decision: Decision, clearing: Clearing, wording: Wording) -> dict[str, object]:
    """The whole answer on one deal, in the wording's language."""
    found: dict[str, object] = {
        "reference": decision.reference,
        "at": decision.at.isoformat(),
        "outcome": decision.outcome.name,
        "released": decision.released,
        "clauses": list(decision.clauses),
        "reasons": [_reason(reason, decision, wording) for reason in decision.reasons],
        "facts": dict(decision.facts),
        "grounds": {
            fact: [{"code": ground.code, **ground.values, "text": wording.ground(ground)} for ground in grounds]
            for fact, grounds in decision.grounds.items()
        },
        "duties": [{"when": when, "text": text, "clauses": list(clauses)} for when, text, clauses in wording.duties(decision)],
        "missing": [{"fact": fact, "question": wording.question(fact)} for fact in decision.missing],
        "clear_by": [[_step(step, decision, wording) for step in way] for way in clearing.ways],
    }
    if clearing.stuck:
        found["cannot_clear"] = [{"rule": rule, "clauses": list(clauses), "text": text} for rule, clauses, text in wording.stuck(decision, clearing)]
    if decision.remarks:
        found["remarks"] = [wording.ground(remark) for remark in decision.remarks]
    act = wording.edition.act
    return {
        **found,
        "rules": list(decision.rules),
        "edition": decision.edition,
        "table": decision.table,
        "act": None if act is None else {"act": act.act, "fingerprint": act.fingerprint},
        "reference_data": decision.reference_data,
        "engine": decision.engine,
        "lang": wording.lang,
        "fingerprint": decision.fingerprint,
    }


def bad_answer(error: BadInput, where: str, lang: str) -> dict[str, object]:
    """The answer on a deal that could not be read: the first problem, where it stands, and all of them."""
    problems = [{"error": problem.text(lang), "where": problem.where or where, "code": problem.code} for problem in error.problems]
    first = problems[0]
    return {"reference": short(error.reference) if error.reference else None, "error": first["error"], "where": first["where"], "errors": problems}


def line_of(held: dict[str, object]) -> str:
    """One answer as one line of JSON."""
    line = to_json(held)
    for mark, escape in LINE_ENDS:
        if mark in line:
            line = line.replace(mark, escape)
    return line.decode()


def _reason(reason: Reason, decision: Decision, wording: Wording) -> dict[str, object]:
    found: dict[str, object] = {
        **_rule(reason),
        "evidence": [ground.values["id"] for fact in reason.because for ground in decision.grounds.get(fact, ()) if ground.code == "evidence"],
        "text": wording.reason(decision, reason),
    }
    if reason.rule.source:
        found["act"] = reason.rule.source
    if reason.folded:
        found["folded"] = [_rule(inner) for inner in reason.folded]
    return found


def _rule(reason: Reason) -> dict[str, object]:
    rule = reason.rule
    return {"rule": rule.id, "clauses": list(rule.clauses), "effect": rule.effect.name, "basis": rule.basis, "because": dict(reason.because)}


def _step(step: Step, decision: Decision, wording: Wording) -> dict[str, object]:
    found: dict[str, object] = {"do": step.do, "fact": step.fact, "what": wording.step(step, decision)}
    if step.instead:
        found["or"] = [_step(other, decision, wording) for other in step.instead]
    return found
