"""What the two lists of the United Kingdom have in common: entries gathered from elements or rows, names in six parts, days first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Link, LinkKind, Name, NameKind, Period, Schema
from enduse.formats.problems import short
from enduse.sources import naming
from enduse.sources.cells import cell, country, name_part, period
from enduse.sources.entries import settle
from enduse.sources.source import File, Read, Skipped
from enduse.sources.tables import Row, Table, named, table_of

TERMS = ("Open Government Licence v3.0: можно использовать с указанием источника", "Open Government Licence v3.0: free to use, naming the source")
SCHEMAS: dict[str, Schema] = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
_KINDS: dict[str, NameKind] = {
    "primary name": "name",
    "primary name variation": "alias",
    "alias": "alias",
    "aka": "alias",
    "fka": "former",
    "formerly known as": "former",
}
_DAY_FIRST = re.compile(r"(\d{1,2}|dd)[/-](\d{1,2}|mm)[/-](\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[,;]?\s*\(\d{1,2}\)\s*")
_RUSSIAN = re.compile(r"\b(INN|OGRN)\b\D{0,12}(\d{10,15})\b", re.IGNORECASE)
_LONGEST = 1000  # letters of a name that is looked into
_ABOVE = 5  # rows that may stand above the header
_RUSSIA = Country("Russia", "RU")
_TIES: dict[str, LinkKind] = {"parent": "owner", "owner": "owner", "subsidiary": "other", "past owner": "other"}


def uk_period(text: str) -> Period | None:
    """A date as these lists write it, the day first and what is not known as letters or zeros: `05/03/1961`, `00/03/1961`, `dd/mm/1961`."""
    if found := _DAY_FIRST.fullmatch(cell(text)):
        day, month = (int(part) if part.isdigit() else 0 for part in found.groups()[:2])
        return period(f"{found[3]}-{month:02}-{day:02}")
    return period(text)


def uk_day(text: str) -> date | None:
    """A single day written so; None where it is none."""
    found = uk_period(text)
    return found.first if found is not None and found.first == found.last else None


def numbered(text: str) -> list[str]:
    """The values of a cell that numbers them, `(1) one (2) other`; a cell that does not is one value, an empty one none."""
    said = cell(text)
    parts = _NUMBER.split(said) if said.startswith("(1)") else [said]
    return [found for part in parts if (found := cell(part).rstrip("."))]


def beneath(table: Table, needed: Collection[str]) -> tuple[Table, str]:
    """The table from its header on, which is the first of its first rows that has the `needed` columns, and the text above it."""
    wanted = {_folded(title) for title in needed}
    for at, row in enumerate(table.rows[:_ABOVE]):
        if wanted <= {_folded(cell) for cell in row.cells}:
            return replace(table, rows=table.rows[at:]), " ".join(part for above in table.rows[:at] for part in above.cells)
    return table, ""


def day_in(text: str) -> date | None:
    """The first day that stands in a text, as `Last Updated,13/02/2026` or `Report Date: 13-Feb-2026`."""
    found = re.search(r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2}[- ][A-Za-z]+[- ]\d{4}|\d{4}-\d{2}-\d{2}", text)
    if found is None:
        return None
    return uk_day(re.sub(r"(?<!\d)-|-(?!\d)", " ", found.group()))


def titled(table: Table, columns: Mapping[str, Sequence[str]], others: Collection[str]) -> tuple[Table, dict[str, str]]:
    """The table with its titles spelt as the publisher does, and for each of the `columns` (what it holds, its titles) the title it has here.

    Spaces, signs and case make no difference.
    """
    spelt = {_folded(title): title for title in (*others, *(title for titles in columns.values() for title in titles))}
    header = tuple(spelt.get(_folded(title), title.strip()) for title in table.rows[0].cells)
    rows = (replace(table.rows[0], cells=header), *table.rows[1:])
    return replace(table, rows=rows), {held: title for held, titles in columns.items() for title in titles if title in header}


def _folded(title: str) -> str:
    return re.sub(r"[\W_]+", "", title).casefold()


@dataclass(slots=True)
class Draft:
    """An entry as it is gathered. What is told more than once is held once; what an entry has no place for stands in its reason by its title."""

    id: str
    place: str
    schema: Schema = "LegalEntity"
    names: dict[str, Name] = field(default_factory=dict)
    births: dict[Period, None] = field(default_factory=dict)
    nationalities: dict[Country, None] = field(default_factory=dict)
    countries: dict[Country, None] = field(default_factory=dict)
    addresses: dict[Address, None] = field(default_factory=dict)
    identifiers: dict[Identifier, None] = field(default_factory=dict)
    programmes: dict[str, None] = field(default_factory=dict)
    reasons: dict[str, None] = field(default_factory=dict)
    since: date | None = None
    ties: dict[tuple[str, str], None] = field(default_factory=dict)
    skipped: dict[tuple[str, str], Skipped] = field(default_factory=dict)

    def skip(self, code: str, **values: object) -> None:
        """What of the entry was not taken over, each once."""
        self.skipped.setdefault((code, str(values)), Skipped(self.place, code, values))

    def add_schema(self, text: str, title: str) -> None:
        found = SCHEMAS.get(cell(text).casefold())
        if found is None or self.schema not in ("LegalEntity", found):
            self.skip("skipped.kind", text=short(text), field=title, taken=self.schema)
        else:
            self.schema = found

    def add_name(self, parts: Sequence[str], kind: str, strength: str) -> None:
        """A name from its six parts, the family's or the whole of it last; its type and how good it is as published."""
        *given, family = map(name_part, parts)
        forenames = " ".join(filter(None, given))
        text = " ".join(filter(None, (forenames, family)))
        if not cell(text):
            return
        said = " ".join(kind.casefold().replace(".", "").split())
        taken: NameKind = _KINDS.get(said, "alias" if said or self.names else "name")
        if said and said not in _KINDS:
            self.skip("skipped.kind", text=short(kind), field="Name type", taken=taken)
        if taken != "name" and "low" in strength.casefold():
            taken = "weak"
        elif strength and not re.search("low|good", strength, re.IGNORECASE):
            self.skip("skipped.kind", text=short(strength), field="Alias strength", taken=taken)
        apart = self.schema == "Person" and bool(forenames and family)
        made = Name(text, taken, forenames if apart else "", family if apart else "")
        if text not in self.names or (taken == "name" and self.names[text].kind != "name"):
            self.names[text] = made
        for part in (naming.acronym(text) or ()) if self.schema != "Person" and len(text) <= _LONGEST else ():
            self.names.setdefault(part, Name(part, "alias" if taken == "name" else taken))

    def add_original(self, text: str) -> None:
        """A name in another script."""
        for said in numbered(text):
            self.names.setdefault(said, Name(said, "original"))

    def add_births(self, text: str, title: str) -> None:
        for said in numbered(text):
            if (found := uk_period(said)) is None:
                self.skip("skipped.date", text=short(said), field=title)
                self.add_reason(said, title)
            else:
                self.births[found] = None

    def add_since(self, text: str, title: str) -> None:
        """The day of the designation: of several the first."""
        if not cell(text):
            return
        found = uk_day(text)
        if found is None:
            self.skip("skipped.date", text=short(cell(text)), field=title)
        elif self.since is None or found < self.since:
            self.since = found

    def country_of(self, text: str, title: str) -> Country:
        found = country(text)
        if not found.code:
            self.skip("skipped.country", text=short(found.text), field=title)
        return found

    def add_countries(self, held: dict[Country, None], text: str, title: str) -> None:
        for said in numbered(text):
            held[self.country_of(said, title)] = None

    def add_address(self, parts: Iterable[str], where: str, title: str) -> None:
        """An address from its lines and its country; where no line is told the country stands alone."""
        lines = list(filter(None, map(cell, parts)))
        places = [self.country_of(said, title) for said in numbered(where)]
        if lines:
            whole = ", ".join([*lines, *(place.text for place in places[:1])])
            self.addresses[Address(whole, places[0] if places else None)] = None
        for place in places[1:] if lines else places:
            self.countries[place] = None

    def add_identifiers(self, kind: str, text: str, note: str, title: str) -> None:
        """Numbers of one kind; what is said about them stands in the reason."""
        for said in numbered(text):
            found = _RUSSIAN.findall(said) if kind == "registration" else []
            for name, number in found:
                self.identifiers[Identifier("tax" if name.upper() == "INN" else kind, number, _RUSSIA)] = None
            if not found:
                self.identifiers[Identifier(kind, said)] = None
            elif re.search(r"\w", _RUSSIAN.sub("", said)):  # what stands beside the number has no other place
                self.add_reason(said, title)
        if cell(note):
            self.add_reason(f"{cell(text)} ({cell(note)})" if cell(text) else note, title)

    def add_programme(self, text: str) -> None:
        if said := cell(text):
            self.programmes[said] = None

    def add_reason(self, text: str, title: str = "") -> None:
        if said := cell(text):
            self.reasons[f"{title}: {said}" if title else said] = None

    def add_tie(self, kind: str, text: str, title: str) -> None:
        """Another's name that the entry is tied to: a link where the list has an entry of that name, and in any case in the reason."""
        self.add_reason(text, title)
        for said in numbered(text):
            self.ties[kind, said] = None

    def entity(self) -> Entity:
        return Entity(
            id=self.id,
            schema=self.schema,
            names=tuple(self.names.values()),
            births=tuple(self.births),
            nationalities=tuple(self.nationalities),
            countries=tuple(self.countries),
            addresses=tuple(self.addresses),
            identifiers=tuple(self.identifiers),
            programmes=tuple(self.programmes),
            reason="\n".join(self.reasons),
            since=self.since,
        )


