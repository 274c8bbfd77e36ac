"""Mild alterations of listed names, as people and forms make them: typos, order, initials, dropped and joined words, transliteration."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise

from benchmarks.matching.data import Asked, Half, Listing, half, kind_of, latin, normal, number, pool
from enduse.domain.screening.entity import Entity, Name
from enduse.domain.screening.query import Query
from enduse.sources.naming import scripts


def _table(text: str) -> dict[str, str]:
    """A table of `from=to` words."""
    return {one: other for one, _, other in (part.partition("=") for part in text.split())}


_TO_CYRILLIC = _table(
    """shch=щ sch=щ zh=ж kh=х ts=ц ch=ч sh=ш yu=ю ya=я yo=ё ye=е iy=ий a=а b=б c=к d=д e=е f=ф g=г h=х i=и k=к l=л m=м n=н o=о p=п r=р s=с t=т u=у
    v=в y=й z=з '=ь"""
)
_Y = (  # a Latin y is three Russian letters
    (r"(?<=[кгхц])й\b", "ий"),
    (r"(?<=[бвдзлмнпрстф])й\b", "ий"),
    (r"(?<=[бвдзклмнпрстфц])й(?=[бвгдзклмнпрстфхч])", "ы"),
)
_OWN = "|".join(sorted((re.escape(one) for one in _TO_CYRILLIC if one != "c"), key=len, reverse=True))  # what a romanised Slavic name is made of
_TO_LATIN = _table(  # near to GOST 7.79, as no passport has it
    """а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=j к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=x ц=cz ч=ch ш=sh щ=shh ъ= ы=y ь= э=e ю=yu я=ya"""
)
_PASSPORT = _TO_LATIN | _table("ё=e й=i х=kh ц=ts щ=shch ъ=ie ю=iu я=ia")  # ICAO 9303, as in Russian passports since 2013
_SLAVIC = {"RU", "BY", "UA", "KZ", "KG", "UZ", "TJ", "TM", "AM", "AZ", "MD", "BG", "RS"}
_WORDS = _table(
    """mohammed=muhammad muhammad=mohamed mohammad=mohammed mohamed=muhammad ahmed=ahmad ahmad=ahmed hussein=husayn husayn=hussain hussain=hussein
    yusuf=youssef usama=osama umar=omar omar=umar khalid=khaled abdul=abd_al abd_al=abdel sergei=sergey sergey=sergei andrei=andrey
    aleksandr=alexander alexander=aleksandr aleksei=alexey yuri=yury yuriy=yuri evgeny=yevgeniy yevgeny=evgenii dmitry=dmitrii dmitri=dmitriy al=el"""
)
_SOUNDS = _table(
    r"""ou=u oo=u ee=i kh=h q=k dj=j sch=sh zh=j ph=f iy\b=y ii\b=y yev=ev ks=x x=ks aye=ae iyev\b=iev ay=ai ei=ey w=v ck=k ya\b=ia
    ([bdfklmnprstz])\1=\1 sky\b=skii skiy\b=sky ju=yu gh=g dh=d tch=ch ie=ye"""
)
_SWAPS = [  # one spelling for another, as systems of transliteration and habits differ
    *((rf"\b{one}\b".replace("_", " "), other.replace("_", " ")) for one, other in _WORDS.items()),
    *_SOUNDS.items(),
]
_LETTERS = "aeiounrtlskm"
_FORMS = ("typo", "order", "initial", "initial of two", "dropped", "joined", "spelling", "spelling")


def to_latin(text: str, *, passport: bool = True) -> str:
    """A Russian name in Latin letters, as passports have it (ICAO) or near to GOST 7.79."""
    table = _PASSPORT if passport else _TO_LATIN
    found = "".join(table.get(letter.lower(), letter) for letter in text)
    return " ".join(
        word.upper() if len(was) > 1 and was.isupper() else word[:1].upper() + word[1:] for was, word in zip(text.split(), found.split(), strict=True)
    )


def to_cyrillic(text: str) -> str:
    """A Latin name in Russian letters, letter by letter by the commonest table."""
    pattern = "|".join(sorted(map(re.escape, _TO_CYRILLIC), key=len, reverse=True))
    found = re.sub(pattern, lambda found: _TO_CYRILLIC[found[0]], text.lower())
    for ending, other in _Y:
        found = re.sub(ending, other, found)
    return found.title()


def alterations(entries: Iterable[Listing], of: Half, seed: int = 1, count: int | None = None) -> list[Asked]:
    """A mild alteration of a Latin name of each entry of a half, or of `count` of them drawn by a hash; each says what was done.

    The altered name is no name that the entry has. A name of one word is altered only where that is still mild.
    """
    chosen = [listing for listing in entries if half(*listing) == of and any(latin(name.text) for name in listing[1].names)]
    chosen.sort(key=lambda listing: number("alter", seed, listing[0], listing[1].id))
    asked: list[Asked] = []
    for word, entity in chosen:
        if count is not None and len(asked) >= count:
            break
        chance = random.Random(number("altered", seed, word, entity.id))
        if found := _altered(chance, entity):
            text, how, was = found
            asked.append(Asked(Query(text, kind_of(entity)), (word, entity.id), how, was))
    return asked


def _altered(chance: random.Random, entity: Entity) -> tuple[str, str, str] | None:
    own = {normal(name.text) for name in entity.names}
    names = [name for name in entity.names if name.kind in ("name", "alias", "former") and latin(name.text) and 5 <= len(name.text) <= 80]
    if not names:
        return None
    for _ in range(12):
        name = chance.choice(names)
        how = chance.choice(("cyrillic", "romanised again") if _slavic(entity, _spoken(name, entity)) and chance.random() < 0.3 else _FORMS)
        found = _WAYS[how](chance, name, entity)
        if found and len(normal(found)) >= 4 and normal(found) not in own:
            return found, how, name.text
    return None


