"""The state machine over the real actions: whatever is tried in whatever order, a release rests on everything it must."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.casework.deals.machine import OneDeal
from tests.casework.deals.trying import make_people

STEADY = settings(max_examples=6, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.mark.django_db
def test_a_release_rests_on_everything_it_must() -> None:
    make_people()
    OneDeal.done.clear()
    run_state_machine_as_test(OneDeal, settings=STEADY)
    assert OneDeal.done["deal.released"] > 3
    assert OneDeal.done["deal.delivered"] > 2
