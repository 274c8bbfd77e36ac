"""The peers, GoRules' zen-engine and Cedar, given our rule table in their own language and asked about the same facts.

Both get the facts as we found them, in the form that proved quickest for them: a mapping of every `fact >= level` reached
(`wmd_evidence__concern: true`), what is not reached left out. That form is made outside the measured time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from typing import Any, Protocol

from benchmarks.measuring import wanted
from enduse.domain.rules import All, Atom, Effect, Guard, Rule, Table

Reached = dict[str, bool]


@dataclass(frozen=True, slots=True)
class Said:
    """What an engine said of one deal. Cedar knows no outcomes but allow and deny, and names only the rules that deny."""

    released: bool
    rules: frozenset[str]
    outcome: Effect | None = None


class Peer(Protocol):
    """An engine with our rules in it: `request` is made outside the measured time, `ask` is measured, `said` is read after."""

    name: str

    def request(self, reached: Reached) -> Any: ...
    def ask(self, request: Any) -> Any: ...
    def said(self, answer: Any) -> Said: ...


def reached(table: Table, levels: Mapping[str, str]) -> Reached:
    """Every `fact >= level` that holds, by name."""
    found: Reached = {}
    for chain in table.chains:
        place = chain.levels.index(levels[chain.fact])
        found |= {_name(Atom(chain.fact, level)): True for level in chain.levels[1 : place + 1]}
    return found


def stopping(table: Table, rules: frozenset[str]) -> frozenset[str]:
    """Those of the rules that do not release."""
    return rules & {rule.id for rule, _ in table.stops}


class Zen:
    """A decision graph: a table that collects the rules that fire, then an expression that takes the strictest effect.

    The graph is handed over by the static loader: that way the engine compiles it once. By `create_decision` the same graph
    is about six times slower.
    """

    def __init__(self, table: Table) -> None:
        zen = wanted("zen")
        self.name = f"zen-engine {version('zen-engine')}"
        self._evaluate: Callable[[str, Reached], Any] = zen.ZenEngine({"loader": {"type": "static", "content": {"rules": zen_graph(table)}}}).evaluate

    def request(self, reached: Reached) -> Reached:
        """The engine takes the mapping itself, which is quicker for it than JSON."""
        return reached

    def ask(self, request: Reached) -> Any:
        """One decision."""
        return self._evaluate("rules", request)

    def said(self, answer: Any) -> Said:
        """The outcome and the rules that fired."""
        result = answer["result"]
        outcome = Effect(int(result["outcome"]))
        return Said(outcome.releases, frozenset(result["rules"]), outcome)


class Cedar:
    """One `forbid` for each rule that stops, and a `permit` for the rest; policies and entities parsed once."""

    def __init__(self, table: Table) -> None:
        self._cedar = wanted("cedarpy")
        self.name = f"cedarpy {version('cedarpy')}"
        self._policies = self._cedar.PolicySet.from_str(cedar_policies(table))
        self._entities = self._cedar.Entities.from_json_str("[]")

    def request(self, reached: Reached) -> dict[str, object]:
        """A request for the release of a deal, the facts as its context; the package makes JSON of it within the call."""
        return {"principal": 'Deal::"deal"', "action": 'Action::"release"', "resource": 'Solution::"solution"', "context": reached}

    def ask(self, request: dict[str, object]) -> Any:
        """One decision."""
        return self._cedar.is_authorized(request, self._policies, self._entities)

    def said(self, answer: Any) -> Said:
        """Allowed or not, and the rules that forbade."""
        if answer.diagnostics.errors:
            raise AssertionError(answer.diagnostics.errors)
        return Said(answer.allowed, frozenset(answer.diagnostics.id_annotations_by_reason.values()))


def zen_graph(table: Table) -> dict[str, object]:
    """Our rules as a JDM decision graph: input, table, expression, output."""
    columns = {"inputs": [{"id": "when", "name": "when"}], "outputs": [{"id": key, "name": key, "field": key} for key in ("rule", "effect")]}
    rows = [{"_id": rule.id, "when": _zen(rule.when), "rule": json.dumps(rule.id), "effect": str(int(rule.effect))} for rule in table.rules]
    outcome = [{"id": "1", "key": "outcome", "value": "max(map(fired, #.effect))"}, {"id": "2", "key": "rules", "value": "map(fired, #.rule)"}]
    contents: dict[str, tuple[str, dict[str, object]]] = {
        "facts": ("inputNode", {}),
        "table": ("decisionTableNode", {"hitPolicy": "collect", **columns, "rules": rows, "outputPath": "fired", "passThrough": False}),
        "strictest": ("expressionNode", {"expressions": outcome}),
        "answer": ("outputNode", {}),
    }
    names = list(contents)
    return {
        "nodes": [{"id": name, "name": name, "type": kind, "content": content} for name, (kind, content) in contents.items()],
        "edges": [{"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other} for one, other in pairwise(names)],
    }


def cedar_policies(table: Table) -> str:
    """Our rules as Cedar policies."""
    return "\n".join(["permit (principal, action, resource);", *(_forbid(rule) for rule, _ in table.stops)])


def _forbid(rule: Rule) -> str:
    condition = _said(rule.when, lambda atom: f"context has {_name(atom)}", (" && ", " || "))
    return f'@id("{rule.id}")\nforbid (principal, action, resource) when {{ {condition} }};'


def _zen(guard: Guard) -> str:
    return _said(guard, lambda atom: f"{_name(atom)} == true", (" and ", " or "))


def _name(atom: Atom) -> str:
    return f"{atom.fact}__{atom.level}"


def _said(guard: Guard, atom: Callable[[Atom], str], words: tuple[str, str]) -> str:
    """A guard in another language: how it says an atom, and its words for and, or."""
    if isinstance(guard, Atom):
        return atom(guard)
    every = isinstance(guard, All)
    if not guard.parts:
        return "true" if every else "false"
    return "(" + words[not every].join(_said(part, atom, words) for part in guard.parts) + ")"
