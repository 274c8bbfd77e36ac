"""An organisation's own list: columns of a CSV, XLSX or JSON file by the mapping `enduse/list-mapping-1`.

format: enduse/list-mapping-1
kind: Organization
encoding: windows-1251
columns:
  name: Name
  aliases: {column: Alias, split: ";"}
  reason: [Notes, Federal register]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, StringConstraints, TypeAdapter

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Name, NameKind, Period, Schema
from enduse.formats.plain import Document, json_lines, read_json, read_yaml
from enduse.formats.problems import BadInput, Problem, nearest, short
from enduse.formats.register_words import plain_words
from enduse.formats.schema import Day, Shape, Text, check, place
from enduse.formats.writing import deal_text
from enduse.sources import naming
from enduse.sources.cells import cell, countries, day, period
from enduse.sources.entries import settle
from enduse.sources.own_rows import WORD, Cell, Encoding, Rows, rows_of
from enduse.sources.own_titles import FORMAT, KINDS, suggested
from enduse.sources.source import File, Read, Skipped, Source

NAMES: dict[str, NameKind] = {"name": "name", "aliases": "alias", "former": "former", "weak": "weak", "original": "original"}
NUMBERS = {
    **{"passport": "passport", "national_id": "national_id", "tax": "tax", "registration": "registration", "imo": "imo", "mmsi": "mmsi"},
    **{"wallet": "wallet", "swift": "swift", "identifier": "other"},
}
OTHERS = ("id", "given", "family", "kind", "birth", "nationality", "country", "address", "programme", "reason", "since", "until")
FIELDS = (*NAMES, *NUMBERS, *OTHERS)
_LONGEST = 1000  # letters of a name that is looked into
_SLASHED = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")


class Column(Shape):
    """A column by its title, what parts several values in one of its cells, and which column stands in where the cell is empty."""

    column: Text
    split: Annotated[str, StringConstraints(min_length=1)] | None = None
    otherwise: Text | None = None


def _columns(value: Any) -> Any:
    """A title, a column or several, as several."""
    several = value if isinstance(value, list) else [value]
    return [{"column": one} if isinstance(one, str) else one for one in several]


class ListMapping(Shape):
    """A mapping as it stands in a file: what the list is called, which column fills which field, what is the same for every entry."""

    format: Literal["enduse/list-mapping-1"]
    title: Text | None = None
    published: Day | None = None
    records: Text | None = None
    sheet: Text | None = None
    encoding: Encoding | None = None
    kind: Schema = "LegalEntity"
    columns: dict[Text, Annotated[list[Column], BeforeValidator(_columns)]]
    words: dict[Text, Schema] = {}  # noqa: RUF012 - pydantic copies defaults
    dates: Literal["day_first", "month_first"] | None = None
    skip: list[Text] = []  # noqa: RUF012


_MAPPING = TypeAdapter(ListMapping)


def read_mapping(document: Document, *, file: str = "") -> ListMapping:
    """The mapping that a document describes. Raises BadInput with all its problems, each with its line."""
    held = check(_MAPPING, document, file=file)
    problems = []
    for target in held.columns:
        if target not in FIELDS:
            problems.append(Problem("mapping.target", ("columns", target), values={"target": short(target), "near": nearest(target, FIELDS)}))
    if not held.columns.keys() & {*NAMES, "family"}:
        problems.append(Problem("list.mapping.name", ("columns",), values={"known": tuple(NAMES)}))
    if problems:
        raise BadInput(*(place(problem, document, file) for problem in problems))
    return held


def mapping_text(mapping: ListMapping) -> str:
    """A mapping as a YAML file that reads back to the same."""
    data = mapping.model_dump(exclude_defaults=True, exclude_none=True)
    if mapping.published is not None:
        data["published"] = mapping.published.isoformat()
    data["columns"] = {target: _short(columns) for target, columns in data["columns"].items()}
    return deal_text({"format": FORMAT} | data)


def _short(columns: list[dict[str, str]]) -> Any:
    told = [column if len(column) > 1 else column["column"] for column in columns]
    return told[0] if len(told) == 1 else told


def suggest(rows: Rows) -> ListMapping:
    """A first guess at a mapping, from the titles and from how the cells look, for a person to correct."""
    return ListMapping.model_validate(suggested(rows))


def read(rows: Rows, mapping: ListMapping) -> Read:
    """The entries of rows by a mapping. Raises BadInput where it names a column that the rows do not have."""
    used = _placed(rows, mapping)
    entries = [_Row(where, cells, used, mapping) for where, cells in rows.rows]
    settled = settle((entry.place, entry.entity()) for entry in entries)
    parts = [part for number in settled.numbers for part in entries[number].skipped]
    skipped = (*rows.skipped, *_idle(rows, used, mapping), *settled.skipped, *parts)
    return Read(settled.entities, skipped, mapping.published, len(entries) + sum(part.whole for part in rows.skipped))


def _placed(rows: Rows, mapping: ListMapping) -> dict[str, list[_Place]]:
    """Where the columns of each field stand in a row."""
    folded = {plain_words(title): at for at, title in reversed(list(enumerate(rows.titles)))}
    used: dict[str, list[_Place]] = {}
    problems = []
    for target, columns in mapping.columns.items():
        for column in columns:
            for title in filter(None, (column.column, column.otherwise)):
                if plain_words(title) not in folded:
                    known = tuple(f"`{short(one, 40)}`" for one in rows.titles)
                    values = {"column": short(title), "near": nearest(title, rows.titles), "known": known}
                    problems.append(Problem("mapping.column", ("columns", target), values=values, file=rows.file))
            at, otherwise = (folded.get(plain_words(title or "")) for title in (column.column, column.otherwise))
            used.setdefault(target, []).append(_Place(at or 0, column.split, otherwise))
    if problems:
        raise BadInput(*problems)
    return used


def _idle(rows: Rows, used: Mapping[str, list[_Place]], mapping: ListMapping) -> Iterator[Skipped]:
    """The columns with data that nothing is made of, and that the mapping does not skip."""
    taken = {at for places in used.values() for where in places for at in (where.at, where.otherwise)}
    skip = {plain_words(title) for title in mapping.skip}
    held = Counter(at for _, cells in rows.rows for at, values in enumerate(cells) if values)
    for at, title in enumerate(rows.titles):
        if at not in taken and plain_words(title) not in skip and held[at]:
            yield Skipped(rows.file, "skipped.unmapped", {"field": short(title, 60), "count": held[at]})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands, what parts its values, and where the one stands that is taken for an empty cell."""

    at: int
    split: str | None
    otherwise: int | None

    def values(self, cells: Sequence[Cell]) -> Cell:
        return cells[self.at] if self.otherwise is None or any(map(cell, cells[self.at])) else cells[self.otherwise]


