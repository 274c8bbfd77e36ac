"""Canada's Consolidated Autonomous Sanctions List (SEMA and JVCFOA), from its XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

from rigour.names import remove_org_types

from enduse.domain.screening.entity import Entity, Identifier, Name, NameKind, Period, Schema
from enduse.sources import naming
from enduse.sources.cells import cell, country, day, name_part, period
from enduse.sources.entries import settle
from enduse.sources.source import File, Read, Skipped, Source
from enduse.sources.xml import Form, Tree, leftovers, misfits, only, text

WORD = "ca-sema"
ENTITY = ("EntityOrShip", "Entity")  # the second as the list had it before it named ships
BORN = ("DateOfBirthOrShipBuildDate", "DateOfBirth")
_FIELDS = ("Country", "LastName", "GivenName", "Aliases", "Schedule", "Item", "DateOfListing", "ShipIMONumber", "TitleOrShip")
FORM = Form(
    WORD,
    "data-set",
    ("record",),
    frozenset((*ENTITY, *BORN, *_FIELDS)),
)
NO_COUNTRY = re.compile(r"\b(JVCFOR|JVCFO|Regulations|Attacks?|Violence)\b")  # what stands where the country does, and is none
ELSEWHERE = {"Ukraine"}  # regulations called after the country that those listed act against
_BROKEN_LINE = re.compile(r"(?<=\w)-\s*\n\s*")
_LANGUAGE = re.compile(r"\b(?:Russian|Belarus+ian|Ukrainian|Arabic|Persian|Farsi|Hebrew|Chinese|English|French)\s*:|\bAKA\b", re.IGNORECASE)
_KNOWN_AS = re.compile(r"\s*\(\s*(?:also known as|a\.?k\.?a\.?|formerly known as)\s+(.*?)\)?\s*$", re.IGNORECASE)
_OR = re.compile(r"(?:,\s*|\s+)or\s+|,?\s+and\s+(?=[^\x00-\u024f])|(?:(?<=[^\x00-\u024f])|(?<=[^\x00-\u024f][\"»”])),?\s+and\s+")
_AND_COMPANY = re.compile(r",?\s+and\s+(?=(?:[AO]AO|ZAO|OOO|PO|PJSC|JSC|LLC|(?:Open |Public )?Joint)\b)")
_LEGAL = re.compile(r"\W*(?:PA|VEB|Ltd|Inc|Co|Baltd)?\W*")
_CYRILLIC = re.compile(r"[А-ЯЁ][\w’'-]+, [А-ЯЁ][\w’'-]+ [А-ЯЁ][\w’'-]+")
_OUTSIDE = r"(?![^(]*\))"  # not within brackets


def read(files: Sequence[File]) -> Read:
    """The list as read; its publisher puts no date in it. Raises BadInput where the file is no such list."""
    tree = Tree(only(files, WORD), FORM)
    given: list[tuple[str, Entity]] = []
    skipped: list[Skipped] = []
    for _, element in tree:
        number = _number(element)
        place = number or f"record[{len(given) + 1}]"
        skipped += misfits(element, FORM, place)
        given.append((place, replace(_entity(element, place, skipped), id=number)))
    settled = settle(given)
    return Read(settled.entities, (*skipped, *settled.skipped, *leftovers(tree)), None, len(given))


def _number(element: Element) -> str:
    """The regulation, schedule and item by which the publisher finds an entry: `Russia/1, Part 1/17`; empty where there is no item."""
    land, item = text(element, "Country").split(" / ")[0], text(element, "Item")
    schedule = re.sub(r",\s*", ", ", text(element, "Schedule"))
    if found := re.search(r"\((\w+)\)$", land):
        land = found[1]
    return "/".join(filter(None, (land, schedule, item))) if land and item else ""


def _entity(element: Element, place: str, skipped: list[Skipped]) -> Entity:
    land, title = text(element, "Country"), text(element, "TitleOrShip")
    imo = text(element, "ShipIMONumber")
    whole = _whole(element)
    person = not whole
    schema: Schema = "Person" if person else "Vessel" if imo else "Organization"
    names = list(_person(element) if person else _company(whole))
    if names:
        names += _aliases(_unbroken(element.findtext("Aliases")), names[0], person)
    born = next((said for path in BORN if (said := text(element, path))), "")
    found = country(land) if land and land not in ELSEWHERE and not NO_COUNTRY.search(land) else None
    if found and not found.code:
        skipped.append(Skipped(place, "skipped.country", {"text": land, "field": "Country"}))
    reason = [f"Listed under: {', '.join(filter(None, (land, text(element, 'Schedule'), text(element, 'Item'))))}"]
    reason += [f"{'Ship' if imo else 'Title'}: {title}"] if title else []
    reason += [f"{'Born' if person else 'Built'}: {born}"] if born else []
    return Entity(
        id="",
        schema=schema,
        names=naming.strongest(names),
        births=tuple(_births(born, place, skipped)) if person and born else (),
        countries=(found,) if found else (),
        identifiers=(Identifier("imo", imo),) if imo else (),
        programmes=(land,) if land else (),
        reason="\n".join(reason),
        since=_since(text(element, "DateOfListing"), place, skipped),
    )


def _unbroken(said: str | None) -> str:
    """A text without the ends of lines that it got from a page's width: `All-⏎Russia` is one word."""
    return cell(_BROKEN_LINE.sub("-", said or ""))


