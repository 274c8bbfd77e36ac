"""An existing register comes in: the rows of a spreadsheet, read by a mapping, to deals as plain `enduse/deal-1` data.

# INVARIANT: nothing becomes a harmless answer by itself. An empty cell and one that cannot be read are unknown; where the deal file has no word for
unknown, the row is kept out. What a mapping says of empty cells is not said of one that cannot be read. Every row and every cell that did not
fit is in the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from enduse.domain.deal import visible
from enduse.formats.deal_shape import FORMAT
from enduse.formats.problems import BadInput, Problem, nearest, short
from enduse.formats.register_mapping import EMPTY, ROW, UNKNOWN, RegisterMapping
from enduse.formats.register_words import NOBODY, ROLES, SAME, Field, Value, field_of, plain_words, value_of

Deal = dict[str, Any]
Unread = Mapping[tuple[int, int], Problem]
_MUST_BE = ("counterparty", "end_user")
_HIDDEN_BY_FORM = ("delivery.recipient_can_modify", "solution.hardware")


@dataclass(frozen=True, slots=True)
class Misfit:
    """What did not fit: the row's number, the column's title (empty where it is the whole row), the cell's text, and what is wrong."""

    row: int
    column: str
    value: str
    problem: Problem

    @property
    def code(self) -> str:
        return self.problem.code

    def text(self, lang: str) -> str:
        return self.problem.text(lang)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a register gives: the deals with their rows, what did not fit, columns with data that nothing was made of,
    what the `note` columns say of each row (no part of what a deal says), and the rows that were kept out."""

    deals: tuple[tuple[int, Deal], ...]
    misfits: tuple[Misfit, ...]
    unused: tuple[str, ...]
    notes: Mapping[int, Mapping[str, str]]
    kept_out: tuple[int, ...]


def convert(
    header: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    mapping: RegisterMapping,
    *,
    check: Callable[[Deal], object] | None = None,
    unread: Unread | None = None,
) -> Preview:
    """The deals of a register's rows, each row a number and its cells. `check` is asked for every deal and raises BadInput for one that is none;
    `unread` are the cells that could not be read, by the row's number and the column's place.

    Raises BadInput where the mapping names a column that the register does not have.
    """
    return _Register(header, mapping, unread or {}).preview(rows, check)


@dataclass(frozen=True, slots=True)
class _Column:
    at: int
    title: str
    target: str
    field: Field
    words: Mapping[str, str]


@dataclass(slots=True)
class _Row:
    """A row while it is read."""

    number: int
    said: dict[str, Value] = field(default_factory=dict)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)  # of each field: the column's title and the cell's text
    notes: dict[str, str] = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    out: bool = False

    def misfit(self, target: str, problem: Problem) -> None:
        title, text = self.cells.get(target, ("", ""))
        self.misfits.append(Misfit(self.number, title, short(text), problem))

    def text(self, target: str) -> str:
        """What stands in the cell of a field, or the constant in its place."""
        return short(self.cells.get(target, ("", str(self.said.get(target, ""))))[1])


class _Register:
    """A mapping laid over a header."""

    def __init__(self, header: Sequence[str], mapping: RegisterMapping, unread: Unread) -> None:
        self.header, self.mapping, self.unread = list(header), mapping, unread
        places = {plain_words(title): at for at, title in reversed(list(enumerate(header)))}
        words = {plain_words(title): {plain_words(cell): word for cell, word in held.items()} for title, held in mapping.words.items()}
        self.columns: list[_Column] = []
        problems = []
        for title, target in mapping.columns.items():
            at, held = places.get(plain_words(title)), field_of(target)
            if at is None:
                near = nearest(title, self.header)
                problems.append(Problem("mapping.column", values={"column": short(title), "near": near, "known": tuple(map(short, header))}))
            elif held is None:
                problems.append(Problem("mapping.target", values={"target": short(target), "near": ""}))
            else:
                self.columns.append(_Column(at, title, target, held, words.get(plain_words(title), {})))
        if problems:
            raise BadInput(*problems)
        self.constant = {target: self._constant(target, value) for target, value in mapping.constant.items()}
        self.asked = {column.target for column in self.columns}
        self.memory: dict[tuple[str, str], Value | Problem] = {}

    def _constant(self, target: str, text: str) -> Value:
        held = field_of(target)
        found = value_of(held, text, self.mapping.dates) if held is not None and text != UNKNOWN else None
        return None if isinstance(found, Problem) else found

    def preview(self, rows: Iterable[tuple[int, Sequence[str]]], check: Callable[[Deal], object] | None) -> Preview:
        idle = set(range(len(self.header))) - {column.at for column in self.columns}
        skipped = {plain_words(title) for title in self.mapping.skip}
        idle -= {at for at in idle if plain_words(self.header[at]) in skipped}
        unused: set[int] = set()
        read: list[tuple[_Row, Deal | None]] = []
        references: dict[str, list[_Row]] = {}
        for number, cells in rows:
            row = self._read(number, cells)
            broken = {at for at in idle if (number, at) in self.unread}
            row.misfits += (
                Misfit(number, self.header[at], _instead(problem), problem) for at in sorted(broken) for problem in [self.unread[number, at]]
            )
            unused |= broken | {at for at in idle - unused if at < len(cells) and visible(cells[at])}
            deal = self._deal(row)
            reference = row.said.get("reference")
            if isinstance(reference, str):
                references.setdefault(visible(reference).casefold(), []).append(row)
            read.append((row, deal))
        for several in references.values():
            if len(several) > 1:
                numbers = tuple(row.number for row in several)
                for row in several:
                    row.out = True
                    values = {"value": short(row.said["reference"]), "rows": tuple(map(str, numbers))}
                    row.misfit("reference", Problem("import.duplicate", values=values))
        for row, deal in read:
            if deal is not None and not row.out and check is not None:
                self._checked(row, deal, check)
        return Preview(
            tuple((row.number, deal) for row, deal in read if deal is not None and not row.out),
            tuple(misfit for row, _ in read for misfit in row.misfits),
            tuple(self.header[at] for at in sorted(unused)),
            {row.number: row.notes for row, _ in read if row.notes},
            tuple(row.number for row, _ in read if row.out),
        )

    def _checked(self, row: _Row, deal: Deal, check: Callable[[Deal], object]) -> None:
        try:
            check(deal)
        except BadInput as error:
            row.out = True
            row.misfits += (Misfit(row.number, "", "", problem) for problem in error.problems)

    def _read(self, number: int, cells: Sequence[str]) -> _Row:
        """What the cells of a row say, each for its field."""
        row = _Row(number, dict(self.constant))
        for column in self.columns:
            text = cells[column.at] if column.at < len(cells) else ""
            found: Value | Problem = self.unread.get((number, column.at))
            if isinstance(found, Problem):
                text = _instead(found)
            else:
                found = self._value(column, text)
            if column.target == "note" and not isinstance(found, Problem):
                if isinstance(found, str):
                    row.notes[column.title] = found
                continue
            row.cells[column.target] = (column.title, text)
            if isinstance(found, Problem):
                row.misfit(column.target, found)
                row.unread.add(column.target)
                found = None
            row.said[column.target] = found
        return row

    def _value(self, column: _Column, text: str) -> Value | Problem:
        known = (column.title, text)
        if known not in self.memory:
            if len(self.memory) > 100_000:  # names do not repeat for ever
                self.memory.clear()
            word = column.words.get(plain_words(text) or EMPTY, text)
            self.memory[known] = None if word == UNKNOWN else value_of(column.field, word, self.mapping.dates)
        return self.memory[known]

    def _deal(self, row: _Row) -> Deal | None:
        """The deal that a row gives; None where it gives none, with the reason in its misfits."""
        said = row.said
        if said.get("reference") is None and self.mapping.number is not None:
            said["reference"] = self.mapping.number.replace(ROW, str(row.number))
        if said.get("reference") is None:
            row.out = True
            row.misfit("reference", Problem("import.no_reference"))
        for column in self.columns:
            if column.field.demanded and said.get(column.target) is None:
                row.out = True
                row.misfit(column.target, Problem("import.demanded", values={"target": column.target}))
        if "delivery.form" in self.asked and said.get("delivery.form") is None:
            for target in _HIDDEN_BY_FORM:
                if said.get(target) == "no":
                    row.misfit(target, Problem("import.form", values={"value": row.text(target)}))
                    said[target] = None
        deal: Deal = {"format": FORMAT, "reference": said.get("reference")}
        for target, value in said.items():
            if value is not None and not target.startswith(("parties.", "documents.")):
                _put(deal, target, value)
        parties = self._parties(row)
        if parties:
            deal["parties"] = parties
        documents = _documents(said)
        if documents:
            deal["documents"] = documents
        return None if row.out else deal

    def _parties(self, row: _Row) -> list[Deal]:
        """The parties in the order of their roles. One that has columns is there even if they are empty: it is unknown, not absent."""
        found: dict[str, Deal] = {}
        for role in ROLES:
            start = f"parties.{role}."
            if not any(target.startswith(start) for target in row.said):
                continue
            party: Deal = {"role": role}
            for target, value in row.said.items():
                if target.startswith(start) and value is not None:
                    _put(party, target.removeprefix(start), list(value) if isinstance(value, tuple) else value)
            name = party.get("name")
            own = {target for target in self.asked if target.startswith(start) and (row.said.get(target) is not None or target in row.unread)}
            if name in (NOBODY, SAME):
                del party["name"]
            if name == NOBODY and role not in _MUST_BE and own == {start + "name"}:
                continue
            if name == NOBODY:
                row.misfit(start + "name", Problem("import.nobody", values={"value": row.text(start + "name")}))
            if name == SAME and "name" in found.get("counterparty", {}):
                party = {key: value for key, value in found["counterparty"].items() if start + key not in row.unread} | party
            elif name == SAME:
                row.misfit(start + "name", Problem("import.same", values={"value": row.text(start + "name")}))
            found[role] = party
        return list(found.values())


def _instead(problem: Problem) -> str:
    """What stands in a cell that cannot be read: an error such as #REF!, or nothing."""
    return str(problem.values.get("value", ""))


def _documents(said: Mapping[str, Value]) -> list[Deal]:
    found: dict[str, Deal] = {}
    for target, value in said.items():
        if target.startswith("documents.") and value is not None:
            _, kind, key = target.split(".")
            found.setdefault(kind, {"kind": kind})[key] = value
    return list(found.values())


def _put(data: Deal, target: str, value: object) -> None:
    """Put a value where a dotted path leads."""
    *way, last = target.split(".")
    for step in way:
        data = data.setdefault(step, {})
    data[last] = value
