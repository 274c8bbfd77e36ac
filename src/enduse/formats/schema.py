"""The types that the file formats are made of, and pydantic's complaints turned into problems with lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainValidator, TypeAdapter, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from enduse.formats.plain import Document
from enduse.formats.problems import BadInput, Path, Problem, nearest, short
from enduse.reference import country_codes

T = TypeVar("T")
_TRUTH = {"true": "yes", "True": "yes", "TRUE": "yes", "false": "no", "False": "no", "FALSE": "no"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?")


class Shape(BaseModel):
    """A mapping with known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WordsShape(Shape):
    """Words in both languages."""

    ru: Text
    en: Text


def _given(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("want.given", "blank")
    return value


def _truth(value: Any) -> Any:
    return _TRUTH.get(value, value) if isinstance(value, str) else value


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
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        try:
            date(int(parts[0]), *(int(part) for part in [*parts[1:], "1", "1"][:2]))
        except ValueError:
            pass
        else:
            return text
    raise PydanticCustomError("value.partial_day", "not a partial day")


def _count(value: Any) -> int:
    text = _text("value.count", value)
    if not re.fullmatch(r"\d{1,12}", text):
        raise PydanticCustomError("value.count", "not a count")
    return int(text)


def _number(value: Any) -> Decimal:
    text = _text("value.number", value)
    if not _NUMBER.fullmatch(text):
        raise PydanticCustomError("value.number", "not a number")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise PydanticCustomError("value.number", "not a number") from error


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


Text = Annotated[str, AfterValidator(_given)]
YesNo = Annotated[Literal["yes", "no"], BeforeValidator(_truth)]
YesNoUnknown = Annotated[Literal["yes", "no", "unknown"], BeforeValidator(_truth)]
Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
PartialDay = Annotated[str, PlainValidator(_partial_day), WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"})]
Count = Annotated[int, PlainValidator(_count), WithJsonSchema({"type": ["integer", "string"], "minimum": 0, "pattern": r"^\d+$"})]
Number = Annotated[Decimal, PlainValidator(_number), WithJsonSchema({"type": ["number", "string"], "minimum": 0, "pattern": r"^\d+(\.\d+)?$"})]
Percent = Annotated[Decimal, PlainValidator(_percent), WithJsonSchema({"type": ["number", "string"], "minimum": 0, "maximum": 100})]
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
        found += [place(_problem(adapter, detail, dict(context or {})), document, file) for detail in error.errors(include_url=False)]
        raise BadInput(*_once(found)) from error
    if found:
        raise BadInput(*_once(found))
    return value


def place(problem: Problem, document: Document, file: str) -> Problem:
    """The problem with the line of its path."""
    return Problem(problem.code, problem.path, problem.line or document.line(problem.path), problem.values, file or problem.file)


def _once(problems: Iterable[Problem]) -> list[Problem]:
    seen: dict[tuple[str, Path], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.code, problem.path), problem)
    return list(seen.values())


def _problem(adapter: TypeAdapter[Any], detail: ErrorDetails, context: Mapping[str, Any]) -> Problem:
    kind, path, value = detail["type"], tuple(detail["loc"]), detail["input"]
    key = str(path[-1]) if path else ""
    got = _got(value)
    if kind == "missing":
        return Problem("key.missing", path[:-1], values={"key": key})
    if kind == "extra_forbidden":
        known = keys_at(adapter, path[:-1])
        return Problem("key.unknown", path[:-1], values={"key": short(key), "near": nearest(key, known), "known": tuple(known)})
    if value is None and kind != "extra_forbidden":
        return Problem("key.empty", path, values={"key": key})
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
    schema = json_schema(adapter)

    def followed(node: dict[str, Any]) -> dict[str, Any]:
        while True:
            if "$ref" in node:
                node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
            elif "anyOf" in node:
                node = next((part for part in node["anyOf"] if part.get("type") != "null"), {})
            else:
                return node

    node = followed(schema)
    for step in path:
        if isinstance(step, int):
            node = followed(node.get("items", {}))
        elif step in node.get("properties", {}):
            node = followed(node["properties"][step])
        else:
            node = followed(node.get("additionalProperties") or {})
    if "items" in node:
        node = followed(node["items"])
    return list(node.get("properties", {}))
