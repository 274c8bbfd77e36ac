"""The decision: why in full, the facts, what was checked and chosen, holds, and the end of a deal that does not go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from enduse.casework.deals import history
from enduse.casework.deals.actions import approving, filing, stages
from enduse.casework.deals.deciding import edition
from enduse.casework.deals.queries import Held
from enduse.casework.people.actor import Actor
from enduse.domain.clearing import clear_by
from enduse.domain.decision import Decision, clause_order
from enduse.domain.trace import Reason
from enduse.domain.wording import Wording
from enduse.formats.deal_parts import items, part
from enduse.web.deeds import TEXT, CasePage, Deed, DeedForm, SeenReasoned
from enduse.web.forms import choices
from enduse.web.panel import steps_of, wording
from enduse.web.templatetags.words import lang
from enduse.words import TABLE, say


@dataclass(frozen=True, slots=True)
class Node:
    """A rule that fired, in words, with the facts that made it and the milder rules folded into it."""

    clauses: str
    text: str
    code: str
    rule: str
    basis: str
    source: str
    facts: list[tuple[str, str]]
    folded: list[Node]


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as it stands, in words."""

    name: str
    clauses: str
    text: str
    open: bool


class ChooseForm(SeenReasoned):
    """5.1's choice."""

    choice = forms.ChoiceField(choices=choices("choice", "section_4", "refuse"), widget=forms.RadioSelect)
    field_order = ("choice", "reason")


class DepartForm(SeenReasoned):
    """A departure from a clause."""

    clause = forms.ChoiceField()
    text = forms.CharField(max_length=4000, widget=TEXT)
    field_order = ("clause", "text", "reason")

    def prepare(self) -> None:
        """The clauses of the edition."""
        held = edition().clauses
        self.fields["clause"].choices = [  # type: ignore[attr-defined]
            (number, f"{number} {held[number].title.of(lang())}") for number in sorted(held, key=clause_order)
        ]


class HoldForm(DeedForm):
    """A stop by hand."""

    reason = forms.CharField(max_length=4000, widget=TEXT)
    ends_when = forms.CharField(max_length=4000, widget=TEXT)


class LiftForm(DeedForm):
    """The end of a stop."""

    hold = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    evidence = forms.CharField(max_length=4000, widget=TEXT)

    def prepare(self) -> None:
        """The holds that are open."""
        self.fields["hold"].choices = [(hold.pk, f"{hold.reason} — {hold.ends_when}") for hold in self.held.holds]  # type: ignore[attr-defined]


class RefreshForm(DeedForm):
    """A newer record taken in."""

    sees = ("seen",)
    link = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)

    def prepare(self) -> None:
        """The records that have moved on."""
        self.fields["link"].choices = [  # type: ignore[attr-defined]
            (row.link, say("case.moved_on_row", lang(), name=row.name, taken=row.taken, now=row.now)) for row in history.outdated(self.held)
        ]


def check_name(word: str) -> str:
    """A check in words; one of an act by the name of its fact."""
    if f"check.{word}" in TABLE:
        return say(f"check.{word}", lang())
    return edition().facts[edition().checks[word]].name.of(lang())


def _risky(held: Held, _actor: Actor) -> bool:
    return not held.closed and held.content.get("risk") == "identified"


def _unrisky(held: Held, _actor: Actor) -> bool:
    return not held.closed and held.content.get("risk") != "identified"


def _ending(held: Held, _actor: Actor) -> bool:
    return not held.closed and held.state in (None, "withdrawn")


