"""One deal decided under one edition: facts, outcome, reasons, what is missing, duties, and the fingerprint of it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date

from enduse import __version__
from enduse.domain.deal import Deal
from enduse.domain.edition import Edition
from enduse.domain.evidence import rebuttals
from enduse.domain.facts import Facts, facts_of
from enduse.domain.indicators import NOTHING_FOUND, Findings
from enduse.domain.rules import Effect, fingerprint
from enduse.domain.trace import Ground, Reason, missing, reasons

ENGINE = f"enduse {__version__}"
STAGES = ("before_signing", "before_delivery", "after")


@dataclass(frozen=True, slots=True)
class Decision:
    """What the Declaration demands of one deal on one day, and why.

    `state` is the facts as the table's integer; `rules` are all that fired, folded ones too; `clauses` those of the
    rules whose effect is the outcome; `remarks` what lifted or answered something, and what did not although it was meant to.
    """

    reference: str
    at: date
    outcome: Effect
    reasons: tuple[Reason, ...]
    clauses: tuple[str, ...]
    rules: tuple[str, ...]
    facts: Mapping[str, str]
    grounds: Mapping[str, tuple[Ground, ...]]
    duties: tuple[str, ...]
    missing: tuple[str, ...]
    remarks: tuple[Ground, ...]
    state: int
    edition: str
    table: str
    act: str | None
    reference_data: str
    engine: str
    fingerprint: str

    @property
    def released(self) -> bool:
        """Whether the deal may go: the outcome is `not_export` or `proceed`."""
        return self.outcome.releases


def decide(deal: Deal, edition: Edition, findings: Findings = NOTHING_FOUND, *, at: date) -> Decision:
    """Decide one deal under one edition of the Declaration, for the day `at`.

    Pure and deterministic: the same arguments give the same decision to the byte. Every rule in force that fires
    contributes its effect and the strictest wins; what is unknown is never cleared.
    """
    facts = facts_of(deal, findings, at=at, indicators=edition.answered, checks=edition.checks)
    table = edition.table.at(at)
    state = table.space.encode(facts.levels)
    fired = table.fired(state)
    outcome = max(rule.effect for rule, _ in fired)
    found = reasons(fired, state, facts.levels, table.space, edition.gates)
    rules = tuple(rule.id for rule, _ in fired)
    clauses = tuple(sorted({clause for rule, _ in fired if rule.effect == outcome for clause in rule.clauses}, key=clause_order))
    return Decision(
        reference=deal.reference,
        at=at,
        outcome=outcome,
        reasons=found,
        clauses=clauses,
        rules=rules,
        facts=facts.levels,
        grounds=facts.grounds,
        duties=_duties(found, edition),
        missing=missing(found, edition.infos),
        remarks=_remarks(deal, facts, outcome < table.effect(state | table.space.level_mask("permit", "none"))),
        state=state,
        edition=edition.id,
        table=edition.table.fingerprint,
        act=edition.act.fingerprint if edition.act else None,
        reference_data=edition.reference_data,
        engine=ENGINE,
        fingerprint=fingerprint(
            {
                "deal": deal.digest or fingerprint(_plain(deal)),
                "findings": findings.as_data(),
                "at": at.isoformat(),
                "edition": edition.id,
                "table": edition.table.fingerprint,
                "act": edition.act.fingerprint if edition.act else None,
                "reference_data": edition.reference_data,
                "engine": ENGINE,
                "state": f"{state:x}",  # with the table, every fact's level
                "outcome": outcome.name,
                "rules": rules,
                "clauses": clauses,
            }
        ),
    )


def clause_order(clause: str) -> tuple[int, ...]:
    """A clause number as a sort key: 4.10 after 4.9."""
    return tuple(int(part) for part in clause.split("."))


def _remarks(deal: Deal, facts: Facts, permitted: bool) -> tuple[Ground, ...]:
    """What an answer should not keep quiet about: the permit without which it would be stricter, rebuttals that count, and those that do not."""
    found = [Ground("permit_lifts", ground.values) for ground in facts.grounds["permit"]] if permitted else []
    for answer, item, why in rebuttals(deal.evidence):
        values = {"id": answer.id, "rebuts": item.id}
        found.append(Ground("rebutted", values) if why is None else Ground("idle_rebuttal", {**values, "why": why}))
    return tuple(found)


def _duties(found: tuple[Reason, ...], edition: Edition) -> tuple[str, ...]:
    """The duties that the reasons not folded bring, in the order of their stages."""
    named = dict.fromkeys(duty for reason in found for duty in reason.rule.duties)
    return tuple(sorted(named, key=lambda duty: STAGES.index(edition.duties[duty].when)))


def _plain(value: object) -> object:
    """A dataclass as data that canonical JSON takes."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(str(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
