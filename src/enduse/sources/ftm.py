"""FollowTheMoney entities as JSON lines, also OpenSanctions' whole and delta files: names, numbers and ties of what can be screened.

An entity a line; in a delta `{"op": "ADD" | "MOD" | "DEL", "entity": …}`, to be named after the file that it changes. Ties, sanctions,
passports and addresses are lines of their own and are read into the entries that they are of.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Link, LinkKind, Name, NameKind, Period, Schema
from enduse.formats.problems import BadInput, Problem, short
from enduse.sources.cells import cell, country, day, period
from enduse.sources.entries import settle
from enduse.sources.sorts import PACKED, sort_of
from enduse.sources.source import File, Read, Skipped, Source

WORD = "ftm"
_SCHEMAS: dict[str, Schema] = {
    "Person": "Person",
    "Company": "Company",
    "Organization": "Organization",
    "PublicBody": "Organization",
    "LegalEntity": "LegalEntity",
    "Vessel": "Vessel",
    "Airplane": "Airplane",
    "CryptoWallet": "CryptoWallet",
}
_NAMES: dict[str, NameKind] = {"name": "name", "alias": "alias", "previousName": "former", "weakAlias": "weak", "abbreviation": "weak"}
_NUMBERS = {
    **dict.fromkeys(("passportNumber",), "passport"),
    **dict.fromkeys(("idNumber", "socialSecurityNumber"), "national_id"),
    **dict.fromkeys(("taxNumber", "innCode", "vatCode"), "tax"),
    **dict.fromkeys(("registrationNumber", "ogrnCode", "okpoCode", "serialNumber"), "registration"),
    **dict.fromkeys(("swiftBic", "bicCode"), "swift"),
    **dict.fromkeys(("imoNumber",), "imo"),
    **dict.fromkeys(("mmsi",), "mmsi"),
    **dict.fromkeys(("publicKey",), "wallet"),
    **dict.fromkeys(("leiCode", "kppCode", "bikCode", "dunsCode", "uscCode", "uniqueEntityId", "permId", "npiCode", "cageCode", "callSign"), "other"),
}
_COUNTRIES = ("country", "jurisdiction", "mainCountry", "flag")
_NATIONALITIES = ("nationality", "citizenship")
_TIES: dict[str, tuple[str, str, LinkKind, LinkKind]] = {  # who, tied to whom; the tie as the first and as the second has it
    "Ownership": ("asset", "owner", "owner", "other"),
    "Family": ("person", "relative", "family", "family"),
    "Associate": ("person", "associate", "associate", "associate"),
    "Membership": ("member", "organization", "member", "other"),
    "Directorship": ("director", "organization", "other", "other"),
    "Employment": ("employee", "employer", "other", "other"),
    "Representation": ("agent", "client", "other", "other"),
    "Succession": ("predecessor", "successor", "other", "other"),
    "UnknownLink": ("subject", "object", "other", "other"),
    "Similar": ("candidate", "match", "see_also", "see_also"),
}
_TOLD_OF_TIES = ("role", "relationship", "status", "percentage", "summary")
_DOCUMENTS = {"Passport": "passport", "Identification": "other"}
_BESIDE = {*_TIES, *_DOCUMENTS, "Sanction", "Address"}  # what is read into other entries
_BACK = {  # under which property a nested entity stands, and which property of its own leads back
    **{"sanctions": "entity", "sanctionEntity": "entity", "passports": "holder", "identificiation": "holder", "identification": "holder"},
    **{"ownershipOwner": "owner", "ownershipAsset": "asset", "familyPerson": "person", "familyRelative": "relative"},
    **{"associates": "person", "associations": "associate", "membershipMember": "member", "membershipOrganization": "organization"},
    **{"directorshipDirector": "director", "directorshipOrganization": "organization", "employers": "employee", "employees": "employer"},
    **{"agencyClient": "client", "agentRepresentation": "agent", "unknownLinkFrom": "object", "unknownLinkTo": "subject"},
    **{"successors": "predecessor", "predecessors": "successor"},
}
_OPS = {"ADD", "MOD", "DEL"}
_MOST_DEEP = 5  # entities within each other
Properties = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Line:
    """An entity as it stands in a line: its properties as texts, and where."""

    place: str
    id: str
    schema: str
    caption: str
    properties: Properties
    nested: bool = False
    seen: str = ""

    def all(self, *names: str) -> list[str]:
        """The values of properties, tidied, each once."""
        return list(dict.fromkeys(found for name in names for value in self.properties.get(name, ()) if (found := cell(value))))


@dataclass(slots=True)
class _Beside:
    """What other lines say of an entry, by its id."""

    addresses: dict[str, _Line] = field(default_factory=dict)
    sanctions: dict[str, list[_Line]] = field(default_factory=lambda: defaultdict(list))
    documents: dict[str, list[_Line]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, dict[Link, None]] = field(default_factory=lambda: defaultdict(dict))


def read(files: Sequence[File]) -> Read:
    """The entities of one or more files; a delta changes what was read of the files before it."""
    held: dict[str, _Line] = {}
    doubled: list[_Line] = []
    skipped: list[Skipped] = []
    if not files:
        raise BadInput(Problem("list.files", values={"list": WORD, "count": 0}))
    for file in files:
        skipped += _take(file, held, doubled)
    lines = [*held.values(), *doubled]
    things = [line for line in lines if not line.nested and line.schema not in _BESIDE and line.schema in _SCHEMAS]
    beside, loose = _beside(lines, {line.id for line in things})
    read_of = [_entity(line, beside) for line in things]
    settled = settle((line.place, entity) for line, (entity, _) in zip(things, read_of, strict=True))
    parts = [part for number in settled.numbers for part in read_of[number][1]]
    whole = sum(part.whole for part in skipped)
    if not things and not whole:
        raise BadInput(Problem("list.no_entities", values={"list": WORD, "expected": tuple(_SCHEMAS)}, file=files[0].name))
    seen = day(max((line.seen for line in lines), default="")[:10])
    return Read(settled.entities, (*skipped, *_others(lines), *settled.skipped, *parts, *loose), seen, len(things) + whole)


def _take(file: File, held: dict[str, _Line], doubled: list[_Line]) -> list[Skipped]:
    """The lines of one file into `held`, by their ids; those whose id was there in the same file into `doubled`."""
    skipped: list[Skipped] = []
    here: set[str] = set()
    for place, given in _parsed(file, skipped):
        op, data = given.get("op"), given
        if op is not None and not held and not skipped:
            skipped.append(Skipped(file.name, "skipped.changes"))
        if op is not None:
            if op not in _OPS or not isinstance(given.get("entity"), dict):
                skipped.append(Skipped(place, "skipped.line", {"why": f"op {short(op)}"}, whole=True))
                continue
            data = given["entity"]
        if op == "DEL":
            if held.pop(str(data.get("id", "")), None) is None:
                skipped.append(Skipped(place, "skipped.delta", {"id": short(data.get("id", ""))}))
            here.discard(str(data.get("id", "")))
            continue
        lines = list(_flat(data, place))
        if not lines:
            skipped.append(Skipped(place, "skipped.line", {"why": "id, schema, properties"}, whole=True))
        for line in lines:
            if line.nested and line.id in held:
                continue
            if line.id in here and not held[line.id].nested:
                doubled.append(line)
            else:
                held[line.id] = line
                here.add(line.id)
    return skipped


def _parsed(file: File, skipped: list[Skipped]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a file, a line each. Raises BadInput where it holds no such lines, or breaks off."""
    _refuse_other_sorts(file)
    broken: list[tuple[int, str]] = []
    found = 0
    lines = file.data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line.decode())
            if not isinstance(data, dict) or not ({"schema", "op"} & data.keys()):
                raise ValueError("{schema, id, properties}")
        except (ValueError, RecursionError) as error:  # also bytes that are not UTF-8
            broken.append((number, short(str(error) or "[[[")))
            if number == len(lines) and found:  # nothing ends the last line
                values = {"list": WORD, "at": number}
                raise BadInput(Problem("list.truncated", line=number, values=values, file=file.name)) from error
            continue
        found += 1
        yield f"{file.name}:{number}", data
    if not found:
        at, why = broken[0]
        raise BadInput(Problem("list.lines", line=at, values={"list": WORD, "why": why}, file=file.name))
    skipped += [Skipped(f"{file.name}:{number}", "skipped.line", {"why": why}, whole=True) for number, why in broken]


