"""Chinese as Russian writes it (the Palladius system) and as pinyin does: Цзиньпин and Jinping, Чжэ and Zhe.

Both systems are facts of how syllables are written: an initial and a final, with a few syllables of their own.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product

MOST_SYLLABLES, MOST_WAYS = 4, 12

_HARD = "b:б p:п m:м f:ф d:д t:т n:н l:л g:г k:к h:х zh:чж ch:ч sh:ш r:ж z:цз c:ц s:с"
_SOFT = "b:б p:п m:м d:д t:т n:н l:л j:цз q:ц x:с"
_HARD_FINALS = "a:а o:о e:э ai:ай ei:эй ao:ао ou:оу an:ань en:энь ang:ан eng:эн ong:ун u:у ua:уа uo:о uai:уай ui:уй uan:уань un:унь uang:уан"
_SOFT_FINALS = "i:и ia:я ie:е iao:яо iu:ю ian:янь in:инь iang:ян ing:ин iong:юн u:юй ue:юэ uan:юань un:юнь"
_ALONE = (
    "a:а o:о e:э ai:ай ei:эй ao:ао ou:оу an:ань en:энь ang:ан er:эр yi:и ya:я ye:е yao:яо you:ю yan:янь yin:инь yang:ян ying:ин yong:юн wu:у wa:ва"
    " wo:во wai:вай wei:вэй wan:вань wen:вэнь wang:ван weng:вэн yu:юй yue:юэ yuan:юань yun:юнь nü:нюй nu:нюй lu:люй zhi:чжи chi:чи shi:ши ri:жи"
    " zi:цзы ci:цы si:сы hui:хуэй hui:хой bo:бо po:по mo:мо fo:фо"
)


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(one, other) for one, _, other in (part.partition(":") for part in text.split())]


@lru_cache(maxsize=1)
def syllables() -> dict[str, tuple[str, ...]]:
    """Of each Chinese syllable in Russian letters the syllables of pinyin that it stands for."""
    found: dict[str, dict[str, None]] = {}
    made = [(initial + final, own + end) for (initial, own), (final, end) in product(_pairs(_HARD), _pairs(_HARD_FINALS))]
    made += [(initial + final, own + end) for (initial, own), (final, end) in product(_pairs(_SOFT), _pairs(_SOFT_FINALS))]
    for pinyin, russian in (*made, *_pairs(_ALONE)):
        found.setdefault(russian, {})[pinyin.replace("ü", "u")] = None
    return {russian: tuple(pinyin) for russian, pinyin in found.items()}


@lru_cache(maxsize=65536)
def pinyin(word: str) -> tuple[str, ...]:
    """What a Russian word (in small letters) may be in pinyin, where all of it is Chinese syllables; empty where it is not."""
    ways: list[list[tuple[str, str]]] = [[("", word)]]
    for _ in range(MOST_SYLLABLES):
        grown = [
            (done + syllable, rest[size:].removeprefix("ъ"))
            for done, rest in ways[-1]
            for size in range(min(6, len(rest)), 0, -1)
            for syllable in syllables().get(rest[:size], ())
        ]
        ways.append(grown[: MOST_WAYS * 4])
    return tuple(dict.fromkeys(islice((done for level in ways for done, rest in level if done and not rest), MOST_WAYS)))
