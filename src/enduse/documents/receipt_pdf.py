"""A receipt as one page in PDF/A: what was asked, what was found, where, what was not covered, and how to check it."""

from __future__ import annotations

import json
import re
import unicodedata
from importlib.resources import files
from typing import Any

import typst

from enduse.domain.screening.hit import Hit
from enduse.domain.screening.receipt import Receipt, Searched
from enduse.formats.problems import short
from enduse.formats.receipts import DIGEST, also_not_covered, asked, explained, plain, troubles
from enduse.words import say

# Letters and signs that the fonts in the wheel have (Libertinus Serif, DejaVu Sans Mono, both OFL or freer); a test sets every one of them.
_FONTS = (
    (0x20, 0x4FF), (0x531, 0x556), (0x561, 0x587), (0x5D0, 0x5EA), (0x621, 0x63A), (0x641, 0x64A), (0x660, 0x669), (0x67E, 0x67E), (0x686, 0x686),
    (0x698, 0x698), (0x6A9, 0x6A9), (0x6AF, 0x6AF), (0x6CC, 0x6CC), (0x6F0, 0x6F9), (0x10D0, 0x10F0), (0x1E00, 0x1E99), (0x1EA0, 0x1EF9),
    (0x2010, 0x2015), (0x2018, 0x201F), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC),
    (0x20BD, 0x20BD), (0x2116, 0x2116), (0x2122, 0x2122),
)  # fmt: skip
_PLAIN = ((0x20, 0x17F), (0x400, 0x45F), (0x2010, 0x2022), (0x2026, 0x2026), (0x2116, 0x2116))
# hits, lines of why to each, and notes: the most that fit one page
_ROOM = ((20, 8, 10), (20, 3, 10), (12, 3, 10), (8, 3, 10), (5, 3, 10), (3, 3, 10), (2, 2, 10), (1, 1, 10), (0, 0, 10), (0, 0, 5), (0, 0, 2))
MOST_LISTS, MOST_LINE, MOST_RUN = 16, 280, 24
_MOST = {"name": 240, "word": 24, "list": 24, "entry": 40, "publisher": 48}  # characters as they are set, by the key
_LEAST_LISTS = 6
_RUN = re.compile(rf"\S{{{MOST_RUN}}}(?=\S)")
_OVERFULL = "more than a page"


def receipt_pdf(receipt: Receipt, lang: str) -> bytes:
    """The page. The same receipt in the same language gives the same bytes; a sign that no font here has stands as its code point."""
    template, digest = files(__package__).joinpath("receipt.typ").read_bytes(), plain(receipt)[DIGEST]
    for ranges in (_FONTS, _PLAIN):  # letters and marks that each font has may still not go together: then the plain ones alone
        for hits, lines, notes in _ROOM:
            data = _shown(page(receipt, lang, hits=hits, lines=lines, notes=notes), ranges)
            try:
                return _set(template, {**data, "digest": digest})
            except typst.TypstError as error:
                if "could not be displayed" in str(error):
                    break
                if _OVERFULL not in str(error):
                    raise
    raise ValueError("the page of a receipt cannot be set")


