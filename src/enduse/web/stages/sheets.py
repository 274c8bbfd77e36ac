"""Sheets: forms over a part of what a deal says. What a sheet does not show, and what nobody changed on it, stays as it is.

A sheet knows the version that it was opened on; only what its reader changed since then is put into what stands now. Its tables have
rows that buttons add and take out, without a script.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from enduse.casework.deals.queries import Held
from enduse.casework.deals.reading import content_at
from enduse.formats.deal_parts import Content
from enduse.web.forms import Form
from enduse.web.stages.merging import merged
from enduse.web.templatetags.words import lang
from enduse.words import TABLE, say

Path = tuple[str, ...]
EMPTY: tuple[Any, ...] = ("", None, [], {})
MOST_ROWS = 200  # to which rows may be added; where more stand, all are shown and kept


def at(content: Mapping[str, Any], path: Path) -> Any:
    """What stands at a path; None where nothing does."""
    found: Any = content
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def put(content: Content, path: Path, value: Any) -> None:
    """Set what stands at a path, making the mappings on the way; nothing takes it out, with the mappings that it leaves empty."""
    *way, last = path
    if value in EMPTY:
        with suppress(KeyError, TypeError):
            del _inside(content, way)[last]
            for end in range(len(way), 0, -1):
                if _inside(content, way[:end]) == {}:
                    del _inside(content, way[: end - 1])[way[end - 1]]
        return
    for step in way:
        if not isinstance(content.get(step), dict):
            content[step] = {}
        content = content[step]
    content[last] = value


def _inside(content: Content, way: Sequence[str]) -> Content:
    for step in way:
        content = content[step]
    return content


class OverContent(Form):
    """A form whose fields show what stands at a path of plain data each; a field without a path of its own stands at its name."""

    paths: ClassVar[Mapping[str, Path]] = {}
    own: ClassVar[tuple[str, ...]] = ()  # fields that are about the form, not about the deal

    def __init__(self, data: Any, *, content: Content, initial: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.content = content
        shown = {name: at(content, self.path(name)) for name in self.base_fields if name not in self.own}
        super().__init__(data, initial={**shown, **(initial or {})}, **kwargs)

    def path(self, name: str) -> Path:
        """Where in the content a field stands."""
        return self.paths.get(name, (name,))

    def changes(self) -> dict[str, Any]:
        """The fields that were changed, with what they say now."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name not in self.own and name in self.cleaned_data}

    def applied(self, target: Content) -> Content:
        """A copy of `target` with what was changed."""
        made = copy.deepcopy(target)
        for name, value in self.changes().items():
            put(made, self.path(name), value)
        return made

    def typed(self, data: QueryDict) -> dict[str, Any]:
        """What a browser sent, as it is shown again."""
        return {name: field.widget.value_from_datadict(data, {}, self.add_prefix(name)) for name, field in self.fields.items()}


class Row(OverContent):
    """A row of a table of a sheet."""

    place = 0

    def full_clean(self) -> None:
        """A blank row is in order: it is none."""
        if self.is_bound and self.is_blank():
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()

    def is_blank(self) -> bool:
        """Whether nothing was typed in it."""
        return all(value in EMPTY for value in self.typed(cast(QueryDict, self.data)).values())

    def label(self) -> str:
        """What a row is called beside its number."""
        return say(f"{self.words_of}.row", lang())


@dataclass(frozen=True, slots=True)
class Table:
    """A list in the content as rows. `keyed`: a mapping instead, whose keys and values stand under these two names; `either`: or a list."""

    row: type[Row]
    path: Path
    keyed: tuple[str, str] | None = None
    either: bool = False

    def rows(self, content: Content) -> list[Content]:
        """The rows as they stand."""
        found = at(content, self.path)
        if self.keyed and isinstance(found, dict):
            return [dict(zip(self.keyed, pair, strict=True)) for pair in found.items()]
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

    def value(self, rows: list[Content], before: Any) -> Any:
        """What the rows are in the content: a mapping where there is to be one and they make one, else a list."""
        if self.keyed is None or (self.either and not isinstance(before, dict)):
            return rows
        pairs = [(row.get(self.keyed[0]), row.get(self.keyed[1])) for row in rows]
        made = dict(pairs)
        return made if len(made) == len(pairs) and None not in made else rows


