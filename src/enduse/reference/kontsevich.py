"""Korean as Russian writes it (Kontsevich's system and the press) and as lists do in Latin letters: Чан Сон Тхэк and Jang Song Thaek.

Facts of how syllables are written, after L. R. Kontsevich's transcription of Korean, the North's own romanisation (1992), the South's Revised
Romanisation (2000) and the spellings that people in the South use instead of it. Which syllables stand in names, and which more often, is common
knowledge of Korean names. Russian tells neither n from ng at the end nor the two kinds of o: the commoner comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product, zip_longest
from typing import NamedTuple

_LEADS, _VOICES = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"  # in the order of Unicode
_TAILS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# Jamo, Russian, North, South. An initial that stands between sounds may be written as voiced.
_INITIALS = (
    "ㄱ:к:k:g ㄱ:г:g:g ㄴ:н:n:n ㄷ:т:t:d ㄷ:д:d:d ㄹ:р:r:r ㅁ:м:m:m ㅂ:п:p:b ㅂ:б:b:b ㅅ:с:s:s ㅇ::: ㅈ:ч:j:j ㅈ:чж:j:j ㅈ:дж:j:j"
    " ㅊ:чх:ch:ch ㅋ:кх:kh:k ㅌ:тх:th:t ㅍ:пх:ph:p ㅎ:х:h:h"
)
_VOWELS = (
    "ㅏ:а:a:a ㅐ:э:ae:ae ㅑ:я:ya:ya ㅓ:о:o:eo ㅔ:е:e:e ㅕ:ё:yo:yeo ㅖ:е:ye:ye ㅗ:о:o:o ㅘ:ва:wa:wa ㅚ:ве:oe:oe ㅛ:ё:yo:yo ㅜ:у:u:u ㅝ:во:wo:wo"
    " ㅟ:ви:wi:wi ㅠ:ю:yu:yu ㅡ:ы:u:eu ㅢ:ый:ui:ui ㅢ:и:ui:ui ㅣ:и:i:i"
)
_FINALS = " :: ㄱ:к:k ㄴ:н:n ㄹ:ль:l ㄹ:л:l ㄹ:р:l ㅁ:м:m ㅂ:п:p ㅇ:н:ng"
# Family names: Korean, North, South where it is another; the commoner first.
_FAMILIES = (
    "김:kim 리:ri:lee 박:pak:park 최:choe:choi 정:jong:jung 강:kang 조:jo:cho 윤:yun:yoon 장:jang 림:rim:lim 한:han 오:o:oh 서:so:seo 신:sin:shin"
    " 권:kwon 황:hwang 안:an:ahn 송:song 유:yu:yoo 류:ryu 홍:hong 전:jon:jeon 고:ko 문:mun:moon 양:yang 량:ryang 손:son 배:pae:bae 백:paek:baek"
    " 허:ho:heo 남:nam 심:sim:shim 노:no:noh 로:ro:roh 하:ha 곽:kwak 성:song:sung 차:cha 주:ju:joo 우:u:woo 구:ku:koo 라:ra:na 민:min 진:jin 지:ji"
    " 엄:om:eom 채:chae 원:won 천:chon:cheon 방:pang:bang 반:pan:ban 공:kong 현:hyon:hyun 함:ham 변:pyon:byun 염:yom:yeom 여:yo:yeo 추:chu:choo"
    " 도:to:do 렴:ryom:yeom 석:sok:seok 설:sol:seol 마:ma 길:kil:gil 연:yon:yeon 위:wi 표:phyo:pyo 명:myong:myung 기:ki 왕:wang 금:kum:keum 옥:ok"
    " 육:yuk 인:in 맹:maeng 제:je 모:mo 탁:thak:tak 국:kuk:kook 태:thae:tae 은:un:eun 편:phyon:pyun 봉:pong:bong 경:kyong:kyung"
    " 남궁:namgung 황보:hwangbo 선우:sonu:sunwoo 사공:sagong 제갈:jegal"
)
_VOICELESS = {"g": "k", "d": "t", "b": "p"}  # the North writes either inside a name, Russian what is heard
_OTHERWISE = {"цой": "최", "чой": "최", "цай": "채", "нок": "록"}  # Koreans of the former Soviet Union; р said as н, as in Чо Мён Нок
# Syllables of given names, then rarer ones that Russian writes like those; within each the commoner before what is written alike.
_GIVEN = (
    "정종성선영용연현형명경병룡련창찬상산강광환만한단동봉홍건준중춘순문운웅윤훈원권은근승흥진신민인린량양향완란각갑개걸겸고과교구국규균극금기길남내"
    "대덕도득락래려력렬로록루률리림매모목무미박배백범복부비삼서석섭설세소수숙슬시식실심아애언업여열엽오옥온요우욱월위유율음의익일자재제조주지직차채"
    "척철초추치칠탁태택통팔평표풍필하학함해혁협혜호화회효후휘휴흠희"
)
_RARER = "전송손면견변령녕년장간관황당방돈본헌공곤천청총충숭군궁융륜륭응빈생맹왕능녀몽천"
# The Revised Romanisation, and what people in the South write instead.
_CUSTOM = (
    "jeong:jung seong:sung cheol:chul yeong:young gyeong:kyung myeong:myung byeong:byung hyeong:hyung hyeon:hyun hyeok:hyuk u:woo su:soo hui:hee"
    " gi:ki gyu:kyu gwang:kwang gwan:kwan gwon:kwon deok:duk seon:sun mu:moo ju:joo gu:koo ui:eui"
)
# How else the same is written: pattern, replacement, and how far off that is.
_LOOSE = (
    (r"ё(?=.)|^ё$", "е", 1),
    (r"э(?=.)|(?<=[хчжт])э", "е", 1),
    (r"(?<=[^йв])е$", "э", 1),
    (r"ве", "вэ", 1),
    (r"^си(?=.)", "ши", 1),
    (r"^([чтпк])х", r"\1", 2),
)
# Names of others that happen to be syllables if written as one; families that are Russian words, for which one syllable more is not enough.
_ORDINARY = (
    "амин асель асим аян вано дан дана дон егор инна кира мина намик оман осип очир рина роман ромин рубен руми самир самсон семен семён сима"
    " сомон сона сурен хакан хасан хачик хосе эмин юна юра ян яна ясин"
)
_PARTICLES = "до и ко но на о то у"
_APART = re.compile(r"[кпль] [аеёиоуыэюя]|р [^аеёиоуыэюя]| е$")  # what does not stand within a word: finals before a vowel are said otherwise


class Syllable(NamedTuple):
    """A syllable, or a family name, as the North writes it and as the South does, and how unlikely it is to be meant."""

    north: str
    south: str
    off: int


_Way = tuple[str, str, str, int]  # Russian, North, South, how far off
_Found = dict[str, dict[tuple[str, str], int]]


def _rows(text: str) -> list[list[str]]:
    return [part.split(":") for part in text.split()]


def _parts(sign: str) -> tuple[str, str, str]:
    place = ord(sign) - 0xAC00
    return _LEADS[place // 588], _VOICES[place % 588 // 28], _TAILS[place % 28].strip()


def _written(sign: str, family: bool = False) -> Iterator[_Way]:
    """The ways Russian writes a syllable."""
    lead, vowel, tail = _parts(sign)
    initials = [row for row in _rows(_INITIALS) if row[0] == lead]
    if family and lead == "ㄹ":  # the South drops it or says n, Russian also writes л
        initials += [[lead, other, "r", "r"] for other in ("л", "" if vowel in "ㅣㅕㅛㅠㅑ" else "н")]
    vowels = [row for row in _rows(_VOWELS) if row[0] == vowel and not (sign == "의" and row[1] == "и")]
    finals = [row for row in _rows(_FINALS) if row[0] == tail] if tail else [["", "", ""]]
    for (_, first, north, south), (_, middle, north_vowel, south_vowel), (_, last, latin) in product(initials, vowels, finals):
        ways = {first + middle + last: 0}
        if vowel == "ㅓ" and last and first[:1] in "счтд":  # Ким Чен Ын, Ким Ир Сен
            ways[first + "е" + last] = 1
        for pattern, instead, off in _LOOSE:
            for way, was in list(ways.items()):
                ways.setdefault(re.sub(pattern, instead, way), was + off)
        other = south + south_vowel + latin
        for way, off in ways.items():
            for begun in dict.fromkeys((north, _VOICELESS.get(north, north))):
                yield way, begun + north_vowel + latin, _custom().get(other, other), off


def _otherwise(sign: str) -> Iterator[_Way]:
    _, north, south, _ = next(_written(sign))
    yield from ((russian, north, south, 0) for russian, same in _OTHERWISE.items() if same == sign)


@lru_cache(maxsize=1)
def _custom() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows(_CUSTOM)}


def _put(found: _Found, russian: str, name: tuple[str, str], off: int) -> None:
    held = found.setdefault(russian, {})
    held[name] = min(off, held.get(name, off))


def _sorted(found: _Found) -> dict[str, tuple[Syllable, ...]]:
    ordered = {russian: sorted(ways.items(), key=lambda way: way[1]) for russian, ways in found.items()}  # stable: the commoner first
    return {russian: tuple(Syllable(*way, off) for way, off in ways) for russian, ways in ordered.items()}


@lru_cache(maxsize=1)
def syllables() -> dict[str, tuple[Syllable, ...]]:
    """Of each Russian syllable those of Korean given names that it may stand for, the likeliest first."""
    found: _Found = {}
    for sign in _GIVEN + _RARER:
        for russian, north, south, off in (*_written(sign), *_otherwise(sign)):
            _put(found, russian, (north, south), off + (sign in _RARER))
    return _sorted(found)


@lru_cache(maxsize=1)
def families() -> dict[str, tuple[Syllable, ...]]:
    """Of each family name in Russian letters those that it may stand for, the likeliest first."""
    found: _Found = {}
    for signs, north, *south in _rows(_FAMILIES):
        name = (north, south[0] if south else north)
        for way in product(*((*_written(sign, len(signs) == 1), *_otherwise(sign)) for sign in signs)):
            for joint in ("", "ъ"):
                _put(found, joint.join(part[0] for part in way), name, sum(part[3] for part in way))
    return _sorted(found)


@lru_cache(maxsize=1)
def _ordinary() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(_ORDINARY.split()), frozenset(_PARTICLES.split())


@lru_cache(maxsize=65536)
def romanised(words: tuple[str, ...]) -> tuple[str, ...]:
    """How lists may write a name in Russian words (in small letters, the family name first), the likeliest first; empty where it is no Korean name.

    The North's spelling and the South's take turns.
    """
    family, given = families().get(words[0], ()) if words else (), words[1:]
    ordinary, particles = _ordinary()
    if not family or all(len(word) < 2 or word in ordinary for word in given):
        return ()
    ways = [[family, *(syllables()[part] for part in parts)] for parts in _given(given) if len(parts) > 1 or words[0] not in particles]
    north = _ordered([[[(one.north, one.off) for one in place] for place in way] for way in ways])
    south = _ordered([[[(one.south, one.off) for one in place] for place in way] for way in ways])
    return tuple(dict.fromkeys(name for turn in zip_longest(north, south) for name in turn if name))


def _given(words: Sequence[str]) -> Iterator[list[str]]:
    """The syllables of a given name: of one word or two, of one syllable or two."""
    if len(words) == 1:
        (word,) = words
        parts = ([word[:at], word[at:].removeprefix("ъ")] for at in range(len(word) - 1, 0, -1))  # a long first syllable before a short one
        yield from (pair for pair in parts if pair[0] in syllables() and pair[1] in syllables() and not _APART.search(" ".join(pair)))
    if len(words) in (1, 2) and all(word in syllables() for word in words):
        yield list(words)


def _ordered(ways: list[list[list[tuple[str, int]]]]) -> list[str]:
    """All names that can be put together, those of likely syllables first."""
    names: dict[str, tuple[int, ...]] = {}
    for number, way in enumerate(ways):
        places = []
        for place in way:
            offs = dict(reversed(place))  # of each spelling how far off it is at best
            places.append([(text, at + offs[text]) for at, text in enumerate(dict.fromkeys(text for text, _ in place))])
        for parts in product(*places):
            offs_of = [off for _, off in parts]
            names.setdefault(" ".join(text for text, _ in parts), (number + sum(offs_of), *reversed(offs_of)))  # first another family name
    return sorted(names, key=names.__getitem__)
