"""The deal file `enduse/deal-1`: its shape, its sense, and the domain's deal made of it.

Every key of the published format is accepted and checked here, also those that only detectors read.
A key that the shape lacks, a word that is none of those listed, a value that cannot be: a bad deal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, TypeAdapter, ValidationInfo, WithJsonSchema
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError

from enduse.domain import deal as domain
from enduse.domain.edition import Edition
from enduse.domain.rules import fingerprint
from enduse.formats.plain import Document, Plain
from enduse.formats.problems import BadInput, Problem, nearest, short
from enduse.formats.schema import BRANCHES, TRUTH, Count, Country, Currency, Day, Number, PartialDay, Percent, Shape, Text, YesNo, YesNoUnknown, check

FORMAT: Literal["enduse/deal-1"] = "enduse/deal-1"


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _stated(value: Any) -> Any:
    return {"state": value} if isinstance(value, str) else value


def _check_word(value: str, info: ValidationInfo) -> str:
    known = tuple((info.context or {}).get("checks", ()))
    if value not in known:
        raise PydanticCustomError("deal.check", "no such check", {"near": nearest(value, known), "expected": known})
    return value


def _indicators(value: Any, info: ValidationInfo) -> Any:
    """Plain words to shapes, those without reason shared. Unknown indicators are told by `_sense`."""
    known = (info.context or {}).get("indicators", ())
    if not isinstance(value, dict):
        return value
    return {
        key: (_PLAIN_STATES.get(stated) or {"state": stated}) if isinstance(stated, str) else stated for key, stated in value.items() if key in known
    }


class Money(Shape):
    amount: Number
    currency: Currency


class SuitableFor(Shape):
    nuclear: YesNoUnknown | None = None
    missile: YesNoUnknown | None = None
    chemical_biological: YesNoUnknown | None = None
    military_intelligence: YesNoUnknown | None = None


class ControlListEntry(Shape):
    list: Text
    entry: Text


class Identification(Shape):
    result: domain.Listing | None = None
    entries: list[ControlListEntry] | None = None
    deeper_check: YesNo = "no"


class Solution(Shape):
    name: str | None = None
    version: str | None = None
    civil_only: YesNoUnknown | None = None
    hardware: YesNoUnknown | None = None
    suitable_for: SuitableFor | None = None
    identification: Identification | None = None
    domains: list[Text] | None = None
    required_platform: list[Text] | None = None
    required_services: list[Text] | None = None
    usual_sites: list[Text] | None = None
    list_price: Money | None = None


class Delivery(Shape):
    form: domain.Form | None = None
    recipient_can_modify: YesNoUnknown | None = None


class Activity(Shape):
    code: Text | None = None
    scheme: Text | None = None
    text: Text | None = None


class Identifier(Shape):
    scheme: Text | None = None
    value: Text


def _branch(value: Any) -> str:
    return BRANCHES[isinstance(value, list)]


Identifiers = Annotated[
    Annotated[dict[Text, Text], Tag(BRANCHES[0])] | Annotated[list[Identifier], Tag(BRANCHES[1])],
    Discriminator(_branch),
]


class Party(Shape):
    role: domain.Role
    name: str | None = None
    kind: domain.Kind | None = None
    country: Country | None = None
    citizenship: list[Country] | None = None
    address: str | None = None
    correspondence_address: str | None = None
    identifiers: Identifiers | None = None
    activities: list[Activity] | None = None
    birth_date: PartialDay | None = None
    staff: Count | None = None
    installed: list[Text] | None = None
    capacity: dict[Text, Number] | None = None


class Evidence(Shape):
    id: Text
    purpose: domain.Purpose
    grade: domain.Grade
    party: str | None = None
    source: str | None = None
    recorded_by: str | None = None
    rebuts: Annotated[list[Text], BeforeValidator(_listed), WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}})] | None = None


class Withdrawn(Shape):
    number: str | None = None
    date: Day | None = None


class Notice(Shape):
    from_: Literal["fstec"] = Field(alias="from")
    written: YesNo
    number: str | None = None
    date: Day | None = None
    withdrawn: Withdrawn | None = None


class Condition(Shape):
    text: str | None = None
    met: YesNoUnknown | None = None


class Permit(Shape):
    authority: str | None = None
    status: domain.PermitStatus | None = None
    number: str | None = None
    date: Day | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    parties: list[Text] | None = None
    solution: str | None = None
    version: str | None = None
    covers: list[domain.Trigger] | None = None
    conditions: list[Condition] = []


class StatedIndicator(Shape):
    state: domain.IndicatorState
    reason: str | None = None
    by: str | None = None


_PLAIN_STATES: dict[str, StatedIndicator] = {state: StatedIndicator(state=state) for state in ("absent", "present", "unknown")}


class StatedClauses(Shape):
    state: domain.ClausesState
    reason: str | None = None
    by: str | None = None


class Contract(Shape):
    clauses: Annotated[StatedClauses, BeforeValidator(_stated)] | None = None
    kind: Literal["development", "export"] | None = None
    drafted_by: Text | None = None
    end_destination: str | None = None
    end_use_purpose: str | None = None


class PaperDocument(Shape):
    kind: str | None = None
    number: str | None = None
    date: Day | None = None


class Record(Shape):
    excused: Text


class Site(Shape):
    name: Text | None = None
    type: Text | None = None
    access: Literal["open", "restricted", "closed_area"] | None = None


class EndUse(Shape):
    purpose: str | None = None
    site: Site | None = None
    requested: Day | None = None
    answered: Day | None = None
    refused: YesNo | None = None


class Quantity(Shape):
    units: Number
    of: Text | None = None


class Question(Shape):
    question: Text
    asked: Day | None = None
    answered: Day | None = None
    verdict: Literal["clear", "evasive", "none"] | None = None


class Knowledge(Shape):
    asked: Count
    known: Count


class Services(Shape):
    offered: list[Text] | None = None
    declined: list[Text] | None = None


class Confidentiality(Shape):
    demands: list[Text] | None = None
    justified: YesNo | None = None


class Modification(Shape):
    text: Text


class Payment(Shape):
    method: Literal["transfer", "letter_of_credit", "cash", "crypto", "other"] | None = None
    price: Money | None = None
    prepayment_percent: Percent | None = None
    payer: Text | None = None


class Destination(Shape):
    name: Text | None = None
    address: Text | None = None
    country: Country | None = None


class Shipment(Shape):
    final_destination: Destination | None = None
    route: list[Country] | None = None
    mode: Text | None = None
    packaging: Text | None = None
    technical_documentation: YesNo | None = None
    training_days: Count | None = None


class Exporter(Shape):
    name: Text | None = None
    registration: Text | None = None


class DeliveryMade(Shape):
    date: Day | None = None
    version: Text | None = None
    units: Number | None = None
    to: Text | None = None


class DealFile(Shape):
    """One deal as it stands in a file."""

    format: Literal["enduse/deal-1"]
    reference: Text
    title: str | None = None
    date: Day | None = None
    exporter: Exporter | None = None
    solution: Solution | None = None
    delivery: Delivery | None = None
    parties: list[Party] | None = None
    checks: list[Annotated[str, AfterValidator(_check_word)]] | None = None
    evidence: list[Evidence] = []
    notices: list[Notice] = []
    permit: Permit | None = None
    permits: list[Permit] | None = None
    indicators: Annotated[dict[str, StatedIndicator], BeforeValidator(_indicators)] | None = None
    risk: domain.Risk = "none"
    choice: domain.Choice = "section_4"
    contract: Contract | None = None
    documents: list[PaperDocument] | None = None
    record: Record | None = None
    deliveries: list[DeliveryMade] | None = None
    end_use: EndUse | None = None
    quantity: Quantity | None = None
    questions: list[Question] | None = None
    knowledge: Knowledge | None = None
    services: Services | None = None
    confidentiality: Confidentiality | None = None
    modifications: list[Modification] | None = None
    payment: Payment | None = None
    shipment: Shipment | None = None


DEAL_FILE = TypeAdapter(DealFile)


def read_deal(document: Document, edition: Edition, *, file: str = "") -> domain.Deal:
    """The deal that a document describes. Raises BadInput with all its problems, each with its line."""
    if not isinstance(document.data, dict):
        raise BadInput(Problem("deal.not_mapping", line=document.line(()) or 1, file=file))
    context = {"indicators": frozenset(edition.indicators), "checks": tuple(edition.checks)}
    try:
        held = check(DEAL_FILE, document, file=file, context=context, more=_sense(document.data, edition))
    except BadInput as error:
        reference = document.data.get("reference")
        error.reference = short(reference) if isinstance(reference, str) else None
        raise
    return _deal(held, document.data)


def _mappings(value: Plain) -> Iterator[tuple[int, dict[str, Any]]]:
    """The mappings of a list, with their places; nothing where it is none."""
    if isinstance(value, list):
        for place, item in enumerate(value):
            if isinstance(item, dict):
                yield place, item


def _sense(data: dict[str, Any], edition: Edition) -> Iterator[Problem]:
    """What a shape cannot say: ids, references between items, reasons, dates in order. Takes any data without complaint."""
    yield from _sense_of_evidence(data)
    indicators = data.get("indicators")
    if isinstance(indicators, dict):
        for key, value in indicators.items():
            if key not in edition.indicators:
                numbers = tuple(edition.indicators)
                names = f"{numbers[0]}–{numbers[-1]}" if all(number.isdigit() for number in numbers) else ", ".join(numbers)
                yield Problem("deal.indicator", ("indicators", key), values={"key": short(key), "known": names})
            said = value.get("state") if isinstance(value, dict) else value
            if said in ("explained", "excused") and not (_blank(value, "reason") is False and _blank(value, "by") is False):
                yield Problem("deal.unreasoned", ("indicators", key), values={"state": said})
    contract = data.get("contract")
    clauses = contract.get("clauses") if isinstance(contract, dict) else None
    if (clauses.get("state") if isinstance(clauses, dict) else clauses) == "excused" and _blank(clauses, "reason") is not False:
        yield Problem("deal.unexcused", ("contract", "clauses"))
    solution = data.get("solution")
    identification = solution.get("identification") if isinstance(solution, dict) else None
    if isinstance(identification, dict) and identification.get("result") == "not_listed" and identification.get("entries"):
        yield Problem("deal.entries", ("solution", "identification", "entries"))
    if data.get("permit") is not None and data.get("permits") is not None:
        yield Problem("deal.permit_twice", ("permits",))
    if isinstance(data.get("permit"), dict):
        yield from _sense_of_permit(data["permit"], ("permit",))
    for place, permit in _mappings(data.get("permits")):
        yield from _sense_of_permit(permit, ("permits", place))
    knowledge = data.get("knowledge")
    if isinstance(knowledge, dict):
        asked, known = knowledge.get("asked"), knowledge.get("known")
        if isinstance(asked, str) and isinstance(known, str) and asked.isdecimal() and known.isdecimal() and int(known) > int(asked):
            yield Problem("deal.knowledge", ("knowledge",), values={"asked": asked, "known": known})


def _blank(value: object, key: str) -> bool | None:
    """Whether a mapping's text is blank; None where there is no such text at all."""
    text = value.get(key) if isinstance(value, dict) else None
    return not text.strip() if isinstance(text, str) else None


