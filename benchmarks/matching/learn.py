"""Learns the weights of `enduse/reference/scripts.json` of the `tune` half of the script pairs: `python -m benchmarks.matching.learn`.

Each pair is read as one way of changing letters into letters, with letters left out and put in (a memoryless stochastic transducer);
expectation and maximisation find the odds (Ristad and Yianilos, 1998). Kept are the logarithms of odds against chance.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz.distance import OSA

from benchmarks.matching.data import Half, half, latin, number, pool
from benchmarks.matching.pairs import script_pairs
from enduse import reference
from enduse.domain.screening.bridging import units
from enduse.domain.screening.sounds import sound
from enduse.domain.screening.wording import worded

SCRIPTS = {"arabic": "ar", "hebrew": "he", "han": "zh", "hangul": "ko", "kana": "ja", "cyrillic": "ru"}
ROUNDS, MOST, UNSEEN = 8, 6000, -5.0
ALIKE, MOST_SPELLINGS = 0.45, 20_000
Odds = dict[tuple[str, str], float]


def examples(language: str, of: Half) -> list[tuple[str, str]]:
    """Words in units, own and Latin, of the right pairs of a language; names of unlike length as one word."""
    found = []
    for pair in script_pairs(of):
        if pair.language != language or not pair.match:
            continue
        own, far = ([units(word.form) for word in worded(text, True).words] for text in (pair.query, pair.candidate))
        found += list(zip(own, far, strict=True)) if len(own) == len(far) else [("".join(own)[:20], "".join(far)[:20])]
    return sorted((one for one in found if all(one)), key=lambda one: number("learn", *one))


def spellings() -> list[tuple[str, str]]:
    """Words in units that stand for one another in the Latin names of one person, of the entries of the `tune` half; some twice the same."""
    found: set[tuple[str, str]] = set()
    for word, entity in pool():
        if entity.schema != "Person" or half(word, entity) != "tune":
            continue
        names = [{one.form for one in worded(name.text, True).words if one.role == "content"} for name in entity.names if latin(name.text)]
        for first, one in enumerate(names[:8]):
            for other in names[first + 1 : 8]:
                for own in one - other:
                    best = max(((OSA.normalized_similarity(sound(own), sound(far)), far) for far in other - one), default=(0.0, ""))
                    if best[0] >= ALIKE:
                        found.add((units(own), units(best[1])))
                found |= {(units(own), units(own)) for own in one & other if number("same", own) % 4 == 0}
    both = sorted({pair for own, far in found for pair in ((own, far), (far, own))}, key=lambda one: number("learn", *one))
    return both[:MOST_SPELLINGS]


def learn(data: Sequence[tuple[str, str]]) -> Odds:
    """The odds of each pair of units, of one left out (`(own, "")`) and put in (`("", latin)`), by expectation and maximisation."""
    odds: Odds = defaultdict(lambda: 1e-4)
    for own in {unit for word, _ in data for unit in word}:
        odds[own, own] = 0.01
    for _ in range(ROUNDS):
        seen: Odds = defaultdict(float)
        for own, far in data:
            _expect(own, far, odds, seen)
        total = sum(seen.values())
        odds = defaultdict(lambda: 2e-6, {key: (count + 0.02) / total for key, count in seen.items() if count > 0.01})
    return dict(odds)


def _expect(own: str, latin: str, odds: Odds, seen: Odds) -> None:
    m, n = len(own), len(latin)
    ahead = [[0.0] * (n + 1) for _ in range(m + 1)]
    behind = [[0.0] * (n + 1) for _ in range(m + 1)]
    ahead[0][0] = behind[m][n] = 1.0
    for i in range(m + 1):
        for j in range(n + 1):
            if i and j:
                ahead[i][j] += ahead[i - 1][j - 1] * odds[own[i - 1], latin[j - 1]]
            if i:
                ahead[i][j] += ahead[i - 1][j] * odds[own[i - 1], ""]
            if j:
                ahead[i][j] += ahead[i][j - 1] * odds["", latin[j - 1]]
    whole = ahead[m][n]
    if whole <= 0:
        return
    for i in range(m, -1, -1):
        for j in range(n, -1, -1):
            for key, di, dj in (
                ((own[i : i + 1], latin[j : j + 1]), 1, 1),
                ((own[i : i + 1], ""), 1, 0),
                (("", latin[j : j + 1]), 0, 1),
            ):
                if i + di <= m and j + dj <= n:
                    rest = odds[key] * behind[i + di][j + dj]
                    behind[i][j] += rest
                    seen[key] += ahead[i][j] * rest / whole


def weights(odds: Odds) -> dict[str, object]:
    """The weights as they are kept."""
    own: dict[str, float] = defaultdict(float)
    latin: dict[str, float] = defaultdict(float)
    for (a, b), share in odds.items():
        own[a] += share
        latin[b] += share
    of_own, of_latin = 1 - own.pop("", 0.0), 1 - latin.pop("", 0.0)
    table: dict[str, dict[str, float]] = defaultdict(dict)
    likely: dict[str, tuple[float, str]] = {}
    for (a, b), share in sorted(odds.items()):
        chance = (own[a] / of_own if a else 1) * (latin[b] / of_latin if b else 1)
        weight = round(math.log(share / chance), 2)
        if weight > UNSEEN:
            table[a][b] = weight
        if a:
            likely[a] = max(likely.get(a, (0.0, "")), (share, b))
    return {"units": {a: table[a] for a in sorted(table)}, "unseen": UNSEEN, "likely": {a: b for a, (_, b) in sorted(likely.items())}}


def main() -> None:
    """Learn and write."""
    found = {script: weights(learn(examples(language, "tune")[:MOST])) for script, language in SCRIPTS.items()}
    found["latin"] = weights(learn(spellings()))
    path = Path(reference.__path__[0]) / "scripts.json"
    path.write_text(json.dumps(found, ensure_ascii=False, indent=0, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
