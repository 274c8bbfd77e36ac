"""Rosfinmonitoring's list as everybody may see it: numbered lines of a page or of a text copied from it.

83. ПРИМЕРОВ ТИМУР АСЛАНОВИЧ*,  (ПРИМЕРОВ ТИМУР; ОБРАЗЦОВ ТИМУР), 05.03.1961 г.р. , Г. ПРИМЕРСК;
12. ДВИЖЕНИЕ «ОБРАЗЕЦ»* (ОБРАЗЕЦ; ПРИМЕР), ИНН: 7700000016, ОГРН: 1027700000016;
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from enduse.domain.screening.entity import Country, Entity, Identifier, Name, NameKind, Period, Schema
from enduse.formats.problems import short
from enduse.sources.cells import cell, period
from enduse.sources.entries import made_id
from enduse.sources.source import Skipped

TERRORISM, EXTREMISM = "терроризм", "экстремистская деятельность"
FOREIGN = "международная часть"
RUSSIA = Country("Россия", "RU")
_SECTIONS = {"russianUL": (False, "Organization"), "russianFL": (False, "Person"), "foreignUL": (True, "Organization"), "foreignFL": (True, "Person")}
_NUMBERED = re.compile(r"(\d{1,6})\.\s+(\S.*)", re.DOTALL)
_BORN = re.compile(r"\s*([^,()]*?\d{4})\s*(?:г(?:од)?а?\.?\s?р(?:ождения|\.)?)\s*(?:,|$)\s*", re.IGNORECASE)
_IS_BORN = re.compile(r"\d{4}\s?г\.\s?р\.", re.IGNORECASE)
_DATE = re.compile(r"\s*(\d{2}\.\d{2}\.\d{4})\s*(?:,|$)\s*")
_TAX = re.compile(r"ИНН:?\s*(\d{10,12})")
_REGISTERED = re.compile(r"ОГРН(?:ИП)?:?\s*(\d{13,15})")
_MEMBER = re.compile(r"([А-ЯЁ][А-ЯЁ -]{1,120}?)\s*,?\s*(?:РОДИВШ(?:ИЙСЯ|АЯСЯ)|\d{2}\.\d{2}\.\d{4}\s*г)", re.IGNORECASE)
_GROUP = re.compile(r"\s*,?\s*\(((?:[^()]|\([^()]*\))*)\)\s*")
_DATED = re.compile(r"(?:по состоянию на|на дату|дата[^\d]{0,20})\s*(\d{2}\.\d{2}\.\d{4})", re.IGNORECASE)
_WHOLE = frozenset({"html", "ol"})
_PARTS = {"национальная часть": False, "международная часть": True}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it stands: its place, number (0 where it has none), text, whose part of the list, and what it is where a heading says so."""

    place: str
    number: int
    text: str
    foreign: bool = False
    schema: Schema | None = None


class Page(HTMLParser):
    """The items of the lists of a page, each under the last heading or section before it; and the page's other text."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.lines: list[Line] = []
        self.other: list[str] = []
        self._open: Counter[str] = Counter()
        self._under: tuple[bool, Schema | None] = (False, None)
        self._item: list[str] | None = None
        self._at = 0
        self._idle = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs).get("id") or ""
        if named in _SECTIONS:
            foreign, schema = _SECTIONS[named]
            self._under = foreign, "Person" if schema == "Person" else "Organization"
        if tag in ("script", "style"):
            self._idle += 1
        self._open[tag] += tag in _WHOLE
        if tag == "li":
            self.close_item()
            self._item, self._at = [], self.getpos()[0]
        elif tag == "br" and self._item is not None:
            self._item.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._idle = max(0, self._idle - 1)
        if tag in ("li", "ol", "ul"):
            self.close_item()
        self._open[tag] -= tag in _WHOLE

    @property
    def ended(self) -> bool:
        """Whether what was opened is closed, so that nothing is cut off."""
        return self._item is None and not any(count > 0 for count in self._open.values())

    def handle_data(self, data: str) -> None:
        if self._idle:
            return
        if self._item is not None:
            self._item.append(data)
        elif said := cell(data):
            self.other.append(said)
            self._under = heading(said, self._under) or self._under

    def close_item(self) -> None:
        """What stands in an item is an entry where it is numbered."""
        if self._item is None:
            return
        found = _NUMBERED.fullmatch(cell("".join(self._item)))
        self._item = None
        if found:
            self.lines.append(Line(f"{self.name}:{self._at}", int(found[1]), found[2], *self._under))


def heading(text: str, under: tuple[bool, Schema | None]) -> tuple[bool, Schema | None] | None:
    """What stands under a heading: whose part, and which sort; None where the text is no heading."""
    said = cell(text).casefold().strip(" :.")
    if len(said) > 80:
        return None
    for part, foreign in _PARTS.items():
        if part in said:
            return foreign, None
    foreign = True if said.startswith("иностранн") else under[0]
    if re.fullmatch(r"(?:иностранные |российские )?физические лица", said):
        return foreign, "Person"
    if re.fullmatch(r"(?:иностранные |российские )?(?:организации|юридические лица)", said):
        return foreign, "Organization"
    return None


def lines_of_text(text: str, name: str) -> tuple[list[Line], list[Skipped], list[str]]:
    """The numbered entries of plain text, each until its semicolon or the next number; lines that are no part of one; headings."""
    found: list[Line] = []
    strays: list[Skipped] = []
    heads: list[str] = []
    under: tuple[bool, Schema | None] = (False, None)
    for number, line in enumerate(text.splitlines(), 1):
        said = cell(line)
        if not said:
            continue
        if numbered := _NUMBERED.fullmatch(said):
            found.append(Line(f"{name}:{number}", int(numbered[1]), numbered[2] + _end(line), *under))
        elif below := heading(said, under):
            under = below
            heads.append(said)
        elif found and not found[-1].text.endswith(";"):
            last = found[-1]
            found[-1] = Line(last.place, last.number, f"{last.text} {said}{_end(line)}", last.foreign, last.schema)
        else:
            heads.append(said)
            if found:
                strays.append(Skipped(f"{name}:{number}", "skipped.stray", {"text": short(said)}))
    return found, strays, heads


def _end(line: str) -> str:
    """The semicolon that ends an entry, or the comma that goes on: `cell` takes them off."""
    return line.rstrip()[-1] if line.rstrip().endswith((";", ",")) else ""


def dated(texts: Sequence[str]) -> str:
    """The day that a page or text says it is of; empty where it says none."""
    found = _DATED.search(" ".join(texts))
    return found[1] if found else ""


def gaps(lines: Sequence[Line]) -> Iterator[Skipped]:
    """Where the numbers of a part do not follow each other: an entry may have gone missing on the way."""
    last: dict[tuple[bool, Schema | None], int] = {}
    for line in lines:
        key = line.foreign, line.schema
        before = last.get(key, 0)
        if line.number not in (before + 1, 1):
            yield Skipped(line.place, "skipped.gap", {"before": before, "after": line.number})
        last[key] = line.number


def entity_of(line: Line) -> tuple[Entity, list[Skipped]]:
    """The entry of a line. What no part of it is read from stands in its reason."""
    text = line.text.strip(" ;,")
    if (line.schema or ("Person" if _IS_BORN.search(text) else None)) == "Person":
        return _person(line, text)
    return _organisation(line, text)


def names_of(text: str) -> tuple[list[Name], bool]:
    """The names of `ИМЯ* (ДРУГОЕ; ТРЕТЬЕ)`, and whether the star is there that tells terrorism."""
    name, groups = text.rstrip(" ,*"), list[str]()
    while (at := _opened(name)) > 0:
        groups[:0] = name[at + 1 : -1].split(";")
        name = name[:at].rstrip(" ,*")
    told: list[tuple[str, NameKind]] = [(name, "name"), *((one, "alias") for one in groups)]
    made: dict[str, Name] = {}
    for said, kind in told:
        if plain := cell(said.replace("*", " ")):
            made.setdefault(plain, Name(plain, kind))
    return list(made.values()), "*" in text


def _opened(text: str) -> int:
    """Where the bracket stands that a text's last closes; -1 where it ends with none, or none opens it."""
    deep = 0
    for at in range(len(text) - 1, -1, -1) if text.endswith(")") else ():
        deep += (text[at] == ")") - (text[at] == "(")
        if not deep:
            return at
    return -1


