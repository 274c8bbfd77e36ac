"""Made-up people and companies of many countries and scripts who stand on no list: what must not be found.

The words are in `cultures.json` and `firms.json`, common ones first; how often each is taken falls with its place, as names do.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from benchmarks.matching.altering import to_latin
from benchmarks.matching.data import pool, rows
from benchmarks.matching.pairs import plain
from enduse.domain.screening.query import Kind, Query

SEEDS = {"tune": 41, "report": 97}
PEOPLE = 0.6  # of all
_FIRM_FAMILIES = {
    "english",
    "german",
    "french",
    "italian",
    "portuguese",
    "spanish",
    "indian",
    "pakistani",
    "korean-latin",
    "japanese-latin",
    "turkish",
}
_SYLLABLES = (
    "ba", "be", "bi", "bo", "da", "de", "di", "do", "fa", "fi", "ga", "ge", "go", "ka", "ke", "ko", "la", "le", "li", "lo", "ma", "me", "mi", "mo",
    "na", "ne", "ni", "no", "pa", "pe", "ra", "re", "ri", "ro", "sa", "se", "si", "so", "ta", "te", "ti", "to", "va", "ve", "vi", "vo", "za", "ze",
    "zo", "tra", "gra", "pro", "kri", "ster", "lan", "mer", "kon", "tor", "ven", "dor", "lin", "mon",
)  # fmt: skip
_ENDS = ("x", "ra", "tek", "na", "vis", "lon", "ta", "ium", "ex", "is", "ora", "ent", "al", "on", "ix", "ya")


@dataclass(frozen=True, slots=True)
class Made:
    """The made-up names, and how many were left out because a list has that very name."""

    queries: tuple[Query, ...]
    listed: int


@dataclass(frozen=True, slots=True)
class Words:
    """Words with how often each is taken: the first the most."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    def one(self, chance: random.Random) -> str:
        return chance.choices(self.words, cum_weights=self.weights)[0]


def _words(text: str, flat: float = 4) -> Words:
    words = tuple(word.replace("_", " ") for word in dict.fromkeys(text.split()))
    return Words(words, tuple(accumulate(1 / (place + flat) for place in range(len(words)))))


