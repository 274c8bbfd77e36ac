"""YAML 1.2 and JSON text to plain data with line numbers: mappings, lists, text as it is spelt, and None.

Nothing is guessed: `3.10` stays `3.10`, `NO` stays `NO`, `true` stays `true`; what a word means is for the schema to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml import events as ev
from ruamel.yaml.error import YAMLError
from ruamel.yaml.reader import ReaderError

from enduse.formats.problems import BadInput, Path, Problem, short

Plain = dict[str, "Plain"] | list["Plain"] | str | None
MOST_DEEP = 40
MOST_VALUES = 100_000
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
STR_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPES = re.compile(r"\\[uU](?:d[89a-f]|0000|00[01]|007f)", re.IGNORECASE)
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s"\[\]{},:]+')


@dataclass(slots=True)
class Document:
    """Plain data, and the line of every key and item by its path."""

    data: Plain
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """The line of `path`, or of the nearest thing around it that has one."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return None


def read_yaml(text: str) -> Document:
    """One YAML document as plain data with lines. Raises BadInput: broken, repeated keys, tags, too deep, too many."""
    composer = _Composer()
    try:
        return composer.compose(YAML(typ="safe", pure=True).parse(text))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadInput(Problem("text.control", line=line, values={"character": f"U+{ord(text[error.position]):04X}"})) from error
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        why = getattr(error, "problem", None) or str(error).splitlines()[0]
        last = text.rstrip().count("\n")  # what breaks off does so in its last line
        raise BadInput(Problem("yaml.broken", line=min(mark.line, last) + 1 if mark else 1, values={"why": why})) from error
    except (RecursionError, ValueError, OverflowError, IndexError, KeyError, AttributeError, AssertionError, TypeError) as error:
        # ruamel lets some broken input through as plain Python errors
        raise BadInput(Problem("yaml.broken", line=composer.line, values={"why": type(error).__name__})) from error


def read_json(text: str, *, first_line: int = 1) -> Plain:
    """One JSON value as plain data: numbers and truth values as they are spelt. Raises BadInput."""
    text = text.rstrip(" \t\r\n")  # what breaks off does so in its last line
    repeated = False

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        found = dict(pairs)
        repeated = repeated or len(found) != len(pairs)
        return found

    def constant(word: str) -> Plain:
        raise ValueError(word)

    try:
        data = json.loads(text, object_pairs_hook=mapping, parse_float=str, parse_int=str, parse_constant=constant)
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        raise BadInput(Problem("json.broken", line=line, values={"column": error.colno, "why": error.msg})) from error
    except RecursionError as error:
        raise BadInput(Problem("text.deep", line=first_line, values={"limit": MOST_DEEP})) from error
    except ValueError as error:  # NaN or an infinity
        at = next(token.start() for token in _JSON_TOKEN.finditer(text) if token.group() == str(error))
        values = {"column": at - text.rfind("\n", 0, at), "why": str(error)}
        raise BadInput(Problem("json.broken", line=first_line + text.count("\n", 0, at), values=values)) from error
    if text.count("[") + text.count("{") > MOST_DEEP or "true" in text or "false" in text:
        data = _spelt(data, first_line)
    if repeated or (_ESCAPES.search(text) and _UNFIT.search(_joined(data))):
        raise BadInput(*_survey(text, first_line)[1])
    return cast(Plain, data)


def json_lines(text: str) -> dict[Path, int]:
    """The line of every key and item of JSON text that `read_json` takes."""
    return _survey(text, 1)[0]


def _spelt(data: Any, line: int) -> Any:
    """JSON's truth values as they are spelt, wherever they stand. Raises BadInput where it is nested too deep."""
    whole = [data]
    level: list[Any] = [whole]
    for _ in range(MOST_DEEP + 2):
        inner = []
        for held in level:
            for place, value in list(held.items() if isinstance(held, dict) else enumerate(held)):
                if value is True or value is False:
                    held[place] = "true" if value else "false"
                elif isinstance(value, (dict, list)):
                    inner.append(value)
        if not inner:
            return whole[0]
        level = inner
    raise BadInput(Problem("text.deep", line=line, values={"limit": MOST_DEEP}))


def _survey(text: str, first_line: int) -> tuple[dict[Path, int], list[Problem]]:
    """Of JSON text that parses: the line of every key and item; the keys that are repeated and the strings that hold what none may."""
    lines: dict[Path, int] = {}
    problems: list[Problem] = []
    path: list[str | int] = []
    keys: list[set[str]] = []  # of everything open, the keys so far; none of a list
    line, seen, key_is_due = first_line, 0, False
    for token in _JSON_TOKEN.finditer(text):
        word = token.group()
        line, seen = line + text.count("\n", seen, token.start()), token.start()
        if word == ":":
            continue
        if word in ("}", "]"):
            path.pop()
            keys.pop()
            key_is_due = False
            continue
        if word == ",":
            key_is_due = isinstance(path[-1], str)
            path[-1] = "" if key_is_due else int(path[-1]) + 1
            continue
        text_of_it = json.loads(word) if word[0] == '"' else ""
        if key_is_due:
            path[-1] = text_of_it
            if text_of_it in keys[-1]:
                problems.append(Problem("key.repeated", tuple(path), line, {"key": short(text_of_it)}))
            keys[-1].add(text_of_it)
        if unfit := _UNFIT.search(text_of_it):
            problems.append(Problem("text.control", tuple(path), line, {"character": f"U+{ord(unfit.group()):04X}"}))
        lines.setdefault(tuple(path), line)
        if word in ("{", "["):
            path.append("" if word == "{" else 0)
            keys.append(set())
        key_is_due = word == "{"
    return lines, problems