def _refuse_other_sorts(file: File) -> None:
    sort = sort_of(file.data)
    if not sort:
        raise BadInput(Problem("list.empty", values={"list": WORD}, file=file.name))
    if sort != "got.json":
        values = {"list": WORD, "got": sort, "expected": "JSON (JSON lines)"}
        raise BadInput(Problem("list.packed" if sort in PACKED else "list.sort", values=values, file=file.name))


def _flat(data: Mapping[str, Any], place: str, back: tuple[str, str] | None = None, deep: int = 0) -> Iterator[_Line]:
    """An entity and those that stand within it; nothing where it is none. `back` is the property that leads to whom it stands within."""
    id, schema, given = data.get("id"), data.get("schema"), data.get("properties") or {}
    if not isinstance(id, str) or not id.strip() or not isinstance(schema, str) or not isinstance(given, dict) or deep > _MOST_DEEP:
        return
    properties: dict[str, list[str]] = {}
    inner: list[_Line] = []
    for name, values in given.items():
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict):
                inner += _flat(value, place, (_BACK[name], id) if name in _BACK else None, deep + 1)
            said = value.get("id") if isinstance(value, dict) else value
            if isinstance(said, (str, int, float)):
                properties.setdefault(name, []).append(str(said))
    if back is not None:
        properties.setdefault(back[0], [back[1]])
    yield _Line(place, id, schema, str(data.get("caption") or ""), properties, deep > 0, str(data.get("last_seen") or ""))
    yield from inner


