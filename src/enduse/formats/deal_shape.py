"""The shape of the deal file `enduse/deal-1`: its keys, their words and values, and its JSON Schema.

Every key of the published format is accepted and checked here, also those that only detectors read.
A key that the shape lacks, a word that is none of those listed, a value that cannot be: a bad deal.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, TypeAdapter, ValidationInfo, WithJsonSchema
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError

from enduse.domain import deal as domain
from enduse.formats.problems import nearest
from enduse.formats.schema import BRANCHES, TRUTH, Count, Country, Currency, Day, Number, PartialDay, Percent, Shape, Text, YesNo, YesNoUnknown

FORMAT: Literal["enduse/deal-1"] = "enduse/deal-1"


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _reason(value: str) -> str:
    """A reason, not a yes or no: who writes `excused: no` means that nothing is excused."""
    if value.strip().casefold() in ("yes", "no", "true", "false", "none"):
        raise PydanticCustomError("deal.unexcused", "no reason")
    return value


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
        key: (PLAIN_STATES.get(stated) or {"state": stated}) if isinstance(stated, str) else stated for key, stated in value.items() if key in known
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


class Comparison(Shape):
    """One entry that was considered: what the solution has beside what the entry asks for."""

    list: Text
    entry: Text
    characteristic: Text
    parameter: Text
    verdict: Literal["met", "not_met", "not_enough_data"]


class Identification(Shape):
    result: domain.Listing | None = None
    entries: list[ControlListEntry] | None = None
    deeper_check: YesNo = "no"
    comparison: list[Comparison] | None = None
    conclusion: str | None = None
    expert: str | None = None
    signed_on: Day | None = None


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
    recorded_on: Day | None = None
    reliability: Literal["high", "medium", "low", "unknown"] | None = None
    attachments: list[Text] | None = None
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


PLAIN_STATES: dict[str, StatedIndicator] = {state: StatedIndicator(state=state) for state in ("absent", "present", "unknown")}


class StatedClauses(Shape):
    state: domain.ClausesState
    reason: str | None = None
    by: str | None = None


class StatedChoice(Shape):
    state: domain.Choice
    reason: str | None = None
    by: str | None = None


class Screened(Shape):
    """What a person found when a party was held against lists."""

    party: Text
    particulars: Text | None = None
    result: Literal["no_match", "dismissed", "match"]
    lists: list[Text] | None = None
    reason: str | None = None
    by: str | None = None
    date: Day | None = None


class Departure(Shape):
    """A signed departure from the Declaration (1.4): recorded, it changes no outcome."""

    clause: Text
    text: Text
    reason: Text
    by: Text
    date: Day | None = None


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
    excused: Annotated[Text, AfterValidator(_reason)]


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
    choice: Annotated[StatedChoice, BeforeValidator(_stated)] = StatedChoice(state="section_4")
    screening: list[Screened] | None = None
    departures: list[Departure] | None = None
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


def published_schema() -> dict[str, Any]:
    """The JSON Schema of a deal file: keys and words; what it cannot say (dates in order, ids, countries, reasons) the reader checks."""
    schema = DEAL_FILE.json_schema(by_alias=True)
    plain = {"StatedIndicator": list(PLAIN_STATES), "StatedClauses": ["agreed", "rejected", "unknown"], "StatedChoice": ["section_4", "refuse"]}
    for name, words in plain.items():
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
