"""Which part of a deal takes which power: a file, or the intake, changes nothing whose own stage is not its writer's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from enduse.casework.deals.queries import Held
from enduse.casework.people.actor import Actor
from enduse.domain.evidence import same_person
from enduse.domain.refusals import refuse
from enduse.formats.deal_parts import Content, items, part, permits

# where in the content -> the verb of the stage that writes it
PARTS: dict[tuple[str, ...], str] = {
    ("checks",): "deal.check",
    ("screening",): "deal.screen",
    ("indicators",): "deal.indicate",
    ("notices",): "deal.notice",
    ("risk",): "deal.choose",
    ("choice",): "deal.choose",
    ("departures",): "deal.depart",
    ("contract",): "deal.clauses",
    ("solution", "civil_only"): "deal.identify",
    ("solution", "suitable_for"): "deal.identify",
    ("solution", "identification"): "deal.sign_identification",
}
DETERMINED = (("delivery", "recipient_can_modify"), ("solution", "hardware"))  # sales may say it until somebody has determined it


def demand_parts(by: Actor, before: Content, after: Content) -> None:
    """Raises NotAllowed where a deal written anew changes what only another may, Refused where it brings a rebuttal in somebody else's name."""
    for verb in dict.fromkeys(_verbs(before, after)):
        by.demand(verb)
    known = [str(item.get("id")) for item in items(before, "evidence")]
    for item in items(after, "evidence"):
        if item.get("grade") == "clearing" and str(item.get("id")) not in known and not _own(item, by):
            raise refuse("evidence.other_name", id=str(item.get("id")), name=str(item.get("recorded_by") or ""))


def demand_determination(by: Actor, held: Held, after: Content) -> None:
    """Raises NotAllowed where what an officer, expert or lawyer has determined is changed by somebody who may not determine it."""
    changed = any(_at(held.content, path) != _at(after, path) for path in DETERMINED)
    if changed and held.deal.versions.filter(kind="deal.determined").exists():
        by.demand("deal.determine")


def _verbs(before: Content, after: Content) -> Iterator[str]:
    for path, verb in PARTS.items():
        if _at(before, path) != _at(after, path):
            yield verb
    if permits(before) != permits(after):
        yield "deal.permit"
    was = items(before, "evidence")
    for item in items(after, "evidence"):
        if item not in was:
            yield "deal.rebut" if item.get("grade") in ("clearing", "confirmed") else "deal.evidence"


def _own(item: Mapping[str, Any], by: Actor) -> bool:
    return any(same_person(str(item.get("recorded_by") or ""), name) for name in (by.signature, *by.names))


def _at(content: Content, path: tuple[str, ...]) -> Any:
    return part(content, *path[:-1]).get(path[-1])
