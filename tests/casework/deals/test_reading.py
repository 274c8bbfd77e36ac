"""What stands behind the stages' pages: an earlier version, who made the checks, the next free reference."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import filing, stages
from enduse.casework.deals.reading import checks_made, content_at, next_reference
from enduse.casework.people.actor import Actor
from tests.casework.cast import held, imported, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def anna() -> Actor:
    return make_cast("anna")["anna"]


def test_what_a_deal_said_at_an_earlier_version(anna: Actor) -> None:
    deal = imported(anna).deal.pk
    stages.intake(deal, by=anna, seen=1, changes={"title": "Another"})
    now = held(deal)
    assert content_at(now, 1)["title"] == "Speech recognition for a call centre"
    assert content_at(now, 2)["title"] == content_at(now, 99)["title"] == "Another"


def test_who_made_a_check_last(anna: Actor) -> None:
    deal = imported(anna, checks=["wmd"]).deal.pk
    stages.check(deal, by=anna, seen=1, word="military", note="registers read")
    made = checks_made(held(deal))
    assert {"wmd", "military"} <= set(made)
    assert (made["military"].by, made["military"].note) == ("Anna", "registers read")


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        ([], "D-2026-001"),
        (["D-2026-017", "D-2026-003"], "D-2026-018"),
        (["D-2026-999", "D-2026-1000"], "D-2026-1001"),
        (["D-2026-x", "D-2025-9"], "D-2026-001"),
    ],
)
def test_the_next_reference_is_free(anna: Actor, taken: list[str], free: str) -> None:
    for reference in taken:
        filing.file_deal({"format": "enduse/deal-1", "reference": reference}, by=anna)
    assert next_reference(2026) == free