def birth_of(text: str) -> Period | None:
    """A birth date as this list writes it, zeros for what is not known: `05.03.1961`, `00.00.1961`, `1961`."""
    said = cell(text)
    if found := re.fullmatch(r"(\d{2})\.(\d{2})\.(\d{4})", said):
        return period(f"{found[3]}-{found[2]}-{found[1]}")
    return period(said)


def _person(line: Line, text: str) -> tuple[Entity, list[Skipped]]:
    head = re.match(r"[^,(]*", text)
    name, rest = (head[0], text[head.end() :]) if head else (text, "")
    while (group := _GROUP.match(rest)) is not None:
        name, rest = f"{name} ({group[1]})", rest[group.end() :]
    rest = rest.strip(" ,")
    names, terror = names_of(name)
    skipped: list[Skipped] = []
    reasons: list[str] = []
    births: list[Period] = []
    if born := _BORN.match(rest) or _DATE.match(rest):
        rest = rest[born.end() :]
        if found := birth_of(born[1]):
            births.append(found)
        else:
            skipped.append(Skipped(line.place, "skipped.date", {"text": short(born[1]), "field": "г.р."}))
            reasons.append(f"Дата рождения: {born[1]}")
    if place := cell(rest):
        reasons.append(f"Место рождения: {place}")
    id = made_id(names[0].text if names else "", *(str(birth.first) for birth in births), place)
    return Entity(id, "Person", tuple(names), tuple(births), programmes=_programmes(line, terror), reason="\n".join(reasons)), skipped


def _organisation(line: Line, text: str) -> tuple[Entity, list[Skipped]]:
    tax, registered = _TAX.search(text), _REGISTERED.search(text)
    cut = min((found.start() for found in (tax, registered) if found), default=len(text))
    head, rest = text[:cut].strip(" ,"), text[cut:]
    identifiers = [Identifier(kind, found[1], RUSSIA) for kind, found in (("tax", tax), ("registration", registered)) if found]
    rest = cell(_REGISTERED.sub("", _TAX.sub("", rest)).strip(" ,"))
    if day := re.search(r",\s*(\d{2}\.\d{2}\.\d{4})$", head):
        head, rest = head[: day.start()], " ".join(filter(None, (day[1], rest)))
    names, terror = names_of(head)
    if names and "членами которого являются" in head.casefold():
        _, _, members = head.partition(":")
        names += [Name(cell(one), "alias") for one in _MEMBER.findall(members)]
    id = made_id(names[0].text if names else "", *(identifier.value for identifier in identifiers))
    schema: Schema = "Organization" if line.schema or identifiers else "LegalEntity"
    return Entity(id, schema, tuple(names), identifiers=tuple(identifiers), programmes=_programmes(line, terror), reason=rest), []


def _programmes(line: Line, terror: bool) -> tuple[str, ...]:
    return (TERRORISM if terror else EXTREMISM, *((FOREIGN,) if line.foreign else ()))
