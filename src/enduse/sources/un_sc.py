"""The Consolidated List of the UN Security Council, from its XML: individuals and entities."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar
from xml.etree.ElementTree import Element

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Link, Name, NameKind, Period
from enduse.sources import naming, un_papers
from enduse.sources.cells import cell, country, day, period
from enduse.sources.entries import settle
from enduse.sources.mending import legible
from enduse.sources.source import File, Read, Skipped, Source
from enduse.sources.xml import Form, Tree, leftovers, misfits, only, published, text, texts

T = TypeVar("T")
WORD = "un-sc"
PERSON, ENTITY = "INDIVIDUALS/INDIVIDUAL", "ENTITIES/ENTITY"
PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_OWN = "DATAID VERSIONNUM UN_LIST_TYPE REFERENCE_NUMBER LISTED_ON DELISTED_ON SUBMITTED_ON SUBMITTED_BY GENDER"
_REST = "NAME_ORIGINAL_SCRIPT COMMENTS1 SORT_KEY SORT_KEY_LAST_MOD"
_PLACE = "STREET CITY STATE_PROVINCE ZIP_CODE COUNTRY"
_WITHIN = {
    "TITLE": "VALUE",
    "DESIGNATION": "VALUE",
    "NATIONALITY": "VALUE",
    "NATIONALITY2": "VALUE",
    "LIST_TYPE": "VALUE",
    "LAST_DAY_UPDATED": "VALUE",
    "INDIVIDUAL_ALIAS": "QUALITY ALIAS_NAME DATE_OF_BIRTH CITY_OF_BIRTH COUNTRY_OF_BIRTH NOTE",
    "ENTITY_ALIAS": "QUALITY ALIAS_NAME NOTE",
    "INDIVIDUAL_ADDRESS": f"{_PLACE} NOTE",
    "ENTITY_ADDRESS": f"{_PLACE} NOTE",
    "INDIVIDUAL_DATE_OF_BIRTH": "TYPE_OF_DATE DATE YEAR FROM_YEAR TO_YEAR NOTE",
    "INDIVIDUAL_PLACE_OF_BIRTH": f"{_PLACE} NOTE",
    "INDIVIDUAL_DOCUMENT": "TYPE_OF_DOCUMENT TYPE_OF_DOCUMENT2 NUMBER ISSUING_COUNTRY DATE_OF_ISSUE CITY_OF_ISSUE COUNTRY_OF_ISSUE NOTE",
}
FORM = Form(
    WORD,
    "CONSOLIDATED_LIST",
    (PERSON, ENTITY),
    frozenset(
        (*_OWN.split(), *_REST.split(), *PARTS, *_WITHIN, *(f"{outer}/{inner}" for outer, names in _WITHIN.items() for inner in names.split()))
    ),
)
QUALITIES: dict[str, NameKind] = {"good": "alias", "low": "weak", "a.k.a.": "alias", "f.k.a.": "former", "": "alias"}
DATES = {"EXACT", "APPROXIMATELY", "BETWEEN", ""}
_FORMERLY = re.compile(r"\b(?:formerly|previously) listed as\b", re.IGNORECASE)
_BORN = re.compile(r"\b(?:born(?: on| in)?|D?P?OB)\s*[:-]?\s*(?:a\)\s*)?((?:\d{1,2} [A-Z][a-z]+\.? )?[12]\d{3})\b")
_BETWEEN = re.compile(r"between ([a-z]+)\.? and ([a-z]+\.?) (\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"\b[A-Z]{2,3}[ie]\.\d{3}\b")  # how entries are referred to: QDe.137


@dataclass(slots=True)
class _Entry:
    """An entry while it is read, and where it stands."""

    place: str
    names: list[Name] = field(default_factory=list)
    births: list[Period] = field(default_factory=list)
    nationalities: list[Country] = field(default_factory=list)
    countries: list[Country] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def skip(self, code: str, **values: object) -> None:
        self.skipped.append(Skipped(self.place, f"skipped.{code}", values))

    def country(self, element: Element, path: str) -> Country | None:
        """A country with its code; one that is not known is kept as published, and said."""
        if not (said := text(element, path)):
            return None
        found = country(said)
        if not found.code:
            self.skip("country", text=said, field=f"{element.tag}/{path}")
        return found

    def name(self, said: str, kind: NameKind) -> None:
        """A name with all that its text holds: several, another script, an acronym; what is said of it goes to the reason."""
        said, rest = naming.remark(said)
        if rest:
            self.said.append(f"{said}: {rest}")
            kind = "former" if kind == "alias" and _FORMERLY.search(rest) else kind
            self.births.extend(_births(rest))
        said, originals = naming.scripts(said)
        for one in naming.items(said):
            self.names.append(Name(one, kind))
            self.names.extend(Name(part, "alias" if kind == "name" else kind) for part in (naming.acronym(one) or ()))
        self.names.extend(Name(one, "weak" if kind == "weak" else "original") for one in originals)


def read(files: Sequence[File]) -> Read:
    """The list as read. Raises BadInput where the file is no such list."""
    tree = Tree(only(files, WORD), FORM)
    given: list[tuple[str, Entity]] = []
    skipped: list[Skipped] = []
    for at, element in tree:
        number = text(element, "REFERENCE_NUMBER") or text(element, "DATAID")
        entry = _Entry(number or f"{element.tag}[{len(given) + 1}]")
        entry.skipped += misfits(element, FORM, entry.place)
        given.append((entry.place, replace(_entity(entry, element, at == PERSON, tree.damaged), id=number)))
        skipped += entry.skipped
    settled = settle(given)
    skipped += (*settled.skipped, *leftovers(tree, {"@noNamespaceSchemaLocation", "@dateGenerated"}))
    numbers = {entity.id for entity in settled.entities}
    told, undated = published(tree.root.get("dateGenerated", ""), tree.file, "dateGenerated")
    return Read(tuple(_linked(entity, numbers) for entity in settled.entities), (*undated, *skipped), told, len(given))


def _entity(entry: _Entry, element: Element, person: bool, damaged: bool) -> Entity:
    entry.said.append(text(element, "COMMENTS1"))
    _own_names(entry, element)
    for alias in element.iterfind("INDIVIDUAL_ALIAS" if person else "ENTITY_ALIAS"):
        _alias(entry, alias)
    for birth in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        _birth(entry, birth)
    for path in ("NATIONALITY", "NATIONALITY2"):
        for held in element.iterfind(path):
            entry.nationalities += _nationalities(entry, held)
    for address in element.iterfind("INDIVIDUAL_ADDRESS" if person else "ENTITY_ADDRESS"):
        _address(entry, address)
    for place in element.iterfind("INDIVIDUAL_PLACE_OF_BIRTH"):
        _birthplace(entry, place)
    for paper in element.iterfind("INDIVIDUAL_DOCUMENT"):
        un_papers.read(paper, entry.country, entry)
    for label, path in (("Title", "TITLE/VALUE"), ("Designation", "DESIGNATION/VALUE"), ("Gender", "GENDER"), ("Submitted by", "SUBMITTED_BY")):
        if said := texts(element, path):
            entry.said.append(f"{label}: {'; '.join(said)}")
    return Entity(
        id="",
        schema="Person" if person else "Organization",
        names=naming.strongest(_legible(entry) if damaged else entry.names),
        births=_once(entry.births),
        nationalities=_once(entry.nationalities),
        countries=_once(entry.countries),
        addresses=_once(entry.addresses),
        identifiers=_once(entry.identifiers),
        programmes=tuple(texts(element, "UN_LIST_TYPE")),
        reason="\n".join(filter(None, dict.fromkeys(entry.said))),
        since=_day(entry, element, "LISTED_ON"),
        until=_day(entry, element, "DELISTED_ON"),
    )


def _legible(entry: _Entry) -> Iterator[Name]:
    """The names of an entry of a damaged file that are names still: in a foreign script cut to single bytes nothing is."""
    for name in entry.names:
        text = naming.plain(legible(name.text)) if name.kind != "original" or not name.text.isascii() else ""
        if name.kind == "name" or text == name.text:
            yield name
            continue
        entry.skip("damaged", field="name", text=name.text)
        if text:
            yield replace(name, text=text)


def _own_names(entry: _Entry, element: Element) -> None:
    whole = naming.plain(" ".join(filter(None, (text(element, part) for part in PARTS))))
    if whole:
        entry.names.append(Name(whole, "name"))
        parts = [part for one in naming.items(whole.replace(" / ", ";")) for part in (one, *(naming.acronym(one) or ()))]
        entry.names.extend(Name(part, "alias") for part in parts if part != whole)
    entry.names.extend(Name(original, "original") for original in naming.items(text(element, "NAME_ORIGINAL_SCRIPT")))


def _alias(entry: _Entry, alias: Element) -> None:
    said, quality, note = text(alias, "ALIAS_NAME"), text(alias, "QUALITY").casefold(), text(alias, "NOTE")
    kind = QUALITIES.get(quality, "alias")
    if quality not in QUALITIES:
        entry.skip("kind", field=f"{alias.tag}/QUALITY", text=quality, taken=kind)
    if kind == "alias" and _FORMERLY.search(note):
        kind = "former"
    if said:
        entry.name(said, kind)
    _, originals = naming.labelled(note)
    entry.names.extend(Name(one, "weak" if kind == "weak" else "original") for one in originals)
    entry.names.extend(Name(one, kind) for one in _names_in(note))
    entry.births.extend(_births(note))
    if born := text(alias, "DATE_OF_BIRTH"):
        if found := period(born):
            entry.births.append(found)
        else:
            entry.skip("date", field=f"{alias.tag}/DATE_OF_BIRTH", text=born)
    place = ", ".join(filter(None, (text(alias, "CITY_OF_BIRTH"), text(alias, "COUNTRY_OF_BIRTH"))))
    if remarks := [part for part in (note, born and f"born {born}", place and f"born in {place}") if part]:
        entry.said.append(f"{said or 'a.k.a.'}: {'; '.join(remarks)}")


def _names_in(note: str) -> list[str]:
    """The names that a note about an alias holds: parted by semicolons, in brackets or alone, with nothing else beside them."""
    for held in (*re.findall(r"\(([^()]*;[^()]*)\)", note), note):
        if ";" in held and not re.search(r"[\d:()]", held):
            return naming.items(held)
    return []


def _births(said: str) -> Iterator[Period]:
    return (found for match in _BORN.finditer(said) if (found := period(match[1])))


def _birth(entry: _Entry, birth: Element) -> None:
    kind, note, year = text(birth, "TYPE_OF_DATE").upper(), text(birth, "NOTE"), text(birth, "YEAR")
    if kind not in DATES:
        entry.skip("kind", field="TYPE_OF_DATE", text=kind, taken="EXACT")
    ends = [text(birth, "FROM_YEAR"), text(birth, "TO_YEAR")]
    said = text(birth, "DATE") or year or " to ".join(filter(None, ends)) or _without_sign(note)
    if not said:
        return
    found = (period(f"{note} {year}") if year and note and not text(birth, "DATE") else None) or period(said)
    if found is None:
        entry.skip("date", field=birth.tag, text=said)
        entry.said.append(f"Born: {said}")
        return
    if note and note != said:
        entry.said.append(f"Born {said}: {note}")
    sure = kind != "APPROXIMATELY" and not note.casefold().startswith("approx")
    entry.births.append(found if sure else replace(found, circa=True))


def _without_sign(note: str) -> str:
    """A birth that only the note tells, so that it can be read: `Between Aug. and Sep. 1977` has its year once."""
    if between := _BETWEEN.fullmatch(note):
        return f"{between[1]} {between[3]} to {between[2]} {between[3]}"
    return note


def _nationalities(entry: _Entry, held: Element) -> Iterator[Country]:
    for value in (held, *held):
        if said := cell(value.text):
            found = country(said)
            if not found.code:
                entry.skip("country", field=held.tag, text=said)
            yield found


def _address(entry: _Entry, address: Element) -> None:
    parts = [said for name in _PLACE.split() if (said := text(address, name))]
    note = text(address, "NOTE")
    land = entry.country(address, "COUNTRY")
    if parts or note:
        whole = ", ".join(dict.fromkeys(parts))
        entry.addresses.append(Address(f"{whole} ({note})" if whole and note else whole or note, land))
    if land is not None and address.tag == "ENTITY_ADDRESS":
        entry.countries.append(land)


def _birthplace(entry: _Entry, place: Element) -> None:
    parts = [said for name in (*_PLACE.split(), "NOTE") if (said := text(place, name))]
    if parts:
        entry.said.append(f"Place of birth: {', '.join(parts)}")
    if land := entry.country(place, "COUNTRY"):
        entry.countries.append(land)


def _day(entry: _Entry, element: Element, path: str) -> date | None:
    said = text(element, path)
    found = day(said) if said else None
    if said and found is None:
        entry.skip("date", field=path, text=said)
    return found


def _once(found: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))


def _linked(entity: Entity, numbers: Container[str]) -> Entity:
    """The entity with its ties: the other entries of the list that its reason refers to by their numbers."""
    named = dict.fromkeys(_NUMBER.findall(entity.reason))
    return replace(entity, links=tuple(Link("see_also", other) for other in named if other in numbers and other != entity.id))


SOURCE = Source(
    word=WORD,
    publisher="United Nations Security Council",
    title=("Сводный санкционный перечень Совета Безопасности ООН", "Consolidated List of the UN Security Council"),
    terms=(
        "Публикуется ООН для исполнения санкций Совета Безопасности. При использовании указывается источник",
        "Published by the UN so that the Council's sanctions can be carried out. Name the source where you use it",
    ),
    read=read,
    addresses=("https://scsanctions.un.org/resources/xml/en/consolidated.xml",),
    max_age_days=7,
)
