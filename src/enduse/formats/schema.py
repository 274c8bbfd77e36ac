"""The types that the file formats are made of, and pydantic's complaints turned into problems with lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainValidator, TypeAdapter, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from enduse.domain.deal import given
from enduse.formats.plain import Document, Plain
from enduse.formats.problems import BadInput, Path, Problem, nearest, short
from enduse.reference import country_codes

T = TypeVar("T")
BRANCHES = ("as a mapping", "as a list")  # the names of a union's branches; they are no steps of a path
TRUTH = {"true": "yes", "True": "yes", "TRUE": "yes", "false": "no", "False": "no", "FALSE": "no"}
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = r"^[0-9]+(\.[0-9]+)?$"
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")


class Shape(BaseModel):
    """A mapping with known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WordsShape(Shape):
    """Words in both languages."""

    ru: Text
    en: Text


def _given(value: str) -> str:
    if given(value) is None:
        raise PydanticCustomError("want.given", "blank")
    return value


def _truth(value: Any) -> Any:
    return TRUTH.get(value, value) if isinstance(value, str) else value


def _text(code: str, value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("want.text", "text is wanted")
    if not value.strip():
        raise PydanticCustomError(code, "blank")
    return value


def _day(value: Any) -> date:
    text = _text("value.day", value)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise PydanticCustomError("value.day", "not a day")


def _partial_day(value: Any) -> str:
    text = _text("value.partial_day", value)
    parts = text.split("-")
    if re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", text):
        try:
            date(int(parts[0]), *(int(part) for part in [*parts[1:], "1", "1"][:2]))
        except ValueError:
            pass
        else:
            return text
    raise PydanticCustomError("value.partial_day", "not a partial day")


def _count(value: Any) -> int:
    text = _text("value.count", value)
    if not re.fullmatch("[0-9]{1,12}", text):
        raise PydanticCustomError("value.count", "not a count")
    return int(text)


def _number(value: Any) -> Decimal:
    text = _text("value.number", value)
    if not _NUMBER.fullmatch(text):
        raise PydanticCustomError("value.number", "not a number")
    return Decimal(text)


def _percent(value: Any) -> Decimal:
    text = _text("value.percent", value)
    if not _NUMBER.fullmatch(text) or Decimal(text) > 100:
        raise PydanticCustomError("value.percent", "not a percentage")
    return Decimal(text)


def _country(value: str) -> str:
    if value not in country_codes():
        raise PydanticCustomError("value.country", "not a country")
    return value


def _currency(value: str) -> str:
    if not re.fullmatch("[A-Z]{3}", value):
        raise PydanticCustomError("value.currency", "not a currency")
    return value


Text = Annotated[str, AfterValidator(_given), WithJsonSchema({"type": "string", "pattern": r"\S"})]
YesNo = Annotated[Literal["yes", "no"], BeforeValidator(_truth)]
YesNoUnknown = Annotated[Literal["yes", "no", "unknown"], BeforeValidator(_truth)]
Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
PartialDay = Annotated[str, PlainValidator(_partial_day), WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"})]
Count = Annotated[int, PlainValidator(_count), WithJsonSchema({"type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$"})]
Number = Annotated[Decimal, PlainValidator(_number), WithJsonSchema({"type": ["number", "string"], "minimum": 0, "pattern": _DECIMAL})]
Percent = Annotated[
    Decimal, PlainValidator(_percent), WithJsonSchema({"type": ["number", "string"], "minimum": 0, "maximum": 100, "pattern": _DECIMAL})
]
Country = Annotated[str, AfterValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})]
Currency = Annotated[str, AfterValidator(_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]


def check(
    adapter: TypeAdapter[T], document: Document, *, file: str = "", context: Mapping[str, Any] | None = None, more: Iterable[Problem] = ()
) -> T:
    """The document as the adapter's type. Raises BadInput with every problem, those of `more` too, each with its line."""
    found = [place(problem, document, file) for problem in more]
    try:
        value = adapter.validate_python(document.data, context=dict(context or {}))
    except ValidationError as error:
        found += [place(_problem(adapter, detail, document), document, file) for detail in error.errors(include_url=False)]
        raise BadInput(*_once(found)) from error
    if found:
        raise BadInput(*_once(found))
    return value


def place(problem: Problem, document: Document, file: str) -> Problem:
    """The problem with the line of its path, and the path as it stands in the document: what the shape put in between is left out."""
    path = _within(problem.path, document.data)
    return Problem(problem.code, path, problem.line or document.line(path), problem.values, file or problem.file)


def _within(path: Path, data: Plain) -> Path:
    """As much of a path as leads somewhere: `clauses: maybe` has no `state` of its own."""
    for end, step in enumerate(path):
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return path[:end]
    return path


def _once(problems: Iterable[Problem]) -> list[Problem]:
    seen: dict[tuple[str, Path, object], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.code, problem.path, problem.values.get("key")), problem)
    return list(seen.values())


