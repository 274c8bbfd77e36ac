"""What the lists of US agencies share: an entry as it is gathered from numbers, names and remarks in words, and ties told by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Link, LinkKind, Name, NameKind, Period, Schema
from enduse.formats.problems import short
from enduse.sources.cells import cell, country, day, name_part, period
from enduse.sources.entries import settle
from enduse.sources.source import Skipped

# What a number is, by the word that OFAC puts before it; the Consolidated Screening List uses the same words.
_KINDS = {
    "passport": (
        "Passport|Diplomatic Passport|Official Passport|Passport Booklet|Passport Booklet:|Stateless Person Passport|Former Passport|"
        "British National Overseas Passport"
    ),
    "national_id": (
        "National ID No.|Cedula No.|Cedula de Ciudadania|Cedula de Residencia|D.N.I.|SSN|C.U.R.P.|C.U.I.|C.U.I.P.|I.F.E.|I.D.|Personal ID Card|"
        "Personal ID No.|Identity Card|Identification Card|Turkish Identification Number|Numero de Identidad|Tazkira National ID Card|Kenyan ID No.|"
        "Citizen's Card Number|Electoral Registry No.|Credencial electoral|National Foreign ID Number|Bosnian Personal ID No.|"
        "Moroccan Personal ID No.|Birth Certificate Number|Stateless Person ID Card|Refugee ID Card|N.I.E.|Residency Number|"
        "Cartilla de Servicio Militar Nacional|Chinese Commercial Code|Romanian Permanent Resident|CNP (Personal Numerical Code)|"
        "UAE Identification|Israeli ID No.|Iranian ID No."
    ),
    "tax": (
        "Tax ID No.|NIT #|RUC #|R.F.C.|RFC|RIF #|V.A.T. Number|US FEIN|C.U.I.T.|C.I.F.|Italian Fiscal Code|Italian Fiscal Code:|Fiscal Code|RTN|"
        "Paraguayan tax identification number|Numero Unico de Identificacao Tributaria (NUIT)|Romanian Tax Registration|GST Number|PAN"
    ),
    "registration": (
        "Registration Number|Registration ID|Registration Certificate Number|Commercial Registry Number|Company Number|UK Company Number|"
        "Company ID|Business Registration Number|Business Registration Document #|Business Number|Folio Mercantil No.|Matricula Mercantil No|"
        "Matricula Mercantil No.|Government Gazette Number|C.R. No.|Romanian C.R.|Trade License No.|Unified Social Credit Code (USCC)|"
        "United Social Credit Code Certificate (USCCC)|Chamber of Commerce Number|Dubai Chamber of Commerce Membership No.|"
        "Istanbul Chamber of Comm. No.|Economic Register Number (CBLS)|Public Registration Number|Legal Entity Number|Enterprise Number|"
        "Branch Unit Number|Certificate of Incorporation Number|Central Registration System Number|Registered Charity No.|D-U-N-S Number|LE Number|"
        "Tourism License No.|MSB Registration Number|Aircraft Manufacturer's Serial Number (MSN)|Aircraft Tail Number|"
        "Aircraft Construction Number (also called L/N or S/N or F/N)|Aircraft Mode S Transponder Code|Aircraft Serial Identification|"
        "Previous Aircraft Tail Number|File Number|RSIN|Organization Code"
    ),
    "imo": "Vessel Registration Identification|International Maritime Organization No.",
    "mmsi": "MMSI",
    "swift": "SWIFT/BIC",
    "wallet": "Digital Currency Address -|Digital Currency Address",
    "other": (
        "Identification Number|Driver's License No.|Travel Document Number|Immigration No.|Public Security and Immigration No.|Permit Number|"
        "License|Pilot License Number|Trademark number|Serial No.|VisaNumberID|SRE Permit No.|Tarjeta Profesional|Military Registration Number|"
        "Seafarer's Identification Document|Afghan Money Service Provider License Number|Global Intermediary Identification Number|BIK (RU)|ISIN|"
        "Equity Ticker|Bank Identifier Code|Interpol: Red Notice. File No.|Other Vessel Call Sign"
    ),
}
LABELS = {label.casefold(): kind for kind, labels in _KINDS.items() for label in labels.split("|")}
_LABEL = re.compile("(" + "|".join(sorted(map(re.escape, LABELS), key=len, reverse=True)) + r")(?=[\s:#])[\s:]*(.*)", re.IGNORECASE)
_NUMBER = re.compile(r"(?P<value>.*?)(?:\s*\((?P<country>[^()]{3,})\))?(?P<more>(?:(?<![\s,])[\s,]+(?:issued|expires)\b.*)?)", re.IGNORECASE)
_ALIAS = re.compile(r"([afn])\.k\.a\.\s+'(.+)'", re.IGNORECASE)
_FIELD = re.compile(r"(DOB|Nationality of Registration|nationality|citizen)\s+(.+)", re.IGNORECASE)
_LISTED = re.compile(r"Listing Date(?:\s*\([^()]*\))?:?\s+(.+)", re.IGNORECASE)
_TITLE = re.compile(r"^(?:(?:Dr|Mr|Mrs|Ms|Prof|Eng|Sheikh|Shaykh|General|Gen|Colonel|Col|Major|Maj)\b\.?\s+)+(?=\S)", re.IGNORECASE)
_LINKED = re.compile(r"\(Linked To:\s*(.+)\)|Linked To:\s*(.+)", re.IGNORECASE)

_ALSO = r"(A\.?/?K\.?/?A\.?|F\.?/?K\.?/?A\.?|D\.?/?B\.?/?A\.?)"
_IN_BRACKETS = re.compile(rf"\(\s*{_ALSO}:?\s+([^()]+)\)", re.IGNORECASE)
_BEHIND = re.compile(rf"\s{_ALSO}:?\s+(.+?)(?=\s{_ALSO}:?\s|$)", re.IGNORECASE)
_SUCCESSORS = re.compile(r"[;,]?\s+(?:and\s+)?any successors?,.*$", re.IGNORECASE)
_NOWHERE = {"undetermined", "none identified"}  # OFAC's words for no country
T = TypeVar("T")


@dataclass(slots=True)
class Entry:
    """An entry as it is gathered; `entity` makes the value of it. What cannot be read stays in `reason`, and where that is a loss in `skipped`."""

    id: str
    schema: Schema
    place: str
    names: list[Name] = field(default_factory=list)
    births: list[Period] = field(default_factory=list)
    nationalities: list[Country] = field(default_factory=list)
    countries: list[Country] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    reason: list[str] = field(default_factory=list)
    tied: list[tuple[LinkKind, str, str]] = field(default_factory=list)  # how, to whom by name, in the publisher's words
    listed: list[date] = field(default_factory=list)
    until: date | None = None
    skipped: list[Skipped] = field(default_factory=list)

    def name(self, text: str, kind: NameKind, given: str = "", family: str = "") -> None:
        """Take a name; a person's `LAST, First` tells its parts apart where they are not given."""
        shown = cell(text)
        if not shown:
            return
        if self.schema == "Person" and not given and "," in shown:
            family, _, given = (part.strip() for part in shown.partition(","))
        self.names.append(Name(shown, kind, _TITLE.sub("", name_part(given)), name_part(family)))

    def called(self, text: str, kind: NameKind = "name") -> None:
        """Take a name with which others stand in one cell: `X A/K/A Y`, `X (A.K.A. Y) Z`, `X; and any successor …`."""
        shown = cell(text)
        if found := _SUCCESSORS.search(shown):
            self.reason.append(shown)
            shown = shown[: found.start()]
        others: list[tuple[str, str]] = []
        for pattern in (_IN_BRACKETS, _BEHIND):
            others += [(found[1], found[2]) for found in pattern.finditer(shown)]
            shown = pattern.sub(" ", shown)
        self.name(shown, kind)
        for sort, other in others:
            self.name(other, "former" if sort.upper().startswith("F") else "alias")

    def place_of(self, text: str, label: str) -> Country | None:
        """A country as published; skipped where it is none that we know. None where nothing is said."""
        found = country(text)
        if not found.text or found.text.casefold() in _NOWHERE:
            return None
        if not found.code:
            self.skipped.append(Skipped(self.place, "skipped.country", {"text": short(found.text, 60), "field": label}))
        return found

    def address(self, parts: Iterable[str], land: str) -> None:
        """Take an address; where nothing but a country is said, the country."""
        found = self.place_of(land, "address")
        text = ", ".join(part for part in (*map(cell, parts), found.text if found else "") if part)
        if found and text == found.text:
            self.countries.append(found)
        elif text:
            self.addresses.append(Address(text, found))

    def birth(self, text: str) -> None:
        found = period(text)
        if found is not None:
            self.births.append(found)
        elif said := cell(text):
            self.reason.append(f"DOB {said}")
            self.skipped.append(Skipped(self.place, "skipped.date", {"text": short(said, 60), "field": "DOB"}))

    def nationality(self, text: str) -> None:
        if found := self.place_of(text, "nationality"):
            self.nationalities.append(found)

    def vessel(self, *, call_sign: str, flag: str, owner: str, type: str, tonnage: str, gross: str) -> None:
        """Take what is said of a vessel; what has no place of its own stays in words."""
        if said := cell(call_sign):
            self.identifiers.append(Identifier("other", said))
        if found := self.place_of(flag, "flag"):
            self.countries.append(found)
        if said := cell(owner):
            self.tied.append(("owner", said, f"Vessel owner: {said}"))
        for label, value in (("Vessel type", type), ("Tonnage", tonnage), ("Gross registered tonnage", gross)):
            if said := cell(value):
                self.reason.append(f"{label}: {said}")

    def number(self, label: str, value: str, land: str = "") -> bool:
        """Take a number by the word before it; False where that word is none of a number."""
        kind, said = kind_of(label), cell(value)
        if kind is None or not said:
            return False
        if re.match(r"IMO\b", said) and kind in ("imo", "registration", "other"):
            kind, said = "imo", said[3:].strip()
        elif kind == "wallet":
            said = said.rpartition(" ")[2]  # before it stands the currency
        elif kind == "other" and self.schema == "Person" and label.casefold().startswith("identification"):
            kind = "national_id"
        self.identifiers.append(Identifier(kind, said, self.place_of(land, label) if cell(land) else None))
        return True

    def remark(self, text: str) -> None:
        """Take one remark: a date of birth, a nationality, a number, a weak name, a tie; anything else stays in words."""
        said = cell(text)
        plain = re.sub(r"^alt\.\s+", "", said, flags=re.IGNORECASE)
        if found := _ALIAS.fullmatch(plain):
            self.name(found[2], "weak")  # OFAC sets its weak names in quotes
        elif found := _FIELD.fullmatch(plain):
            self._field(found[1].casefold(), found[2])
        elif found := _LINKED.fullmatch(plain):
            name = (found[1] or found[2]).strip()
            self.tied.append(("associate", name, f"Linked To: {name}"))
        elif not self._numbered(plain) and said:
            if (found := _LISTED.fullmatch(plain)) and (listed := day(found[1])):
                self.listed.append(listed)
            self.reason.append(said)

    def _field(self, label: str, value: str) -> None:
        if label == "dob":
            self.birth(value)
        elif label == "nationality of registration":
            if found := self.place_of(value, label):
                self.countries.append(found)
        else:
            self.nationality(value)

    def _numbered(self, text: str) -> bool:
        found = _LABEL.fullmatch(text)
        number = _NUMBER.fullmatch(found[2]) if found else None
        if not found or not number or not _like_a_number(number["value"]):
            return False
        taken = self.number(found[1], number["value"], number["country"] or "")
        if taken and number["more"]:
            self.reason.append(text)  # when it was issued and until when it holds has no other place
        return taken

    def entity(self) -> Entity:
        return Entity(
            id=self.id,
            schema=self.schema,
            names=_names(self.names),
            births=_once(self.births),
            nationalities=_once(self.nationalities),
            countries=_once(self.countries),
            addresses=_once(self.addresses),
            identifiers=_once(self.identifiers),
            programmes=_once(self.programmes),
            reason="; ".join(_once(self.reason)),
            since=min(self.listed, default=None),
            until=self.until,
        )


