"""How common words are in names: a word that many bear tells little."""

from __future__ import annotations

import math
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from enduse.domain.screening.sounds import bones, sound
from enduse.reference.name_words import name_words

LEGAL_CLASSES = {
    **dict.fromkeys(
        "llc ltd ooo gmbh sarl srl too tov bv doo ood sl pte pty sdnbhd kft aps oy lda ltda limited fzllc wll uab sia zrt odo".split(), "limited"
    ),
    **dict.fromkeys("ao oao zao pao nao jsc ojsc cjsc pjsc ag sa spa plc nv as ab oyj ad tbk kk inc corp saoc".split(), "shares"),
}
LEAST = 0.12
COMMON, SLIP = 40, 0.8  # entries that bear a word that is common; how like one of them a word is that is taken for it


@lru_cache(maxsize=1)
def _common() -> list[str]:
    return [word for word, count in name_words()[1].items() if count >= COMMON and len(word) > 5]


@lru_cache(maxsize=1)
def _counted() -> tuple[float, dict[str, int], dict[str, int]]:
    """By sound and by consonants."""
    names, words = name_words()
    heard: dict[str, int] = {}
    skeletons: dict[str, int] = {}
    for word, count in words.items():
        heard[sound(word)] = heard.get(sound(word), 0) + count
        skeletons[bones(word)] = skeletons.get(bones(word), 0) + count
    return math.log1p(names / 12), heard, skeletons


@lru_cache(maxsize=262144)
def weight(form: str, no_vowels: bool = False) -> float:
    """How much a word of a name tells, from 0.12 (very common) to 1 (rare): by how many of the names counted bear it, however they spell it.

    `no_vowels` for a word of a script that leaves them out.
    """
    most, heard, skeletons = _counted()
    count = skeletons.get(bones(form), 0) if no_vowels else heard.get(sound(form), 0)
    told = 1 - math.log1p(count) / most
    if not count and len(form) > 5 and (near := process.extractOne(form, _common(), scorer=OSA.normalized_similarity, score_cutoff=SLIP)):
        told = 1 - math.log1p(heard.get(sound(near[0]), 0)) / most + 0.2  # a common word misspelt is not a rare one
    return max(LEAST, min(1.0, told)) * min(1.0, 0.55 + 0.15 * len(form))
