"""Records of solutions: found or made by deals, changed by versions of their own."""

from __future__ import annotations

import pytest

from enduse.casework.people.actor import Actor
from enduse.casework.solutions.models import Solution, SolutionVersion
from enduse.casework.solutions.records import change_solution
from enduse.domain.refusals import Refused, Stale
from tests.builders import file_with
from tests.casework.cast import held, imported

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]
SLOVO = file_with()["solution"]


def test_deals_share_a_record_of_the_same_name(cast: Cast) -> None:
    imported(cast["anna"])
    imported(cast["anna"], reference="D-2", solution={"name": " Slovo\u200b", "version": "2.0"})
    imported(cast["anna"], reference="D-3", solution={"name": "Glas"})
    assert list(Solution.objects.order_by("pk").values_list("name", "release", "version")) == [("Slovo", "1.10", 1), ("Glas", "1.10", 1)]


def test_a_change_is_a_version_and_deals_keep_their_snapshot(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    pk = Solution.objects.get().pk
    made = change_solution(pk, content={**SLOVO, "version": "1.11"}, reason="newer", seen=1, by=cast["elena"])
    assert (made.number, made.hands, Solution.objects.get().release) == (2, [cast["elena"].person], "1.11")
    assert held(deal).content["solution"] == SLOVO
    assert SolutionVersion.objects.get(number=1).content == SLOVO
    assert held(deal).moved_on == [("solution", "Slovo", 1, 2)]


def test_what_is_refused(cast: Cast) -> None:
    imported(cast["anna"])
    pk = Solution.objects.get().pk
    for changes, error, code in (
        ({"solution": 10_000}, Refused, "solution.absent"),
        ({"seen": 2}, Stale, "solution.stale"),
        ({"content": SLOVO}, Refused, "solution.unchanged"),
        ({"content": {"version": "1"}}, Refused, "solution.unnamed"),
    ):
        values = {"solution": pk, "content": {**SLOVO, "version": "9"}, "reason": "r", "seen": 1, "by": cast["anna"]} | changes
        with pytest.raises(error, match=code):
            change_solution(**values)
    assert SolutionVersion.objects.count() == 1
