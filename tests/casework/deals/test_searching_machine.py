"""The state machine over screening by search: whatever is brought, searched and said in whatever order, a release rests on searches."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.casework.deals.searching_left_out import GUARDS, LeftOut, without
from tests.casework.deals.searching_model import Unfounded
from tests.casework.deals.searching_road import Searching
from tests.casework.deals.trying import make_people

STEADY = settings(
    max_examples=5, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, report_multiple_bugs=False
)
MOST = 60


@pytest.mark.django_db
def test_a_release_rests_on_searches_and_words() -> None:
    make_people()
    Searching.done.clear()
    run_state_machine_as_test(Searching, settings=STEADY)
    assert Searching.done["deal.released"] > 3
    assert Searching.done["deal.hit_settled"] > 3


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.timeout(3000)
def test_much_longer_it_finds_nothing_wrong() -> None:
    make_people()
    Searching.done.clear()
    run_state_machine_as_test(Searching, settings=settings(STEADY, max_examples=120, stateful_step_count=40))
    print(dict(Searching.done))
    assert Searching.done["deal.released"] > 100
    assert Searching.done["deal.hit_settled"] > 100


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS.keys())
def test_without_a_guard_it_notices(guard: LeftOut) -> None:
    make_people()
    with without(guard):
        found, why = noticed()
    print(f"noticed in example {found}: {', '.join(sorted(why))}")
    assert why, f"not in {MOST} examples"
    assert guard.wrong & why, f"something else is wrong than what this guard is for: {why}"


def noticed() -> tuple[int, frozenset[str]]:
    """In which run of the machine something was first wrong, and what; nothing where it never was."""
    Searching.done.clear()
    try:
        run_state_machine_as_test(Searching, settings=settings(STEADY, max_examples=MOST, stateful_step_count=20, phases=(Phase.generate,)))
    except Unfounded as found:
        return Searching.done["first wrong"], found.why
    return 0, frozenset()
