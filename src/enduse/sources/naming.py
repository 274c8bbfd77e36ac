"""Names out of the texts that publishers put several into: separated, in two scripts, with a remark or an acronym in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from enduse.domain.screening.entity import Name

_APART = "\u0590-\u08ff\u0e00-\u0eff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\ufb1d-\ufdff\ufe70-\ufefc"  # scripts that no Latin name mixes with
_RUN = re.compile(f"[{_APART}](?:[{_APART}\\s\u2019'()0-9.-]*[{_APART}])?")
_LETTER = re.compile(r"[^\W\d_]")
_LABELLED = re.compile(r"[\s(]*\b(?:original script|(?:name )?in [A-Z][a-z]+(?: script)?|[Ii]n Arabic(?: script)?)\s*:\s*([^();:]+)\)?")
_REMARK = re.compile(  # what stands in brackets and begins small is said of the name, unless it is a name's small word
    r"\s*\((?:(?!(?:al|an|el|the|de|bin|ibn|abu|van|von)\b)[a-z][^();]*\s[^();]*|(?i:birth name|combat name|nom de guerre))\)"
    r"|,?\s+born\s+(?:in\b|on\b|\d).*|\s+-\s+sub-unit name"
)
_ITEM = re.compile(r"\s*;[\s,]*|(?<=\S)\s+[b-z]\)\s+")
_ACRONYM = re.compile(r"(.+?)\s*\(([^\W\d_](?:[\w&/-]*[^\W_])?)\)")
_QUOTES = {"“": "”", '"': '"', "«": "»", "‘": "’", "„": "“"}
_EDGES = " ;,:-–"


def plain(name: str) -> str:
    """A name without quotation marks around all of it, without brackets that hold nothing or have no other half."""
    name = re.sub(r"\(\s*[;,]?\s*\)|\)\s*\($", "", name).strip(_EDGES)
    if name.count("(") != name.count(")"):
        name = re.sub(r"^[()]\s*|\s*\($", "", name).strip(_EDGES)
        if name.count("(") < name.count(")"):
            name = name.removesuffix(")").strip(_EDGES)
    if len(name) > 2 and _QUOTES.get(name[0]) == name[-1] and not any(mark in name[1:-1] for mark in (name[0], name[-1])):
        name = name[1:-1]
    return re.sub(r"\s{2,}", " ", name).strip(_EDGES)


def items(text: str) -> list[str]:
    """The names of a text that parts them with semicolons, or letters them: `A; B b) C`."""
    return unique(plain(part) for part in _ITEM.split(text))


def labelled(text: str) -> tuple[str, list[str]]:
    """A text without what it says to be the name in another script (`original script: …`, `In Arabic: …`), and those names."""
    found = [plain(name) for name in _LABELLED.findall(text)]
    return (plain(_LABELLED.sub("", text)), unique(found)) if found else (text, [])


def scripts(text: str) -> tuple[str, list[str]]:
    """A text without its names in a script that no Latin name mixes with, and those names: `حسن غول (Hassan Ghul; Hasan Gul)`.

    A text in one script is left as it is.
    """
    text, found = labelled(text)
    rest = _RUN.sub(" ", text)
    if rest == text or not _LETTER.search(rest):
        return text, found
    found += [plain(name) for name in _RUN.findall(text)]
    rest = re.sub(r"\(original script\)", "", rest).strip(_EDGES)
    whole = re.fullmatch(r"\((.*)\)", rest)
    return plain(whole[1] if whole else rest), unique(found)


def remark(text: str) -> tuple[str, str]:
    """A name and what is said of it behind (`(birth name)`, `, born in Kandahar`), empty where nothing is."""
    found = _REMARK.search(text)
    if found is None or not found.start():
        return text, ""
    return plain(text[: found.start()] + text[found.end() :]), found[0].strip(" ,()-")


def acronym(name: str) -> tuple[str, str] | None:
    """A name that ends with its own acronym in brackets, parted: `Lord’s Resistance Movement (LRM)`; None for any other."""
    found = _ACRONYM.fullmatch(name)
    if found is None or not 2 <= len(found[2]) <= 10 or sum(map(str.isupper, found[2])) < 2:
        return None
    letters = [letter for letter in found[2].casefold() if letter.isalpha()]
    if letters[0] not in (word[0] for word in re.findall(r"[^\W\d_]+", found[1].casefold())[:2]):
        return None
    at = iter(found[1].casefold())
    return (found[1], found[2]) if all(letter in at for letter in letters) else None


def strongest(names: Iterable[Name]) -> tuple[Name, ...]:
    """The names in their order, each text once with the kind that says most for it: the publisher's own before an alias before a weak one."""
    order = ("name", "alias", "original", "former", "weak")
    best: dict[str, Name] = {}
    for name in names:
        held = best.setdefault(name.text, name)
        if order.index(name.kind) < order.index(held.kind):
            best[name.text] = name
    return tuple(best.values())


def unique(names: Iterable[str]) -> list[str]:
    """The names, each once and none without a letter or digit."""
    return list(dict.fromkeys(name for name in names if re.search(r"\w", name)))
