"""OFAC's lists as delimited files: the list itself, other names, addresses, and remarks continued; told apart by how wide they are.

They have no header, write `-0-` for nothing, are in UTF-8 and closed by the byte 1A. Remarks are cut at 1,000 characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from enduse.domain.screening.entity import NameKind, Schema
from enduse.formats.problems import BadInput, Problem, short
from enduse.sources.cells import cell
from enduse.sources.entries import made_id
from enduse.sources.source import File, Read, Skipped
from enduse.sources.tables import Row, Table, of_width, table_of
from enduse.sources.us_entry import Entry, finished

MAIN, ALSO, WHERE, MORE = 12, 5, 6, 2  # columns: the list itself, other names, addresses, remarks continued
_CUT = 1000  # characters of remarks that the main file holds
_SCHEMAS: dict[str, Schema] = {"": "Organization", "entity": "Organization", "individual": "Person", "vessel": "Vessel", "aircraft": "Airplane"}
_ALIASES: dict[str, NameKind] = {"aka": "alias", "fka": "former", "nka": "alias"}


@dataclass(slots=True)
class Parts:
    """The files of a list by their width, and what the smaller ones say of an entry's number."""

    word: str
    tables: dict[int, Table]
    skipped: list[Skipped] = field(default_factory=list)

    def rows(self, width: int) -> list[Row]:
        if (table := self.tables.get(width)) is None:
            return []
        fit, others = of_width(table, table.rows, width, self.word)
        # what is missing from a smaller file is a part of an entry
        self.skipped += others if width == MAIN else [Skipped(one.place, one.code, one.values) for one in others]
        return fit

    def by_entry(self, width: int, held: set[str]) -> dict[str, list[Row]]:
        """The rows of a smaller file by the number of their entry; those of no entry are skipped.

        Raises BadInput where most are of no entry: the files are not of one list.
        """
        found: dict[str, list[Row]] = defaultdict(list)
        strange = []
        rows = self.rows(width)
        for row in rows:
            number = cell(row.cells[0])
            if number in held:
                found[number].append(row)
            else:
                strange.append((row, number))
        if len(strange) * 2 > len(rows):
            values = {"list": self.word, "count": len(strange), "of": len(rows), "main": self.tables[MAIN].file.name}
            raise BadInput(Problem("list.part.strange", values=values, file=self.tables[width].file.name))
        place = self.tables[width].place if width in self.tables else str
        for row, number in strange:
            self.skipped.append(Skipped(place(row), "skipped.orphan", {"id": number, "text": short(" | ".join(row.cells[1:]))}))
        return found


def read_csv(files: Sequence[File], word: str, names: Sequence[str]) -> Read:
    """The list `word` from its files in any order; `names` are the publisher's for the list itself, other names and addresses.

    Raises BadInput where a file is no such part, stands twice, or the list itself is missing. The others may be missing: that is told.
    """
    parts = _parts(files, word, names)
    rows = parts.rows(MAIN)
    wide = len(parts.skipped)
    held = {cell(row.cells[0]) for row in rows}
    also, where, more = (parts.by_entry(width, held) for width in (ALSO, WHERE, MORE))
    table = parts.tables[MAIN]
    seen: set[str] = set()
    entries = []
    for row in rows:
        number = cell(row.cells[0])
        entry = _entry(row, table.place(row), "" if number in seen else "".join(one.cells[1] for one in more.get(number, ())))
        if number not in seen:  # the other files know entries by number alone: what they say is of the first
            _other_names(entry, also.get(number, ()), parts.tables.get(ALSO))
            _addresses(entry, where.get(number, ()))
        seen.add(number)
        entries.append(entry)
    entities, skipped = finished(entries)
    return Read(entities, (*parts.skipped, *skipped), None, len(rows) + sum(one.whole for one in parts.skipped[:wide]))


def _parts(files: Sequence[File], word: str, names: Sequence[str]) -> Parts:
    by_width: dict[int, Table] = {}
    skipped: list[Skipped] = []
    for file in files:
        table = table_of(file, word)
        width = len(table.rows[0].cells)
        if width not in (MAIN, ALSO, WHERE, MORE):
            raise BadInput(Problem("list.part", line=table.rows[0].line, values={"list": word, "got": width, "main": names[0]}, file=file.name))
        if (other := by_width.get(width)) is not None:
            values = {"list": word, "first": other.file.name, "second": file.name}
            raise BadInput(Problem("list.part.twice", values=values, file=file.name))
        by_width[width] = table
        skipped += table.skipped
        if not table.closed:
            skipped.append(Skipped(file.name, "skipped.end"))
    if MAIN not in by_width:
        raise BadInput(Problem("list.part.main", values={"list": word, "main": names[0]}, file=files[0].name))
    for width, name, code in ((ALSO, names[1], "skipped.part.names"), (WHERE, names[2], "skipped.part.addresses")):
        if width not in by_width:
            skipped.append(Skipped(by_width[MAIN].file.name, code, {"part": name}))
    return Parts(word, by_width, skipped)


def _entry(row: Row, place: str, more: str) -> Entry:
    number, name, sort, programmes, title, call_sign, vessel, tonnage, gross, flag, owner, remarks = row.cells
    word = cell(sort).casefold()
    entry = Entry(cell(number) or made_id(name, programmes), _SCHEMAS.get(word, "LegalEntity"), place)
    if word not in _SCHEMAS:
        entry.skipped.append(Skipped(place, "skipped.kind", {"text": short(cell(sort)), "field": "SDN_Type", "taken": "LegalEntity"}))
    entry.name(name, "name")
    entry.programmes += [found for part in programmes.split("]") if (found := cell(part.replace("[", " ")))]
    if cell(title):
        entry.reason.append(cell(title))
    entry.vessel(call_sign=call_sign, flag=flag, owner=owner, type=vessel, tonnage=tonnage, gross=gross)
    _remarks(entry, remarks, more)
    return entry


def _remarks(entry: Entry, remarks: str, more: str) -> None:
    if not cell(remarks):
        return
    whole = (remarks + more if len(remarks) >= _CUT else f"{remarks.rstrip()} {more}").strip()
    said = whole.removesuffix(".").split(";")
    broken = len(remarks) >= _CUT and not whole.endswith(".")
    cut = cell(said.pop()) if broken else ""  # a piece of a word must not count for a name or a number
    for remark in said:
        entry.remark(remark)
    if broken:
        entry.reason.append(f"{cut}…")
        entry.skipped.append(Skipped(entry.place, "skipped.cut", {"text": short(f"{cut}…", 40)}))


def _other_names(entry: Entry, rows: Sequence[Row], table: Table | None) -> None:
    for row in rows:
        _, _, sort, name, remarks = row.cells
        kind = _ALIASES.get(cell(sort).casefold())
        if kind is None and table is not None:
            values = {"text": short(cell(sort)), "field": "alt_type", "taken": "aka"}
            entry.skipped.append(Skipped(table.place(row), "skipped.kind", values))
        entry.name(name, kind or "alias")
        if cell(remarks):
            entry.reason.append(cell(remarks))


def _addresses(entry: Entry, rows: Sequence[Row]) -> None:
    for row in rows:
        _, _, street, town, land, remarks = row.cells
        entry.address((street, town), land)
        if cell(remarks):
            entry.reason.append(cell(remarks))