def _spoken(name: Name, entity: Entity) -> list[str]:
    """The words of a name; a person's family name, where a comma tells it apart, last."""
    rest = scripts(name.text)[0] or name.text
    family, comma, given = rest.partition(", ")
    return (f"{given} {family}" if comma and "," not in given and entity.schema == "Person" else rest).replace(",", " ").split()


def _given(name: Name, entity: Entity) -> int:
    """How many of the spoken words are before the family name, at least."""
    _, comma, given = name.text.partition(", ")
    return len(given.split()) if comma and entity.schema == "Person" else len(_spoken(name, entity)) - 1


def _typo(chance: random.Random, name: Name, entity: Entity) -> str | None:
    words = name.text.split()
    long = [at for at, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long:
        return None
    at = chance.choice(long)
    word, place = words[at], chance.randrange(1, len(words[at]))
    letter = chance.choice(_LETTERS)
    letter = letter.upper() if word.isupper() else letter
    words[at] = chance.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :] if place > 1 else word[:place] + word[place:] + word[-1],
        ]
    )
    return " ".join(words)


def _order(chance: random.Random, name: Name, entity: Entity) -> str | None:
    words = _spoken(name, entity)
    if not 2 <= len(words) <= 7:
        return None
    if entity.schema == "Person":
        return " ".join([words[-1], *words[:-1]])
    places = [at for at in range(len(words) - 2) if not {words[at], words[at + 1]} & _forms(words)]
    if not places:
        return None
    at = chance.choice(places)
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def _forms(words: Sequence[str]) -> set[str]:
    """The words of a company's name that are very common or short: parts of legal forms, as a rule, which nobody moves or joins."""
    return {word for word in words if len(word) < 4 or _common()[normal(word)] > 150}


def _initial(chance: random.Random, name: Name, entity: Entity) -> str | None:
    words = _spoken(name, entity)
    if entity.schema != "Person" or len(words) < 3:
        return None
    at = chance.randrange(_given(name, entity) or 1)
    return " ".join([*words[:at], f"{words[at][0]}.", *words[at + 1 :]]) if len(words[at]) > 2 else None


def _initial_of_two(chance: random.Random, name: Name, entity: Entity) -> str | None:
    words = _spoken(name, entity)
    return f"{words[0][0]}. {words[1]}" if entity.schema == "Person" and len(words) == 2 and min(map(len, words)) > 3 else None


def _dropped(chance: random.Random, name: Name, entity: Entity) -> str | None:
    words = _spoken(name, entity)
    if not 3 <= len(words) <= 8:
        return None
    if entity.schema == "Person":
        if (given := _given(name, entity)) < 2:
            return None
        at = chance.randrange(1, given)
    else:
        at = max(range(len(words)), key=lambda place: (_common()[normal(words[place])], -place))
        if _common()[normal(words[at])] < 20:
            return None  # nothing in it is common: a word less would be another name
    return " ".join([*words[:at], *words[at + 1 :]])


@cache
def _common() -> Counter[str]:
    """In how many names of the pool a word stands: a common one may be dropped from a company's name."""
    return Counter(word for _, entity in pool() for name in entity.names for word in set(normal(name.text).split()))


def _joined(chance: random.Random, name: Name, entity: Entity) -> str | None:
    words = _spoken(name, entity)
    apart = set() if entity.schema == "Person" else {*_forms(words), words[-1]}
    places = [
        at
        for at, (one, other) in enumerate(pairwise(words))
        if one.isalpha() and other.isalpha() and len(one) + len(other) <= 16 and not {one, other} & apart
    ]
    if not places:
        return None
    at = chance.choice(places)
    return " ".join([*words[:at], words[at] + (words[at + 1] if words[at].isupper() else words[at + 1].lower()), *words[at + 2 :]])


def _spelling(chance: random.Random, name: Name, entity: Entity) -> str | None:
    text = name.text.lower()
    able = [(pattern, other) for pattern, other in _SWAPS if re.search(pattern, text)]
    if entity.schema != "Person" or not able:
        return None
    for pattern, other in chance.sample(able, min(len(able), chance.choice((1, 1, 2)))):
        text = re.sub(pattern, other, text, count=1)
    return text.title()


def _slavic(entity: Entity, words: Sequence[str]) -> bool:
    codes = {country.code for country in (*entity.nationalities, *entity.countries)}
    return entity.schema == "Person" and bool(codes & _SLAVIC) and bool(re.fullmatch(f"({_OWN}| )+", " ".join(words).lower()))


def _cyrillic(chance: random.Random, name: Name, entity: Entity) -> str | None:
    words = _spoken(name, entity)
    return to_cyrillic(" ".join(words)) if _slavic(entity, words) else None


def _again(chance: random.Random, name: Name, entity: Entity) -> str | None:
    words = _spoken(name, entity)
    return to_latin(to_cyrillic(" ".join(words)), passport=chance.random() < 0.5) if _slavic(entity, words) else None


_WAYS: dict[str, Callable[[random.Random, Name, Entity], str | None]] = {
    "typo": _typo,
    "order": _order,
    "initial": _initial,
    "initial of two": _initial_of_two,
    "dropped": _dropped,
    "joined": _joined,
    "spelling": _spelling,
    "cyrillic": _cyrillic,
    "romanised again": _again,
}
