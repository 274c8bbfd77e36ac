"""Which forms of an index a query may mean, and how its words lie on theirs: arrays for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from enduse.domain.screening.index import ROLES, Index, joined_words, turned_words
from enduse.domain.screening.vocabulary import Floats, Ints, Sought
from enduse.domain.screening.wording import CONTENT, INITIAL, NUMBER, Word

JOIN_COST = 0.97
OF_BOTH, OF_EITHER = 1.1, 0.22  # a form is looked at where this much of the query and of the form, together and each, is found in the other
INITIAL_LIKE = 0.8
_NONE: tuple[Ints, Floats] = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32))
_INITIAL, _CONTENT = ROLES.index(INITIAL), ROLES.index(CONTENT)


@dataclass(frozen=True, slots=True)
class Laid:
    """Candidate forms and how a query lies on them.

    `like[i, p]` is how like the query's word i is to the word at place p; the places of candidate c are `starts[c]` up to `starts[c + 1]`,
    `places[p]` is the place of the word in the index's forms.
    """

    forms: Ints
    starts: Ints
    places: Ints
    like: Floats


def candidates(index: Index, words: Sequence[Word]) -> Laid:
    """The forms that words may mean. Which they are depends on the words and each form alone."""
    looked_up = list(_looked_up(index, words))
    weights = max(sum(word.weight for word in words), 1e-6)
    most = [0.0] * len(words)
    for one, _, like in looked_up:
        for number in one.inside:
            most[number] = max(most[number], float(like[-1]))  # the least like come first
    if sum(word.weight * like for word, like in zip(words, most, strict=True)) < 0.99 * OF_EITHER * weights:  # nothing can come of it
        return _lay(index, words, _NONE[0], [])
    found = _touched(index, words, looked_up)
    total = np.zeros(len(index.totals), dtype=np.float32)
    best = np.empty_like(total)
    for word, (places, like) in zip(words, found, strict=True):
        order = np.argsort(like, kind="stable")  # the most like is written last and stays
        forms = index.form_of_place[places[order]]
        best[forms] = like[order]
        total[forms] += np.float32(word.weight) * best[forms]  # once, however often a form stands here
    met = np.flatnonzero(total > 0)  # of numbers themselves it takes ten times as long
    of_query, of_form = total[met] / np.float32(weights), total[met] / index.totals[met]
    kept = met[(of_query + of_form >= OF_BOTH) & (of_query >= OF_EITHER) & (of_form >= OF_EITHER)]
    return _lay(index, words, kept.astype(np.int32), found)


class _Wanted(NamedTuple):
    """What is to be looked up for the words at some places of a query, one or several written as one: a word of names, or such a joined one."""

    inside: Sequence[int]
    sought: Sought
    of_joins: bool = False


def warm(index: Index, names: Iterable[Sequence[Word]]) -> None:
    """Look up the words of many names at once, so that each name's candidates take less time; what they are stays the same."""
    wanted = [one for words in names for one in _wanted(tuple(words))]
    index.words.like_each([one.sought for one in wanted if not one.of_joins])
    index.joins.like_each([one.sought for one in wanted if one.of_joins])


@lru_cache(maxsize=4096)  # a bundle's names are asked for twice
def _wanted(words: tuple[Word, ...]) -> tuple[_Wanted, ...]:
    found = []
    for number, word in enumerate(words):
        found.append(_Wanted((number,), Sought(word.form, word.script)))
        if len(word.form) > 4 and word.role in (CONTENT, NUMBER):
            found.append(_Wanted((number,), Sought(word.form, word.script, strict=True), of_joins=True))
    joins: list[tuple[Sequence[int], str]] = [(range(start, start + span), joined) for start, span, joined in joined_words(words)]
    joins += [((last, start), joined) for last, start, joined in turned_words(words)]
    for inside, joined in joins:
        if len(inside) > 2 or INITIAL not in (words[inside[0]].role, words[inside[1]].role):
            back = len(inside) == len(words)  # whole names are written as one elsewhere
            found.append(_Wanted(inside, Sought(joined, words[inside[0]].script, strict=True, back=back)))
    return tuple(found)


