"""Papers of the individuals on the UN list: passports, identity cards and the rest, with the number taken out of its words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol
from xml.etree.ElementTree import Element

from enduse.domain.screening.entity import Country, Identifier, Name
from enduse.sources import naming
from enduse.sources.xml import text

_KINDS = (  # what a paper is called, the particular first
    ("passport", re.compile(r"pass?e?port|pasaporte", re.IGNORECASE)),
    ("tax", re.compile(r"fiscal code|tax", re.IGNORECASE)),
    ("other", re.compile(r"birth|voter|student|ration|driv|certificate|military|ex-service|FARDC|residential|alien|other id", re.IGNORECASE)),
    ("national_id", re.compile(r"national|ident|civil|social security|personal|SSN", re.IGNORECASE)),
)
_BEHIND = re.compile(r"\s*\([^()]*\)$|,\s+[A-Z][a-z].*$")
_TOLD = re.compile(
    r"(?:\b(?:number|no\.?|code|card)\s*:?\s+)([A-Z]{0,3}[- ]{0,2}\d[\w/-]*|[A-Z]{6}\d[A-Z0-9]+)|\b([A-Z]{0,3}-?\d[\d-]{5,})\b", re.IGNORECASE
)
_UNDER_NAME = re.compile(r"\b(?:under|for|to) (?:the )?name (?:of )?((?:[^\W\d_][\w’'-]*\s?)+)")


class Holder(Protocol):
    """What is told of whom the papers belong to."""

    identifiers: list[Identifier]
    names: list[Name]
    said: list[str]

    def skip(self, code: str, **values: object) -> None: ...


def read(paper: Element, land: Callable[[Element, str], Country | None], holder: Holder) -> None:
    """One INDIVIDUAL_DOCUMENT: its number with its kind and country; the whole of it goes to the reason as published."""
    kind_said, detail, number, note = (text(paper, name) for name in ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "NOTE"))
    issuer = land(paper, "ISSUING_COUNTRY") or land(paper, "COUNTRY_OF_ISSUE")
    value = bare(number) or told(detail) or told(note)
    if value:
        holder.identifiers.append(Identifier(_kind(kind_said, detail, number or note, holder), value, issuer))
    _, originals = naming.labelled(note)
    holder.names.extend(Name(one, "original") for one in originals)
    holder.names.extend(Name(one.strip(), "alias") for one in _UNDER_NAME.findall(note))
    issued = ", ".join(filter(None, (text(paper, name) for name in ("DATE_OF_ISSUE", "CITY_OF_ISSUE"))))
    parts = (detail or kind_said, number, issuer.text if issuer else "", issued and f"issued {issued}", note)
    if any(parts):
        holder.said.append(f"Document: {', '.join(filter(None, parts))}")


def bare(number: str) -> str:
    """A number without the words around it: `CAR diplomatic passport no. D00000898`, `Libya 428720`, `403062567 (US)`."""
    tokens = _BEHIND.sub("", number).split()
    first = next((at for at, token in enumerate(tokens) if re.search(r"\d", token)), len(tokens))
    words = [at for at in range(first) if re.search(r"[a-z]", tokens[at]) or tokens[at].endswith(":")]
    return " ".join(tokens[words[-1] + 1 if words else 0 :]) or number


def told(said: str) -> str:
    """A number that a sentence tells, empty where it tells none."""
    found = _TOLD.search(said)
    return (found[1] or found[2]) if found else ""


def _kind(said: str, detail: str, number: str, holder: Holder) -> str:
    for told_of in (detail, number, said):
        found = next((kind for kind, looks in _KINDS if looks.search(told_of)), "")
        if found:
            return found
    if said:
        holder.skip("kind", field="TYPE_OF_DOCUMENT", text=said, taken="other")
    return "other"