Taker = Callable[[Draft, Mapping[str, str], Mapping[str, str]], None]


def read_rows(file: File, word: str, columns: Mapping[str, Sequence[str]], others: Collection[str], required: Collection[str], add: Taker) -> Read:
    """A list from its CSV: `columns` as `titled` has them, the titles of `others` as they are, `add` as `gathered` has it.

    The day that it gives stands above the header.
    """
    table, above = beneath(table_of(file, word), required)
    table, titles = titled(table, columns, others)
    rows, skipped = named(table, word, required, {*titles.values(), *others})
    drafts = gathered(rows, table, titles, add)
    entities, parts = finished(drafts)
    counted = len(drafts) + sum(part.whole for part in skipped)
    return Read(entities, (*table.skipped, *skipped, *parts), day_in(above), counted)


def gathered(rows: Iterable[tuple[Row, Mapping[str, str]]], table: Table, titles: Mapping[str, str], add: Taker) -> list[Draft]:
    """The drafts of rows: those of one id are one entry, a row without an id is one by itself. `add` takes what a row holds by our words
    and by the publisher's titles."""
    drafts: dict[str | int, Draft] = {}
    for row, cells in rows:
        id = cell(cells[titles["id"]])
        draft = drafts.setdefault(id or row.line, Draft(id, f"{table.place(row)} {id}".rstrip()))
        add(draft, {held: cells[title] for held, title in titles.items()}, cells)
    return list(drafts.values())