def kind_of(label: str) -> str | None:
    """What kind of number stands behind this word; None where none does. A wallet's word has its currency behind it."""
    word = label.strip().casefold()
    return "wallet" if word.startswith("digital currency address") else LABELS.get(word) or LABELS.get(word.strip(" :"))


def _like_a_number(text: str) -> bool:
    """Whether what follows the word for a number is one, and no sentence."""
    return bool(re.search(r"\d", text)) or 1 <= len(text.split()) <= 3


def finished(entries: Sequence[Entry]) -> tuple[tuple[Entity, ...], tuple[Skipped, ...]]:
    """The entries as values with ids of their own and their ties, and all that was skipped."""
    settled = settle((entry.place, entry.entity()) for entry in entries)
    made = [(entries[number], entity) for number, entity in zip(settled.numbers, settled.entities, strict=True)]
    tied, loose = _tied(made)
    return tied, (*settled.skipped, *(one for entry, _ in made for one in entry.skipped), *loose)


def _tied(made: Sequence[tuple[Entry, Entity]]) -> tuple[tuple[Entity, ...], list[Skipped]]:
    """The entities with links where a tie's name is that of one other entry; other ties stay in words."""
    first: dict[str, set[str]] = defaultdict(set)
    other: dict[str, set[str]] = defaultdict(set)
    for _, entity in made:
        for known in entity.names:
            (first if known.kind == "name" else other)[_key(known.text)].add(entity.id)
    entities, skipped = [], []
    for entry, entity in made:
        links, words = [], []
        for kind, name, text in dict.fromkeys(entry.tied):
            ids = first.get(_key(name)) or other.get(_key(name)) or set()
            others = ids - {entity.id} if len(ids) < 3 else ids
            if len(others) == 1:
                links.append(Link(kind, next(iter(others)), text))
            else:
                words.append(text)
                skipped.append(Skipped(entry.place, "skipped.link", {"text": short(text)}))
        reason = "; ".join(filter(None, (entity.reason, *words)))
        entities.append(replace(entity, links=tuple(links), reason=reason) if links or words else entity)
    return tuple(entities), skipped


def _key(name: str) -> str:
    return name.casefold().rstrip(" .")


def _names(names: Iterable[Name]) -> tuple[Name, ...]:
    """Each name once, as the first said it."""
    found: dict[str, Name] = {}
    for name in names:
        found.setdefault(name.text.casefold(), name)
    return tuple(found.values())


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
