"""The shape of an edition's files and of an organisation's act: their keys, strictly checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from enduse.domain.indicators import Answered
from enduse.domain.rules import Basis
from enduse.formats.plain import Document
from enduse.formats.problems import BadInput, Problem
from enduse.formats.schema import Count, Day, Shape, Text, WordsShape, YesNo, check

FILES = ("edition.yaml", "facts.yaml", "rules.yaml", "indicators.yaml", "duties.yaml", "clauses.yaml", "terms.yaml", "readings.yaml", "phrases.yaml")
Number = Annotated[str, Field(pattern="^([1-9][0-9]?|[A-Z][A-Z0-9]{0,7})$")]
EffectName = Literal["not_export", "proceed", "incomplete", "diligence", "hold", "statutory", "refuse"]


class EditionShape(Shape):
    edition: Text
    dated: Day
    title: WordsShape
    note: WordsShape


class FactShape(Shape):
    fact: Text
    clauses: list[Text]
    stage: Text
    name: WordsShape
    levels: dict[Text, WordsShape] = Field(min_length=2)
    check: Text | None = None
    gate: YesNo = "no"
    open: list[Text] = []
    reveals: list[Text] = []
    question: WordsShape | None = None


class RuleShape(Shape):
    rule: Text
    effect: EffectName
    when: Text
    clauses: list[Text]
    basis: Basis
    text: WordsShape
    duties: list[Text] = []
    since: Day | None = Field(None, alias="from")
    until: Day | None = None


class RulesShape(Shape):
    define: dict[Text, Text] = {}
    thresholds: dict[Text, Text] = {}
    rules: list[RuleShape]


class IndicatorShape(Shape):
    number: Number
    concerns: list[Literal["counterparty", "end_user"]] = Field(min_length=1)
    answered: Answered
    applies: Text | None = None
    title: WordsShape
    text: WordsShape
    condition: WordsShape
    question: WordsShape
    guidance: WordsShape
    evidence: WordsShape
    feeds: list[Text]


class DutyShape(Shape):
    duty: Text
    when: Literal["before_signing", "before_delivery", "after"]
    clauses: list[Text]
    text: WordsShape


class ClauseShape(Shape):
    clause: Text
    title: WordsShape
    text: WordsShape
    here: WordsShape


class TermShape(Shape):
    term: Text
    clause: Text
    name: WordsShape
    text: WordsShape


class ReadingShape(Shape):
    reading: Text
    number: Count
    clauses: list[Text]
    unclear: WordsShape
    taken: WordsShape
    why: WordsShape
    may_change: WordsShape


class CheckShape(Shape):
    check: Annotated[str, Field(pattern="^[a-z][a-z0-9_]{1,40}$")]
    clauses: list[Text]
    name: WordsShape
    done: WordsShape
    not_done: WordsShape
    question: WordsShape


class ActRuleShape(RuleShape):
    basis: Literal["policy"] = "policy"
    replaces: Text | None = None


class ActShape(Shape):
    format: Literal["enduse/act-1"]
    act: Text
    title: WordsShape
    dated: Day
    edition: Text
    thresholds: dict[Text, Text] = {}
    checks: list[CheckShape] = []
    indicators: list[IndicatorShape] = []
    rules: list[ActRuleShape] = []
    drop: list[Text] = []


PHRASES = dict[str, dict[str, WordsShape]]
_FACTS, _RULES = TypeAdapter(list[FactShape]), TypeAdapter(RulesShape)
_INDICATORS, _DUTIES = TypeAdapter(list[IndicatorShape]), TypeAdapter(list[DutyShape])
_CLAUSES, _TERMS, _READINGS = TypeAdapter(list[ClauseShape]), TypeAdapter(list[TermShape]), TypeAdapter(list[ReadingShape])
_EDITION, _PHRASES, _ACT = TypeAdapter(EditionShape), TypeAdapter(PHRASES), TypeAdapter(ActShape)


@dataclass(frozen=True)
class Source:
    """The files of an edition, in shape; `fingerprint` is over all that they say."""

    documents: Mapping[str, Document]
    edition: EditionShape
    facts: list[FactShape]
    rules: RulesShape
    indicators: list[IndicatorShape]
    duties: list[DutyShape]
    clauses: list[ClauseShape]
    terms: list[TermShape]
    readings: list[ReadingShape]
    phrases: dict[str, dict[str, WordsShape]]


def source_of(documents: Mapping[str, Document]) -> Source:
    """The files of an edition in shape. Raises BadInput with every problem of every file, each with file and line."""
    problems: list[Problem] = []
    shapes: list[object] = []
    adapters: tuple[TypeAdapter[Any], ...] = (_EDITION, _FACTS, _RULES, _INDICATORS, _DUTIES, _CLAUSES, _TERMS, _READINGS, _PHRASES)
    for adapter, name in zip(adapters, FILES, strict=True):
        try:
            shapes.append(check(adapter, documents[name], file=name))
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(*problems)
    return Source(documents, *shapes)  # type: ignore[arg-type]


def act_of(document: Document, *, file: str) -> ActShape:
    """An act's file in shape. Raises BadInput with every problem."""
    return check(_ACT, document, file=file)