class Rows:
    """The rows of one table on a sheet."""

    most = MOST_ROWS

    def __init__(self, code: str, key: str, table: Table, content: Content, data: QueryDict | None) -> None:
        self.code, self.key, self.table, self.held = code, key, table, table.rows(content)
        numbers = list(range(max(len(self.held), 1))) if data is None else self._numbers(data)
        self.forms = [self._form(number, data) for number in numbers]

    def _form(self, number: int, data: QueryDict | None) -> Row:
        content = self.held[number] if number < len(self.held) else {}
        row = self.table.row(data, content=content, prefix=f"{self.key}-{number}", use_required_attribute=False)
        row.place = number
        return row

    def _numbers(self, data: QueryDict) -> list[int]:
        """The rows that a browser sent: all that stand, and of the others as many as tell that they are too many."""
        sent = [int(text) for text in data.getlist(f"{self.key}-row") if text.isascii() and text.isdecimal() and len(text) < 7]
        numbers = list(dict.fromkeys(sent))
        beside = {*[number for number in numbers if number >= len(self.held)][MOST_ROWS + 1 :]}
        return [number for number in numbers if number not in beside]

    def shape(self, data: QueryDict, pressed: str) -> None:
        """Show the rows as typed, one more or one less, not judged yet."""
        typed = self._numbers(data)
        numbers = list(typed)
        if pressed == f"{self.key} add" and not self.full:
            numbers.append(max([*numbers, len(self.held) - 1]) + 1)
        numbers = [number for number in numbers if pressed != f"{self.key} drop {number}"]
        self.forms = [self._form(number, None) for number in numbers]
        for row in self.forms:
            if row.place in typed:
                row.initial = row.typed(data)

    @property
    def full(self) -> bool:
        """Whether no row may be added."""
        return len(self.forms) >= MOST_ROWS

    def problems(self) -> Iterator[str]:
        """What is wrong in the rows, each with its number."""
        if len(self.forms) > MOST_ROWS and any(row.place >= len(self.held) for row in self.forms):
            yield say("rows.most", lang(), most=MOST_ROWS)
        for place, row in enumerate(self.forms, start=1):
            if row.is_blank() or row.is_valid():
                continue
            for name, errors in row.errors.items():
                label = "" if name == "__all__" else f"{row.fields[name].label}: "
                for error in errors:
                    yield f"{row.label()} {place}: {label}{error}"

    def value(self) -> list[Content]:
        """The rows as they are to stand."""
        return [row.applied(row.content) for row in self.forms if not row.is_blank()]

    def over(self, theirs: list[Content]) -> list[Content]:
        """The rows as they are to stand where others stand by now than those that the reader saw."""
        if theirs == self.held:
            return self.value()
        rows = [(row.place, row.applied(row.content)) for row in self.forms if not row.is_blank()]
        kept = {place: row for place, row in rows if place < len(self.held)}
        return merged(self.held, theirs, kept, [row for place, row in rows if place >= len(self.held)])

    @property
    def title(self) -> str:
        """The table's name."""
        return say(self.code, lang())

    @property
    def hint(self) -> str:
        """What is to be known of the table; empty where nothing is."""
        return say(f"{self.code}.hint", lang()) if f"{self.code}.hint" in TABLE else ""

    @property
    def changed(self) -> bool:
        """Whether the rows are to stand otherwise than they do."""
        return self.value() != self.held


class Sheet(OverContent):
    """A form over a part of a deal, on one of its pages."""

    own: ClassVar[tuple[str, ...]] = ("seen", "opened")
    tables: ClassVar[Mapping[str, Table]] = {}
    seen = forms.IntegerField(widget=forms.HiddenInput)
    opened = forms.IntegerField(widget=forms.HiddenInput)  # the version whose content the reader saw in the fields; `seen` may be renewed

    def __init__(self, data: QueryDict | None, *, name: str, held: Held, row: Path = (), content: Content | None = None, **kwargs: Any) -> None:
        self.held = held
        stands = held.version.number
        if content is None:
            content = content_at(held, opened_on(data, name, held))
        super().__init__(data, content=content, prefix=name, initial={"seen": stands, "opened": stands}, **kwargs)
        self.rows = {
            key: Rows(f"{self.words_of}.{key}", f"{name}-{key}", table, content, data) for key, table in self.tables.items() if self.has_table(key)
        }

    def has_table(self, key: str) -> bool:
        """Whether a table is on this sheet."""
        return True

    def clean(self) -> dict[str, Any]:
        """Rows are judged with the fields."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for rows in self.rows.values():
            for problem in rows.problems():
                self.add_error(None, problem)
        return found

    def applied(self, target: Content) -> Content:
        """A copy of `target` with what was changed, in fields and in rows."""
        made = super().applied(target)
        for rows in self.rows.values():
            if rows.changed:
                put(made, rows.table.path, rows.table.value(rows.over(rows.table.rows(target)), at(target, rows.table.path)))
        return made

    @property
    def says_more(self) -> bool:
        """Whether its reader changed anything."""
        return bool(self.changes()) or any(rows.changed for rows in self.rows.values())

    def shape(self, data: QueryDict, pressed: str) -> None:
        """Show what was typed, a row more or less, not judged yet."""
        self.initial = {**self.typed(data)}
        self.is_bound, self.data, self._errors = False, {}, None
        for rows in self.rows.values():
            rows.shape(data, pressed)


def opened_on(data: QueryDict | None, name: str, held: Held) -> int:
    """The version that a sheet was opened on: what stands, unless it says another."""
    text = "" if data is None else str(data.get(f"{name}-opened") or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else held.version.number