def _beside(lines: Iterable[_Line], entries: set[str]) -> tuple[_Beside, list[Skipped]]:
    """What the lines that are no entries say of entries; and ties that lead to none."""
    beside = _Beside()
    loose: list[Skipped] = []
    captions = {line.id: _caption(line) for line in lines}
    for line in lines:
        if line.schema == "Address":
            beside.addresses[line.id] = line
        elif line.schema == "Sanction":
            for id in line.all("entity"):
                beside.sanctions[id].append(line)
        elif line.schema in _DOCUMENTS:
            for id in line.all("holder"):
                beside.documents[id].append(line)
        elif line.schema in _TIES:
            loose += _tie(line, beside, entries, captions)
    return beside, loose


def _tie(line: _Line, beside: _Beside, entries: set[str], captions: Mapping[str, str]) -> Iterator[Skipped]:
    first, second, here, there = _TIES[line.schema]
    told = ", ".join([line.schema, *line.all(*_TOLD_OF_TIES)])
    pairs = [(one, other) for one in line.all(first) for other in line.all(second) if one != other]
    ends = [(one, other) for one, other in pairs if one in entries and other in entries]
    if not pairs or len(ends) < len(pairs):
        yield Skipped(line.place, "skipped.tie", {"text": short(told)})
    for one, other in ends:
        beside.links[one][Link(here, other, f"{told}: {captions.get(other, '')}")] = None
        beside.links[other][Link(there, one, f"{told}: {captions.get(one, '')}")] = None


def _caption(line: _Line) -> str:
    return next(iter(line.all("name")), cell(line.caption))


