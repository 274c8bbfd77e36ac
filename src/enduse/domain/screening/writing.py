"""Scripts and their letters: which script a word is in, how it is written in Latin letters, letters that only look alike."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import icu

ABJAD = frozenset(("arabic", "hebrew"))  # scripts that leave most vowels out
CHINESE, KANA, HANGUL = "han", "kana", "hangul"

_RANGES = (
    (0x0041, 0x024F, "latin"),
    (0x0250, 0x02AF, "latin"),
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0530, 0x058F, "other"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"),
    (0x1100, 0x11FF, "hangul"),
    (0x1E00, 0x1EFF, "latin"),
    (0x1F00, 0x1FFF, "greek"),
    (0x3005, 0x3007, "han"),
    (0x3040, 0x30FF, "kana"),
    (0x31F0, 0x31FF, "kana"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "hangul"),
    (0xF900, 0xFAFF, "han"),
    (0xFB1D, 0xFB4F, "hebrew"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFC, "arabic"),
    (0x20000, 0x3FFFF, "han"),
)

# Letters of Cyrillic and Greek that look like Latin ones, each way (facts of Unicode's confusables, the letters people really mix up).
_LOOKS = {
    "cyrillic": dict(zip("авекмнорстухіјѕԁԛԝһӏ", "abekmhopctyxijsdqwhl", strict=True)),
    "greek": dict(zip("αβεικνορτυχ", "abeiknoptux", strict=True)),
}
_SEEN = {name: {latin: own for own, latin in table.items()} for name, table in _LOOKS.items()}

_CYRILLIC = {
    **dict(
        zip("абвгдезийклмнопрстуфхыэіїґўѓќљњћђџјѕ", "a b v g d e z i y k l m n o p r s t u f kh y e i i g u g k l n c d j j z".split(), strict=True)
    ),
    **{"ё": "e", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya", "є": "ye", "ђ": "dj"},
    **{"ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "җ": "j", "ҷ": "j", "ҳ": "h", "ӣ": "i", "ӯ": "u", "ҽ": "ch"},
}
_LATIN = str.maketrans(
    {"ə": "a", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ŋ": "ng"}
    | {"ɛ": "e", "ɔ": "o", "ɣ": "g", "ʋ": "v", "ƴ": "y", "ɩ": "i", "ʊ": "u", "ǝ": "e", "ɖ": "d", "ƒ": "f", "ɲ": "n", "ſ": "s"}
    | {"ɓ": "b", "ɗ": "d", "ƙ": "k", "ʻ": None, "ʼ": None, "ʿ": None, "ʾ": None, "ʹ": None, "ʺ": None, "ĸ": "k"}
)
_ARABIC_MARKS = "ـ"  # a letter stretched, nothing more


@lru_cache(maxsize=65536)
def script_of(letter: str) -> str:
    """The script of a letter in a word: `latin`, `cyrillic`, `arabic`, `han`…; `other` for one without a rule of its own; empty for no letter."""
    code = ord(letter)
    if code < 0x80:
        return "latin" if letter.isalpha() else ""
    if not unicodedata.category(letter).startswith(("L", "M")):
        return ""
    for first, last, name in _RANGES:
        if first <= code <= last:
            return name
    return "other"


def fold(text: str) -> str:
    """A text in small letters and one form: width, ligatures and stretched letters evened out, invisible marks and emoji gone."""
    if text.isascii() and text.isprintable():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).lower()  # not casefold: it would part ß, which German reads as ss anyway
    kept = []
    for letter in text:
        kind = unicodedata.category(letter)
        if kind in ("Cf", "Cc", "Cn", "Co", "Cs"):
            if letter in "\t\n\r":
                kept.append(" ")
            continue
        if kind == "So" or letter in _ARABIC_MARKS:
            kept.append(" " if kind == "So" else "")
            continue
        kept.append(str(unicodedata.decimal(letter)) if kind == "Nd" else letter)
    return "".join(kept)


@lru_cache(maxsize=65536)
def unmixed(word: str) -> tuple[str, bool]:
    """A word in one script, and whether letters of another that look alike were put right in it: `Cбербанк` with a Latin C.

    A word that mixes scripts otherwise is left as it is.
    """
    if word.isascii():
        return word, False
    scripts = [script_of(letter) for letter in word]
    for own in ("cyrillic", "greek"):
        if own in scripts and "latin" in scripts:
            ways = [(_SEEN[own], "latin"), (_LOOKS[own], own)]
            for table, foreign in ways if scripts.count(own) >= scripts.count("latin") else reversed(ways):  # what is more, first
                mended = [table.get(letter, "") if script == foreign else letter for letter, script in zip(word, scripts, strict=True)]
                if all(mended):
                    return "".join(mended), True
    return word, False


def twin(word: str) -> str:
    """A Cyrillic word all of whose letters look Latin, as it looks (`сосо` seen as `coco`); empty where that cannot be."""
    table = _LOOKS["cyrillic"]
    return "".join(table[letter] for letter in word) if word and all(letter in table for letter in word) else ""


@lru_cache(maxsize=65536)
def latin(word: str, script: str) -> str:
    """A word of one script in plain Latin letters a-z and digits, as it is usually written; empty where there is no rule for it."""
    if word.isascii():
        return word
    if script == "cyrillic":
        text = "".join(_CYRILLIC.get(letter, letter) for letter in unicodedata.normalize("NFC", word))
    elif script == HANGUL:
        text = _hangul(word)
    else:
        text = word.translate(_LATIN) if script == "latin" else _icu().transliterate(word)
    text = "".join(letter for letter in unicodedata.normalize("NFKD", text.translate(_LATIN).lower()) if letter.isascii() and letter.isalnum())
    return text


@lru_cache(maxsize=65536)
def unread(word: str, script: str) -> str:
    """The letters of a word that have no Latin ones, and would vanish: a word that has some was not searched by as it stands."""
    if word.isascii() or script in (HANGUL, CHINESE, KANA):
        return ""
    if script == "cyrillic":
        left = "".join(letter for letter in unicodedata.normalize("NFC", word) if letter not in _CYRILLIC)
    else:
        left = word.translate(_LATIN) if script == "latin" else _icu().transliterate(word)
    left = unicodedata.normalize("NFKD", left.translate(_LATIN).lower())
    return "".join(letter for letter in left if not letter.isascii() and unicodedata.category(letter) in ("Ll", "Lu", "Lt", "Lo"))


@lru_cache(maxsize=1)
def _icu() -> icu.Transliterator:
    return icu.Transliterator.createInstance("Any-Latin; NFKD; [:Mn:] Remove; Latin-ASCII; Lower")


_LEAD = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_VOWEL = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_TAIL = " g kk ks n nj nh d l lg lm lb ls lt lp lh m b bs s ss ng j ch k t p h".split(" ")


def _hangul(word: str) -> str:
    """Korean by its syllables, sign for sign (Revised Romanisation without the changes at borders)."""
    found = []
    for sign in unicodedata.normalize("NFC", word):
        place = ord(sign) - 0xAC00
        if 0 <= place < 11172:
            found.append(_LEAD[place // 588] + _VOWEL[place % 588 // 28] + _TAIL[place % 28])
        else:
            found.append(sign)
    return "".join(found)