def page(receipt: Receipt, lang: str, *, hits: int, lines: int, notes: int) -> dict[str, Any]:
    """What stands on the page, with so many hits, so many lines of why to each and so many notes."""
    found, wrong = receipt.found, troubles(receipt, lang)
    count, left = len(found.hits) + found.more, len(found.hits) + found.more - min(hits, len(found.hits))
    clear = say("receipt.page.clear", lang)
    verdict = say("receipt.page.hits", lang, count=count) if count else clear
    lists = MOST_LISTS if notes > _ROOM[-1][2] else _LEAST_LISTS
    noted = [_short(one) for one in also_not_covered(receipt, lang)]
    norms = [f"{name} {value:g}" for name, value in receipt.norms.of.items()]
    at = receipt.at
    return {
        "lang": lang,
        "date": {"year": at.year, "month": at.month, "day": at.day, "hour": at.hour, "minute": at.minute, "second": at.second},
        "title": say("receipt.page.title", lang),
        "clause": say("receipt.page.clause", lang),
        "name": short(receipt.query.name, MOST_LINE),
        "asked": [_short(one) for one in asked(receipt.query, lang)],
        "tone": "hits" if count else "clear" if receipt.complete else "incomplete",
        "verdict": verdict if receipt.complete else f"{say('receipt.page.incomplete', lang)}. {verdict}",
        "troubles": [_short(one) for one in wrong[:notes]] + _and_more(len(wrong) - notes, lang),
        "hit_titles": [say(f"receipt.page.{column}", lang) for column in ("list", "entry", "name", "score", "strength")],
        "hits": [_hit(hit, lines, lang) for hit in found.hits[:hits]],
        "more": say("receipt.page.more", lang, count=left) if left else "",
        "list_titles": [say(f"receipt.page.{column}", lang) for column in ("list", "publisher", "day", "entries", "state", "digest")],
        "lists": [_list(one, lang) for one in receipt.lists[:lists]],
        "more_lists": "".join(_and_more(len(receipt.lists) - lists, lang)),
        "not_covered": noted[:notes] + _and_more(len(noted) - notes, lang),
        "how": [
            say("receipt.page.algorithm", lang, algorithm=receipt.algorithm, program=receipt.program),
            _short(" · ".join([say("screen.norms", lang, threshold=f"{receipt.norms.threshold:g}"), *norms])),
            say("receipt.page.at", lang, at=at.isoformat(sep=" ").removesuffix("+00:00")),
        ],
        "words": {
            "searched": say("screen.searched", lang),
            "not_covered": say("screen.not_covered", lang),
            "how": say("receipt.page.how", lang),
            "check": say("receipt.page.check", lang),
        },
    }


def _hit(hit: Hit, lines: int, lang: str) -> dict[str, Any]:
    return {
        "list": short(hit.list, 40),
        "entry": short(hit.entry, 40),
        "name": short(hit.name, 120),
        "kind": say(f"screen.kind.{hit.kind}", lang),
        "score": f"{hit.score:.2f}",
        "strength": f"{hit.strength:.2f}",
        "why": [_short(explained(one, lang)) for one in hit.explanation[:lines]] + (_and_more(len(hit.explanation) - lines, lang) if lines else []),
    }


def _list(one: Searched, lang: str) -> dict[str, str]:
    return {
        "word": short(one.word, 40),
        "publisher": short(one.publisher, 60),
        "day": one.day.isoformat() if one.day else "",
        "entries": f"{one.entries}" if one.digest else "",
        "state": say(f"receipt.page.state.{one.state}", lang),
        "digest": one.digest.removeprefix("sha256:")[:16],
    }


def _short(text: str) -> str:
    return short(text, MOST_LINE)


def _and_more(count: int, lang: str) -> list[str]:
    return [say("screen.more", lang, count=count)] if count > 0 else []


def _set(template: bytes, data: Any) -> bytes:
    held = typst.compile(template, sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, ignore_system_fonts=True, pdf_standards="a-2b")
    assert isinstance(held, bytes)
    return held


def _shown(value: Any, ranges: tuple[tuple[int, int], ...], most: int = MOST_LINE) -> Any:
    """Plain data with all its texts fit to be set: what has no letter here as its code point, a very long word so that it can be broken."""
    if isinstance(value, dict):
        return {name: _shown(one, ranges, _MOST.get(name, MOST_LINE)) for name, one in value.items()}
    if isinstance(value, list):
        return [_shown(one, ranges) for one in value]
    if not isinstance(value, str):
        return value
    text = short("".join(sign if _has(sign, ranges) else f"[U+{ord(sign):04X}]" for sign in value), most)
    return _RUN.sub(lambda run: run[0] + "\u200b", text)


def _has(sign: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(sign) <= last for first, last in ranges) and not unicodedata.category(sign).startswith("C")
