"""Mutants of a rule table: a rule dropped, an effect lowered, an atom raised to the next level or beyond all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from enduse.domain.rules import All, Any, Atom, Effect, Guard, Table

NEVER = Any()


@dataclass(frozen=True)
class Mutant:
    """A table with one thing changed, and what that is."""

    name: str
    rule: str
    table: Table


def mutants(table: Table) -> Iterator[Mutant]:
    """Every mutant of a table, rule by rule."""
    levels = {chain.fact: chain.levels for chain in table.chains}
    for place, rule in enumerate(table.rules):
        rest = (*table.rules[:place], *table.rules[place + 1 :])
        yield Mutant(f"{rule.id}: dropped", rule.id, Table(table.chains, rest))
        for effect in Effect:
            if effect < rule.effect:
                lowered = replace(rule, effect=effect)
                yield Mutant(f"{rule.id}: {rule.effect.name} lowered to {effect.name}", rule.id, _with(table, place, lowered))
        for path, atom in _atoms(rule.when):
            at = levels[atom.fact].index(atom.level)
            above: Guard = Atom(atom.fact, levels[atom.fact][at + 1]) if at + 1 < len(levels[atom.fact]) else NEVER
            raised = replace(rule, when=_put(rule.when, path, above))
            said = above.level if isinstance(above, Atom) else "never"
            yield Mutant(f"{rule.id}: {atom.fact} >= {atom.level} raised to {said} at {path}", rule.id, _with(table, place, raised))


def _with(table: Table, place: int, rule: object) -> Table:
    return Table(table.chains, (*table.rules[:place], rule, *table.rules[place + 1 :]))  # type: ignore[arg-type]


def _atoms(guard: Guard, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Atom]]:
    if isinstance(guard, Atom):
        yield path, guard
        return
    for place, part in enumerate(guard.parts):
        yield from _atoms(part, (*path, place))


def _put(guard: Guard, path: tuple[int, ...], new: Guard) -> Guard:
    if not path:
        return new
    assert isinstance(guard, All | Any)
    parts = (*guard.parts[: path[0]], _put(guard.parts[path[0]], path[1:], new), *guard.parts[path[0] + 1 :])
    return replace(guard, parts=parts)
