"""Why a name is a hit, in words: which word was taken for which, how, and what that gave."""

from __future__ import annotations

import math

import numpy as np

from enduse.domain.screening.candidates import Laid
from enduse.domain.screening.features import GOOD, PLACE
from enduse.domain.screening.hit import Feature
from enduse.domain.screening.index import ROLES, Index
from enduse.domain.screening.scoring import gave
from enduse.domain.screening.sounds import bones, sound
from enduse.domain.screening.vocabulary import KINDS, Floats, family
from enduse.domain.screening.wording import INITIAL, Word, Worded

LEAST_TOLD = 0.0005  # points: what gave less has no line
_INITIAL = ROLES.index(INITIAL)


def explained(index: Index, name: Worded, laid: Laid, form: int, row: Floats, score: float) -> list[Feature]:
    """The lines of an explanation, which together are the score.

    First where a name of the very same words would stand, then a line for each word of the query and each word left over, then the rest.
    """
    parts = gave(row)
    raised = score - sum(parts.values())
    lines = [Feature("feature.same_words", {}, parts.pop("same"))]
    first, last = int(laid.starts[form]), int(laid.starts[form + 1])
    pairs = _pairs(index, name, laid, first, last)
    lost = sum(line.gave for line in pairs)
    words = parts.pop("words")
    lines += [Feature(line.code, line.values, words * (line.gave / lost if lost else 1 / len(pairs))) for line in pairs]
    lines += [
        Feature("feature.kind" if group == "other_kind" else f"feature.{group}", {}, points)
        for group, points in parts.items()
        if abs(points) >= LEAST_TOLD
    ]
    if raised >= LEAST_TOLD:
        whole = row[PLACE["unlike"]] < 1e-4 and min(row[PLACE["of_query"]], row[PLACE["of_form"]]) > 0.9999
        lines.append(Feature("feature.same_name" if whole else "feature.each_word", {}, raised))
    if name.looked_alike:
        lines.append(Feature("feature.looked_alike"))
    return lines


def strength_of(row: Floats, score: float) -> float:
    """How much stands behind a likeness of names alone: how rare what agrees is."""
    return (1 - math.exp(-float(row[PLACE["told"]]) / 1.1)) * min(1.0, score + 0.2)


def _pairs(index: Index, name: Worded, laid: Laid, first: int, last: int) -> list[Feature]:
    """A line for each word; `gave` is how much was lost by it, before it is turned into points."""
    like = laid.like[:, first:last]
    places = laid.places[first:last]
    texts = [str(index.words.forms[index.form_words[place]]) for place in places]
    kinds = [KINDS[index.words.kinds[index.form_words[place]]] for place in places]
    found = []
    met: set[int] = set()
    for number, word in enumerate(name.telling):
        at = int(np.argmax(like[number]))
        best = float(like[number, at])
        if best < GOOD:
            found.append(Feature("feature.word_missing", {"word": word.written}, word.weight))
            continue
        with_it = [place for place in range(last - first) if like[number, place] >= best - 1e-6]
        met.update(with_it)
        single = index.form_roles[places[at]] == _INITIAL
        code = _how(word, texts[at], kinds[at], best, single)
        values = {"word": word.written, "entry": texts[at], "like": round(best, 2)}
        found.append(Feature(code, values, word.weight * (1 - best)))
    for place in range(last - first):
        if place not in met and float(like[:, place].max()) < GOOD:
            found.append(Feature("feature.word_left", {"word": texts[place]}, float(index.form_weights[places[place]])))
    return found


def _how(word: Word, other: str, kind: str, like: float, single: bool) -> str:
    """How a word was taken for another, as a code."""
    if word.form == other:
        return "feature.word_same" if family(word.script) == kind and word.script in ("latin", "cyrillic") else "feature.word_script"
    if (word.role == INITIAL or single) and word.form[0] == other[0] and (len(word.form) == 1 or len(other) == 1):
        return "feature.word_initial"
    if family(word.script) != kind or word.script == "cyrillic":
        return "feature.word_script"
    if sound(word.form) == sound(other) or bones(word.form) == bones(other):
        return "feature.word_sound"
    return "feature.word_joined" if abs(len(word.form) - len(other)) > 2 and like > 0.8 else "feature.word_near"
