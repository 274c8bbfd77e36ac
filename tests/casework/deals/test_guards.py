"""Each guard of the release stops its own stories at the real door, and the database stops them again."""

from __future__ import annotations

import inspect

import pytest
from django.db import DatabaseError, transaction

from enduse.casework.deals.models import Release
from enduse.casework.people.actor import Actor
from enduse.domain import release as law
from enduse.domain.refusals import Refused
from tests.casework.cast import held
from tests.casework.deals.oracle import wrong
from tests.casework.deals.stories import OTHERS, STORIES, Story, usual
from tests.casework.tables import changed, dump
from tests.casework.test_guarding import inside, releases

TOLD = [(guard, story) for guard, stories in STORIES.items() for story in stories]
IDS = [f"{guard.__name__}-{story.refused[0]}" for guard, story in TOLD]


def test_every_guard_has_a_story() -> None:
    assert set(STORIES) == set(law.GUARDS)
    written = {found for name, found in vars(law).items() if name.startswith("is_") and inspect.isfunction(found)}
    assert written == set(law.GUARDS), "a guard that is not in the list guards nothing"


def count_released(deal: int) -> int:
    return Release.objects.filter(deal=deal).count()


@pytest.mark.django_db
@pytest.mark.parametrize(("guard", "story"), TOLD, ids=IDS)
def test_the_door_refuses_by_this_guard_alone(guard: law.Guard, story: Story, cast: dict[str, Actor]) -> None:
    deal = story.begun(cast)
    with pytest.raises(Refused) as refused:
        story.tell(cast, deal)
    assert tuple(refusal.code for refusal in refused.value.refusals) == story.refused
    assert count_released(deal) == (guard is law.is_new)
    by_sql(deal, cast)


@pytest.mark.django_db
@pytest.mark.parametrize("story", OTHERS, ids=[story.tell.__name__ for story in OTHERS])
def test_the_door_refuses_for_every_reason_at_once(story: Story, cast: dict[str, Actor]) -> None:
    deal = story.begun(cast)
    with pytest.raises(Refused) as refused:
        story.tell(cast, deal)
    assert tuple(refusal.code for refusal in refused.value.refusals) == story.refused
    assert not held(deal).standing or held(deal).state == "withdrawn"


def by_sql(deal: int, cast: dict[str, Actor]) -> None:
    """Written by hand it is refused as well, outside of an action and in one of another kind."""
    row = held(deal).deal
    if not row.approvals.exists():
        return
    before = dump()
    for kind in ("", "deal.approved", "deal.commented"):
        with inside(kind), pytest.raises(DatabaseError, match="enduse: deals_release: action"), transaction.atomic():
            releases(row, cast["anna"].who)[0]()
    assert changed(before, dump()) == []


@pytest.mark.django_db
def test_the_usual_story_goes_and_nothing_is_wrong_with_it(cast: dict[str, Actor]) -> None:
    deal = Story(usual, (), "").begun(cast)
    usual(cast, deal)
    assert count_released(deal) == 1
    assert wrong(deal) == []
    standing = held(deal).standing
    assert standing
    assert standing.stands
