"""OFAC's lists as XML of the classic kind (`sdnList`): SDN.XML and CONSOLIDATED.XML, of the old site and of the new one."""

from __future__ import annotations

from functools import partial
from xml.etree.ElementTree import Element

from enduse.domain.screening.entity import NameKind, Schema
from enduse.formats.problems import BadInput, Problem, short
from enduse.sources.cells import cell, day, name_part
from enduse.sources.entries import made_id
from enduse.sources.source import File, Read, Skipped
from enduse.sources.us_entry import Entry, finished
from enduse.sources.xml import Form, Tree, published, text, texts, unread

_SCHEMAS: dict[str, Schema] = {"entity": "Organization", "individual": "Person", "vessel": "Vessel", "aircraft": "Airplane"}
_ALIASES: dict[str, NameKind] = {"a.k.a.": "alias", "f.k.a.": "former", "n.k.a.": "alias"}
_INNER = {
    "programList/program": "",
    "akaList/aka": "uid type category lastName firstName",
    "addressList/address": "uid address1 address2 address3 city stateOrProvince postalCode country",
    "idList/id": "uid idType idNumber idCountry issueDate expirationDate",
    "nationalityList/nationality": "uid country mainEntry",
    "citizenshipList/citizenship": "uid country mainEntry",
    "dateOfBirthList/dateOfBirthItem": "uid dateOfBirth mainEntry",
    "placeOfBirthList/placeOfBirthItem": "uid placeOfBirth mainEntry",
    "vesselInfo": "callSign vesselType vesselFlag vesselOwner tonnage grossRegisteredTonnage",
}
_KNOWN = {
    *("uid", "firstName", "lastName", "title", "sdnType", "remarks"),
    *(f"{at}/{name}" for at, names in _INNER.items() for name in names.split()),
    *(path for inner in _INNER for path in (inner.partition("/")[0], inner)),
}
_HEAD = "publshInformation"  # as OFAC spells it


def read_xml(file: File, word: str) -> Read:
    """The list `word` from its one XML file. Raises BadInput where it is no such file, or holds fewer entries than the publisher says."""
    tree = Tree(file, Form(word, "sdnList", ("sdnEntry",)))
    entries = [_entry(element, file, number) for number, (_, element) in enumerate(tree, 1)]
    entities, skipped = finished(entries)
    told = text(tree.root, f"{_HEAD}/Record_Count")
    if told.isdecimal() and int(told) != len(entries):
        values = {"list": word, "told": told, "count": len(entries)}
        if int(told) > len(entries):
            raise BadInput(Problem("list.count", values=values, file=file.name))
        skipped = (Skipped(file.name, "skipped.count", {"told": told, "count": len(entries)}), *skipped)
    day_told, undated = published(text(tree.root, f"{_HEAD}/Publish_Date"), file, "Publish_Date", partial(day, month_first=True))
    strange = [
        Skipped(file.name, "skipped.field", {"field": path, "text": said})
        for path, said in unread(tree.root, {_HEAD, f"{_HEAD}/Publish_Date", f"{_HEAD}/Record_Count"})
        if not path.startswith("@")
    ]
    return Read(entities, (*undated, *strange, *skipped), day_told, len(entries))


def _entry(element: Element, file: File, number: int) -> Entry:
    uid, sort = text(element, "uid"), text(element, "sdnType")
    place = f"{file.name}: {uid or f'#{number}'}"
    schema = _SCHEMAS.get(sort.casefold(), "LegalEntity")
    entry = Entry(uid or made_id(text(element, "lastName"), text(element, "firstName")), schema, place)
    if sort.casefold() not in _SCHEMAS:
        entry.skipped.append(Skipped(place, "skipped.kind", {"text": short(sort), "field": "sdnType", "taken": "LegalEntity"}))
    _name(entry, element, "name")
    for aka in element.iterfind("akaList/aka"):
        _name(entry, aka, _alias(aka, entry))
    entry.programmes += texts(element, "programList/program")
    if title := text(element, "title"):
        entry.reason.append(title)
    _vessel(entry, element)
    for address in element.iterfind("addressList/address"):
        _address(entry, address)
    for path in ("nationalityList/nationality/country", "citizenshipList/citizenship/country"):
        for land in texts(element, path):
            entry.nationality(land)
    for born in texts(element, "dateOfBirthList/dateOfBirthItem/dateOfBirth"):
        entry.birth(born)
    entry.reason += [f"POB {place}" for place in texts(element, "placeOfBirthList/placeOfBirthItem/placeOfBirth")]
    for id in element.iterfind("idList/id"):
        _number(entry, id)
    for remark in text(element, "remarks").split(";"):
        entry.remark(remark)
    for path, said in unread(element, _KNOWN):
        entry.skipped.append(Skipped(place, "skipped.field", {"field": path, "text": said}))
    return entry


def _name(entry: Entry, element: Element, kind: NameKind) -> None:
    family, given = name_part(element.findtext("lastName")), name_part(element.findtext("firstName"))
    if family and given:
        entry.name(f"{family}, {given}", kind, given, family)
    else:
        entry.name(family or given, kind)


def _alias(aka: Element, entry: Entry) -> NameKind:
    sort, grade = text(aka, "type"), text(aka, "category")
    if grade not in ("", "strong", "weak"):
        entry.skipped.append(Skipped(entry.place, "skipped.kind", {"text": short(grade), "field": "category", "taken": "strong"}))
    if sort not in _ALIASES:
        entry.skipped.append(Skipped(entry.place, "skipped.kind", {"text": short(sort), "field": "type", "taken": "a.k.a."}))
    return "weak" if grade == "weak" else _ALIASES.get(sort, "alias")


def _vessel(entry: Entry, element: Element) -> None:
    entry.vessel(
        call_sign=text(element, "vesselInfo/callSign"),
        flag=text(element, "vesselInfo/vesselFlag"),
        owner=text(element, "vesselInfo/vesselOwner"),
        type=text(element, "vesselInfo/vesselType"),
        tonnage=text(element, "vesselInfo/tonnage"),
        gross=text(element, "vesselInfo/grossRegisteredTonnage"),
    )


def _address(entry: Entry, address: Element) -> None:
    town = ", ".join(filter(None, (text(address, "city"), text(address, "stateOrProvince"))))
    parts = (text(address, "address1"), text(address, "address2"), text(address, "address3"), f"{town} {text(address, 'postalCode')}")
    entry.address(parts, text(address, "country"))


def _number(entry: Entry, id: Element) -> None:
    """A number with the word before it; OFAC keeps much else among the numbers, which then is a remark."""
    label, value, land = text(id, "idType"), text(id, "idNumber"), text(id, "idCountry")
    dates = "".join(f" {word} {said}" for word, path in (("issued", "issueDate"), ("expires", "expirationDate")) if (said := text(id, path)))
    whole = cell(f"{label} {value}{f' ({land})' if land else ''}{dates}")
    if not entry.number(label, value, land):
        entry.remark(whole)
    elif dates:
        entry.reason.append(whole)
