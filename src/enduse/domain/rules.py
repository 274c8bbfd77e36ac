"""The rule table: chains of facts, conditions of and/or over `fact >= level`, and which rules fire.

A state of all facts is one integer: every `fact >= level` is a bit, set where the fact has reached that level.
Conditions have no negation, so more bits never make a rule silent: that is what monotone means here.
One compiled form (`Node`) drives the traced evaluator in this module, the numpy one (`batch`) and the solver's (`proof`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Literal

Basis = Literal["text", "policy"]
MOST_REMEMBERED = 1 << 16


class Effect(IntEnum):
    """What a rule contributes, mildest first. Only the first two release a deal."""

    not_export = 0
    proceed = 1
    incomplete = 2
    diligence = 3
    hold = 4
    statutory = 5
    refuse = 6

    @property
    def releases(self) -> bool:
        """Whether a deal with this outcome may go."""
        return self <= Effect.proceed


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in Russian and in English; neither is the translation of the other."""

    ru: str
    en: str

    def of(self, lang: str) -> str:
        """The words in `lang`, `ru` or `en`."""
        return self.ru if lang == "ru" else self.en


@dataclass(frozen=True, slots=True)
class Chain:
    """A fact's name and its levels, mildest first; at least two, all different."""

    fact: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """`fact >= level`. The mildest level of a chain is no atom: it always holds."""

    fact: str
    level: str


@dataclass(frozen=True, slots=True)
class All:
    """True where every part is; without parts, always."""

    parts: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """True where some part is; without parts, never."""

    parts: tuple[Guard, ...] = ()


Guard = Atom | All | Any


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where `when` holds, `effect` is contributed, with the clauses that say so."""

    id: str
    effect: Effect
    when: Guard
    clauses: tuple[str, ...]
    basis: Basis
    text: Words
    duties: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    source: str = ""  # the act that added it; empty for the edition's own

    def in_force(self, at: date) -> bool:
        """Whether the rule is in force on the day `at`, both ends included."""
        return (self.since is None or self.since <= at) and (self.until is None or at <= self.until)


@dataclass(frozen=True, slots=True)
class Node:
    """A compiled guard: all bits of `mask` and all `parts` (or, where `every` is false, any of them)."""

    every: bool
    mask: int
    parts: tuple[Node, ...] = ()

    def holds(self, state: int) -> bool:
        """Whether the guard is true in `state`."""
        if self.every:
            if state & self.mask != self.mask:
                return False
            for part in self.parts:  # noqa: SIM110 - the loop runs millions of times; a generator costs half of it
                if not part.holds(state):
                    return False
            return True
        if state & self.mask:
            return True
        for part in self.parts:  # noqa: SIM110
            if part.holds(state):
                return True
        return False

    def grounds(self, state: int) -> int:
        """The bits that make a guard true, where it holds: all of an `and`, the true ones of an `or`."""
        if self.every:
            bits = self.mask
            for part in self.parts:
                bits |= part.grounds(state)
            return bits
        bits = state & self.mask
        for part in self.parts:
            if part.holds(state):
                bits |= part.grounds(state)
        return bits

    def conjuncts(self, state: int) -> list[int]:
        """Every set of bits, all true in `state`, that alone makes the guard true. Empty where it does not hold."""
        if not self.every:
            found = [1 << i for i in bits_of(state & self.mask)]
            for part in self.parts:
                found += part.conjuncts(state)
            return found
        if state & self.mask != self.mask:
            return []
        found = [self.mask]
        for part in self.parts:
            more = part.conjuncts(state)
            if not more:
                return []
            found = [one | other for one in found for other in more]
        return found


def bits_of(mask: int) -> Iterator[int]:
    """The positions of the bits set in `mask`, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Space:
    """The facts in their order, and the bit of each `fact >= level`."""

    def __init__(self, chains: Iterable[Chain]) -> None:
        self.chains = tuple(chains)
        self.atoms: list[Atom] = []
        self._masks: dict[str, dict[str, int]] = {}
        for chain in self.chains:
            mask, masks = 0, {chain.levels[0]: 0}
            for level in chain.levels[1:]:
                mask |= 1 << len(self.atoms)
                self.atoms.append(Atom(chain.fact, level))
                masks[level] = mask
            self._masks[chain.fact] = masks
        self._found: dict[int, tuple[str, ...]] = {}
        self._whole = [(chain.fact, self._masks[chain.fact][chain.levels[-1]]) for chain in self.chains]

    def encode(self, facts: Mapping[str, str]) -> int:
        """The state that `facts` (every fact to its level) describe. Raises KeyError for a fact or level not of this space."""
        state = 0
        for fact, masks in self._masks.items():
            state |= masks[facts[fact]]
        return state

    def decode(self, state: int) -> dict[str, str]:
        """Every fact's level in `state`; the reverse of `encode`."""
        facts = {}
        for fact, masks in self._masks.items():
            facts[fact] = next(level for level, mask in reversed(masks.items()) if state & mask == mask)
        return facts

    def bit(self, atom: Atom) -> int:
        """The single bit of `atom`. Raises KeyError for the mildest level, which has none."""
        mask = self._masks[atom.fact][atom.level]
        if not mask:
            raise KeyError(atom)
        return 1 << (mask.bit_length() - 1)

    def mask(self, fact: str) -> int:
        """All bits of one fact."""
        return dict(self._whole)[fact]

    def level_mask(self, fact: str, level: str) -> int:
        """The bits set where `fact` stands at `level`."""
        return self._masks[fact][level]

    def facts_in(self, mask: int) -> tuple[str, ...]:
        """The facts that `mask` has bits of, in the order of the facts, each once."""
        found = self._found.get(mask)
        if found is None:
            if len(self._found) > MOST_REMEMBERED:
                self._found.clear()
            found = self._found[mask] = tuple(fact for fact, masks in self._whole if mask & masks)
        return found

    def compile(self, guard: Guard) -> Node:
        """The compiled form of a guard over this space's facts."""
        if isinstance(guard, Atom):
            return Node(True, self.bit(guard))
        every = isinstance(guard, All)
        mask = 0
        parts: list[Node] = []
        for part in guard.parts:
            node = self.compile(part)
            if not node.parts and (node.every == every or node.mask.bit_count() == 1):
                mask |= node.mask
            elif node.every == every:
                mask |= node.mask
                parts += node.parts
            else:
                parts.append(node)
        return Node(every, mask, tuple(parts))