def _looked_up(index: Index, words: Sequence[Word]) -> Iterator[tuple[_Wanted, Ints, Floats]]:
    """What words, and words written as one, are like: the words or joined words of the index, and how much, the least like first."""
    wanted = _wanted(tuple(words))
    of_words = iter(index.words.like_each([one.sought for one in wanted if not one.of_joins]))
    of_joins = iter(index.joins.like_each([one.sought for one in wanted if one.of_joins]))
    for one in wanted:
        leads, like = next(of_joins if one.of_joins else of_words)
        if len(leads):
            yield one, leads, like


def _touched(index: Index, words: Sequence[Word], looked_up: Iterable[tuple[_Wanted, Ints, Floats]]) -> list[tuple[Ints, Floats]]:
    """For each word the places in forms that it may stand for, and how like they are."""
    found: list[list[tuple[Ints, Floats]]] = [[] for _ in words]
    for one, leads, like in looked_up:
        if one.of_joins:
            found[one.inside[0]] += _in_joins(index, leads, like)
            continue
        order, which = spread(index.word_starts, leads)
        cost = 1 if len(one.inside) == 1 else JOIN_COST
        for number in one.inside:
            found[number].append((index.word_places[order], like[which] * np.float32(cost)))
    return [_together(parts) for parts in found]


def _together(parts: Sequence[tuple[Ints, Floats]]) -> tuple[Ints, Floats]:
    if len(parts) < 2:
        return parts[0] if parts else _NONE
    return np.concatenate([places for places, _ in parts]), np.concatenate([like for _, like in parts])


def _in_joins(index: Index, joins: Ints, like: Floats) -> Iterator[tuple[Ints, Floats]]:
    """The places of neighbours that together are like a word."""
    order, which = spread(index.join_starts, joins)
    first, last, like = index.join_places[order], index.join_others[order], like[which] * np.float32(JOIN_COST)
    yield first, like
    yield last, like
    for step in range(1, 3):
        inside = first + step < last
        yield first[inside] + step, like[inside]


def spread(starts: Ints, of: Ints) -> tuple[Ints, Ints]:
    """All that some rows of a table of starts lead to, and of which row each is."""
    first = starts[of]
    sizes = starts[of + 1] - first
    which = np.arange(len(of), dtype=np.int32).repeat(sizes)
    ends = sizes.cumsum(dtype=np.int32)
    return (first - ends + sizes)[which] + np.arange(len(which), dtype=np.int32), which


def _lay(index: Index, words: Sequence[Word], forms: Ints, touched: Sequence[tuple[Ints, Floats]]) -> Laid:
    if not len(forms):
        return Laid(forms, np.zeros(1, dtype=np.int32), _NONE[0], np.zeros((len(words), 0), dtype=np.float32))
    order, _ = spread(index.form_starts, forms)
    starts = np.zeros(len(forms) + 1, dtype=np.int32)
    np.cumsum(index.form_starts[forms + 1] - index.form_starts[forms], out=starts[1:])
    like = np.zeros((len(words), len(order)), dtype=np.float32)
    if len(order):
        wanted = np.zeros(len(index.totals), dtype=bool)
        wanted[forms] = True
        for number, (places, found) in enumerate(touched):
            right = wanted[index.form_of_place[places]]
            np.maximum.at(like[number], np.searchsorted(order, places[right]), found[right])
        _initials(index, words, order, like)
    return Laid(forms, starts, order, like)


def _initials(index: Index, words: Sequence[Word], places: Ints, like: Floats) -> None:
    """An initial is like each word that begins with it, where nothing more is known."""
    heads = index.heads[index.form_words[places]]
    single = index.form_roles[places] == _INITIAL
    for number, word in enumerate(words):
        if word.role == INITIAL:
            same = (heads == ord(word.form[0])) & ~single
        elif word.role == CONTENT:
            same = (heads == ord(word.form[0])) & single
        else:
            continue
        like[number][same] = np.maximum(like[number][same], INITIAL_LIKE)
