"""The European Union's financial sanctions files (consolidated list), from the XML `export` of schema 1.1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from xml.etree.ElementTree import Element

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Name, Period, Schema
from enduse.sources import naming
from enduse.sources.cells import cell, country, day, period
from enduse.sources.entries import settle
from enduse.sources.source import File, Read, Skipped, Source
from enduse.sources.xml import Form, Tree, attributes, leftovers, misfits, only, published, texts

WORD = "eu-fsf"
_MADE = "logicalId"
_LAND = "region countryIso2Code countryDescription"
_PLACE = f"city zipCode place {_LAND}"
_ATTRIBUTES = {
    "": "designationDetails designationDate delistingDate unitedNationId euReferenceNumber",
    "regulation": "regulationType organisationType publicationDate entryIntoForceDate numberTitle programme corrigendum",
    "subjectType": "code classificationCode",
    "nameAlias": "firstName middleName lastName wholeName function gender title nameLanguage strong",
    "citizenship": f"acquisitionDate disenfranchisementDate {_LAND}",
    "birthdate": f"circa calendarType birthdate dayOfMonth monthOfYear year yearRangeFrom yearRangeTo {_PLACE}",
    "address": f"street poBox asAtListingTime {_PLACE}",
    "address/contactInfo": "key value",
    "identification": "diplomatic knownExpired knownFalse reportedLost revokedByIssuer issueDate issuedDate issuedBy latinNumber nameOnDocument"
    f" number validFrom validTo identificationTypeCode identificationTypeDescription {_LAND}",
}
_SANCTIONABLE = ("nameAlias", "citizenship", "birthdate", "address", "identification")  # each says which act it comes from
_SUMMARY = "regulationType publicationDate numberTitle publicationUrl"


def _known() -> Iterator[str]:
    yield from ("remark", "additionalInformation", *attributes("additionalInformation", "key value"), "regulation/publicationUrl")
    for at, names in _ATTRIBUTES.items():
        yield from (path for path in (at,) if path)
        yield from attributes(at, f"{names} {_MADE} regulationLanguage")
        if at and at != "subjectType":
            yield from (f"{at}/remark", f"{at}/additionalInformation", *attributes(f"{at}/additionalInformation", "key value"))
    for at in _SANCTIONABLE:
        yield from (f"{at}/regulationSummary", *attributes(f"{at}/regulationSummary", _SUMMARY))


FORM = Form(WORD, "export", ("sanctionEntity",), frozenset(_known()))
SCHEMAS: dict[str, Schema] = {"person": "Person", "p": "Person", "enterprise": "Organization", "entity": "Organization", "e": "Organization"}
PAPERS = {
    "passport": "passport",
    "id": "national_id",
    "nrn": "national_id",
    "ssn": "national_id",
    "fiscalcode": "tax",
    "taxid": "tax",
    "regnumber": "registration",
    "tradelic": "registration",
    "imo": "imo",
    "swiftbic": "swift",
} | dict.fromkeys(("other", "birthcert", "nationcert", "travelcardid", "electionid", "residentperm", "drivinglicence"), "other")
FLAGS = {"diplomatic": "diplomatic", "knownExpired": "expired", "knownFalse": "false", "reportedLost": "reported lost", "revokedByIssuer": "revoked"}
UNKNOWN = "00"  # the country of what has none


@dataclass(slots=True)
class _Entry:
    """An entry while it is read, and where it stands."""

    place: str
    names: list[Name] = field(default_factory=list)
    births: list[Period] = field(default_factory=list)
    countries: list[Country] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def skip(self, code: str, **values: object) -> None:
        self.skipped.append(Skipped(self.place, f"skipped.{code}", values))

    def country(self, element: Element) -> Country | None:
        """The country of an element, by its code where that is one, else by its name."""
        code, said = _of(element, "countryIso2Code").upper(), _of(element, "countryDescription")
        if code in ("", UNKNOWN) and said.casefold() in ("", "unknown"):
            return None
        by_code = country(code) if code not in ("", UNKNOWN) else Country("")
        found = Country(said or code, code) if by_code.code == code and code else country(said)
        if not found.code:
            self.skip("country", text=" ".join(filter(None, (code, said))), field=element.tag)
        return found

    def day(self, element: Element, name: str) -> date | None:
        said = _of(element, name)
        found = day(said) if said else None
        if said and found is None:
            self.skip("date", text=said, field=f"{element.tag}@{name}")
        return found

    def remarks(self, element: Element, label: str) -> None:
        """What is said of a part of the entry beside its attributes."""
        extra = (f"{_of(info, 'key')}: {_of(info, 'value')}" for info in element.iterfind("additionalInformation"))
        if said := [*texts(element, "remark"), *extra]:
            self.said.append(f"{label}: {'; '.join(said)}" if label else "\n".join(said))


def read(files: Sequence[File]) -> Read:
    """The list as read. Raises BadInput where the file is no such list."""
    tree = Tree(only(files, WORD), FORM)
    given: list[tuple[str, Entity]] = []
    skipped: list[Skipped] = []
    for _, element in tree:
        number = _of(element, "euReferenceNumber") or _of(element, _MADE)
        entry = _Entry(number or f"sanctionEntity[{len(given) + 1}]")
        entry.skipped += misfits(element, FORM, entry.place)
        given.append((entry.place, replace(_entity(entry, element), id=number)))
        skipped += entry.skipped
    settled = settle(given)
    skipped += (*settled.skipped, *leftovers(tree, {"@generationDate", "@globalFileId", "@schemaLocation"}))
    told, undated = published(tree.root.get("generationDate", ""), tree.file, "generationDate")
    return Read(settled.entities, (*undated, *skipped), told, len(given))


def _entity(entry: _Entry, element: Element) -> Entity:
    entry.remarks(element, "")
    for label, name in (("", "designationDetails"), ("United Nations", "unitedNationId")):
        if said := _of(element, name):
            entry.said.append(f"{label}: {said}" if label else said)
    schema = _schema(entry, element)
    for alias in element.iterfind("nameAlias"):
        _name(entry, alias, schema == "Person")
    for birth in element.iterfind("birthdate"):
        _birth(entry, birth)
    for paper in element.iterfind("identification"):
        _paper(entry, paper)
    nationalities = [land for held in element.iterfind("citizenship") if (land := entry.country(held))]
    for held in element.iterfind("citizenship"):
        entry.remarks(held, "Citizenship")
    addresses = [found for held in element.iterfind("address") if (found := _address(entry, held, schema))]
    programmes, since = _regulations(entry, element)
    return Entity(
        id="",
        schema=schema,
        names=naming.strongest(entry.names),
        births=tuple(dict.fromkeys(entry.births)),
        nationalities=tuple(dict.fromkeys(nationalities)),
        countries=tuple(dict.fromkeys(entry.countries)),
        addresses=tuple(dict.fromkeys(addresses)),
        identifiers=tuple(dict.fromkeys(entry.identifiers)),
        programmes=tuple(programmes),
        reason="\n".join(filter(None, dict.fromkeys(entry.said))),
        since=entry.day(element, "designationDate") or since,
        until=entry.day(element, "delistingDate"),
    )


def _schema(entry: _Entry, element: Element) -> Schema:
    subject = element.find("subjectType")
    said = (_of(subject, "code") or _of(subject, "classificationCode")) if subject is not None else ""
    if said.casefold() not in SCHEMAS:
        entry.skip("kind", field="subjectType", text=said, taken="LegalEntity")
        return "LegalEntity"
    return SCHEMAS[said.casefold()]


def _name(entry: _Entry, alias: Element, person: bool) -> None:
    given = _join((_of(alias, "firstName"), _of(alias, "middleName")), " ")
    family = _of(alias, "lastName")
    whole = _of(alias, "wholeName") or _join((given, family), " ")
    if whole:
        strong = _of(alias, "strong") != "false"
        first = strong and all(name.kind != "name" for name in entry.names)
        parts = (given, family) if person else ("", "")
        entry.names.append(Name(whole, "name" if first else "alias" if strong else "weak", *parts))
    for label, name in (("Function", "function"), ("Title", "title"), ("Gender", "gender")):
        if said := _of(alias, name):
            entry.said.append(f"{label}: {said}")
    entry.remarks(alias, f"Name {whole}".strip())


def _birth(entry: _Entry, birth: Element) -> None:
    year, month, number = (_of(birth, name) for name in ("year", "monthOfYear", "dayOfMonth"))
    parts = [year, *([month.zfill(2)] if month else []), *([number.zfill(2)] if month and number else [])]
    ends = filter(None, (_of(birth, "yearRangeFrom"), _of(birth, "yearRangeTo")))
    said = _of(birth, "birthdate") or ("-".join(parts) if year else " to ".join(ends))
    calendar = _of(birth, "calendarType").upper()
    found = period(said) if said and calendar in ("", "GREGORIAN") else None
    if found is not None:
        entry.births.append(replace(found, circa=found.circa or _of(birth, "circa") == "true"))
    elif said:
        entry.skip("date", text=f"{said} {calendar}".strip(), field="birthdate")
        entry.said.append(f"Born: {said} {calendar}".strip())
    land = entry.country(birth)
    if land:
        entry.countries.append(land)
    if place := _join((*(_of(birth, name) for name in ("place", "city", "zipCode", "region")), land.text if land else "")):
        entry.said.append(f"Place of birth: {place}")
    entry.remarks(birth, "Birth")


def _address(entry: _Entry, held: Element, schema: Schema) -> Address | None:
    land = entry.country(held)
    box = _of(held, "poBox")
    parts = (_of(held, "street"), f"P.O. Box {box}" if box else "", *(_of(held, name) for name in ("place", "city", "zipCode", "region")))
    whole = _join((*parts, land.text if land else ""))
    for contact in held.iterfind("contactInfo"):
        entry.said.append(f"{_of(contact, 'key') or 'Contact'}: {_of(contact, 'value')}")
    entry.remarks(held, "Address")
    if land and schema != "Person":
        entry.countries.append(land)
    return Address(whole, land) if whole else None


def _paper(entry: _Entry, paper: Element) -> None:
    said, described = _of(paper, "identificationTypeCode"), _of(paper, "identificationTypeDescription")
    land = entry.country(paper)
    kind = PAPERS.get(said.casefold(), "passport" if "passport" in described.casefold() else "other")
    if said.casefold() not in PAPERS:
        entry.skip("kind", field="identificationTypeCode", text=said or described, taken=kind)
    for name in ("number", "latinNumber"):
        if value := _of(paper, name):
            entry.identifiers.append(Identifier(kind, value, land))
    if other := _of(paper, "nameOnDocument"):
        entry.names.append(Name(other, "alias"))
    flags = [shown for name, shown in FLAGS.items() if _of(paper, name) == "true"]
    told = [f"{name} {value}" for name in ("issuedBy", "issueDate", "issuedDate", "validFrom", "validTo") if (value := _of(paper, name))]
    entry.said.append(_join((f"Document: {described or said}", _of(paper, "number"), land.text if land else "", *flags, *told)))
    entry.remarks(paper, f"Document {_of(paper, 'number')}".strip())


def _regulations(entry: _Entry, element: Element) -> tuple[list[str], date | None]:
    """The programmes, and the first day that an act which names the entry was published."""
    programmes, days = [], []
    for act in (inner for inner in element.iter() if inner.tag in ("regulation", "regulationSummary")):
        if found := entry.day(act, "publicationDate"):
            days.append(found)
        if act.tag == "regulation":
            programmes.append(_of(act, "programme"))
            entry.said.append(_join((f"Act: {_of(act, 'numberTitle')}", *texts(act, "publicationUrl"))))
            entry.remarks(act, "Act")
    return list(dict.fromkeys(filter(None, programmes))), min(days, default=None)


def _of(element: Element, name: str) -> str:
    return cell(element.get(name))


def _join(parts: Iterable[str], between: str = ", ") -> str:
    return between.join(dict.fromkeys(filter(None, parts)))


SOURCE = Source(
    word=WORD,
    publisher="European Commission",
    title=("Сводный перечень финансовых санкций Европейского союза", "Consolidated list of the European Union's financial sanctions"),
    terms=(
        "Данные Европейской комиссии: можно использовать, назвав источник. Юридическую силу имеет только Официальный журнал ЕС",
        "European Commission data: use it and name the source. Only the Official Journal of the EU is authentic",
    ),
    read=read,
    addresses=("https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",),
    max_age_days=7,
    tried_on="sample",
)
