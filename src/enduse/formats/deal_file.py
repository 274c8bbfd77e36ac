"""The deal file `enduse/deal-1`: its sense, beyond its shape, and the domain's deal made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from enduse.domain import deal as domain
from enduse.domain.edition import Edition
from enduse.domain.rules import fingerprint
from enduse.formats.deal_shape import (
    DEAL_FILE,
    PLAIN_STATES,
    Contract,
    DealFile,
    Delivery,
    Identification,
    Permit,
    Solution,
    StatedClauses,
    StatedIndicator,
    SuitableFor,
)
from enduse.formats.plain import Document, Plain
from enduse.formats.problems import BadInput, Problem, short
from enduse.formats.schema import check


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
            if isinstance(value, str) and value in PLAIN_STATES and key in edition.indicators:
                continue
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
    return domain.given(text) is None if isinstance(text, str) else None


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
        choice=held.choice.state,
        clauses=domain.Stated("unknown") if clauses is None else _reasoned(clauses),
        documents=tuple(domain.Document(paper.kind, paper.number, paper.date) for paper in held.documents or ()),
        record_excuse=held.record.excused if held.record else None,
        digest=fingerprint(data),
    )


_PLAIN_STATED = {state: domain.Stated(state) for state in PLAIN_STATES}


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