@dataclass(slots=True)
class _Row:
    """One row by the fields of the mapping."""

    place: str
    cells: Sequence[Cell]
    used: Mapping[str, list[_Place]]
    mapping: ListMapping
    skipped: list[Skipped] = field(default_factory=list)

    def all(self, target: str) -> list[str]:
        """The values of a field, tidied, each once."""
        found: dict[str, None] = {}
        for where in self.used.get(target, ()):
            for value in where.values(self.cells):
                for part in value.split(where.split) if where.split else [value]:
                    if said := cell(part):
                        found[said] = None
        return list(found)

    def skip(self, code: str, **values: object) -> None:
        self.skipped.append(Skipped(self.place, code, values))

    def entity(self) -> Entity:
        schema = self.kind()
        return Entity(
            id=" ".join(self.all("id")),
            schema=schema,
            names=tuple(self.names(schema)),
            births=tuple(self.births()),
            nationalities=self.countries("nationality"),
            countries=self.countries("country"),
            addresses=tuple(map(Address, self.all("address"))),
            identifiers=tuple(Identifier(kind, said) for target, kind in NUMBERS.items() for said in self.all(target)),
            programmes=tuple(self.all("programme")),
            reason="\n".join(self.all("reason")),
            since=self.day("since"),
            until=self.day("until"),
        )

    def kind(self) -> Schema:
        words = {plain_words(word): schema for word, schema in self.mapping.words.items()}
        for said in self.all("kind"):
            found = words.get(plain_words(said)) or KINDS.get(plain_words(said))
            if found is not None:
                return found
            self.skip("skipped.kind", text=short(said), field="kind", taken=self.mapping.kind)
        return self.mapping.kind

    def names(self, schema: Schema) -> Iterator[Name]:
        """Every name once, with its parts where they have columns of their own; a name in two scripts is two, an acronym in brackets another."""
        given, family = " ".join(self.all("given")), " ".join(self.all("family"))
        seen: set[str] = set()

        def new(text: str) -> bool:
            fresh = text.casefold() not in seen
            seen.add(text.casefold())
            return fresh

        if not self.all("name") and (whole := " ".join(filter(None, (given, family)))) and new(whole):
            yield Name(whole, "name", given if family else "", family)
        for target, kind in NAMES.items():
            for said in self.all(target):
                rest, originals = naming.scripts(said) if len(said) <= _LONGEST else (said, list[str]())
                if rest and new(rest):
                    apart = kind == "name" and bool(given and family)
                    yield Name(rest, kind, given if apart else "", family if apart else "")
                more: list[tuple[str, NameKind]] = [(one, "original") for one in originals]
                if schema != "Person":
                    more += [(one, "alias" if kind == "name" else kind) for one in (naming.acronym(rest) if len(rest) <= _LONGEST else None) or ()]
                yield from (Name(text, of) for text, of in more if new(text))

    def births(self) -> Iterator[Period]:
        for said in self.all("birth"):
            if found := period(self.dated(said)):
                yield found
            else:
                self.skip("skipped.date", text=short(said), field="birth")

    def day(self, target: str) -> date | None:
        told = self.all(target)
        found = [known for said in told if (known := day(self.dated(said)))]
        if len(found) < len(told):
            self.skip("skipped.date", text=short(", ".join(told)), field=target)
        return min(found, default=None) if target == "since" else max(found, default=None)

    def dated(self, text: str) -> str:
        """A date with its parts in the order that the mapping says them to be in."""
        found = _SLASHED.fullmatch(text)
        if found is None or self.mapping.dates is None:
            return text
        one, other = int(found[1]), int(found[3])
        at, month = (one, other) if self.mapping.dates == "day_first" else (other, one)
        return f"{found[4]}-{month:02}-{at:02}"

    def countries(self, target: str) -> tuple[Country, ...]:
        found: dict[Country, None] = {}
        for where in self.used.get(target, ()):
            for value in where.values(self.cells):
                for known in countries(value, where.split):
                    found[known] = None
                    if not known.code:
                        self.skip("skipped.country", text=short(known.text), field=target)
        return tuple(found)


