"""A name as words: each in Latin letters, with its part in the name and how much it tells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from rigour._core import person_name_prefixes_list
from rigour.names.org_types import extract_org_types

from enduse.domain.screening import rarity
from enduse.domain.screening.writing import ABJAD, CHINESE, HANGUL, KANA, fold, latin, script_of, unmixed
from enduse.domain.screening.writing import unread as lost

MOST_LETTERS, MOST_WORDS = 500, 24  # of a name; what is beyond is told and not searched by
CONTENT, PARTICLE, LEGAL, INITIAL, NUMBER = "content", "particle", "legal", "initial", "number"

PARTICLES = frozenset(
    "al el ul ad an ar as ash at az us ud ur un bin ibn ben bint binti abu abou de la le les du da di do dos das del della der den des van von zu zum"
    " the of and for y e i et und in on und mr mrs ms dr hj haji hajji syed sayyid shaykh sheikh mullah maulavi mawlawi ogly oglu kizi qizi".split()
)
LEGAL_FORMS = frozenset(
    "llc ltd limited inc incorporated corp corporation co company plc llp lp gmbh ag kg sa sas sarl srl spa sl bv nv ab as oy oyj aps kft zrt doo ad"
    " ooo oao zao pao ao nao too tov fgup gup mup ip odo chp pte pty sdn bhd pt tbk jsc ojsc cjsc pjsc fze fzc fzco dmcc fzllc est kk yk gk eood ood"
    " lda ltda cv sapi saoc psc wll spc oü ou uab sia eirl scs snc pvt pvtltd".split()
)
LONG_FORMS = ("limited", "company", "corporation", "incorporated", "aktiengesellschaft", "obshchestvo", "aktsionernoe")
RUSSIAN_FORMS = frozenset(
    "obshchestvo aktsionernoe aktsionernoye otkrytoe otkrytoye zakrytoe zakrytoye publichnoe publichnoye"
    " ogranichennoi ogranichennoy otvetstvennostyu".split()
)
_TITLES = frozenset(word for title in person_name_prefixes_list() if (word := title.lower().strip(".")).isalpha())
_HAN_FORMS = re.compile(
    r"(股份有限公司|有限责任公司|有限責任公司|有限公司|股份公司|集团公司|集團公司|公司|株式会社|有限会社|合同会社|財団法人|社団法人)"
)
_HANGUL_FORMS = re.compile(r"(주식회사|유한회사|㈜)")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.\s?){3,}")
_QUOTES = str.maketrans({"’": "'", "`": "'", "ʻ": "'", "ʼ": "'", "‘": "'", "ʿ": "'", "ʾ": "'", "´": "'", "׳": "'", "״": "'"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name. `form` is in Latin letters and never empty, `written` as it stands in the name, folded.

    `weight` (0 to 1) says how much it tells.
    """

    form: str
    written: str
    script: str
    role: str
    weight: float


@dataclass(frozen=True, slots=True)
class Worded:
    """A name taken apart. `legal` are the legal forms it bears; `looked_alike` says that letters of another script were put right;
    `unread` holds words in scripts without a rule; `cut` says that it was longer than is searched by; `formal` that no word of it is a name."""

    words: tuple[Word, ...]
    legal: frozenset[str] = frozenset()
    looked_alike: bool = False
    unread: tuple[str, ...] = ()
    cut: bool = False
    formal: bool = False

    @property
    def telling(self) -> tuple[Word, ...]:
        """The words that carry the name: all but legal forms, where there are others."""
        rest = tuple(word for word in self.words if word.role != LEGAL)
        return rest or self.words