DEEDS = (
    Deed(
        "risk",
        "deal.choose",
        SeenReasoned,
        lambda actor, held, given: stages.identify_risk(held.deal.pk, by=actor, seen=given["seen"], reason=given["reason"]),
        _unrisky,
    ),
    Deed(
        "choose",
        "deal.choose",
        ChooseForm,
        lambda actor, held, given: stages.choose(held.deal.pk, by=actor, seen=given["seen"], choice=given["choice"], reason=given["reason"]),
        _risky,
        "main",
    ),
    Deed(
        "depart",
        "deal.depart",
        DepartForm,
        lambda actor, held, given: stages.depart(
            held.deal.pk, by=actor, seen=given["seen"], clause=given["clause"], text=given["text"], reason=given["reason"]
        ),
    ),
    Deed(
        "hold",
        "deal.hold",
        HoldForm,
        lambda actor, held, given: approving.hold(held.deal.pk, by=actor, reason=given["reason"], ends_when=given["ends_when"]),
    ),
    Deed(
        "lift",
        "deal.lift_hold",
        LiftForm,
        lambda actor, held, given: approving.lift_hold(held.deal.pk, by=actor, hold=given["hold"], evidence=given["evidence"]),
        lambda held, _: bool(held.holds) and not held.closed,
        "main",
    ),
    Deed(
        "refresh",
        "deal.refresh",
        RefreshForm,
        lambda actor, held, given: stages.refresh(held.deal.pk, by=actor, seen=given["seen"], link=given["link"]),
        lambda held, _: not held.closed and bool(held.moved_on),
    ),
    Deed(
        "refuse",
        "deal.refuse",
        SeenReasoned,
        lambda actor, held, given: filing.refuse_deal(held.deal.pk, by=actor, seen=given["seen"], reason=given["reason"]),
        _ending,
        "danger",
    ),
    Deed(
        "abandon",
        "deal.abandon",
        SeenReasoned,
        lambda actor, held, given: filing.abandon(held.deal.pk, by=actor, seen=given["seen"], reason=given["reason"]),
        _ending,
        "danger",
    ),
)


def work(request: HttpRequest, held: Held) -> dict[str, Any]:
    """What the page shows beside its forms."""
    worded, decision = wording(lang()), held.decided.decision
    return {
        "tree": [node(reason, decision, worded) for reason in decision.reasons],
        "all_ways": [steps_of(way, decision, worded) for way in clear_by(held.decided.deal, decision, worded.edition).ways],
        "checks": [(check_name(check.word), check) for check in history.checks(held)],
        "risk": held.content.get("risk") == "identified",
        "choice": part(held.content, "choice"),
        "departures": items(held.content, "departures"),
        "all_holds": history.holds(held),
        "facts": _facts(decision, worded),
        "prints": _prints(held),
        "decisions": history.decisions(held),
    }


def node(reason: Reason, decision: Decision, worded: Wording) -> Node:
    """A reason with everything folded into it."""
    rule, facts = reason.rule, worded.edition.facts
    return Node(
        clauses=", ".join(rule.clauses),
        text=worded.reason(decision, reason),
        code=rule.effect.name,
        rule=rule.id,
        basis=worded.phrase("basis", rule.basis),
        source=rule.source or "",
        facts=[(facts[fact].name.of(worded.lang), worded.level(fact, level)) for fact, level in reason.because.items()],
        folded=[node(inner, decision, worded) for inner in reason.folded],
    )


def _facts(decision: Decision, worded: Wording) -> list[tuple[str, list[FactRow]]]:
    """Every fact by the stage that asks for it."""
    found: dict[str, list[FactRow]] = {}
    for name, fact in worded.edition.facts.items():
        level = decision.facts.get(name)
        if level is not None:
            row = FactRow(fact.name.of(worded.lang), ", ".join(fact.clauses), worded.fact(decision, name, level), level in fact.open)
            found.setdefault(fact.stage, []).append(row)
    return [(say(f"stage.{stage}", worded.lang), rows) for stage, rows in found.items()]


def _prints(held: Held) -> list[tuple[str, str]]:
    """What a decision can be repeated and checked by."""
    decision = held.decided.decision
    values = {
        "fingerprint": decision.fingerprint,
        "signed": held.decided.signed,
        "digest": held.version.digest,
        "edition": decision.edition,
        "table": decision.table,
        "act": decision.act or "—",
        "reference_data": decision.reference_data,
        "engine": decision.engine,
    }
    return [(say(f"print.{name}", lang()), value) for name, value in values.items()]


PAGE = CasePage("decision", "web/decision.html", work, DEEDS)