def _rows(file: File, mapping: ListMapping | None) -> Rows:
    if mapping is None:
        return rows_of(file)
    if mapping.sheet is not None:  # of a workbook, and this is none
        raise BadInput(Problem("table.sheet", values={"sheet": short(mapping.sheet), "known": ("—",)}, file=file.name))
    return rows_of(file, mapping.records, mapping.encoding)


def is_mapping(file: File) -> bool:
    """Whether a file says which column is what."""
    return FORMAT.encode() in file.data[:4096]


def of_files(files: Sequence[File], rows_by: Callable[[File, ListMapping | None], Rows] = _rows) -> Read:
    """The entries of a file, with its mapping as a second file; without one the mapping is guessed from the titles.

    `rows_by` reads the rows: of CSV or JSON where nothing else is handed in.
    """
    mappings = [file for file in files if is_mapping(file)]
    tables = [file for file in files if not is_mapping(file)]
    if len(tables) != 1 or len(mappings) > 1:
        raise BadInput(Problem("list.own.files", values={"list": WORD, "count": len(tables), "mappings": len(mappings)}))
    if not mappings:
        rows = rows_by(tables[0], None)
        return read(rows, suggest(rows))
    mapping = _mapping(mappings[0])
    return read(rows_by(tables[0], mapping), mapping)


def _mapping(file: File) -> ListMapping:
    text = file.data.decode("utf-8-sig", "replace")
    try:
        document = Document(read_json(text), json_lines(text)) if text.lstrip().startswith("{") else read_yaml(text)
    except BadInput as error:
        raise BadInput(*(replace(problem, file=file.name) for problem in error.problems)) from error
    return read_mapping(document, file=file.name)


SOURCE = Source(
    WORD,
    "",
    ("Собственный список организации: столбцы CSV, XLSX или JSON", "The organisation's own list: columns of a CSV, XLSX or JSON file"),
    ("список самой организации", "the organisation's own"),
    of_files,
    max_age_days=365,
    several=True,
)