@dataclass(frozen=True, eq=False)
class Table:
    """Facts and rules: everything that decides. Two tables with the same fingerprint decide alike; each is its own key in a cache."""

    chains: tuple[Chain, ...]
    rules: tuple[Rule, ...]
    _dated: dict[tuple[bool, ...], Table] = field(default_factory=dict, repr=False)

    @cached_property
    def space(self) -> Space:
        """The bits of this table's facts."""
        return Space(self.chains)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Each rule's compiled guard, in the order of the rules."""
        return tuple(self.space.compile(rule.when) for rule in self.rules)

    @cached_property
    def _strictest_first(self) -> tuple[tuple[Effect, Node], ...]:
        pairs = [(rule.effect, node) for rule, node in zip(self.rules, self.nodes, strict=True)]
        return tuple(sorted(pairs, key=lambda pair: -pair[0]))

    @cached_property
    def stops(self) -> tuple[tuple[Rule, Node], ...]:
        """The rules that do not release, with their guards."""
        return tuple((rule, node) for rule, node in zip(self.rules, self.nodes, strict=True) if not rule.effect.releases)

    def effect(self, state: int) -> Effect:
        """The strictest effect of the rules that fire in `state`."""
        for effect, node in self._strictest_first:
            if node.holds(state):
                return effect
        raise AssertionError("no rule fires: a table needs a rule that always does")

    def fired(self, state: int) -> list[tuple[Rule, Node]]:
        """The rules that fire in `state`, in the order of the table, with their guards."""
        return [(rule, node) for rule, node in zip(self.rules, self.nodes, strict=True) if node.holds(state)]

    @cached_property
    def _has_dates(self) -> bool:
        return any(rule.since or rule.until for rule in self.rules)

    def at(self, day: date) -> Table:
        """The table of the rules in force on `day`."""
        if not self._has_dates:
            return self
        key = tuple(rule.in_force(day) for rule in self.rules)
        if all(key):
            return self
        if key not in self._dated:
            self._dated[key] = Table(self.chains, tuple(rule for rule, keep in zip(self.rules, key, strict=True) if keep))
        return self._dated[key]

    def only(self, basis: Basis) -> Table:
        """The table of the rules with this basis, over the same facts."""
        return Table(self.chains, tuple(rule for rule in self.rules if rule.basis == basis))

    @cached_property
    def fingerprint(self) -> str:
        """`sha256:` of the facts and rules as canonical JSON, the words left out: they decide nothing."""
        return fingerprint(
            {
                "facts": [[chain.fact, list(chain.levels)] for chain in self.chains],
                "rules": [
                    {
                        "rule": rule.id,
                        "effect": rule.effect.name,
                        "when": guard_text(rule.when),
                        "clauses": list(rule.clauses),
                        "basis": rule.basis,
                        "duties": list(rule.duties),
                        "from": rule.since and rule.since.isoformat(),
                        "until": rule.until and rule.until.isoformat(),
                    }
                    for rule in self.rules
                ],
            }
        )


def guard_text(guard: Guard) -> str:
    """A guard as text in the form the rule files use."""
    if isinstance(guard, Atom):
        return f"{guard.fact} >= {guard.level}"
    if not guard.parts:
        return "always" if isinstance(guard, All) else "never"
    word = " and " if isinstance(guard, All) else " or "
    return word.join(guard_text(part) if isinstance(part, Atom) or len(part.parts) == 1 else f"({guard_text(part)})" for part in guard.parts)


def atoms_of(guard: Guard) -> Iterator[Atom]:
    """Every atom of a guard, as often as it stands there."""
    if isinstance(guard, Atom):
        yield guard
        return
    for part in guard.parts:
        yield from atoms_of(part)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> str:
    """Canonical JSON: keys sorted, no spaces, UTF-8 as it is; the same value gives the same text."""
    return _CANONICAL.encode(value)


def fingerprint(value: object) -> str:
    """`sha256:` and the hex digest of a value's canonical JSON."""
    return "sha256:" + hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()
