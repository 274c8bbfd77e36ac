"""Makes the table of names that are one and look unlike (`enduse/reference/same_names.txt`): `python -m benchmarks.matching.same_names FILE...`.

A FILE holds a group of spellings a line, `kim, gim, 김, 金 => Q718600`, as rigour (MIT)
keeps them: names of persons, of Wikidata (CC0), and words of companies in many languages. Of each group those words are
kept that the matcher would not find alike by letters, sounds and learned odds anyway; what stands in the table is how it writes them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from rapidfuzz.distance import OSA

from enduse import reference
from enduse.domain.screening.bridging import Asked, bridge, lettered, likenesses
from enduse.domain.screening.sounds import sound
from enduse.domain.screening.vocabulary import GUIDES, family, shaped
from enduse.domain.screening.writing import fold, latin, script_of
from enduse.reference.same_names import EASTERN, SIGNS

ALIKE, ACROSS, AT_ONCE = 0.8, 0.9, 4000  # alike enough to be found; across scripts less is found by letters
_FAMILY = ("姓", "氏", "씨")
Word = tuple[str, str]  # as written in Latin letters, and the family of its script


def word(text: str) -> tuple[Word, int] | None:
    """A word as the matcher has it, and how many signs it is written with; None for what is no word of one script."""
    folded = fold(text).translate({ord(sign): None for sign in "'’ʻʼ"})
    scripts = {script for letter in folded if (script := script_of(letter))}
    if len(scripts) != 1 or any(letter.isdigit() for letter in folded):
        return None
    script = scripts.pop()
    form = latin(folded, script)
    return ((form, family(script)), len(folded)) if form.isalpha() else None


def groups(lines: Iterable[str]) -> Iterator[list[Word]]:
    """The words of each group; a sign read as in Japanese alone is left out, since in Chinese it is read otherwise.

    Of Chinese and Korean names family names alone are kept (an item that is one is also called so: 张姓, 박씨), and their Latin spellings are
    not one another's: there are so few syllables that a chain of spellings would join half of all families.
    """
    for line in lines:
        texts = [text for part in line.rpartition("=>")[0].split(",") if (text := part.strip()) and not re.search(r"\s", text)]
        found = dict(one for text in texts if (one := word(text)))
        plain = {form for form, kind in found if kind == "plain"}
        eastern = any(kind == "hangul" or (kind == "han" and (signs == 1 or form in plain)) for (form, kind), signs in found.items())
        if eastern and not any(text[1:] in _FAMILY for text in texts):
            continue
        kept = [(form, kind) for (form, kind), signs in found.items() if kind != "han" or signs > 1 or form in plain]
        kept = [one for one in kept if len(one[0]) > 1 or one[1] != "plain"]
        if eastern:
            kept = [(form, EASTERN if kind == "plain" else kind) for form, kind in kept]
        if len(kept) > 1 and any(kind in ("plain", EASTERN) for _, kind in kept):
            yield sorted(kept)


def unlike(some: list[list[Word]]) -> Iterator[list[Word]]:
    """Of each group the words that are not alike in Latin letters, or between a script and Latin; each with what it is unlike."""
    asked: list[Asked] = []
    of: list[tuple[int, Word, list[str]]] = []
    table: list[str] = []
    for number, group in enumerate(some):
        plain = [form for form, kind in group if kind in ("plain", EASTERN)]
        for form, kind in group:
            if kind not in ("plain", EASTERN) and plain and (guide := bridge(GUIDES[kind])):
                asked.append(Asked(guide, form, np.arange(len(table), len(table) + len(plain))))
                table += plain
                of.append((number, (form, kind), plain))
    far: dict[int, set[Word]] = {}
    for (number, own, plain), like in zip(of, likenesses(asked, lettered(table)), strict=True):
        for at in np.flatnonzero(shaped(like) < ACROSS).tolist():
            latin_kind = "plain" if (plain[at], "plain") in some[number] else EASTERN
            far.setdefault(number, set()).update((own, (plain[at], latin_kind)))
    for number, group in enumerate(some):
        found = far.get(number, set())
        plain = [form for form, kind in group if kind == "plain"]
        for at, one in enumerate(plain):
            for other in plain[at + 1 :]:
                if max(OSA.normalized_similarity(one, other), OSA.normalized_similarity(sound(one), sound(other))) < ALIKE:
                    found |= {(one, "plain"), (other, "plain")}
        if len(found) > 1:
            yield sorted(found)


def main(paths: Sequence[Path]) -> None:
    """Write the table."""
    lines = set()
    found = groups(line for path in paths for line in path.read_text("utf-8").splitlines())
    while some := list(islice(found, AT_ONCE)):
        lines |= {" ".join(SIGNS[kind] + form for form, kind in group) for group in unlike(some)}
    target = Path(reference.__path__[0]) / "same_names.txt"
    target.write_text("\n".join(sorted(lines)) + "\n", "ascii")


if __name__ == "__main__":
    main([Path(one) for one in sys.argv[1:]])