def _sense_of_evidence(data: dict[str, Any]) -> Iterator[Problem]:
    ids: dict[str, int] = {}
    for place, item in _mappings(data.get("evidence")):
        if isinstance(item.get("id"), str):
            if item["id"].strip() in ids:
                yield Problem("deal.evidence_repeated", ("evidence", place, "id"), values={"id": short(item["id"])})
            ids.setdefault(item["id"].strip(), place)
    for place, item in _mappings(data.get("evidence")):
        named = item.get("rebuts")
        for name in named if isinstance(named, list) else [named]:
            if isinstance(name, str) and name.strip() and name.strip() not in ids:
                yield Problem("deal.rebuts_absent", ("evidence", place, "rebuts"), values={"id": short(name)})


def _sense_of_permit(permit: Mapping[str, Any], path: tuple[str | int, ...]) -> Iterator[Problem]:
    since, until = permit.get("valid_from"), permit.get("valid_until")
    # both are checked to be days by the shape; days as text compare as days
    if isinstance(since, str) and isinstance(until, str) and len(since) == len(until) and until < since:
        yield Problem("deal.permit_order", (*path, "valid_until"), values={"since": short(since), "until": short(until)})


def _deal(held: DealFile, data: Plain) -> domain.Deal:
    """The domain's deal of a file that is in order."""
    contract, delivery = held.contract or Contract(), held.delivery or Delivery()
    clauses = contract.clauses
    permits = held.permits if held.permits is not None else [held.permit] if held.permit is not None else []
    return domain.Deal(
        reference=held.reference.strip(),
        title=held.title,
        date=held.date,
        solution=_solution(held.solution or Solution()),
        form=delivery.form or "other",
        recipient_can_modify=delivery.recipient_can_modify or "unknown",
        parties=tuple(
            domain.Party(party.role, party.name, party.kind, party.country, None if party.citizenship is None else tuple(party.citizenship))
            for party in held.parties or ()
        ),
        checks=frozenset(held.checks or ()),
        evidence=tuple(
            domain.Evidence(
                item.id.strip(),
                item.purpose,
                item.grade,
                item.party,
                item.source,
                item.recorded_by,
                tuple(name.strip() for name in item.rebuts or ()),
            )
            for item in held.evidence
        ),
        notices=tuple(
            domain.Notice(
                notice.written == "yes",
                notice.number,
                notice.date,
                None if notice.withdrawn is None else domain.Withdrawal(notice.withdrawn.number, notice.withdrawn.date),
            )
            for notice in held.notices
        ),
        permits=tuple(_permit(permit) for permit in permits),
        indicators={key: _indicator(stated) for key, stated in (held.indicators or {}).items()},
        risk=held.risk,
        choice=held.choice,
        clauses=domain.Stated("unknown") if clauses is None else _reasoned(clauses),
        documents=tuple(domain.Document(paper.kind, paper.number, paper.date) for paper in held.documents or ()),
        record_excuse=held.record.excused if held.record else None,
        digest=fingerprint(data),
    )


