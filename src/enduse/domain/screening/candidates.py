"""Which forms of an index a query may mean, and how its words lie on theirs: arrays for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from enduse.domain.screening.index import ROLES, Index, joined_words, turned_words
from enduse.domain.screening.vocabulary import Floats, Ints
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
    `words[p]` is the place of the word in the index's forms.
    """

    forms: Ints
    starts: Ints
    places: Ints
    like: Floats


def candidates(index: Index, words: Sequence[Word]) -> Laid:
    """The forms that words may mean. Which they are depends on the words and each form alone."""
    found = _touched(index, words)
    weights = max(sum(word.weight for word in words), 1e-6)
    most = sum(word.weight * float(like.max()) for word, (_, like) in zip(words, found, strict=True) if len(like))
    if most < 0.99 * OF_EITHER * weights:  # nothing can come of it
        return _lay(index, words, _NONE[0], found)
    total = np.zeros(len(index.totals), dtype=np.float32)
    best = np.zeros_like(total)
    for word, (places, like) in zip(words, found, strict=True):
        if not len(places):
            continue
        order = np.argsort(like, kind="stable")  # the most like is written last and stays
        forms = index.form_of_place[places[order]]
        best[forms] = like[order]
        total += np.float32(word.weight) * best
        best[forms] = 0
    of_query = total / np.float32(weights)
    of_form = total / index.totals
    kept = np.flatnonzero(of_query + of_form >= OF_BOTH)
    kept = kept[(of_query[kept] >= OF_EITHER) & (of_form[kept] >= OF_EITHER)]
    return _lay(index, words, kept.astype(np.int32), found)


def _touched(index: Index, words: Sequence[Word]) -> list[tuple[Ints, Floats]]:
    """For each word the places in forms that it may stand for, and how like they are."""
    found = [_of_word(index, word) for word in words]
    joins: list[tuple[Sequence[int], str]] = [(range(start, start + span), joined) for start, span, joined in joined_words(words)]
    joins += [((last, start), joined) for last, start, joined in turned_words(words)]
    for inside, joined in joins:
        if len(inside) == 2 and INITIAL in (words[inside[0]].role, words[inside[1]].role):
            continue
        places, like = _alike(
            index, joined, words[inside[0]].script, strict=True, back=len(inside) == len(words)
        )  # whole names are written as one elsewhere
        for number in inside if len(places) else ():
            found[number].append((places, like * np.float32(JOIN_COST)))
    return [_together([part for part in parts if len(part[0])]) for parts in found]


def _together(parts: Sequence[tuple[Ints, Floats]]) -> tuple[Ints, Floats]:
    if len(parts) < 2:
        return parts[0] if parts else _NONE
    return np.concatenate([places for places, _ in parts]), np.concatenate([like for _, like in parts])


def _of_word(index: Index, word: Word) -> list[tuple[Ints, Floats]]:
    """The places of words like one, and of neighbours that together are."""
    found = [_alike(index, word.form, word.script)]
    if len(word.form) > 4 and word.role in (CONTENT, NUMBER):
        joins, like = index.joins.like(word.form, word.script, strict=True)
        if not len(joins):
            return found
        order, which = _spread(index.join_starts, joins)
        first, last, like = index.join_places[order], index.join_others[order], like[which] * JOIN_COST
        found += [(first, like), (last, like)]
        for step in range(1, 3):
            inside = first + step < last
            found.append((first[inside] + step, like[inside]))
    return found


def _alike(index: Index, form: str, script: str, *, strict: bool = False, back: bool = True) -> tuple[Ints, Floats]:
    places, like = index.words.like(form, script, strict=strict, back=back)
    if not len(places):
        return _NONE
    order, which = _spread(index.word_starts, places)
    return index.word_places[order], like[which]


def _spread(starts: Ints, of: Ints) -> tuple[Ints, Ints]:
    """All that some rows of a table of starts lead to, and of which row each is."""
    sizes = starts[of + 1] - starts[of]
    which = np.repeat(np.arange(len(of), dtype=np.int32), sizes)
    ends = np.cumsum(sizes)
    at = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int32) - np.repeat(ends - sizes, sizes).astype(np.int32)
    return np.repeat(starts[of], sizes) + at, which


def _lay(index: Index, words: Sequence[Word], forms: Ints, touched: Sequence[tuple[Ints, Floats]]) -> Laid:
    if not len(forms):
        return Laid(forms, np.zeros(1, dtype=np.int32), _NONE[0], np.zeros((len(words), 0), dtype=np.float32))
    order, _ = _spread(index.form_starts, forms)
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
