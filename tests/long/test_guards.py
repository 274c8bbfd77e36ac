"""Leave out one guard at a time: its stories are told to the end, and what looks at releases without asking guards goes red."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from enduse.casework.deals.models import Release
from enduse.casework.people.actor import Actor
from enduse.domain import release as law
from enduse.domain.refusals import Refused
from tests.casework.cast import make_cast
from tests.casework.deals.leaving_out import without
from tests.casework.deals.machine import OneDeal
from tests.casework.deals.oracle import wrong
from tests.casework.deals.stories import STORIES, Story
from tests.casework.deals.test_guards import IDS, TOLD

pytestmark = [pytest.mark.long]
STEPS = settings(stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, report_multiple_bugs=False)
MOST = 100
# what the machine does by chance; it never refuses a deal, names another day than today, or sets a clock back: there the stories show it
REACHED = (law.is_checked, law.is_not_held, law.is_submitted, law.is_approved, law.is_by_others, law.is_new)


@pytest.fixture
def cast(db: None) -> dict[str, Actor]:
    return make_cast()


@pytest.mark.parametrize(("guard", "story"), TOLD, ids=IDS)
def test_without_the_guard_its_story_is_told_to_the_end_and_seen(guard: law.Guard, story: Story, cast: dict[str, Actor]) -> None:
    with without(guard) as places:
        assert places >= 2, "it was not asked where the door asks"
        deal = story.begun(cast)
        story.tell(cast, deal)
        assert Release.objects.filter(deal=deal).count() == 1 + (guard is law.is_new)
        assert story.wrong in wrong(deal, at=Release.objects.filter(deal=deal).latest("pk").at)
    with pytest.raises(Refused):  # and with it there again, it is not
        story.tell(cast, story.begun(cast, reference="S-2"))


@pytest.mark.parametrize("guard", law.GUARDS, ids=lambda guard: guard.__name__)
def test_without_one_guard_the_others_still_hold(guard: law.Guard, cast: dict[str, Actor]) -> None:
    told = 0
    with without(guard):
        for other, stories in STORIES.items():
            for number, story in enumerate(stories):
                if other is not guard:
                    with pytest.raises(Refused):
                        story.tell(cast, story.begun(cast, reference=f"{other.__name__}-{number}"))
                    told += 1
    assert told >= len(law.GUARDS) - 1


@pytest.mark.timeout(3000)
def test_the_state_machine_finds_nothing_wrong(cast: dict[str, Actor]) -> None:
    OneDeal.done.clear()
    run_state_machine_as_test(OneDeal, settings=settings(STEPS, max_examples=150))
    print(dict(OneDeal.done))
    assert OneDeal.done["deal.released"] > 100
    assert OneDeal.done["deal.delivered"] > 100


@pytest.mark.timeout(3000)
@pytest.mark.parametrize("guard", REACHED, ids=lambda guard: guard.__name__)
def test_without_a_guard_the_state_machine_notices(guard: law.Guard, cast: dict[str, Actor]) -> None:
    with without(guard):
        found = examples_until_noticed()
    print(f"{guard.__name__}: noticed in example {found}")
    assert found, f"not in {MOST} examples"


def examples_until_noticed() -> int | None:
    """How many runs of the machine it takes until something is wrong; None where nothing is."""
    before = OneDeal.count
    try:
        run_state_machine_as_test(OneDeal, settings=settings(STEPS, max_examples=MOST, phases=(Phase.generate,)))
    except (AssertionError, IntegrityError):  # an approval carries one release: that is a lock of the table's own
        return OneDeal.count - before
    return None
