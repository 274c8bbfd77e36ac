"""The rule table: chains as bits, guards, and the strictest effect."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.rules import All, Any, Atom, Chain, Effect, Guard, Rule, Space, Table, Words, atoms_of, bits_of, fingerprint, guard_text
from enduse.formats.guards import Vocabulary, parse_guard
from enduse.stores.editions import load_edition

CHAINS = (Chain("a", ("0", "1", "2")), Chain("b", ("0", "1")), Chain("c", ("0", "1", "2", "3")))
STATES = [dict(zip("abc", levels, strict=True)) for levels in product(*(chain.levels for chain in CHAINS))]
ATOMS = [Atom(chain.fact, level) for chain in CHAINS for level in chain.levels[1:]]
guards: st.SearchStrategy[Guard] = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.builds(All, st.lists(inner, max_size=3).map(tuple)) | st.builds(Any, st.lists(inner, max_size=3).map(tuple)),
    max_leaves=8,
)


def plainly(guard: Guard, facts: dict[str, str]) -> bool:
    """A guard's truth, the obvious way."""
    if isinstance(guard, Atom):
        return int(facts[guard.fact]) >= int(guard.level)
    return (all if isinstance(guard, All) else any)(plainly(part, facts) for part in guard.parts)


def rule(name: str, effect: Effect, when: Guard, since: date | None = None, until: date | None = None) -> Rule:
    return Rule(name, effect, when, ("1.7",), "policy", Words("п", "p"), since=since, until=until)


def test_a_state_decodes_to_the_facts_it_was_made_of() -> None:
    space = Space(CHAINS)
    for facts in STATES:
        assert space.decode(space.encode(facts)) == facts


def test_no_two_states_are_the_same_number() -> None:
    assert len({Space(CHAINS).encode(facts) for facts in STATES}) == len(STATES)


@given(guards)
def test_a_compiled_guard_is_as_true_as_the_guard(guard: Guard) -> None:
    space = Space(CHAINS)
    node = space.compile(guard)
    for facts in STATES:
        assert node.holds(space.encode(facts)) == plainly(guard, facts)


@given(guards)
def test_its_conjuncts_make_it_true_alone_and_its_grounds_hold_them(guard: Guard) -> None:
    space = Space(CHAINS)
    node = space.compile(guard)
    for facts in STATES:
        state = space.encode(facts)
        conjuncts = node.conjuncts(state)
        assert bool(conjuncts) == node.holds(state)
        for conjunct in conjuncts:
            assert conjunct & state == conjunct
            assert node.holds(conjunct)
            assert conjunct & node.grounds(state) == conjunct


@given(guards, st.sampled_from(STATES), st.sampled_from(STATES))
def test_a_worse_state_never_silences_a_guard(guard: Guard, one: dict[str, str], other: dict[str, str]) -> None:
    space = Space(CHAINS)
    worse = {fact: max(one[fact], other[fact]) for fact in one}
    node = space.compile(guard)
    assert not node.holds(space.encode(one)) or node.holds(space.encode(worse))


@given(guards)
def test_a_guard_reads_back_from_its_text(guard: Guard) -> None:
    text = guard_text(guard)
    if "never" in text or ("always" in text and text != "always"):
        return  # empty parts have no text of their own
    vocabulary = Vocabulary({chain.fact: chain.levels for chain in CHAINS}, {}, {}, {})
    text = text.replace(">= ", ">= L")
    levels = {chain.fact: ["L" + level for level in chain.levels] for chain in CHAINS}
    read = parse_guard(text, Vocabulary(levels, {}, {}, vocabulary.applicable))
    space = Space(CHAINS)
    renamed = Space(Chain(fact, tuple(names)) for fact, names in levels.items())
    for facts in STATES:
        spelt = renamed.encode({fact: "L" + level for fact, level in facts.items()})
        assert renamed.compile(read).holds(spelt) == space.compile(guard).holds(space.encode(facts))


def test_the_strictest_effect_wins_in_any_order() -> None:
    rules = (rule("floor", Effect.not_export, All()), rule("hold", Effect.hold, Atom("a", "1")), rule("refuse", Effect.refuse, Atom("b", "1")))
    state = Space(CHAINS).encode({"a": "1", "b": "1", "c": "0"})
    assert Table(CHAINS, rules).effect(state) == Table(CHAINS, rules[::-1]).effect(state) == Effect.refuse


def test_only_the_first_two_effects_release() -> None:
    assert [effect.name for effect in Effect if effect.releases] == ["not_export", "proceed"]


def test_a_rule_counts_only_while_it_is_in_force() -> None:
    floor = rule("floor", Effect.not_export, All())
    table = Table(CHAINS, (floor, rule("hold", Effect.hold, All(), since=date(2026, 5, 1), until=date(2026, 5, 3))))
    effects = [table.at(date(2026, 5, day)).effect(0) for day in (1, 2, 3, 4)] + [table.at(date(2026, 4, 30)).effect(0)]
    assert [effect.name for effect in effects] == ["hold", "hold", "hold", "not_export", "not_export"]


def test_the_fingerprint_changes_with_anything_that_decides_and_not_with_words() -> None:
    table = load_edition().table
    first = table.rules[8]
    same = Rule(**{**{name: getattr(first, name) for name in first.__slots__}, "text": Words("иначе", "otherwise")})
    rest = (*table.rules[:8], *table.rules[9:])
    assert Table(table.chains, (*table.rules[:8], same, *table.rules[9:])).fingerprint == table.fingerprint
    assert Table(table.chains, rest).fingerprint != table.fingerprint
    lowered = Rule(**{**{name: getattr(first, name) for name in first.__slots__}, "effect": Effect.hold})
    assert Table(table.chains, (*table.rules[:8], lowered, *table.rules[9:])).fingerprint != table.fingerprint


def test_canonical_json_knows_no_order_of_keys() -> None:
    assert fingerprint({"a": 1, "б": 2}) == fingerprint({"б": 2, "a": 1})


def test_bits_and_atoms_are_told_lowest_and_first_first() -> None:
    assert list(bits_of(0b10110)) == [1, 2, 4]
    assert list(atoms_of(All((ATOMS[0], Any((ATOMS[1], ATOMS[0])))))) == [ATOMS[0], ATOMS[1], ATOMS[0]]
