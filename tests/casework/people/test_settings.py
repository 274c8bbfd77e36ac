"""What the organisation settles: the last word counts, and there is a default."""

from __future__ import annotations

from datetime import timedelta

import pytest

from enduse.casework.people.actions.settling import settle
from enduse.casework.people.actor import Actor
from enduse.casework.people.settings import CHOICES, check_days, minor_updates, value
from enduse.domain.release import POLICIES


@pytest.mark.django_db
def test_there_is_a_default_for_everything() -> None:
    assert {name: value(name) for name in CHOICES} == {"organisation": "", "check_days": "90", "minor_updates": "patch"}
    assert check_days() == timedelta(days=90)
    assert minor_updates() == "patch"


@pytest.mark.django_db
def test_the_last_word_counts(cast: dict[str, Actor]) -> None:
    for days in ("30", "60"):
        settle("check_days", days, by=cast["root"], reason="so decided")
    for policy in POLICIES:
        settle("minor_updates", policy, by=cast["root"], reason="so decided")
        assert minor_updates() == policy
    assert check_days() == timedelta(days=60)
    with pytest.raises(KeyError):
        value("anything")
