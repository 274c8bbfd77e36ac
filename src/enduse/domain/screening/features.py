"""What speaks for and against a candidate: numbers for all candidates at once, each of which can be said in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from enduse.domain.screening.candidates import Laid, spread
from enduse.domain.screening.index import ROLES, Index, legal_bits
from enduse.domain.screening.query import Kind
from enduse.domain.screening.vocabulary import KINDS, Floats, Ints, family
from enduse.domain.screening.wording import CONTENT, INITIAL, NUMBER, Word, Worded
from enduse.domain.screening.writing import CHINESE, HANGUL, KANA

FEATURES = (
    "base",
    "of_query",  # share of the query found, by weight
    "of_form",  # share of the entry's name found
    "unlike",  # how unlike the words are that stand for one another
    "told",  # how much the words that agree tell
    "told_one",  # how much the most telling of them tells
    "missing_query",  # how much the words of the query tell that are not found
    "missing_form",  # the same of the name
    "missed_query",  # whether the most telling word of the query is not found
    "missed_form",
    "single",  # only one telling word agrees
    "initials",  # words that only an initial stands for
    "numbers",  # numbers that differ
    "legal_other",  # legal forms of different kinds
    "legal_same",
    "elsewhere",  # more of the query is found in the entry's other names
    "weak",  # the publisher calls the name weak
    "other_kind",  # a person asked for, something else found
    "across",  # found from one script in another
    "short",  # the query is of one telling word
    "order",  # the words stand in another order
    "exact",  # share of the query and of the name, the smaller, that is the same to the letter
    "inexact",  # telling words that are like another, not the same
    "respelt",  # either name was parted or put into Latin letters by syllables first
)
PLACE = {name: at for at, name in enumerate(FEATURES)}
GOOD = 0.72  # words this like stand for one another
SAME = 0.995  # this like is the same word
RUNS = (CHINESE, KANA, HANGUL)  # families whose names are written without a space
_MANY = np.array([2 if one in RUNS else 1 for one in KINDS])  # words that a run of a family counts for
_ROLE = {role: at for at, role in enumerate(ROLES)}


def of_names(index: Index, name: Worded, laid: Laid, kind: Kind, *, respelt: bool = False, bare: bool = False) -> tuple[Ints, Ints, Floats]:
    """The names that a query may mean, of each the row of its form, and its features.

    `respelt` where this is not how the query is written; `bare` where its numbers were left out: other numbers differ from them.
    """
    rows, best = of_forms(index, name.telling, legal_bits(name.legal), laid)
    names, which, found = of_entries(index, name.telling, laid, rows, best, {"person": True, "company": False}.get(kind))
    found[:, PLACE["respelt"]] = respelt | index.name_respelt[names]
    if bare and len(names):
        numbered = np.maximum.reduceat(index.form_roles[laid.places] == _ROLE[NUMBER], laid.starts[:-1])
        found[:, PLACE["numbers"]] = np.maximum(found[:, PLACE["numbers"]], numbered[which])
    return names, which, found


def of_forms(index: Index, words: Sequence[Word], legal: int, laid: Laid) -> tuple[Floats, Floats]:
    """The features of each candidate form, a row each, and how like each word of the query is to the best of each form."""
    count, size = len(words), len(laid.forms)
    rows = np.zeros((size, len(FEATURES)), dtype=np.float32)
    if not size:
        return rows, np.zeros((count, 0), dtype=np.float32)
    starts = laid.starts[:-1]
    weights = np.array([word.weight for word in words], dtype=np.float32)
    best = np.maximum.reduceat(laid.like, starts, axis=1)  # of each word of the query
    back = laid.like.max(axis=0)  # of each word of the names
    form_weights = index.form_weights[laid.places]
    roles = index.form_roles[laid.places]
    worth, worth_back = _worth(best), _worth(back)
    heavy = _met(laid, weights, best, form_weights)
    told = _down(heavy * worth)
    rows[:, PLACE["base"]] = 1
    rows[:, PLACE["of_query"]] = told / _down(heavy)
    told_back = np.add.reduceat(form_weights * worth_back, starts)
    rows[:, PLACE["of_form"]] = told_back / index.totals[laid.forms]
    agree = np.where(best >= GOOD, heavy, 0)
    rows[:, PLACE["unlike"]] = _down(agree * (1 - best)) / np.maximum(_down(agree), 1e-3)
    rows[:, PLACE["told"]] = np.minimum(told, told_back)
    rows[:, PLACE["told_one"]] = np.minimum((heavy * worth).max(axis=0), np.maximum.reduceat(form_weights * worth_back, starts))
    lost, lost_back = heavy * (1 - worth), form_weights * (1 - worth_back)
    rows[:, PLACE["missing_query"]] = np.minimum(_down(lost), 3)
    rows[:, PLACE["missing_form"]] = np.minimum(np.add.reduceat(lost_back, starts), 3)
    rows[:, PLACE["missed_query"]] = lost.max(axis=0)
    rows[:, PLACE["missed_form"]] = np.maximum.reduceat(lost_back, starts)
    telling = np.array([word.role in (CONTENT, NUMBER) for word in words])
    telling_back = (roles == _ROLE[CONTENT]) | (roles == _ROLE[NUMBER])
    many = np.array([2 if family(word.script) in RUNS and len(word.written) > 1 else 1 for word in words])  # a whole name is written as one
    many_back = _MANY[index.words.kinds[index.form_words[laid.places]]]
    agreeing = np.minimum(
        ((best >= GOOD) * (telling * many)[:, None]).sum(axis=0),
        np.add.reduceat(((back >= GOOD) * telling_back * many_back).astype(np.float32), starts),
    )
    rows[:, PLACE["single"]] = agreeing <= 1
    exact, exact_back = _down(heavy * (best > SAME)) / _down(heavy), np.add.reduceat(form_weights * (back > SAME), starts)
    rows[:, PLACE["exact"]] = np.minimum(exact, exact_back / index.totals[laid.forms])
    rows[:, PLACE["inexact"]] = np.minimum(((best >= GOOD) & (best <= SAME) & telling[:, None]).sum(axis=0), 3)
    initials = np.array([word.role == INITIAL for word in words])
    rows[:, PLACE["initials"]] = ((best >= GOOD) & (best <= SAME) & initials[:, None]).sum(axis=0) + np.add.reduceat(
        ((back >= GOOD) & (back <= SAME) & (roles == _ROLE[INITIAL])).astype(np.float32), starts
    )
    numbers = np.array([word.role == NUMBER for word in words])
    rows[:, PLACE["numbers"]] = ((best < 1) & numbers[:, None]).any(axis=0) | (
        np.add.reduceat(((back < 1) & (roles == _ROLE[NUMBER])).astype(np.float32), starts) > 0
    )
    other = index.form_legal[laid.forms]
    rows[:, PLACE["legal_other"]] = (legal & other == 0) & (other > 0) & (legal > 0)
    rows[:, PLACE["legal_same"]] = legal & other > 0
    rows[:, PLACE["short"]] = (telling * many).sum() <= 1
    rows[:, PLACE["across"]] = _across(index, words, laid, best)
    rows[:, PLACE["order"]] = _order(laid, words, best)
    return rows, best


def _met(laid: Laid, weights: Floats, best: Floats, form_weights: Floats) -> Floats:
    """What each word of the query tells in each form: no more than the word that it is like, so that a common word misspelt is not a rare one."""
    sizes = np.diff(laid.starts)
    met = np.empty_like(best)
    for number, weight in enumerate(weights):
        there = np.where((laid.like[number] == np.repeat(best[number], sizes)) & (laid.like[number] >= GOOD), form_weights, 0)
        other = np.maximum.reduceat(there, laid.starts[:-1])
        met[number] = np.where(other > 0, np.minimum(weight, other), weight)
    return met


def _down(values: Floats) -> Floats:
    """The sum over the words, one after the other: numpy's own is rounded otherwise where there is one candidate alone."""
    total = np.zeros(values.shape[1], dtype=np.float32)
    for row in values:
        total += row
    return total


