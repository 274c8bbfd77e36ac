"""Countries by the names that people write: Russian and English, formal and short, and the three-letter codes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TypedDict

from enduse.reference import country_codes, country_name

_SHORT = {"о ва": "острова", "о в": "остров", "st": "saint", "св": "святой"}
_SHORT_WORD = re.compile(rf"\b({'|'.join(_SHORT)})\b")


class _Entry(TypedDict):
    alpha_3: str
    names: list[str]


@lru_cache(maxsize=1)
def _entries() -> dict[str, _Entry]:
    entries: dict[str, _Entry] = json.loads(files(__package__).joinpath("country_names.json").read_bytes())["entries"]
    return entries


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """The code for every name, folded. A name that two countries share has none."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for code in sorted(country_codes()):
        for name in {folded(one) for one in (country_name(code, "ru"), country_name(code, "en"), *_entries()[code]["names"])}:
            if name in found:
                shared.add(name)
            found[name] = code
    return {name: code for name, code in found.items() if name not in shared}


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    return {code: code for code in country_codes()} | {entry["alpha_3"]: code for code, entry in _entries().items()}


@lru_cache(maxsize=4096)
def country_named(name: str) -> str | None:
    """The ISO 3166-1 code of a country as somebody wrote it; None where it is not known, or might be two.

    Two or three letters are a code only in capitals: `NO` is Norway, `no` is nothing.
    """
    return _codes().get(name.strip()) or country_names().get(folded(name))


def folded(name: str) -> str:
    """A name without what differs from writer to writer: case, ё, accents, dots, brackets, dashes, and the usual shortenings."""
    text = ""
    for sign in unicodedata.normalize("NFKC", name).casefold().replace("ё", "е").replace("&", " and "):
        plain = unicodedata.normalize("NFD", sign)
        text += plain[0] if plain[0].isascii() else sign  # й stays й, é is e
    text = " ".join(re.sub(r"[^\w]+", " ", re.sub(r"(?<=\b\w)\.(?=\w\b)", "", re.sub(r"['’ʼ`]", "", text))).split())
    return _SHORT_WORD.sub(lambda found: _SHORT[found[1]], text).removeprefix("the ")