_PLAIN_STATED = {state: domain.Stated(state) for state in _PLAIN_STATES}


def _indicator(held: StatedIndicator) -> domain.Stated:
    if held.reason is None and held.by is None and held.state in _PLAIN_STATED:
        return _PLAIN_STATED[held.state]
    return _reasoned(held)


def _reasoned(held: StatedIndicator | StatedClauses) -> domain.Stated:
    return domain.Stated(held.state, held.reason, held.by)


def _solution(held: Solution) -> domain.Solution:
    found, suitable = held.identification or Identification(), held.suitable_for or SuitableFor()
    return domain.Solution(
        name=held.name,
        version=held.version,
        civil_only=held.civil_only or "unknown",
        hardware=held.hardware or "unknown",
        suitable_for={
            "nuclear": suitable.nuclear or "unknown",
            "missile": suitable.missile or "unknown",
            "chemical_biological": suitable.chemical_biological or "unknown",
            "military_intelligence": suitable.military_intelligence or "unknown",
        },
        identification=domain.Identification(
            found.result or "not_done",
            tuple(domain.ControlListEntry(entry.list, entry.entry) for entry in found.entries or ()),
            found.deeper_check,
        ),
    )


def _permit(held: Permit) -> domain.Permit:
    return domain.Permit(
        authority=held.authority,
        status=held.status,
        number=held.number,
        date=held.date,
        valid_from=held.valid_from,
        valid_until=held.valid_until,
        parties=tuple(held.parties or ()),
        solution=held.solution,
        version=held.version,
        covers=frozenset(held.covers or ()),
        conditions=tuple(domain.Condition(condition.text, condition.met == "yes") for condition in held.conditions),
    )


def published_schema() -> dict[str, Any]:
    """The JSON Schema of a deal file: keys and words; what it cannot say (dates in order, ids, countries, reasons) the reader checks."""
    schema = DEAL_FILE.json_schema(by_alias=True)
    for name, words in (("StatedIndicator", list(_PLAIN_STATES)), ("StatedClauses", ["agreed", "rejected", "unknown"])):
        schema["$defs"][name] = {"anyOf": [{"enum": words}, schema["$defs"][name]]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "enduse/deal-1", **_as_spelt(schema)}


def _as_spelt(node: Any) -> Any:
    """A schema that takes what JSON and YAML make of text as it is spelt: numbers for text, truth values for yes and no."""
    if isinstance(node, list):
        return [_as_spelt(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: _as_spelt(value) for key, value in node.items()}
    if node.get("type") == "string" and "format" not in node and "enum" not in node and "const" not in node:
        node["type"] = ["string", "number", "boolean"]
    words = node.get("enum", ())
    if "yes" in words and "no" in words:
        node = {**node, "enum": [*words, True, False, *TRUTH]}
        node.pop("type", None)
    return node
