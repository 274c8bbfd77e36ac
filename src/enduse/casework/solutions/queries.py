"""Reading the records of solutions: what there is to choose from, and what one says."""

from __future__ import annotations

from enduse.casework.people.actor import Actor
from enduse.casework.solutions.models import Solution, SolutionVersion
from enduse.domain.refusals import refuse
from enduse.formats.deal_parts import Content

MOST_LISTED = 300


def solutions_held(actor: Actor) -> list[Solution]:
    """The records of our solutions, by name. Raises NotAllowed."""
    actor.demand("solutions.see")
    return list(Solution.objects.order_by("name_key", "pk")[:MOST_LISTED])


def solution_record(actor: Actor, solution: int) -> Content:
    """What a record says now: `solution` of a deal file. Raises NotAllowed, Refused."""
    actor.demand("solutions.see")
    held = Solution.objects.filter(pk=solution).first()
    if held is None:
        raise refuse("solution.absent", solution=solution)
    content: Content = SolutionVersion.objects.get(solution=held, number=held.version).content
    return content
