"""Master records of solutions: found or made when a deal names one, changed by an action of their own."""

from __future__ import annotations

from enduse.casework.door import Act, action
from enduse.casework.people.actor import Actor
from enduse.casework.solutions.models import Solution, SolutionVersion
from enduse.domain.deal import visible
from enduse.domain.refusals import Refusal, Stale, refuse
from enduse.formats.deal_parts import Content


def _name(content: Content) -> str:
    return visible(str(content.get("name") or ""))[:500]


def shared(solution: Content) -> Content:
    """What of a solution deals share: all but what an expert finds and signs for each of them."""
    return {key: value for key, value in solution.items() if key not in ("civil_only", "suitable_for", "identification")}


def solution_record_of(solution: Content) -> Solution | None:
    """The record that a deal's solution is of: the same name; None where there is none yet."""
    return Solution.objects.filter(name_key=_name(solution)).order_by("pk").first()


def authors_of(record: Solution, solution: Content) -> frozenset[int]:
    """Who wrote the record that a deal's solution repeats; nobody where it only came about with a deal, or says something else."""
    rows = list(record.versions.order_by("number"))
    said = {key: value for key, value in shared(solution).items() if key not in ("name", "version")}
    if len(rows) == 1 or not said or not any(said.items() <= row.content.items() for row in rows[1:]):
        return frozenset()
    return frozenset(hand for row in rows for hand in row.hands)


def link_solution(solution: Content, act: Act) -> Solution:
    """The record that a deal's solution is of: the same name, else a new one, made inside the deal's own action."""
    found = solution_record_of(solution)
    if found is not None:
        return found
    name = _name(solution)
    made = Solution.objects.create(name=name, name_key=name, release=str(solution.get("version") or "")[:200], created_at=act.at)
    SolutionVersion.objects.create(solution=made, number=1, content=solution, by_id=act.by.person, hands=sorted(act.by.hands), at=act.at)
    act.body.setdefault("solutions_made", []).append(made.pk)
    return made


def change_solution(solution: int, *, content: Content, reason: str, seen: int, by: Actor) -> SolutionVersion:
    """A new version of a solution's record. Deals keep the snapshot they were decided on. Raises NotAllowed, Stale, Refused."""
    by.demand("solution.edit")
    with action("solution.changed", by=by, about=f"solution:{solution}") as act:
        held = Solution.objects.filter(pk=solution).first()
        if held is None:
            raise refuse("solution.absent", solution=solution)
        if seen != held.version:
            raise Stale(Refusal("solution.stale", {"name": held.name, "seen": seen, "stands": held.version}))
        if held.versions.get(number=held.version).content == content:
            raise refuse("solution.unchanged", name=held.name)
        if not _name(content):
            raise refuse("solution.unnamed")
        held.name = held.name_key = _name(content)
        held.release = str(content.get("version") or "")[:200]
        held.version += 1
        held.save()
        act.says(version=held.version, reason=reason)
        return SolutionVersion.objects.create(
            solution=held, number=held.version, content=content, reason=reason, by_id=by.person, hands=sorted(by.hands), at=act.at
        )
