"""Reading the queue: the rule of visibility stands in every branch, marks that are none do no harm."""

from __future__ import annotations

import pytest

from enduse.casework.deals.queue import GROUPS, STATUSES, Filter, held_for, queue, workers
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import NotAllowed
from tests.casework.cast import imported

pytestmark = pytest.mark.django_db


def references(actor: Actor, **wanted: str) -> list[str]:
    return [deal.reference for deal in queue(actor, Filter(**wanted)).rows]


def test_newest_first_and_only_what_the_actor_may_see(cast: dict[str, Actor]) -> None:
    imported(cast["anna"], reference="D-1")
    imported(cast["ivan"], reference="D-2")
    assert references(cast["vera"]) == ["D-2", "D-1"]
    assert references(cast["ivan"]) == ["D-2"]
    assert references(cast["gleb"]) == references(cast["root"]) == []
    for wanted in ({"status": "going"}, {"who": "me"}, {"q": "d-1"}, {"outcome": "proceed"}, {"stage": "approval"}):
        assert "D-1" not in references(cast["ivan"], **wanted)


def test_a_deal_that_is_not_theirs_is_answered_like_one_that_is_not_there(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal
    assert held_for(cast["vera"], deal.pk).deal == deal
    for pk in (deal.pk, 999_999):
        with pytest.raises(NotAllowed) as refused:
            held_for(cast["gleb"], pk)
        assert refused.value.refusals[0].code == "deal.absent"


def test_a_page_begins_after_the_last_row_of_the_one_before(cast: dict[str, Actor]) -> None:
    for number in range(5):
        imported(cast["anna"], reference=f"D-{number}")
    first = queue(cast["anna"], Filter(status="going"), size=2)
    second = queue(cast["anna"], Filter(status="going"), after=first.older, size=2)
    third = queue(cast["anna"], Filter(status="going"), after=second.older, size=2)
    assert [deal.reference for page in (first, second, third) for deal in page.rows] == ["D-4", "D-3", "D-2", "D-1", "D-0"]
    assert third.older == ""


@pytest.mark.parametrize(
    "mark",
    [
        *("", "x", "_", "2026-11-02_1", "2026-11-02T00:00:00+00:00_-1", "2026-11-02T00:00:00+00:00_99999999999999999999"),
        *("0001-01-01T00:00:00+23:59_1", "9999-12-31T23:59:59-23:59_1", f"2026-11-02T00:00:00+00:00_{'9' * 5000}"),
    ],
)
def test_a_mark_that_is_none_begins_at_the_beginning(cast: dict[str, Actor], mark: str) -> None:
    imported(cast["anna"])
    assert len(queue(cast["anna"], Filter(), after=mark).rows) == 1


def test_every_status_is_in_a_group_or_shown_by_itself(cast: dict[str, Actor]) -> None:
    assert {status for held in GROUPS.values() for status in held} | {"released"} == set(STATUSES)
    assert {person.name for person in workers()} >= {"Anna", "Boris", "Ivan", "Elena", "Lev"}
    assert "Vera" not in {person.name for person in workers()}