def _whole(element: Element) -> str:
    return next((said for path in ENTITY if (said := _unbroken(element.findtext(path)))), "")


def _person(element: Element) -> Iterator[Name]:
    family, given = name_part(element.findtext("LastName")), name_part(element.findtext("GivenName"))
    if not (family or given):
        return
    other = re.search(r"\s*\(([^()]+)\)$", family)
    if other:
        family = family[: other.start()]
    yield Name(" ".join(filter(None, (given, family))), "name", given, family)
    if other:
        yield Name(" ".join(filter(None, (given, other[1]))), "alias", given, other[1])


def _company(whole: str) -> Iterator[Name]:
    """The names of an entity or ship: its own, what stands behind `also known as`, and the French one behind a slash."""
    known_as = _KNOWN_AS.search(whole)
    own = whole[: known_as.start()] if known_as else whole
    parts = re.split(rf"/{_OUTSIDE}", own)
    if len(parts) > 1 and any(len(part.split()) < 2 for part in parts):
        parts = [own]
    kind: NameKind = "name"
    for part in parts:
        if shown := naming.plain(part):
            yield Name(shown, kind)
            yield from _acronym(shown)
            kind = "alias"
    if known_as:
        for one in _AND_COMPANY.split(known_as[1]):
            yield from (Name(said, "alias") for said in _commas(one))


def _acronym(name: str) -> Iterator[Name]:
    parts = naming.acronym(name) or ()
    return (Name(part, "alias") for part in parts if all(map(_more_than_form, parts)))


def _aliases(said: str, own: Name, person: bool) -> Iterator[Name]:
    for item in naming.items(_LANGUAGE.sub(";", said)):
        for one in _several(item, person):
            rest, originals = naming.scripts(one)
            for shown in (*naming.items(rest), *originals):
                yield Name(shown, "weak" if person and _is_part(shown, own) else "alias")
                if not person:
                    yield from _acronym(shown)


def _several(said: str, person: bool) -> list[str]:
    """The names of a text that parts them by slashes, commas, `or`, and `and` between names that are not Latin."""
    if person and _CYRILLIC.fullmatch(said):
        return [said]  # the family name first
    slash = r"\s*/\s*" if person else rf"\s+/\s*{_OUTSIDE}|(?<=[\"»])/\s*"
    found: list[str] = []
    for part in re.split(slash, said):
        ones = [naming.plain(one) for one in _OR.split(part)]
        if not person and not all(_more_than_form(one) for one in ones):
            ones = [part]
        for one in ones:
            found += [piece for piece in map(naming.plain, one.split(",")) if piece] if person else _commas(one)
    return naming.unique(found)


def _commas(said: str) -> list[str]:
    """The names of companies between commas; a legal form between them belongs to the name before it, and so does what begins small."""
    parts = [part.strip() for part in re.split(rf",(?:\s+and\s)?{_OUTSIDE}", said) if part.strip()]
    found: list[str] = []
    for part in parts:
        if found and (not _more_than_form(part) or not _more_than_form(found[-1]) or part[0].islower()):
            found[-1] = f"{found[-1]}, {part}"
        else:
            found.append(part)
    return naming.unique(map(naming.plain, found))


def _more_than_form(name: str) -> bool:
    """Whether a name is more than the words of a legal form."""
    return not _LEGAL.fullmatch(remove_org_types(name.casefold())) if name.strip(" .,") else False


def _is_part(alias: str, own: Name) -> bool:
    """Whether an alias of a person stands for a part of the name only, as another spelling of the given name, and is none alone."""
    words, given = alias.casefold().split(), own.given.casefold().split()
    return len(words) == 1 or (len(words) <= len(given) and words[-1] in given and own.family.casefold() not in words)


def _births(said: str, place: str, skipped: list[Skipped]) -> Iterator[Period]:
    for one in re.split(r"\s+or\s+", said, flags=re.IGNORECASE):
        if found := period(one):
            yield found
        else:
            skipped.append(Skipped(place, "skipped.date", {"text": one, "field": BORN[0]}))


def _since(said: str, place: str, skipped: list[Skipped]) -> date | None:
    found = day(said) if said else None
    if said and found is None:
        skipped.append(Skipped(place, "skipped.date", {"text": said, "field": "DateOfListing"}))
    return found


SOURCE = Source(
    word=WORD,
    publisher="Global Affairs Canada",
    title=("Сводный перечень автономных санкций Канады", "Consolidated Canadian Autonomous Sanctions List"),
    terms=(
        "Открытая лицензия Правительства Канады: можно использовать, назвав источник",
        "Open Government Licence – Canada: use it and name the source",
    ),
    read=read,
    addresses=(
        "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml",
    ),
    max_age_days=7,
)