def _problem(adapter: TypeAdapter[Any], detail: ErrorDetails, document: Document) -> Problem:
    kind, path, value = detail["type"], tuple(step for step in detail["loc"] if step not in BRANCHES), detail["input"]
    key = str(path[-1]) if path else ""
    got = _got(value)
    if kind == "missing":
        return Problem("key.missing", path[:-1], values={"key": key})
    if kind == "extra_forbidden":
        known = keys_at(adapter, path[:-1])
        values = {"key": short(key), "near": nearest(key, known), "known": tuple(known)}
        return Problem("key.unknown", path[:-1], document.line(path), values)
    if value is None and path and isinstance(path[-1], str):
        return Problem("key.empty" if _may_be_left_out(adapter, path) else "want.given", path, values={"key": short(key)})
    if kind == "literal_error":
        expected = tuple(part.strip().strip("'") for part in detail["ctx"]["expected"].replace(" or ", ",").split(","))
        if not isinstance(value, str):
            return Problem("want.text", path, values=got)
        return Problem("word.unknown", path, values={"value": short(value), "near": nearest(value, expected), "expected": expected})
    wanted = {"string_type": "want.text", "list_type": "want.list", "tuple_type": "want.list", "dict_type": "want.mapping"}
    if kind in wanted or kind in ("model_type", "model_attributes_type"):
        return Problem(wanted.get(kind, "want.mapping"), path, values=got)
    if kind == "want.text":
        return Problem(kind, path, values=got)
    if kind == "value.country":
        return Problem(kind, path, values={"value": short(value), "near": value.strip().upper() if value.strip().upper() in country_codes() else ""})
    if "." in kind:
        return Problem(kind, path, values={"value": short(value), "key": key, **detail.get("ctx", {})})
    return Problem("value.other", path, values={"why": detail["msg"]})


def _got(value: object) -> dict[str, object]:
    if isinstance(value, dict):
        return {"got": "got.mapping"}
    if isinstance(value, (list, tuple)):
        return {"got": "got.list"}
    return {"got": "got.nothing"} if value is None else {"got": "got.text", "value": short(value)}


@lru_cache(maxsize=16)
def json_schema(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    """The JSON Schema of a format."""
    return adapter.json_schema()


def keys_at(adapter: TypeAdapter[Any], path: Path) -> list[str]:
    """The keys that the format knows at `path`, in its order; empty where it takes any."""
    return [key for node in _nodes_at(adapter, path) for key in node.get("properties", {})]


def _may_be_left_out(adapter: TypeAdapter[Any], path: Path) -> bool:
    """Whether the key at the end of `path` is one that the format knows and does not demand."""
    return any(path[-1] in node.get("properties", {}) and path[-1] not in node.get("required", ()) for node in _nodes_at(adapter, path[:-1]))


def _nodes_at(adapter: TypeAdapter[Any], path: Path) -> list[dict[str, Any]]:
    """What the format's schema says of `path`: one node, or several where it may be one thing or another."""
    schema = json_schema(adapter)

    def followed(node: Any) -> list[dict[str, Any]]:
        if not isinstance(node, dict):
            return []
        if "$ref" in node:
            return followed(schema["$defs"][node["$ref"].rsplit("/", 1)[1]])
        branches = [*node.get("anyOf", ()), *node.get("oneOf", ())]
        return [found for branch in branches for found in followed(branch)] if branches else [node]

    nodes = followed(schema)
    for step in path:
        nodes = [found for node in nodes for found in followed(_inside(node, step))]
    return nodes


def _inside(node: dict[str, Any], step: str | int) -> Any:
    """What a schema's node says of one step down."""
    if isinstance(step, int):
        return node.get("items")
    return node.get("properties", {}).get(step, node.get("additionalProperties"))