def _joined(data: Plain) -> str:
    """All text of plain data, end to end."""
    if isinstance(data, dict):
        return "".join(key + _joined(value) for key, value in data.items())
    if isinstance(data, list):
        return "".join(_joined(value) for value in data)
    return data or ""


@dataclass(slots=True)
class _Anchor:
    value: Plain
    values: int
    whole: bool


class _Composer:
    """Plain data from YAML events, with limits that hold while it is read."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self.anchors: dict[str, _Anchor] = {}
        self.values = 0
        self.line = 1  # of the last thing read

    def compose(self, events: Iterator[ev.Event]) -> Document:
        data: Plain = None
        documents = 0
        for event in events:
            if isinstance(event, ev.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise BadInput(Problem("yaml.documents", line=event.start_mark.line + 1))
                data = self._value(next(events), events, ())
        if self.problems:
            raise BadInput(*self.problems)
        return Document(data, self.lines)

    def _count(self, more: int, line: int) -> None:
        self.values += more
        self.line = line
        if self.values > MOST_VALUES:
            raise BadInput(Problem("text.many", line=line, values={"limit": MOST_VALUES}))

    def _value(self, event: ev.Event, events: Iterator[ev.Event], path: Path) -> Plain:
        line = event.start_mark.line + 1
        self.lines.setdefault(path, line)
        self._count(1, line)
        if len(path) > MOST_DEEP:
            raise BadInput(Problem("text.deep", line=line, values={"limit": MOST_DEEP}))
        if isinstance(event, ev.AliasEvent):
            return self._alias(event, path, line)
        assert isinstance(event, ev.ScalarEvent | ev.SequenceStartEvent | ev.MappingStartEvent)
        tag = "!" if event.tag is None else str(event.tag)
        if tag not in STR_TAGS:
            self.problems.append(Problem("yaml.tag", path, line, {"tag": short(tag)}))
        anchor = _Anchor(None, self.values - 1, False)
        if event.anchor is not None:
            self.anchors[event.anchor] = anchor
        if isinstance(event, ev.ScalarEvent):
            anchor.value = self._scalar(event, path, line)
        elif isinstance(event, ev.SequenceStartEvent):
            anchor.value = self._sequence(events, path)
        else:
            anchor.value = self._mapping(events, path)
        anchor.values, anchor.whole = self.values - anchor.values, True
        return anchor.value

    def _alias(self, event: ev.AliasEvent, path: Path, line: int) -> Plain:
        anchor = self.anchors.get(event.anchor)
        if anchor is None or not anchor.whole:
            self.problems.append(Problem("yaml.alias", path, line, {"name": short(event.anchor)}))
            return None
        self._count(anchor.values, line)
        return anchor.value

    def _scalar(self, event: ev.ScalarEvent, path: Path, line: int) -> str | None:
        text: str = event.value
        if _SURROGATES.search(text):  # JSON writes a rare character as two escapes
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        if event.style is None and event.tag is None and text in NULLS:
            return None
        if unfit := _UNFIT.search(text):
            self.problems.append(Problem("text.control", path, line, {"character": f"U+{ord(unfit.group()):04X}"}))
        return str(text)

    def _sequence(self, events: Iterator[ev.Event], path: Path) -> Plain:
        found: list[Plain] = []
        for event in events:
            if isinstance(event, ev.SequenceEndEvent):
                break
            found.append(self._value(event, events, (*path, len(found))))
        return found

    def _mapping(self, events: Iterator[ev.Event], path: Path) -> Plain:
        found: dict[str, Plain] = {}
        for event in events:
            if isinstance(event, ev.MappingEndEvent):
                break
            self.line = line = event.start_mark.line + 1
            if not isinstance(event, ev.ScalarEvent):
                self.problems.append(Problem("key.scalar", path, line))
                self._value(event, events, (*path, "?"))
                self._value(next(events), events, (*path, "?"))
                continue
            key = self._scalar(event, path, line) or ""
            if key in found:
                self.problems.append(Problem("key.repeated", (*path, key), line, {"key": short(key)}))
            self.lines.setdefault((*path, key), line)
            found[key] = self._value(next(events), events, (*path, key))
        return found


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of plain JSON. Raises KeyError where a key stands twice: of two values one reader takes the first, another the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise KeyError(next(name for name in names if names.count(name) > 1))
    return found
