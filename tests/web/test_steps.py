"""The stages as steps: what waits, what stops, what is not asked, and what is behind."""

from __future__ import annotations

from typing import Any, cast

import pytest

from enduse.casework.deals.keeping import STAGES
from enduse.casework.deals.models import Deal
from enduse.casework.deals.queries import Held
from enduse.web.steps import Step, steps, waiting
from tests.web.test_panel import held as decided_only


def held(stage: str = "approval", **changes: Any) -> Held:
    found = Held(cast(Any, Deal(stage=stage)))
    found.__dict__["decided"] = decided_only(**changes).decided
    found.__dict__["stale_checks"] = ()
    found.__dict__["unscreened"] = ()
    found.__dict__["unsigned"] = False
    return found


def by_stage(found: list[Step]) -> dict[str, str]:
    return {step.stage: step.state for step in found}


def test_every_stage_is_there_in_order() -> None:
    assert tuple(step.stage for step in steps(held(), "open")) == STAGES


def test_a_clean_deal_waits_for_approval() -> None:
    found = by_stage(steps(held(), "open"))
    assert {found[stage] for stage in STAGES[:9]} == {"done"}
    assert found["approval"] == "now"
    assert found["release"] == "later"


def test_answers_owed_are_counted_at_the_stage_that_asks() -> None:
    wanted = waiting(held(checks=["wmd"], documents=[], contract=None))
    assert (wanted["evidence"], wanted["screening"], wanted["clauses"], wanted["register"]) == (3, 1, 1, 1)
    found = {step.stage: step.mark for step in steps(held("evidence", checks=["wmd"]), "open")}
    assert found["evidence"] == "3"


def test_a_check_that_counts_no_more_is_owed_again_while_the_deal_goes_on() -> None:
    going = held()
    going.__dict__["stale_checks"] = ("wmd", "military", "screening")
    assert (waiting(going)["evidence"], waiting(going)["screening"]) == (2, 1)
    going.__dict__["closed"] = "refused"
    assert waiting(going).total() == 0


def test_a_hit_that_is_open_is_owed_though_no_check_is_asked_while_the_deal_goes_on() -> None:
    going = held()
    going.__dict__["unscreened"] = ("Lakeside Telecom",)
    assert waiting(going) == {"screening": 1}
    going.__dict__["closed"] = "refused"
    assert waiting(going).total() == 0


def test_an_identification_that_no_expert_signed_is_owed_while_the_deal_goes_on() -> None:
    going = held()
    going.__dict__["unsigned"] = True
    assert waiting(going)["identification"] == 1
    going.__dict__["closed"] = "refused"
    assert waiting(going).total() == 0


def test_a_name_that_the_record_lacks_is_owed_at_the_intake() -> None:
    assert waiting(held(solution={"version": None}))["intake"] == 1


def test_what_stops_a_deal_is_marked_where_it_was_recorded() -> None:
    concern = [{"id": "e1", "purpose": "military", "grade": "concern", "source": "press", "recorded_by": "anna"}]
    assert by_stage(steps(held("decision", evidence=concern), "open"))["evidence"] == "stop"


def test_what_this_deal_is_not_asked_is_not_called_done() -> None:
    found = by_stage(steps(held(delivery={"form": "saas", "recipient_can_modify": "no"}, checks=[], indicators={}), "open"))
    assert found["determination"] == "done"
    assert found["screening"] == found["indicators"] == "idle"


@pytest.mark.parametrize(
    ("status", "done"), [("approved", {"approval"}), ("released", {"approval", "release", "register"}), ("refused", {"register"})]
)
def test_the_last_stages_follow_the_status(status: str, done: set[str]) -> None:
    found = by_stage(steps(held("monitoring"), status))
    assert {stage for stage in ("approval", "release", "register") if found[stage] == "done"} == done
