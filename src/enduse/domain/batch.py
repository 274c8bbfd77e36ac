"""A whole register decided at once with numpy: the same rule table, a column a fact, every rule that fired kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enduse.domain.rules import Effect, Node, Table

WORD = 64
ROWS = 1 << 14  # rows worked on at a time: what fits a processor's cache

Levels = NDArray[np.uint8]
Words64 = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcome of every row (the number of its `Effect`), and a bit for each rule that fired, in the order of the table.

    `effects` has shape (rows,), `fired` (rows, words of 64 rules).
    """

    effects: NDArray[np.uint8]
    fired: Words64

    def rules(self, table: Table, row: int) -> list[str]:
        """The rules that fired for one row."""
        bits = [int(word) for word in self.fired[row]]
        return [rule.id for place, rule in enumerate(table.rules) if bits[place // WORD] >> (place % WORD) & 1]


def columns(table: Table, facts: Iterable[Mapping[str, str]]) -> Levels:
    """Facts of many deals as one array of shape (facts, rows): the place of each level in its chain.

    Raises KeyError for a fact that lacks or a level that its chain does not have.
    """
    index = [(chain.fact, {level: number for number, level in enumerate(chain.levels)}) for chain in table.chains]
    packed = b"".join(bytes([levels[row[fact]] for fact, levels in index]) for row in facts)
    return np.ascontiguousarray(np.frombuffer(packed, dtype=np.uint8).reshape(-1, len(index)).T)


def decide_states(table: Table, states: Iterable[int]) -> Outcomes:
    """Decide states as `Decision.state` and `Space.encode` give them: the quick way for a register that keeps them.

    The same as `decide_all`. Raises OverflowError for a state that has more bits than the table's facts.
    """
    count = -(-len(table.space.atoms) // WORD)
    packed = b"".join(state.to_bytes(count * WORD // 8, "little") for state in states)
    words = np.frombuffer(packed, dtype="<u8").reshape(-1, count)
    effects, fired = _room(table, words.shape[0])
    for start in range(0, words.shape[0], ROWS):
        part = slice(start, start + ROWS)
        _decide(table, [np.ascontiguousarray(words[part, word]) for word in range(count)], effects[part], fired[part])
    return Outcomes(effects, fired)


def decide_all(table: Table, levels: Levels) -> Outcomes:
    """Decide every row of `levels` (shape (facts, rows), as `columns` gives it) under one table of rules in force.

    The same outcome and the same rules, row by row, as the traced evaluator. Raises ValueError where the array does not
    have the table's facts, or a level beyond the end of a chain.
    """
    if levels.ndim != 2 or levels.shape[0] != len(table.chains):
        raise ValueError(f"levels of shape {levels.shape}, wanted ({len(table.chains)}, rows)")
    lengths = np.array([len(chain.levels) for chain in table.chains], dtype=np.uint8)
    if (levels >= lengths[:, None]).any():
        raise ValueError("a level beyond the end of its chain")
    rows = levels.shape[1]
    effects, fired = _room(table, rows)
    masks = _level_masks(table)
    for start in range(0, rows, ROWS):
        part = slice(start, min(start + ROWS, rows))
        _decide(table, _states(masks, levels[:, part]), effects[part], fired[part])
    return Outcomes(effects, fired)


def _room(table: Table, rows: int) -> tuple[NDArray[np.uint8], Words64]:
    return np.zeros(rows, dtype=np.uint8), np.zeros((rows, -(-len(table.rules) // WORD)), dtype=np.uint64)


def _words(mask: int, count: int) -> list[np.uint64]:
    return [np.uint64(mask >> (WORD * word) & (1 << WORD) - 1) for word in range(count)]


def _level_masks(table: Table) -> list[list[tuple[int, NDArray[np.uint64]]]]:
    """For each fact, in which words of the state its bits lie and what each level sets there."""
    count = -(-len(table.space.atoms) // WORD)
    found = []
    for chain in table.chains:
        by_level = [_words(table.space.level_mask(chain.fact, level), count) for level in chain.levels]
        found.append([(word, np.array([one[word] for one in by_level])) for word in range(count) if by_level[-1][word]])
    return found


def _states(masks: list[list[tuple[int, NDArray[np.uint64]]]], levels: Levels) -> list[Words64]:
    """The states of the rows, one array a word of 64 bits."""
    count = 1 + max(word for parts in masks for word, _ in parts)
    states = [np.zeros(levels.shape[1], dtype=np.uint64) for _ in range(count)]
    for fact, parts in enumerate(masks):
        for word, by_level in parts:
            states[word] |= by_level.take(levels[fact])
    return states


def _decide(table: Table, states: list[Words64], effects: NDArray[np.uint8], fired: Words64) -> None:
    for place, (rule, node) in enumerate(zip(table.rules, table.nodes, strict=True)):
        holds = _holds(node, states)
        if rule.effect > Effect.not_export:
            np.maximum(effects, holds.view(np.uint8) * np.uint8(rule.effect), out=effects)
        fired[:, place // WORD] |= holds.astype(np.uint64) << np.uint64(place % WORD)


def _holds(node: Node, states: list[Words64]) -> NDArray[np.bool_]:
    """Where a compiled guard is true."""
    words = _words(node.mask, len(states))
    found: NDArray[np.bool_] | None = None
    for word, mask in enumerate(words):
        if mask:
            met = (states[word] & mask) == mask if node.every else (states[word] & mask) != 0
            found = met if found is None else (found & met if node.every else found | met)
    for part in node.parts:
        met = _holds(part, states)
        found = met if found is None else (found & met if node.every else found | met)
    return np.full(states[0].shape, node.every) if found is None else found
