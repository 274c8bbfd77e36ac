"""Leave out one guard at a time: its stories are told to the end, and what looks at releases without asking guards goes red."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from enduse.casework.deals.models import Release
from enduse.casework.people.actor import Actor
from enduse.domain import release as law
from enduse.domain.refusals import Refused
from tests.casework.cast import make_cast
from tests.casework.deals.leaving_out import without
from tests.casework.deals.machine import OneDeal
from tests.casework.deals.model import Unfounded
from tests.casework.deals.oracle import wrong
from tests.casework.deals.stories import STORIES, Story
from tests.casework.deals.test_guards import IDS, TOLD
from tests.casework.deals.trying import make_people

pytestmark = [pytest.mark.long]
STEPS = settings(stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, report_multiple_bugs=False)
MOST = 100


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
def test_the_state_machine_finds_nothing_wrong(db: None) -> None:
    make_people()
    OneDeal.done.clear()
    run_state_machine_as_test(OneDeal, settings=settings(STEPS, max_examples=120))
    print(dict(OneDeal.done))
    assert OneDeal.done["deal.released"] > 100
    assert OneDeal.done["deal.delivered"] > 100


# the machine of these tests searches for nobody: what `is_screened` keeps from going is for the machine that does
NOTICED = [guard for guard in law.GUARDS if guard is not law.is_screened]


@pytest.mark.timeout(3000)
@pytest.mark.parametrize("guard", NOTICED, ids=lambda guard: guard.__name__)
def test_without_a_guard_the_state_machine_notices(guard: law.Guard, db: None) -> None:
    make_people()
    with without(guard):
        found, why = noticed()
    print(f"{guard.__name__}: noticed in example {found}: {', '.join(sorted(why))}")
    assert why, f"not in {MOST} examples"
    assert why & {story.wrong for story in STORIES[guard]}, "something else is wrong than what this guard is for"


def noticed() -> tuple[int, frozenset[str]]:
    """In which run of the machine a release first rested on less than it must, and what was missing; nothing where none did."""
    OneDeal.count, OneDeal.first = 0, 0
    try:
        run_state_machine_as_test(OneDeal, settings=settings(STEPS, max_examples=MOST, phases=(Phase.generate,)))
    except Unfounded as found:  # nothing else counts: neither a lock of a table's own nor an assertion of the program's
        return OneDeal.first, found.why
    return 0, frozenset()