def finished(drafts: Iterable[Draft]) -> tuple[tuple[Entity, ...], tuple[Skipped, ...]]:
    """The entries of drafts with ids of their own and their links, and all that was skipped of them."""
    drafts = list(drafts)
    for draft in drafts:
        if not draft.id:
            draft.skip("skipped.no_id")
    settled = settle((draft.place, draft.entity()) for draft in drafts)
    pairs = [(entity, drafts[number]) for entity, number in zip(settled.entities, settled.numbers, strict=True)]
    named = _by_name(settled.entities)
    found = tuple(replace(entity, links=tuple(_links(draft, entity.id, named))) for entity, draft in pairs)
    return found, settled.skipped + tuple(part for _, draft in pairs for part in draft.skipped.values())


def _by_name(taken: Iterable[Entity]) -> Mapping[str, str]:
    """The entry that goes by a name, where only one does."""
    goes_by = [(name.text.casefold(), entity.id) for entity in taken for name in entity.names]
    often = Counter(name for name, _ in dict.fromkeys(goes_by))
    return {name: id for name, id in goes_by if often[name] == 1}


def _links(draft: Draft, id: str, named: Mapping[str, str]) -> Iterator[Link]:
    for kind, text in draft.ties:
        other = named.get(text.casefold())
        if other is not None and other != id:
            yield Link(_TIES[kind], other, f"{kind}: {text}")
