"""Rosfinmonitoring: those known to be involved in extremism or terrorism, the decisions to freeze, those of mass destruction weapons.

The XML that the authority gives out in the personal account (`Перечень`, `СписокРешений`, `СписокОМУ`, and the former
`TERRORISTS_CATALOG`), the public page, and its numbered lines as text. Written from public descriptions and tried on samples: no real file
was at hand. Who was taken off the list lately (`ПоследниеИсключенные`) is no entry.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Name, NameKind, Period, Schema
from enduse.formats.problems import BadInput, Problem, short
from enduse.sources import rosfin_text
from enduse.sources.cells import cell, country, day, period
from enduse.sources.entries import settle
from enduse.sources.rosfin_text import EXTREMISM, RUSSIA, TERRORISM, Page, birth_of, entity_of, gaps, lines_of_text, names_of
from enduse.sources.russian import in_utf_8
from enduse.sources.sorts import PACKED, sort_of
from enduse.sources.source import File, Read, Skipped, Source
from enduse.sources.xml import Form, Tree, only, published, text, texts, unread

WORD = "ru-rosfin"
_EXPECTED = "XML / HTML / TXT"
_FORMS = {
    "Перечень": Form(WORD, "Перечень", ("АктуальныйПеречень/Субъект",)),
    "СписокОМУ": Form(WORD, "СписокОМУ", ("АктуальныйСписок/Субъект",)),
    "СписокРешений": Form(WORD, "СписокРешений", ("СписокАктуальныхРешений/Решение",)),
    "TERRORISTS_CATALOG": Form(WORD, "TERRORISTS_CATALOG", ("TERRORISTS",)),
}
_FREEZING, _WEAPONS = "решение Межведомственной комиссии о замораживании", "распространение оружия массового уничтожения"
_EITHER = "экстремистская деятельность или терроризм"
_MARKUP = frozenset({"div", "ol", "ul", "li", "body", "html"})
_PERSON_TYPES: dict[str, Schema] = {"1": "Organization", "2": "Person", "3": "Organization", "4": "Person"}
_PASSPORT = re.compile(r"\b(\d{2} ?\d{2})\s*(?:№|N)?\s*(\d{6})\b")
_ADDRESS = (
    "Индекс Регион АвтономныйОкруг Район Город ВнутригородскРайон НаселПункт ЭлементПланирСтруктуры Улица ДопТерритория УлицаДопТерритории Дом "
    "Строение Корпус Квартира Помещение"
)
_PERSON = "ФИО ФИОЛат Фамилия Имя Отчество ДатаРождения ГодРождения МестоРождения ИНН СНИЛС СписокГражданств/Гражданство/Код"
_KNOWN_LEAVES = [
    *["ИдСубъекта", "УНС", "ТипСубъекта/Идентификатор", "ТипСубъекта/Наименование", "Примечание", "Террорист", "РешениеПоСубъекту"],
    *(f"История/{name}" for name in ("ДатаВключения", "ДатаМодификации", "ДатаИзменения", "ДатаИсключения")),
    *(f"ФЛ/{name}" for name in _PERSON.split()),
    "ФЛ/СписокГражданств/Гражданство/Наименование",
    *(f"ФЛ/СписокДрНаименований/ДрНаименование/{name}" for name in _PERSON.split()[:9]),
    *(f"ФЛ/СписокДокументов/Документ/{name}" for name in ("Серия", "Номер", "ОрганВыдачи", "ДатаВыдачи")),
    *(f"ФЛ/СписокДокументов/Документ/ТипДокумента/{name}" for name in ("Идентификатор", "Наименование", "Код")),
    *(
        f"{kind}/{name}"
        for kind in ("ЮЛ", "Орг")
        for name in ("Наименование", "НаименованиеЛат", "ИНН", "ОГРН", "ДатаРегистрации", "МестоРегистрации")
    ),
    *(f"{kind}/СписокДрНаименований/ДрНаименование/{name}" for kind in ("ЮЛ", "Орг") for name in ("Наименование", "НаименованиеЛат", "ИНН", "ОГРН")),
    *(f"СписокАдресов/Адрес/{name}" for name in (*_ADDRESS.split(), "ТекстАдреса", "ОКАТО", "ИдентификаторФИАС", "УровеньАдреснОбъекта")),
    *(f"СписокАдресов/Адрес/{name}" for name in ("ТипАдреса/Идентификатор", "ТипАдреса/Наименование", "Страна/Код", "Страна/Наименование")),
]
_KNOWN = frozenset("/".join(leaf.split("/")[:end]) for leaf in _KNOWN_LEAVES for end in range(1, leaf.count("/") + 2))
_CATALOG = frozenset(
    {"TERRORISTS_NAME", "ID_NEW", "ID", "NUM", "PERSON_TYPE", "IS_TERRORIST", "INN", "BIRTH_DATE", "DESCRIPTION", "ADDRESS"}
    | {"TERRORISTS_RESOLUTION", "BIRTH_PLACE", "PASSPORT"}
)
_Given = list[tuple[str, Entity]]


def read(files: Sequence[File]) -> Read:
    """The list, in whichever of its forms the file is."""
    file = only(files, WORD)
    sort = sort_of(file.data)
    if sort == "got.xml":
        root = _root(file.data)
        if root.casefold() in _MARKUP:
            return _of_page(file)
        return _of_xml(file, _FORMS.get(root, _FORMS["Перечень"]))
    if sort == "got.html":
        return _of_page(file)
    if not sort:
        raise BadInput(Problem("list.empty", values={"list": WORD}, file=file.name))
    if sort != "got.plain":
        values = {"list": WORD, "got": sort, "expected": _EXPECTED}
        raise BadInput(Problem("list.packed" if sort in PACKED else "list.sort", values=values, file=file.name))
    lines, strays, heads = lines_of_text(_decoded(file), file.name)
    if not lines:
        raise BadInput(Problem("list.no_lines", values={"list": WORD}, file=file.name))
    return _of_lines(lines, strays, heads)


def _root(data: bytes) -> str:
    """The name of the root element; empty where there is none to be read."""
    try:
        for _, element in iterparse(io.BytesIO(data), events=("start",), forbid_dtd=True):
            return str(element.tag).rpartition("}")[2]
    except (ParseError, DefusedXmlException, LookupError, ValueError):
        pass  # the reading proper says what is wrong
    return ""


def _decoded(file: File) -> str:
    try:
        return in_utf_8(file).data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        values = {"list": WORD, "at": line, "byte": f"0x{file.data[error.start]:02X}"}
        raise BadInput(Problem("list.encoding", line=line, values=values, file=file.name)) from error


def _of_page(file: File) -> Read:
    page = Page(file.name)
    page.feed(_decoded(file))
    page.close()
    ended = page.ended
    page.close_item()
    if not page.lines:
        values = {"list": WORD, "got": "got.html", "expected": _EXPECTED}
        raise BadInput(Problem("list.sort", values=values, file=file.name))
    if not ended:
        at = int(page.lines[-1].place.rpartition(":")[2])
        raise BadInput(Problem("list.truncated", line=at, values={"list": WORD, "at": at}, file=file.name))
    return _of_lines(page.lines, [], page.other)


def _of_lines(lines: Sequence[rosfin_text.Line], strays: Sequence[Skipped], heads: Sequence[str]) -> Read:
    found = [entity_of(line) for line in lines]
    settled = settle((line.place, entity) for line, (entity, _) in zip(lines, found, strict=True))
    parts = [part for number in settled.numbers for part in found[number][1]]
    return Read(settled.entities, (*strays, *gaps(lines), *settled.skipped, *parts), day(rosfin_text.dated(heads)), len(lines))


def _of_xml(file: File, form: Form) -> Read:
    tree = Tree(file, form)
    subjects = [subject for number, (_, element) in enumerate(tree, 1) for subject in _subjects(element, form, file, number)]
    if not any(subject.id or subject.names for subject in subjects):
        raise BadInput(Problem("list.no_entries", values={"list": WORD, "expected": "<Субъект>"}, file=file.name))
    settled = settle((subject.place, subject.entity()) for subject in subjects)
    parts = [part for number in settled.numbers for part in subjects[number].skipped]
    said = text(tree.root, "ДатаПеречня") or text(tree.root, "ДатаСписка") or tree.root.get("DATE") or ""
    told, undated = published(said, file, "ДатаПеречня")
    return Read(settled.entities, (*undated, *settled.skipped, *parts), told, len(subjects))


def _subjects(element: Element, form: Form, file: File, number: int) -> Iterator[_Subject]:
    """The subjects of one element: itself, or those that a decision is about."""
    if form.root == "TERRORISTS_CATALOG":
        yield _of_catalog(element, file, number)
    elif form.root == "СписокРешений":
        about = [f"{child.tag}: {said}" for child in element if child.tag != "СписокСубъектов" and (said := cell("".join(child.itertext())))]
        inside = element.findall("СписокСубъектов/Субъект")
        for at, inner in enumerate(inside, 1):
            yield _of_subject(inner, f"{file.name}: Решение {number}, Субъект {at}", [_FREEZING], about)
        if not inside:  # whom it is about is not lost unseen
            yield _Subject("", f"{file.name}: Решение {number}", "LegalEntity", [_FREEZING])
    elif form.root == "СписокОМУ":
        yield _of_subject(element, f"{file.name}: Субъект {number}", [_WEAPONS], [])
    else:
        told = {"1": TERRORISM, "0": EXTREMISM}.get(text(element, "Террорист"), _EITHER)
        yield _of_subject(element, f"{file.name}: Субъект {number}", [told], [])


@dataclass(slots=True)
class _Subject:
    """A subject as it is gathered."""

    id: str
    place: str
    schema: Schema
    programmes: list[str]
    names: dict[str, Name] = field(default_factory=dict)
    births: list[Period] = field(default_factory=list)
    nationalities: list[Country] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    since: list[date] = field(default_factory=list)
    until: list[date] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def skip(self, code: str, **values: object) -> None:
        self.skipped.append(Skipped(self.place, code, values))

    def name(self, said: str, kind: NameKind, given: str = "", family: str = "") -> None:
        if plain := cell(said.replace("*", " ")):
            self.names.setdefault(plain, Name(plain, kind, given if family else "", family))

    def born(self, day_text: str, year: str) -> None:
        """A birth date, or the year where it is all that is told."""
        for said, named in ((day_text, "ДатаРождения"), (year, "ГодРождения")):
            if said and said != "0":
                if found := birth_of(said):
                    self.births.append(found)
                    return
                self.skip("skipped.date", text=short(said), field=named)
                self.reasons.append(f"{named}: {said}")

    def dates(self, held: list[date], said: Sequence[str], named: str) -> None:
        for one in said:
            if found := period(one):
                held.append(found.first)
            else:
                self.skip("skipped.date", text=short(one), field=named)

    def country(self, said: str, named: str) -> Country:
        found = country(said)
        if not found.code:
            self.skip("skipped.country", text=short(said), field=named)
        return found

    def say(self, label: str, said: str) -> None:
        if said:
            self.reasons.append(f"{label}: {said}" if label else said)

    def entity(self) -> Entity:
        return Entity(
            id=self.id,
            schema=self.schema,
            names=tuple(self.names.values()),
            births=tuple(dict.fromkeys(self.births)),
            nationalities=tuple(dict.fromkeys(self.nationalities)),
            addresses=tuple(dict.fromkeys(self.addresses)),
            identifiers=tuple(dict.fromkeys(self.identifiers)),
            programmes=tuple(self.programmes),
            reason="\n".join(dict.fromkeys(self.reasons)),
            since=min(self.since, default=None),
            until=max(self.until, default=None),
        )


def _of_subject(element: Element, place: str, programmes: list[str], about: Sequence[str]) -> _Subject:
    id = text(element, "ИдСубъекта")
    person = element.find("ФЛ")
    subject = _Subject(id, f"{place} ({id})" if id else place, "LegalEntity" if person is None else "Person", programmes)
    if not id:
        subject.skip("skipped.no_id")
    if person is not None:
        _add_person(subject, person)
    for kind in ("ЮЛ", "Орг"):
        if (body := element.find(kind)) is not None:
            subject.schema = "Organization"
            _add_body(subject, body)
    for address in element.iterfind("СписокАдресов/Адрес"):
        where = text(address, "Страна/Наименование")
        place_of = subject.country(where, "Страна") if where else None
        said = text(address, "ТекстАдреса") or ", ".join(filter(None, (text(address, part) for part in _ADDRESS.split())))
        if said or where:
            subject.addresses.append(Address(said or where, place_of))
    subject.dates(subject.since, texts(element, "История/ДатаВключения"), "ДатаВключения")
    subject.dates(subject.until, texts(element, "История/ДатаИсключения"), "ДатаИсключения")
    subject.say("", text(element, "РешениеПоСубъекту"))
    subject.say("", text(element, "Примечание"))
    subject.say("УНС", text(element, "УНС"))
    subject.reasons += about
    for path, said in unread(element, _KNOWN | {"ФЛ/СписокГражданств/Гражданство"}):
        subject.skip("skipped.field", field=path, text=said)
    return subject


def _add_person(subject: _Subject, person: Element) -> None:
    given = " ".join(filter(None, (text(person, "Имя"), text(person, "Отчество"))))
    family = text(person, "Фамилия")
    subject.name(text(person, "ФИО") or f"{family} {given}", "name", given, family)
    subject.name(text(person, "ФИОЛат"), "original")
    subject.born(text(person, "ДатаРождения"), text(person, "ГодРождения"))
    subject.say("Место рождения", text(person, "МестоРождения"))
    for other in person.iterfind("СписокДрНаименований/ДрНаименование"):
        parts = " ".join(filter(None, (text(other, part) for part in ("Фамилия", "Имя", "Отчество"))))
        subject.name(text(other, "ФИО") or parts, "alias")
        subject.name(text(other, "ФИОЛат"), "alias")
        subject.born(text(other, "ДатаРождения"), text(other, "ГодРождения"))
        subject.say("Место рождения", text(other, "МестоРождения"))
    for nation in person.iterfind("СписокГражданств/Гражданство"):
        if said := text(nation, "Наименование") or cell(nation.text):
            subject.nationalities.append(subject.country(said, "Гражданство"))
    for kind, tag in (("tax", "ИНН"), ("national_id", "СНИЛС")):
        subject.identifiers += [Identifier(kind, said, RUSSIA) for said in texts(person, tag)]
    for paper in person.iterfind("СписокДокументов/Документ"):
        _add_paper(subject, paper)


def _add_paper(subject: _Subject, paper: Element) -> None:
    named = text(paper, "ТипДокумента/Наименование")
    value = " ".join(filter(None, (text(paper, "Серия"), text(paper, "Номер"))))
    if value:
        kind = "passport" if "паспорт" in named.casefold() else "other"
        russian = re.search(r"российской федерации|\bрф\b", named.casefold())
        subject.identifiers.append(Identifier(kind, value, RUSSIA if russian else None))
    issued = ", ".join(filter(None, (text(paper, "ОрганВыдачи"), text(paper, "ДатаВыдачи"))))
    if issued or not value:
        subject.say(named or "Документ", " ".join(filter(None, (value, issued))))


def _add_body(subject: _Subject, body: Element) -> None:
    names, _ = names_of(text(body, "Наименование"))
    for name in names:
        subject.name(name.text, name.kind)
    subject.name(text(body, "НаименованиеЛат"), "original")
    others = body.findall("СписокДрНаименований/ДрНаименование")
    for other in others:
        subject.name(text(other, "Наименование"), "alias")
        subject.name(text(other, "НаименованиеЛат"), "alias")
    for held in (body, *others):
        for kind, tag in (("tax", "ИНН"), ("registration", "ОГРН")):
            subject.identifiers += [Identifier(kind, said, RUSSIA) for said in texts(held, tag)]
    subject.say("Дата регистрации", text(body, "ДатаРегистрации"))
    subject.say("Место регистрации", text(body, "МестоРегистрации"))


def _of_catalog(element: Element, file: File, number: int) -> _Subject:
    """A row of the former catalogue, whose cells are text that is sometimes escaped twice."""
    held: Mapping[str, str] = {child.tag: cell(re.sub(r"<!\[CDATA\[|\]\]>?", "", child.text or "")) for child in element}
    id = held.get("ID_NEW") or held.get("ID") or ""
    born = held.get("BIRTH_DATE", "")
    schema = _PERSON_TYPES.get(held.get("PERSON_TYPE", ""), "Person" if born or held.get("PASSPORT") else "LegalEntity")
    names, star = names_of(held.get("TERRORISTS_NAME", ""))
    told = held.get("IS_TERRORIST", "").casefold()
    programme = TERRORISM if star or told in ("1", "да", "true") else EXTREMISM if told in ("0", "нет", "false") else _EITHER
    subject = _Subject(id, f"{file.name}: TERRORISTS {number}", schema, [programme])
    if not id:
        subject.skip("skipped.no_id")
    subject.names = {name.text: name for name in names}
    subject.born(born, "")
    if held.get("INN"):
        subject.identifiers.append(Identifier("tax", held["INN"], RUSSIA))
    papers = held.get("PASSPORT", "")
    subject.identifiers += [Identifier("passport", f"{series} {value}", RUSSIA) for series, value in _PASSPORT.findall(papers)]
    subject.say("Документы", papers)
    subject.addresses += [Address(said) for part in held.get("ADDRESS", "").split(";") if (said := cell(part))]
    subject.say("Место рождения", held.get("BIRTH_PLACE", ""))
    subject.say("", held.get("TERRORISTS_RESOLUTION", ""))
    subject.say("", held.get("DESCRIPTION", ""))
    for name, said in held.items():
        if name not in _CATALOG and said:
            subject.skip("skipped.field", field=name, text=short(said))
    return subject


SOURCE = Source(
    WORD,
    "Росфинмониторинг",
    (
        "Перечень организаций и физических лиц, в отношении которых имеются сведения об их причастности к экстремистской деятельности или терроризму",
        "Rosfinmonitoring: organisations and persons involved in extremism or terrorism",
    ),
    (
        "открытая часть перечня публикуется для всех; полные файлы — в личном кабинете, по Федеральному закону № 115-ФЗ",
        "the open part is published for everybody; whole files are given out in the personal account under Federal Law No 115-FZ",
    ),
    read,
    ("https://www.fedsfm.ru/documents/terrorists-catalog-portal-act",),
    tried_on="sample",
)