@cache
def _held(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((Path(__file__).with_name(name)).read_text("utf-8"))
    return found


@cache
def _culture(word: str) -> dict[str, Words]:
    told = next(one for one in _held("cultures.json") if one["word"] == word)
    return {"men": _words(" ".join(told["men"])), "women": _words(" ".join(told["women"])), "families": _words(" ".join(told["families"]), 30)}


def negatives(seed: int, count: int, *, listed: Collection[str] | None = None) -> Made:
    """`count` different made-up names, the same for a seed; none that a list has but for the order of words and plain romanisation.

    `listed`: the names of the lists as `bare` gives them, by default those of the pool.
    """
    known = {bare(name.text) for _, entity in pool() for name in entity.names} if listed is None else listed
    made: dict[str, Query] = {}
    left_out: set[str] = set()
    for query in _endless(random.Random(seed)):
        if len(made) == count:
            break
        name = bare(query.name)
        if name in known:
            left_out.add(name)
        elif name:
            made.setdefault(name, query)
    return Made(tuple(made.values()), len(left_out))


def bare(text: str) -> str:
    """The romanised words of a name in the order of the alphabet."""
    return " ".join(sorted(plain(text).split()))


def made_up(seed: int, count: int) -> list[Query]:
    """`count` made-up names as they come: some more than once, some as a list has them."""
    return list(islice(_endless(random.Random(seed)), count))


def _endless(chance: random.Random) -> Iterator[Query]:
    cultures, firms = _held("cultures.json"), _held("firms.json")
    shares = [list(accumulate(one["share"] for one in held)) for held in (cultures, firms)]
    while True:
        if chance.random() < PEOPLE:
            yield _person(chance, chance.choices(cultures, cum_weights=shares[0])[0])
        else:
            yield _firm(chance, chance.choices(firms, cum_weights=shares[1])[0])


def given_negatives() -> list[Query]:
    """The 1,000 made-up people of yente, as they stand in ../shared/data."""
    return [Query(row["full_name"], "person") for row in rows("synthetic_negatives.csv")]


def _person(chance: random.Random, told: dict[str, Any]) -> Query:
    names, woman = _culture(told["word"]), chance.random() < 0.42
    country = chance.choice(told["countries"].split())
    name = FORMS[told["form"]](chance, names, woman, told["glue"])
    if told["form"] == "russian" and chance.random() < 0.3:
        name = to_latin(name)
    if chance.random() < 0.08:
        name = name.upper()
    return Query(name, "person", (country,))


def _western(chance: random.Random, names: dict[str, Words], woman: bool, glue: str) -> str:
    own = names["women" if woman else "men"]
    given, family = own.one(chance), names["families"].one(chance)
    drawn = chance.random()
    if drawn < 0.14:
        return f"{given} {own.one(chance)} {family}"
    if drawn < 0.22 and given[0].isascii():
        return f"{given} {own.one(chance)[0]}. {family}"
    if drawn < 0.27:
        return f"{family}, {given}" if chance.random() < 0.5 else f"{family} {given}"
    return f"{given} {names['families'].one(chance)}-{family}" if drawn > 0.97 else f"{given} {family}"


def _double(chance: random.Random, names: dict[str, Words], woman: bool, glue: str) -> str:
    own = names["women" if woman else "men"]
    given = own.one(chance) + (f" {own.one(chance)}" if chance.random() < 0.35 else "")
    return f"{given} {names['families'].one(chance)}" + (f" {names['families'].one(chance)}" if chance.random() < 0.6 else "")


def _arabic(chance: random.Random, names: dict[str, Words], woman: bool, glue: str) -> str:
    parts = [names["women" if woman else "men"].one(chance)]
    parts += [names["men"].one(chance) for _ in range(chance.choices((0, 1, 2), (0.4, 0.42, 0.18))[0])]
    if len(parts) > 1 and chance.random() < 0.06:
        parts.insert(1, "بن" if parts[0][0] > "\u0600" else "bin")
    return " ".join([*parts, names["families"].one(chance)])


def _family_first(chance: random.Random, names: dict[str, Words], woman: bool, glue: str) -> str:
    given, family = names["women" if woman else "men"].one(chance), names["families"].one(chance)
    return f"{given} {family}" if glue and chance.random() < 0.3 else f"{family}{glue}{given}"


def _vietnamese(chance: random.Random, names: dict[str, Words], woman: bool, glue: str) -> str:
    middle = "Thị" if woman and chance.random() < 0.6 else names["women" if woman else "men"].one(chance)
    return f"{names['families'].one(chance)} {middle} {names['women' if woman else 'men'].one(chance)}"


def _ukrainian(chance: random.Random, names: dict[str, Words], woman: bool, glue: str) -> str:
    return _order(chance, names["families"].one(chance), names["women" if woman else "men"].one(chance), "")


def _russian(chance: random.Random, names: dict[str, Words], woman: bool, glue: str) -> str:
    family, father = names["families"].one(chance), names["men"].one(chance)
    if woman:
        family = family[:-2] + "ая" if family.endswith("ий") else family + "а" if family.endswith(("ов", "ев", "ёв", "ин", "ын")) else family
    return _order(chance, family, names["women" if woman else "men"].one(chance), patronymic(father, woman) if chance.random() < 0.6 else "")


def _order(chance: random.Random, family: str, given: str, middle: str) -> str:
    if middle and chance.random() < 0.12:
        return f"{family} {given[0]}.{middle[0]}."
    first = chance.random() < 0.6
    return " ".join(part for part in ((family, given, middle) if first else (given, middle, family)) if part)


def patronymic(father: str, woman: bool) -> str:
    """A Russian patronymic by the plain rules."""
    special = {
        "Илья": "Ильи",
        "Никита": "Никити",
        "Лев": "Льво",
        "Павел": "Павло",
        "Пётр": "Петро",
        "Михаил": "Михайло",
        "Фёдор": "Фёдоро",
        "Муса": "Мусае",
    }
    if father in special:
        stem = special[father]
        return stem + (("вна" if stem[-1] in "ое" else "нична") if woman else ("вич" if stem[-1] in "ое" else "ч"))
    if father.endswith("ий"):
        stem = father[:-2] + "ье"
    elif father.endswith(("й", "ь")):
        stem = father[:-1] + "е"
    elif father.endswith(("а", "я", "и", "о", "у")):
        stem = father + "е"
    else:
        stem = father + "о"
    return stem + ("вна" if woman else "вич")


FORMS: dict[str, Callable[[random.Random, dict[str, Words], bool, str], str]] = {
    "western": _western,
    "double": _double,
    "arabic": _arabic,
    "family-first": _family_first,
    "vietnamese": _vietnamese,
    "ukrainian": _ukrainian,
    "russian": _russian,
}


@cache
def _firm_words(word: str) -> tuple[Words, Words]:
    told = next(one for one in _held("firms.json") if one["word"] == word)
    return _words(told["names"], 12), _words(told["things"], 12)


def _firm(chance: random.Random, told: dict[str, Any]) -> Query:
    names, things = _firm_words(told["word"])
    glue, drawn, word = told.get("glue", " "), chance.random(), told["word"]
    thing = things.one(chance)
    if word in _FIRM_FAMILIES and drawn < 0.25:
        core = f"{_culture(word)['families'].one(chance)} {thing}"
    elif word == "russian":
        core = _russian_core(chance, names.one(chance), thing, things.one(chance), drawn)
    elif glue and drawn < 0.45:
        core = f"{coined(chance)} {thing}" if drawn < 0.38 else coined(chance)
    elif drawn < 0.8:
        core = f"{names.one(chance)}{glue}{thing}"
    else:
        core = f"{names.one(chance)}{glue}{thing}{glue}{things.one(chance)}"
    name = chance.choice(told["forms"]).format(core)
    kind: Kind = "vessel" if word == "vessels" else "company"
    return Query(name.upper() if chance.random() < 0.2 else name, kind, (told["country"],))


def _russian_core(chance: random.Random, name: str, thing: str, other: str, drawn: float) -> str:
    if drawn < 0.3:
        return thing + other.lower()
    if drawn < 0.5:
        return f"{name}-{thing}" if drawn < 0.4 else name + thing.lower()
    return name if drawn < 0.65 else f"{name} {thing}{chance.choice(('', ' Плюс', '-М', ' 2000', ' Групп', ' Юг', ' Северо-Запад'))}"


def coined(chance: random.Random) -> str:
    """A made-up word of a brand."""
    return ("".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((1, 2, 2, 3)))) + chance.choice(_ENDS)).capitalize()