def _others(lines: Iterable[_Line]) -> Iterator[Skipped]:
    """What is of a schema that is not screened: how many, once each."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for line in lines:
        if line.schema not in _BESIDE and (line.nested or line.schema not in _SCHEMAS):
            counts[line.schema] += 1
            first.setdefault(line.schema, line.place)
    for schema, count in counts.items():
        yield Skipped(first[schema], "skipped.schema", {"schema": short(schema), "count": count})


def _entity(line: _Line, beside: _Beside) -> tuple[Entity, list[Skipped]]:
    skipped: list[Skipped] = []
    schema = _SCHEMAS[line.schema]
    sanctions = beside.sanctions.get(line.id, [])
    programmes = [*line.all("programId"), *(said for sanction in sanctions for said in sanction.all("program", "programId"))]
    since = _days(sanctions, ("listingDate", "startDate"))
    ended = [max(_days([sanction], ("endDate",)), default=None) for sanction in sanctions]
    return (
        Entity(
            id=line.id,
            schema=schema,
            names=_names(line, schema),
            births=tuple(_births(line, skipped)),
            nationalities=_countries(line, _NATIONALITIES, skipped),
            countries=_countries(line, _COUNTRIES, skipped),
            addresses=tuple(dict.fromkeys(_addresses(line, beside, skipped))),
            identifiers=tuple(dict.fromkeys(_identifiers(line, beside.documents.get(line.id, []), skipped))),
            programmes=tuple(dict.fromkeys(programmes)),
            reason="\n".join(_reasons(line, sanctions)),
            since=min(since, default=None),
            until=max((end for end in ended if end), default=None) if all(ended) else None,
            links=tuple(beside.links.get(line.id, ())),
        ),
        skipped,
    )


def _names(line: _Line, schema: Schema) -> tuple[Name, ...]:
    """Every name, each as the strongest that it is called; of a person the parts that its name is made of."""
    firsts = sorted(line.all("firstName"), key=len, reverse=True)
    lasts = sorted(line.all("lastName"), key=len, reverse=True)
    made: dict[str, Name] = {}
    for held, kind in _NAMES.items():
        for said in line.all(held):
            made.setdefault(said, Name(said, kind, *(_part(said, parts) if schema == "Person" else "" for parts in (firsts, lasts))))
    if not made and firsts and lasts:
        said = f"{firsts[-1]} {lasts[-1]}"
        made[said] = Name(said, "name", firsts[-1], lasts[-1])
    if not made and schema == "CryptoWallet":
        made = {said: Name(said) for said in line.all("publicKey")}  # it goes by no other
    return tuple(made.values())


def _part(name: str, parts: Iterable[str]) -> str:
    """The longest of the parts that stands in a name as whole words; empty where none does."""
    within = f" {name.casefold().replace(',', ' ')} "
    return next((part for part in parts if f" {part.casefold()} " in within), "")


def _births(line: _Line, skipped: list[Skipped]) -> Iterator[Period]:
    for said in line.all("birthDate"):
        if found := period(said):
            yield found
        else:
            skipped.append(Skipped(line.place, "skipped.date", {"text": short(said), "field": "birthDate"}))


def _countries(line: _Line, fields: Iterable[str], skipped: list[Skipped]) -> tuple[Country, ...]:
    return tuple(dict.fromkeys(_country(said, name, line, skipped) for name in fields for said in line.all(name)))


def _country(said: str, name: str, line: _Line, skipped: list[Skipped]) -> Country:
    found = country(said)
    if not found.code:
        skipped.append(Skipped(line.place, "skipped.country", {"text": short(said), "field": name}))
    return found


def _addresses(line: _Line, beside: _Beside, skipped: list[Skipped]) -> Iterator[Address]:
    for said in line.all("address"):
        yield Address(said)
    for id in line.all("addressEntity"):
        found = beside.addresses.get(id)
        if found is None:
            skipped.append(Skipped(line.place, "skipped.tie", {"text": f"addressEntity: {short(id)}"}))
            continue
        places = [_country(said, "country", found, skipped) for said in found.all("country")]
        parts = found.all("postOfficeBox", "street", "street2", "city", "postalCode", "region", "state")
        for said in found.all("full") or ([", ".join(parts)] if parts else []):
            yield Address(said, places[0] if places else None)


def _identifiers(line: _Line, documents: Iterable[_Line], skipped: list[Skipped]) -> Iterator[Identifier]:
    for name, kind in _NUMBERS.items():
        for said in line.all(name):
            yield Identifier(kind, said)
    for document in documents:
        places = [_country(said, "country", document, skipped) for said in document.all("country")]
        for said in document.all("number", "passportNumber"):
            yield Identifier(_DOCUMENTS[document.schema], said, places[0] if places else None)


def _days(lines: Iterable[_Line], fields: Sequence[str]) -> list[date]:
    """The days of the first of the fields that a line has."""
    found = []
    for line in lines:
        told = next((said for name in fields if (said := line.all(name))), [])
        found += [stretch.first for said in told if (stretch := period(said))]
    return found


def _reasons(line: _Line, sanctions: Iterable[_Line]) -> list[str]:
    said = [text for sanction in sanctions for text in sanction.all("reason", "summary", "status")]
    said += line.all("notes", "position", "summary", "description")
    if topics := line.all("topics"):
        said.append(f"topics: {', '.join(topics)}")
    return list(dict.fromkeys(said))


SOURCE = Source(
    WORD,
    "FollowTheMoney, OpenSanctions",
    ("Сущности FollowTheMoney (JSON Lines), в том числе OpenSanctions", "FollowTheMoney entities (JSON lines), also OpenSanctions'"),
    (
        "условия того, кто собрал файл; данные OpenSanctions для коммерческой работы требуют лицензии",
        "as whoever made the file allows; OpenSanctions data need a licence for commercial use",
    ),
    read,
    several=True,
)
