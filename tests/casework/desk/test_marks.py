"""What a reader saw last of a deal."""

from __future__ import annotations

import pytest

from enduse.casework.desk import marks
from enduse.casework.people.actor import Actor
from tests.casework.cast import imported
from tests.casework.desk.owners import account

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def test_a_mark_is_the_last_version_seen_and_each_readers_own(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    anna, boris = account(cast["anna"]), account(cast["boris"])
    assert marks.seen(boris, [deal]) == {}
    marks.see(boris, deal, 1)
    marks.see(boris, deal, 3)
    assert marks.seen(boris, [deal, deal + 1]) == {deal: 3}
    assert marks.seen(anna, [deal]) == {}
    assert marks.seen(boris, []) == {}
