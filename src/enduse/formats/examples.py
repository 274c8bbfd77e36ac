"""Worked examples of an edition: a base deal, and for each example what is different and what has to come out."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from enduse.domain.rules import Words
from enduse.formats.edition_shape import EffectName
from enduse.formats.plain import Document, Plain
from enduse.formats.problems import Path, Problem
from enduse.formats.schema import Shape, Text, WordsShape, check

BASE = "base.yaml"


class ExampleShape(Shape):
    example: Text
    title: WordsShape
    shows: list[Text]  # the rules that it is an example of; all of them have to fire
    deal: dict[str, Any]
    outcome: EffectName
    clauses: list[Text]
    facts: dict[Text, Text] = {}


_EXAMPLES = TypeAdapter(list[ExampleShape])


@dataclass(frozen=True)
class Example:
    """One example: its name, the whole deal file, and what is expected of the decision."""

    example: str
    title: Words
    shows: tuple[str, ...]
    document: Document
    outcome: str
    clauses: tuple[str, ...]
    facts: dict[str, str]


def read_examples(base: Document, documents: dict[str, Document]) -> list[Example]:
    """The examples of the files, each with its whole deal. Raises BadInput with file and line."""
    found = []
    for file, document in documents.items():
        shapes = check(_EXAMPLES, document, file=file)
        for at, one in enumerate(shapes):
            whole = merged(base.data, one.deal)
            lines: dict[Path, int] = {(): document.line((at,)) or 1}
            if isinstance(whole, dict):
                whole["reference"] = one.example
            words = Words(one.title.ru, one.title.en)
            found.append(Example(one.example, words, tuple(one.shows), Document(whole, lines), one.outcome, tuple(one.clauses), one.facts))
    names = [one.example for one in found]
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise ValueError(Problem("edition.repeated", values={"id": ", ".join(sorted(repeated))}).text("en"))
    return found


def merged(base: Plain, change: Plain) -> Plain:
    """`base` with `change` laid over it: mappings key by key, anything else replaced; an empty value takes the key out."""
    if not isinstance(base, dict) or not isinstance(change, dict):
        return copy.deepcopy(change)
    whole = {key: copy.deepcopy(value) for key, value in base.items() if key not in change}
    for key, value in change.items():
        if value is not None:
            whole[key] = merged(base.get(key), value) if isinstance(value, dict) else copy.deepcopy(value)
    return whole
