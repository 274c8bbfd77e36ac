"""Which part of a deal takes which power: a file, or the intake, changes nothing whose own stage is not its writer's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from enduse.casework.deals.checking import DETERMINED, PARTS, VOUCHED
from enduse.casework.deals.queries import Held
from enduse.casework.people.actor import Actor
from enduse.domain.evidence import same_person
from enduse.domain.refusals import refuse
from enduse.formats.deal_parts import Content, items, part, permits


def demand_parts(by: Actor, before: Content, after: Content) -> None:
    """Raises NotAllowed where a deal written anew changes what only another may.

    Refused where it brings a rebuttal in somebody else's name, also in that of whom the actor stands in for, or one of an item that
    the actor or they recorded.
    """
    for verb in dict.fromkeys(_verbs(before, after)):
        by.demand(verb)
    known = [str(item.get("id")).strip() for item in items(before, "evidence")]
    recorded = {str(item.get("id")).strip(): item for item in items(after, "evidence")}
    for name, item in recorded.items():
        if item.get("grade") != "clearing" or name in known:
            continue
        if not _recorded_as(item, by.own_names):
            raise refuse("evidence.other_name", id=name, name=str(item.get("recorded_by") or ""))
        rebuts = item.get("rebuts") or ()
        for rebutted in (rebuts,) if isinstance(rebuts, str) else rebuts:
            if _recorded_as(recorded.get(str(rebutted).strip(), {}), (by.signature, *by.names)):
                raise refuse("evidence.same_person", id=str(rebutted))


def demand_determination(by: Actor, held: Held, after: Content) -> None:
    """Raises NotAllowed where what an officer, expert or lawyer has determined is changed by somebody who may not determine it."""
    changed = any(_at(held.content, path) != _at(after, path) for path in DETERMINED)
    if changed and held.checking.last(f"{VOUCHED}deal.determine"):
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


def _recorded_as(item: Mapping[str, Any], names: Iterable[str]) -> bool:
    return any(same_person(str(item.get("recorded_by") or ""), name) for name in names)


def _at(content: Content, path: tuple[str, ...]) -> Any:
    return part(content, *path[:-1]).get(path[-1])
