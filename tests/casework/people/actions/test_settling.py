"""Settling: only what exists, only what makes sense, with a reason."""

from __future__ import annotations

import pytest

from enduse.casework.people.actions.settling import MOST_DAYS, settle
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Setting
from enduse.casework.people.settings import value
from enduse.domain.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "chosen", "code"),
    [
        ("anything", "1", "settings.name"),
        *[("check_days", days, "settings.days") for days in ("0", "-1", "367", "ten", "", "1.5", "９", "٩", "1e2", "+5")],
        *[("minor_updates", policy, "settings.value") for policy in ("", "major", "Patch", "exact, patch")],
    ],
)
def test_what_does_not_exist_is_not_settled(name: str, chosen: str, code: str, cast: dict[str, Actor]) -> None:
    with pytest.raises(Refused) as refused:
        settle(name, chosen, by=cast["root"], reason="why not")
    assert refused.value.refusals[0].code == code
    assert not Setting.objects.exists()


def test_a_reason_is_given(cast: dict[str, Actor]) -> None:
    for reason in ("", "  "):
        with pytest.raises(Refused, match=r"deal\.reason"):
            settle("check_days", "30", by=cast["root"], reason=reason)


def test_what_is_settled_stays_on_record(cast: dict[str, Actor]) -> None:
    settle("check_days", f" {MOST_DAYS} ", by=cast["root"], reason="law")
    settle("check_days", "1", by=cast["root"], reason="stricter")
    settle("organisation", "ООО «Слово»", by=cast["root"], reason="founded")
    assert list(Setting.objects.values_list("value", "reason").order_by("pk")) == [("366", "law"), ("1", "stricter"), ("ООО «Слово»", "founded")]
    assert value("check_days") == "1"