def _worth(like: Floats) -> Floats:
    """What a likeness is worth: nothing for a word that is another, nearly all for one misspelt."""
    found: Floats = np.clip((like - 0.5) / 0.42, 0, 1).astype(np.float32)
    return found


def _across(index: Index, words: Sequence[Word], laid: Laid, best: Floats) -> Floats:
    own = {family(word.script) for word in words}
    if len(own) > 1:
        return np.ones(best.shape[1], dtype=np.float32)
    kinds = index.words.kinds[index.form_words[laid.places]] if len(laid.places) else np.zeros(0)
    plain = np.maximum.reduceat((kinds != 0).astype(np.float32), laid.starts[:-1]) == 0
    return np.where(plain, own != {"plain"}, own == {"plain"}).astype(np.float32)


def _order(laid: Laid, words: Sequence[Word], best: Floats) -> Floats:
    """Whether the first and the last telling word of the query stand the other way round in the name."""
    telling = [at for at, word in enumerate(words) if word.role == CONTENT]
    if len(telling) < 2:
        return np.zeros(best.shape[1], dtype=np.float32)
    sizes = np.diff(laid.starts)
    at = np.arange(len(laid.places)) - np.repeat(laid.starts[:-1], sizes)
    found = []
    for number in (telling[0], telling[-1]):
        top = np.where(laid.like[number] == np.repeat(best[number], sizes), at, 10**6)
        found.append(np.where(best[number] >= GOOD, np.minimum.reduceat(top, laid.starts[:-1]), -1))
    first, last = found
    return ((first >= 0) & (last >= 0) & (first > last)).astype(np.float32)


def of_entries(index: Index, words: Sequence[Word], laid: Laid, rows: Floats, best: Floats, person: bool | None) -> tuple[Ints, Ints, Floats]:
    """The features of each candidate name of each entry: the names, the rows of their forms, and their features.

    `person` says whether a person is asked for; None where that is not known.
    """
    weights = np.array([word.weight for word in words], dtype=np.float32)
    order, which = spread(index.carrier_starts, laid.forms)
    names = index.carriers[order]
    found = rows[which]
    if not len(names):
        return names, which, found
    entries = index.name_entries[names]
    known, group = np.unique(entries, return_inverse=True)
    union = np.zeros((len(weights), len(known)), dtype=np.float32)
    for number in range(len(weights)):
        np.maximum.at(union[number], group, best[number][which])
    share = _down(weights[:, None] * _worth(union)) / weights.sum()
    own = _down(weights[:, None] * _worth(best)) / weights.sum()
    found[:, PLACE["elsewhere"]] = np.maximum(share[group] - own[which], 0)
    found[:, PLACE["weak"]] = index.name_kinds[names] == 2
    if person is not None:
        kinds = index.persons[entries]
        found[:, PLACE["other_kind"]] = (kinds != person) & (kinds != 2)
    return names, which, found