@lru_cache(maxsize=65536)
def worded(name: str, person: bool) -> Worded:
    """A name taken apart. In a person's name no legal form is looked for."""
    cut = len(name) > MOST_LETTERS
    text = fold(name[:MOST_LETTERS]).translate(_QUOTES)
    legal: frozenset[str] = frozenset()
    forms: set[str] = set()
    if not person:
        text, legal, forms = _legal(text)
    text = _INITIALS.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", text)
    words: list[Word] = []
    looked_alike, unread = False, []
    for raw in _words(text):
        written, mended = unmixed(raw)
        looked_alike |= mended
        for whole in _pieces(written):
            piece = whole
            script = next((found for letter in piece if (found := script_of(letter))), "latin")
            if script == "arabic" and len(piece) > 4 and piece.startswith("ال"):  # the article, which Latin spelling sets apart
                words.append(Word("al", "ال", script, PARTICLE, _weight("al", PARTICLE, script)))
                piece = piece[2:]
            form = latin(piece, script)
            if not form or lost(piece, script):
                unread.append(piece)
            if not form:
                continue
            role = _role(form, piece, script, person, forms)
            words.append(Word(form, piece, script, role, _weight(form, role, script)))
    kept = words[:MOST_WORDS]
    formal = bool(kept) and not person and all(word.role in (LEGAL, PARTICLE) for word in kept)  # An In may be a person's whole name
    if kept and all(word.role == LEGAL for word in kept):  # a name that is nothing but legal forms is searched by them
        kept = [Word(word.form, word.written, word.script, CONTENT, 0.3) for word in kept]
    return Worded(tuple(kept), legal, looked_alike, tuple(unread), cut or len(words) > MOST_WORDS, formal)


def _legal(text: str) -> tuple[str, frozenset[str], set[str]]:
    """A text with its legal forms written short, the forms as classes, and the words that they are."""
    legal, words = set(), set()
    for found, form in extract_org_types(text):
        short = re.sub(r"\W", "", form)
        if found != short:
            text = re.sub(rf"(?<!\w){re.escape(found)}(?!\w)", f" {short} ", text)
        legal.add(rarity.LEGAL_CLASSES.get(short, short))
        words.add(short)
    if not text.isascii():
        for pattern in (_HAN_FORMS, _HANGUL_FORMS):  # of no class: all of them are translated as Co., Ltd.
            if pattern.sub("", text).strip():
                text = pattern.sub(" ", text)
    return text, frozenset(legal), words


def _words(text: str) -> list[str]:
    if text.isascii():
        return [word.replace("'", "") for word in _ASCII_WORD.findall(text)]
    return "".join(map(_spaced, text)).split()


@lru_cache(maxsize=8192)
def _spaced(letter: str) -> str:
    if letter == "'":
        return ""
    return letter if letter.isalnum() or unicodedata.category(letter).startswith("M") else " "


def _pieces(word: str) -> list[str]:
    """A word parted where Chinese, Korean or Japanese signs meet other letters."""
    if word.isascii() or not any(script_of(letter) in (CHINESE, KANA, HANGUL) for letter in word):
        return [word]
    pieces: list[str] = []
    last = None
    for letter in word:
        script = script_of(letter) or last
        if pieces and script == last:
            pieces[-1] += letter
        else:
            pieces.append(letter)
        last = script
    return pieces


def _role(form: str, piece: str, script: str, person: bool, forms: set[str]) -> str:
    if form.isdigit():
        return NUMBER
    if not person and (form in forms or form in LEGAL_FORMS or form in RUSSIAN_FORMS or _slipped(form)):
        return LEGAL
    if person and form in _TITLES:
        return PARTICLE
    if len(piece) == 1 and script in ("latin", "cyrillic", "greek"):
        return INITIAL
    if form in PARTICLES:
        return PARTICLE
    return CONTENT


@lru_cache(maxsize=65536)
def _slipped(form: str) -> bool:
    """Whether a word is a legal form written out, but for one slip of a letter."""
    return len(form) > 5 and any(OSA.distance(form, one, score_cutoff=1) <= 1 for one in LONG_FORMS)


def _weight(form: str, role: str, script: str) -> float:
    if role == CONTENT:
        return rarity.weight(form, script in ABJAD)
    return {PARTICLE: 0.1, LEGAL: 0.1, INITIAL: 0.25, NUMBER: 0.6}[role]
